"""What changed about which responses there are, and where their links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping
from tools.specdiff.words import changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Location

_LINK_TARGETS = ("operationId", "operationRef")


def compare_responses(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], operation: Location
) -> Iterator[tuple[dict[str, Any], dict[str, Any], Location]]:
    """Compare the responses apart from content and headers; yield those that both have."""
    old, new = (_by_status(operation.get("responses")) for operation in (before, after))
    pairs = [(status, status) for status in old.keys() & new.keys()]
    gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    for status in gone:
        others = [other for other in come if _includes(other, status) or _includes(status, other)]
        pairs += [(status, other) for other in others]
        if not others:
            kind = "success" if status.startswith("2") else "non-success"
            place = operation.at(f"response {status}")
            comparison.report(f"response-{kind}-status-removed", place, "removed")
    for status in come:
        kind = "success" if status.startswith("2") else "non-success"
        others = [other for other, same in pairs if same == status]
        said = f"added in place of {' and '.join(others)}" if others else "added"
        place = operation.at(f"response {status}")
        comparison.report(f"response-{kind}-status-added", place, said)
    for status, other in sorted(pairs):
        place = operation.at(f"response {other}")
        one, another, inner = comparison.resolve(old[status], new[other], place)
        _compare_links(comparison, mapping(one.get("links")), mapping(another.get("links")), inner)
        comparison.notes(one, another, inner)
        comparison.rest(one, another, inner, frozenset({"content", "headers", "links"}))
        yield one, another, inner
    comparison.notes(
        {k: v for k, v in mapping(before.get("responses")).items() if k.startswith("x-")},
        {k: v for k, v in mapping(after.get("responses")).items() if k.startswith("x-")},
        operation.at("responses"),
    )


def _includes(statuses: str, status: str) -> bool:
    """Whether a range such as 2XX includes a status."""
    return statuses[1:] == "XX" and statuses[0] == status[0] and status[1:].isdigit()


def _by_status(responses: Any) -> dict[str, Any]:
    """The responses; 2xx is the same as 2XX."""
    return {
        status.upper() if status[:1].isdigit() else status: response
        for status, response in mapping(responses).items()
        if not status.startswith("x-")
    }


def _compare_links(
    comparison: Comparison, old: dict[str, Any], new: dict[str, Any], response: Location
) -> None:
    for name in sorted(old.keys() | new.keys()):
        place = response.at(f"{response.location} link {name}")
        if name not in old or name not in new:
            end = "added" if name in new else "removed"
            comparison.report(f"response-link-{end}", place, end)
            continue
        before, after, inner = comparison.resolve(old[name], new[name], place)
        was, now = (
            _target(document, link)
            for document, link in ((comparison.base, before), (comparison.revision, after))
        )
        if was != now:
            said = changed("operation", _named(before), _named(after))
            comparison.report("response-link-changed", inner, said)
        comparison.notes(before, after, inner)
        comparison.rest(before, after, inner, frozenset(_LINK_TARGETS))


def _named(link: dict[str, Any]) -> str:
    return next((str(link[key]) for key in _LINK_TARGETS if key in link), "none")


def _target(document: Document, link: dict[str, Any]) -> str:
    """Method and path of the operation that a link leads to, or what it says if there is none."""
    for path, item in mapping(document.content.get("paths")).items():
        for method, operation in mapping(item).items():
            if (
                "operationId" in link
                and mapping(operation).get("operationId") == link["operationId"]
            ):
                return f"{method} {path}"
    return _named(link)
