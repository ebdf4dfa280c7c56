"""What changed about the headers of responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping

if TYPE_CHECKING:
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Location


def compare_headers(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], response: Location
) -> None:
    """Compare the headers of a response; their names have no case."""
    old, new = (_by_name(message.get("headers")) for message in (before, after))
    for key in sorted((old.keys() | new.keys()) - {"content-type"}):  # which OpenAPI ignores
        name, _ = new.get(key) or old[key]
        place = response.at(f"{response.location} header {name}")
        if response.origin:
            place = place.at(place.location, f"{response.origin}|header {key}")
        if key not in new:
            header = mapping(comparison.base.resolve(old[key][1])[0])
            need = "required" if header.get("required") is True else "optional"
            comparison.report(f"{need}-response-header-removed", place, f"removed, was {need}")
        elif key not in old:
            header = mapping(comparison.revision.resolve(new[key][1])[0])
            need = "required" if header.get("required") is True else "optional"
            comparison.report("response-header-added", place, f"added, {need}")
        else:
            _compare(comparison, *comparison.resolve(old[key][1], new[key][1], place))


def _by_name(headers: Any) -> dict[str, tuple[str, Any]]:
    return {name.lower(): (name, header) for name, header in mapping(headers).items()}


def _compare(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], place: Location
) -> None:
    was, now = (header.get("required") is True for header in (before, after))
    if was != now:
        need = "required" if now else "optional"
        comparison.report(f"response-header-became-{need}", place, f"became {need}")
    was, now = (header.get("deprecated") is True for header in (before, after))
    if was != now:
        rule = "response-header-deprecated" if now else "response-header-reactivated"
        comparison.report(rule, place, "deprecated" if now else "no longer deprecated")
    found = comparison.schemas.compare(
        before.get("schema"), after.get("schema"), "response-header", is_text=True
    )
    comparison.add(found, place, place.location, place.location)
    comparison.notes(before, after, place)
    old, new = ({"explode": False, "style": "simple", **header} for header in (before, after))
    comparison.rest(old, new, place, frozenset({"deprecated", "required", "schema"}))
