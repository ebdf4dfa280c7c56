"""What changed about the servers that a document names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical, mapping, sequence
from tools.specdiff.api.paths import path_of
from tools.specdiff.words import changed, shown

if TYPE_CHECKING:
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Location

_RULE = "api-server-variable"


def compare_servers(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    *,
    is_moved: bool = False,
) -> None:
    """Compare the servers of the document, of a path or of an operation.

    Args:
        is_moved: Whether the path of the servers became a part of each path, or the reverse.
    """
    old, new = (_by_url(owner, place, is_moved=is_moved) for owner in (before, after))
    for url in sorted(old.keys() - new.keys()):
        comparison.report("api-server-removed", place, f"server {url} removed")
    for url in sorted(new.keys() - old.keys()):
        comparison.report("api-server-added", place, f"server {url} added")
    for url in sorted(old.keys() & new.keys()):
        at = place.at(f"server {url}")
        _compare_variables(comparison, _variables(old[url]), _variables(new[url]), at)
        comparison.notes(old[url], new[url], at)
        comparison.rest(old[url], new[url], at, frozenset({"url", "variables"}))


def _by_url(owner: dict[str, Any], place: Location, *, is_moved: bool) -> dict[str, dict[str, Any]]:
    servers = sequence(owner.get("servers"))
    if not servers and not place.operation:
        servers = [{"url": "/"}]  # which OpenAPI assumes
    found = {}
    for server in map(mapping, servers):
        url = str(server.get("url")).rstrip("/")
        found[url.removesuffix(path_of(url)) if is_moved else url or "/"] = server
    return found


def _variables(server: dict[str, Any]) -> dict[str, Any]:
    return mapping(server.get("variables"))


def _compare_variables(
    comparison: Comparison, old: dict[str, Any], new: dict[str, Any], place: Location
) -> None:
    for name in sorted(old.keys() | new.keys()):
        at = place.at(f"{place.location} variable {name}")
        if name not in old or name not in new:
            end = "added" if name in new else "removed"
            comparison.report(f"{_RULE}-{end}", at, end)
            continue
        before, after = mapping(old[name]), mapping(new[name])
        if canonical(before.get("default")) != canonical(after.get("default")):
            text = changed("default", before.get("default"), after.get("default"))
            comparison.report(f"{_RULE}-default-changed", at, text)
        _compare_enum(comparison, before.get("enum"), after.get("enum"), at)
        comparison.notes(before, after, at)
        comparison.rest(before, after, at, frozenset({"default", "enum"}))


def _compare_enum(comparison: Comparison, before: Any, after: Any, place: Location) -> None:
    old, new = ({canonical(v): v for v in sequence(values)} for values in (before, after))
    if not old or not new:
        if old or new:
            rule = "became-enum" if new else "enum-removed"
            listed = ", ".join(shown(value) for value in (new or old).values())
            said = f"restricted to {listed}" if new else f"no longer restricted to {listed}"
            comparison.report(f"{_RULE}-{rule}", place, said)
        return
    for key in sorted(new.keys() - old.keys()):
        comparison.report(f"{_RULE}-enum-value-added", place, f"value {shown(new[key])} added")
    for key in sorted(old.keys() - new.keys()):
        comparison.report(f"{_RULE}-enum-value-removed", place, f"value {shown(old[key])} removed")
