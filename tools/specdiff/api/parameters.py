"""What changed about the parameters of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from tools.openapi.document import mapping
from tools.specdiff.api.paths import parameters
from tools.specdiff.api.serialization import is_exploded, serialization_changes, style_of
from tools.specdiff.model import Location
from tools.specdiff.sunset import (
    is_to_come,
    lifecycle_changes,
    lifecycle_of,
    reported_extensions,
)
from tools.specdiff.words import became, shown

if TYPE_CHECKING:
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.api.paths import Parameter, PathItem
    from tools.specdiff.model import Change, Level

_CLAIMED = frozenset(
    [
        "$ref",
        "allowEmptyValue",
        "allowReserved",
        "content",
        "deprecated",
        "explode",
        "in",
        "name",
        "required",
        "schema",
        "style",
    ]
)
_RULES = {
    "deprecated": "request-parameter-deprecated",
    "deprecated-with-sunset": "request-parameter-deprecated-with-sunset",
    "reactivated": "request-parameter-reactivated",
    "stability-decreased": "request-parameter-stability-decreased",
    "stability-increased": "request-parameter-stability-increased",
    "sunset-changed": "extension-changed",
    "sunset-deleted": "request-parameter-sunset-deleted",
    "sunset-invalid": "request-parameter-sunset-parse",
    "sunset-too-small": "request-parameter-sunset-date-changed-too-small",
}
_Found = dict[tuple[str, str], "Parameter"]


def compare_parameters(
    comparison: Comparison,
    old: PathItem,
    new: PathItem,
    methods: list[str],
    *,
    is_received: bool = False,
) -> None:
    """Compare the parameters of all operations that both paths have.

    Args:
        is_received: Whether callers receive them, as those of a webhook, rather than send them.
    """
    pairs: dict[str, tuple[_Found, _Found]] = {}
    for method in methods:
        before = parameters(comparison.base, old, mapping(old.operations[method]))
        after = parameters(comparison.revision, new, mapping(new.operations[method]))
        pairs[method] = (before, after)
    known = {key for before, _ in pairs.values() for key in before}
    for method, (before, after) in pairs.items():
        operation = Location(f"{method.upper()} {new.path}")
        for key in sorted(before.keys() | after.keys()):
            if key not in after:
                _removed(comparison, before[key], operation)
            elif key not in before:
                is_news = key not in known
                _added(comparison, after[key], operation, is_news=is_news, is_safe=is_received)
            else:
                _compare(comparison, before[key], after[key], operation, is_received=is_received)


def _removed(comparison: Comparison, parameter: Parameter, operation: Location) -> None:
    # That operations had it from one place does not make its removal from one a removal from all.
    place = operation.at(parameter.label, parameter.origin if parameter.is_shared else "")
    need = "required" if parameter.content.get("required") is True else "optional"
    lifecycle = lifecycle_of(parameter.content)
    if not lifecycle.is_deprecated:
        comparison.report("request-parameter-removed", place, f"removed, was {need}")
    elif lifecycle.sunset is not None and lifecycle.end is None:
        said = f"removed, though its end {shown(lifecycle.sunset)} is no date"
        comparison.report("request-parameter-sunset-parse", place, said)
    elif is_to_come(lifecycle.sunset):
        said = f"removed before its end on {lifecycle.end}, was {need}"
        comparison.report("request-parameter-removed-before-sunset", place, said)
    else:
        said = f"removed after deprecation, was {need}"
        comparison.report("request-parameter-removed-with-deprecation", place, said)


def _added(
    comparison: Comparison,
    parameter: Parameter,
    operation: Location,
    *,
    is_news: bool,
    is_safe: bool,
) -> None:
    is_required = parameter.content.get("required") is True
    need = "required" if is_required else "optional"
    place = operation.at(parameter.label, parameter.origin if parameter.is_shared else "")
    place = place.seen(None, parameter.content)
    level: Level | None = "info" if is_safe else None
    if parameter.content.get("in") == "path":
        comparison.report("new-request-path-parameter", place, "added", level)
    elif parameter.is_shared and is_news:
        rule = f"new-{need}-request-default-parameter-to-existing-path"
        said = f"added, {need}, to all operations of the path"
        comparison.report(rule, place, said, level)
    else:
        comparison.report(f"new-{need}-request-parameter", place, f"added, {need}", level)


def _compare(
    comparison: Comparison,
    old: Parameter,
    new: Parameter,
    operation: Location,
    *,
    is_received: bool,
) -> None:
    before, after = old.content, new.content
    place = operation.at(new.label, new.origin or old.origin).seen(before, after)
    was, now = (content.get("required") is True for content in (before, after))
    if was != now:
        rule = "request-parameter-became-" + ("required" if now else "optional")
        level: Level | None = None if not is_received else "info" if now else "warning"
        said = "became required" if now else "became optional"
        comparison.report(rule, place, said, level, keyword="required")
    stages = lifecycle_of(before), lifecycle_of(after)
    for kind, text in lifecycle_changes(*stages):
        comparison.report(_RULES[kind], place, text)
    has_parts = _has_parts(comparison, before, after)
    for rule, text in serialization_changes(before, after, has_parts=has_parts):
        comparison.report(rule, place, text)
    _compare_schema(
        comparison, before, after, place, is_idle_default=was and now, is_received=is_received
    )
    reported = reported_extensions(*stages)
    one, other = (
        {key: value for key, value in content.items() if key not in reported}
        for content in (before, after)
    )
    comparison.notes(one, other, place)
    comparison.rest(before, after, place, _CLAIMED)


def _has_parts(comparison: Comparison, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a value may have parts, so that it matters how they are written."""
    read = comparison.schemas.read(before.get("schema"), after.get("schema"))
    kinds = {"object"} if style_of(before) == style_of(after) == "simple" else {"array", "object"}
    return any(
        schema.types & kinds or schema.has_any_type or schema.alternatives for schema in read
    )


def _compare_schema(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    *,
    is_idle_default: bool,
    is_received: bool,
) -> None:
    (old_media, old), (new_media, new) = (_schema(content) for content in (before, after))
    if old_media != new_media:
        text = became("media type", old_media, new_media)
        comparison.report("request-parameter-media-type-changed", place, text)
    is_text = new_media is None
    family = "response-header" if is_received else "request-parameter"
    found = comparison.schemas.compare(old, new, family, is_text)
    if is_idle_default:
        found = tuple(_without_effect(change) for change in found)
    if is_text and style_of(after) == "form" and is_exploded(after) is True:
        found = tuple(_repeatable(comparison, change, old, new) for change in found)
    comparison.add(found, place, place.location, place.location)


def _schema(content: dict[str, Any]) -> tuple[str | None, Any]:
    """The media type, if there is one, and the schema."""
    if isinstance(content.get("content"), dict) and content["content"]:
        media, inner = next(iter(content["content"].items()))
        return media, mapping(inner).get("schema")
    return None, content.get("schema")


def _without_effect(change: Change) -> Change:
    """A default has no effect where the parameter is required."""
    if change.location or not change.id.startswith("request-parameter-default-value-"):
        return change
    return evolve(change, id="request-parameter-unused-default-changed", level="info")


def _repeatable(comparison: Comparison, change: Change, old: Any, new: Any) -> Change:
    """A single value that may now be repeated is still written the same."""
    if change.location or change.id != "request-parameter-type-changed":
        return change
    base, revision = comparison.schemas.read(old, new)
    if revision.types != {"array"} or not base.types:
        return change
    if (revision.keywords.get("minItems") or 0) > 1 or revision.keywords.get("maxItems") == 0:
        return change
    items = revision.keywords.get("items", {})
    found = comparison.schemas.compare(old, items, "request-parameter", is_text=True)
    if any(inner.level in ("breaking", "warning") for inner in found):
        return change
    return evolve(change, id="request-parameter-type-generalized", level="info")
