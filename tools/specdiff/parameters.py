"""What changed about the parameters of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from tools.openapi.document import mapping
from tools.specdiff.findings import Spot, became, changed
from tools.specdiff.pathitems import parameters

if TYPE_CHECKING:
    from tools.specdiff.comparison import Comparison
    from tools.specdiff.pathitems import Parameter, PathItem
    from tools.specdiff.steps import Step

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
_FLAGS = (
    ("allowReserved", "allow-reserved", "reserved characters"),
    ("allowEmptyValue", "allow-empty-value", "an empty value"),
)
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
_Found = dict[tuple[str, str], "Parameter"]


def compare_parameters(
    comparison: Comparison, old: PathItem, new: PathItem, methods: list[str]
) -> None:
    """Compare the parameters of all operations that both paths have."""
    pairs: dict[str, tuple[_Found, _Found]] = {}
    for method in methods:
        before = parameters(comparison.base, old, mapping(old.operations[method]))
        after = parameters(comparison.revision, new, mapping(new.operations[method]))
        pairs[method] = (before, after)
    known = {key for before, _ in pairs.values() for key in before}
    for method, (before, after) in pairs.items():
        operation = Spot(f"{method.upper()} {new.path}")
        for key in sorted(before.keys() | after.keys()):
            if key not in after:
                _removed(comparison, before[key], operation)
            elif key not in before:
                _added(comparison, after[key], operation, is_news=key not in known)
            else:
                _compare(comparison, before[key], after[key], operation)


def _removed(comparison: Comparison, parameter: Parameter, operation: Spot) -> None:
    # That operations had it from one place does not make its removal from one a removal from all.
    spot = operation.at(parameter.label, parameter.origin if parameter.is_shared else "")
    need = "required" if parameter.content.get("required") is True else "optional"
    if parameter.content.get("deprecated") is True:
        said = f"removed after deprecation, was {need}"
        comparison.report("request-parameter-removed-with-deprecation", spot, said)
    else:
        comparison.report("request-parameter-removed", spot, f"removed, was {need}")


def _added(comparison: Comparison, parameter: Parameter, operation: Spot, is_news: bool) -> None:
    is_required = parameter.content.get("required") is True
    need = "required" if is_required else "optional"
    spot = operation.at(parameter.label, parameter.origin if parameter.is_shared else "")
    if parameter.content.get("in") == "path":
        comparison.report("new-request-path-parameter", spot, "added")
    elif parameter.is_shared and is_news:
        rule = f"new-{need}-request-default-parameter-to-existing-path"
        comparison.report(rule, spot, f"added, {need}, to all operations of the path")
    else:
        comparison.report(f"new-{need}-request-parameter", spot, f"added, {need}")


def _compare(comparison: Comparison, old: Parameter, new: Parameter, operation: Spot) -> None:
    spot = operation.at(new.label, new.origin or old.origin)
    before, after = old.content, new.content
    was, now = (content.get("required") is True for content in (before, after))
    if was != now:
        rule = "request-parameter-became-" + ("required" if now else "optional")
        comparison.report(rule, spot, "became required" if now else "became optional")
    deprecated, deprecates = (content.get("deprecated") is True for content in (before, after))
    if deprecates != deprecated:
        rule = "request-parameter-" + ("deprecated" if deprecates else "reactivated")
        comparison.report(rule, spot, "deprecated" if deprecates else "no longer deprecated")
    _compare_serialization(comparison, before, after, spot)
    _compare_schema(comparison, before, after, spot, is_idle_default=was and now)
    comparison.notes(before, after, spot)
    comparison.rest(before, after, spot, _CLAIMED)


def _compare_serialization(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> None:
    old, new = (_style(content) for content in (before, after))
    if old != new:
        comparison.report("request-parameter-style-changed", spot, changed("style", old, new))
    exploded, explodes = (_explode(content) for content in (before, after))
    is_said = "explode" in before or "explode" in after
    if exploded != explodes and (old == new or is_said):
        text = changed("explode", exploded, explodes)
        comparison.report("request-parameter-explode-changed", spot, text)
    for keyword, name, noun in _FLAGS:
        was, now = (content.get(keyword) is True for content in (before, after))
        if was != now:
            rule = f"request-parameter-{name}-{'set' if now else 'unset'}"
            said = f"{noun} {'is' if now else 'no longer'} allowed"
            comparison.report(rule, spot, said)


def _style(content: dict[str, Any]) -> Any:
    return content.get("style", _STYLES.get(str(content.get("in"))))


def _explode(content: dict[str, Any]) -> Any:
    return content.get("explode", _style(content) == "form")


def _compare_schema(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    spot: Spot,
    is_idle_default: bool,
) -> None:
    (old_media, old), (new_media, new) = (_schema(content) for content in (before, after))
    if old_media != new_media:
        text = became("media type", old_media, new_media)
        comparison.report("request-parameter-media-type-changed", spot, text)
    is_text = new_media is None
    steps = comparison.schemas.compare(old, new, "request-parameter", is_text)
    if is_idle_default:
        steps = tuple(_without_effect(step) for step in steps)
    if is_text and _style(after) == "form" and _explode(after) is True:
        steps = tuple(_repeatable(comparison, step, old, new) for step in steps)
    comparison.steps(steps, spot, spot.location, spot.location)


def _schema(content: dict[str, Any]) -> tuple[str | None, Any]:
    """The media type, if there is one, and the schema."""
    if isinstance(content.get("content"), dict) and content["content"]:
        media, inner = next(iter(content["content"].items()))
        return media, mapping(inner).get("schema")
    return None, content.get("schema")


def _without_effect(step: Step) -> Step:
    """A default matters to nobody where the parameter must be given."""
    if step.path or not step.rule.startswith("request-parameter-default-value-"):
        return step
    return evolve(step, rule="request-parameter-unused-default-changed", level="info")


def _repeatable(comparison: Comparison, step: Step, old: Any, new: Any) -> Step:
    """A single value that may now be repeated is still written the same."""
    if step.path or step.rule != "request-parameter-type-changed":
        return step
    base, revision = comparison.schemas.read(old, new)
    if revision.types != {"array"} or not base.types:
        return step
    items = revision.keywords.get("items", {})
    found = comparison.schemas.compare(old, items, "request-parameter", is_text=True)
    if any(inner.level in ("breaking", "warning") for inner in found):
        return step
    return evolve(step, rule="request-parameter-type-generalized", level="info")
