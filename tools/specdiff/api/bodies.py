"""What changed about whether there is a request body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping

if TYPE_CHECKING:
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Level, Location

Both = tuple[dict[str, Any], dict[str, Any], "Location"]


def compare_request_body(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    operation: Location,
    *,
    is_received: bool,
) -> Both | None:
    """Compare all but the content, and return the bodies if both have one.

    Args:
        is_received: Whether callers receive the body, as that of a webhook, rather than send it.
    """
    place = operation.at("request body")
    if "requestBody" not in before or "requestBody" not in after:
        _existence(comparison, before, after, place, is_received=is_received)
        return None
    old, new, place = comparison.resolve(before["requestBody"], after["requestBody"], place)
    was, now = (body.get("required") is True for body in (old, new))
    if was != now:
        need = "required" if now else "optional"
        level: Level | None = None if not is_received else "info" if now else "breaking"
        comparison.report(f"request-body-became-{need}", place, f"became {need}", level)
    comparison.notes(old, new, place)
    comparison.rest(old, new, place, frozenset({"required", "content"}))
    return old, new, place


def _existence(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    *,
    is_received: bool,
) -> None:
    if "requestBody" in after:
        body, _ = comparison.revision.resolve(after["requestBody"])
        need = "required" if mapping(body).get("required") is True else "optional"
        level: Level | None = "info" if is_received else None
        comparison.report(f"request-body-added-{need}", place, f"added, {need}", level)
    elif "requestBody" in before:
        body, _ = comparison.base.resolve(before["requestBody"])
        need = "required" if mapping(body).get("required") is True else "optional"
        comparison.report("request-body-removed", place, f"removed, was {need}")
