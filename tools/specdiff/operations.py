"""What changed about the paths and their operations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, sequence
from tools.specdiff.bodies import compare_request_body, compare_responses
from tools.specdiff.findings import Spot, changed
from tools.specdiff.parameters import compare_parameters
from tools.specdiff.pathitems import path_items
from tools.specdiff.security import compare_operation_security
from tools.specdiff.servers import compare_servers

if TYPE_CHECKING:
    from tools.specdiff.comparison import Comparison
    from tools.specdiff.pathitems import PathItem

_CLAIMED = frozenset(
    [
        "deprecated",
        "operationId",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "servers",
        "tags",
    ]
)
_PATH_CLAIMED = frozenset(
    {"$ref", "parameters", "servers"}
    | {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
)
_STABILITY = ("draft", "alpha", "beta", "stable")


def compare_paths(comparison: Comparison) -> None:
    old, new = path_items(comparison.base), path_items(comparison.revision)
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if after is None:
            assert before is not None
            _removed(comparison, before, sorted(before.operations), is_path=True)
        elif before is None:
            for method in sorted(after.operations):
                comparison.report("endpoint-added", _spot(method, after), "added")
        else:
            _compare_item(comparison, before, after)


def _spot(method: str, item: PathItem) -> Spot:
    return Spot(f"{method.upper()} {item.path}", "operation")


def _removed(comparison: Comparison, item: PathItem, methods: list[str], is_path: bool) -> None:
    kind = "api-path" if is_path else "api"
    for method in methods:
        operation = mapping(item.operations[method])
        sunset = _date(operation.get("x-sunset"))
        if operation.get("deprecated") is not True:
            rule, said = f"{kind}-removed-without-deprecation", "removed without deprecation"
        elif sunset and sunset > date.today():
            rule, said = f"{kind}-removed-before-sunset", f"removed before its end on {sunset}"
        else:
            rule, said = f"{kind}-removed-with-deprecation", "removed after deprecation"
        comparison.report(rule, _spot(method, item), said)


def _compare_item(comparison: Comparison, old: PathItem, new: PathItem) -> None:
    gone = sorted(old.operations.keys() - new.operations.keys())
    _removed(comparison, old, gone, is_path=not new.operations)
    for method in sorted(new.operations.keys() - old.operations.keys()):
        comparison.report("endpoint-added", _spot(method, new), "added")
    both = sorted(old.operations.keys() & new.operations.keys())
    for method in both:
        _compare_operation(comparison, method, old, new)
    for method in both:
        # Of the path, and so of each of its operations, but only one change.
        spot = _spot(method, new).at("path", new.origin or f"path {new.path}")
        comparison.notes(old.content, new.content, spot)
        comparison.rest(old.content, new.content, spot, _PATH_CLAIMED)
        if "servers" in old.content or "servers" in new.content:
            compare_servers(comparison, old.content, new.content, spot.at("servers"))
    compare_parameters(comparison, old, new, both)


def _compare_operation(comparison: Comparison, method: str, old: PathItem, new: PathItem) -> None:
    spot = _spot(method, new)
    before, after = mapping(old.operations[method]), mapping(new.operations[method])
    spot = spot.at("operation", new.origin and f"{new.origin}|{method}")
    _identity(comparison, before, after, spot)
    told = _lifecycle(comparison, before, after, spot)
    compare_request_body(comparison, before, after, spot)
    compare_responses(comparison, before, after, spot)
    compare_operation_security(comparison, before, after, spot.at("security"))
    if "servers" in before or "servers" in after:
        compare_servers(comparison, before, after, spot.at("servers"))
    old_notes, new_notes = (
        {key: value for key, value in operation.items() if key not in told}
        for operation in (before, after)
    )
    comparison.notes(old_notes, new_notes, spot)
    comparison.rest(before, after, spot, _CLAIMED)


def _identity(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> None:
    old, new = before.get("operationId"), after.get("operationId")
    if old != new:
        if old is None:
            comparison.report("api-operation-id-added", spot, f"operation id {new} added")
        elif new is None:
            comparison.report("api-operation-id-removed", spot, f"operation id {old} removed")
        else:
            comparison.report("api-operation-id-removed", spot, changed("operation id", old, new))
    was, now = ({str(t) for t in sequence(op.get("tags"))} for op in (before, after))
    for tag in sorted(now - was):
        comparison.report("api-tag-added", spot.at("tags"), f"tag {tag} added")
    for tag in sorted(was - now):
        comparison.report("api-tag-removed", spot.at("tags"), f"tag {tag} removed")


def _lifecycle(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> set[str]:
    """Report deprecation and stability; return the extensions that were told with it."""
    told = set()
    was, now = (operation.get("deprecated") is True for operation in (before, after))
    ended, ends = before.get("x-sunset"), after.get("x-sunset")
    if now and not was and ends:
        said = f"deprecated, to end on {ends}"
        comparison.report("endpoint-deprecated-with-sunset", spot, said)
    elif now and not was:
        comparison.report("endpoint-deprecated", spot, "deprecated")
    elif was and not now:
        comparison.report("endpoint-reactivated", spot, "no longer deprecated")
    elif now and ended and not ends:
        comparison.report("sunset-deleted", spot, f"end on {ended} no longer announced")
        told.add("x-sunset")
    elif now and ended != ends and (old := _date(ended)) and (new := _date(ends)) and new < old:
        said = f"end moved forward from {old} to {new}"
        comparison.report("api-sunset-date-changed-too-small", spot, said)
        told.add("x-sunset")
    old_level, new_level = (op.get("x-stability-level") for op in (before, after))
    if old_level in _STABILITY and new_level in _STABILITY and old_level != new_level:
        rose = _STABILITY.index(new_level) > _STABILITY.index(old_level)
        rule = "api-stability-increased" if rose else "api-stability-decreased"
        comparison.report(rule, spot, f"stability changed from {old_level} to {new_level}")
        told.add("x-stability-level")
    if was != now:
        told.add("x-sunset")
    return told


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
