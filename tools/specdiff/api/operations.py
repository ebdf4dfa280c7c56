"""What changed about an operation itself: whether it is there, its names and its lifecycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import sequence
from tools.specdiff.sunset import (
    date_of,
    is_to_come,
    lifecycle_changes,
    lifecycle_of,
    reported_extensions,
)
from tools.specdiff.words import changed, shown

if TYPE_CHECKING:
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Location

_CLAIMED = frozenset(
    {"callbacks", "deprecated", "operationId", "parameters", "requestBody", "responses"}
    | {"security", "servers", "tags"}
)
_RULES = {
    "deprecated": "endpoint-deprecated",
    "deprecated-with-sunset": "endpoint-deprecated-with-sunset",
    "reactivated": "endpoint-reactivated",
    "stability-decreased": "api-stability-decreased",
    "stability-increased": "api-stability-increased",
    "sunset-changed": "extension-changed",
    "sunset-deleted": "sunset-deleted",
    "sunset-invalid": "api-deprecated-sunset-parse",
    "sunset-too-small": "api-sunset-date-changed-too-small",
}


def report_removed(
    comparison: Comparison, operation: dict[str, Any], place: Location, *, is_path: bool
) -> None:
    """Report a removed operation, with its path if `is_path`."""
    kind = "api-path" if is_path else "api"
    sunset = operation.get("x-sunset")
    if operation.get("deprecated") is not True:
        rule, said = f"{kind}-removed-without-deprecation", "removed without deprecation"
    elif sunset is not None and date_of(sunset) is None:
        rule, said = "api-path-sunset-parse", f"removed, though its end {shown(sunset)} is no date"
    elif is_to_come(sunset):
        rule, said = f"{kind}-removed-before-sunset", f"removed before its end on {sunset}"
    else:
        rule, said = f"{kind}-removed-with-deprecation", "removed after deprecation"
    comparison.report(rule, place, said)


def compare_operation(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], place: Location
) -> None:
    """Compare what an operation says about itself."""
    _identity(comparison, before, after, place)
    old, new = lifecycle_of(before), lifecycle_of(after)
    for kind, text in lifecycle_changes(old, new):
        comparison.report(_RULES[kind], place, text)
    reported = reported_extensions(old, new)
    old_notes, new_notes = (
        {key: value for key, value in operation.items() if key not in reported}
        for operation in (before, after)
    )
    comparison.notes(old_notes, new_notes, place)
    comparison.rest(before, after, place, _CLAIMED)


def _identity(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], place: Location
) -> None:
    old, new = before.get("operationId"), after.get("operationId")
    if old != new:
        if old is None:
            comparison.report("api-operation-id-added", place, f"operation id {new} added")
        elif new is None:
            comparison.report("api-operation-id-removed", place, f"operation id {old} removed")
        else:
            comparison.report("api-operation-id-removed", place, changed("operation id", old, new))
    was, now = ({str(t) for t in sequence(op.get("tags"))} for op in (before, after))
    for tag in sorted(now - was):
        comparison.report("api-tag-added", place.at("tags"), f"tag {tag} added")
    for tag in sorted(was - now):
        comparison.report("api-tag-removed", place.at("tags"), f"tag {tag} removed")
