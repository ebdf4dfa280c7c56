"""What changed about the servers that a document names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, sequence
from tools.specdiff.findings import changed, shown
from tools.specdiff.schemas import canonical

if TYPE_CHECKING:
    from tools.specdiff.comparison import Comparison
    from tools.specdiff.findings import Spot

_RULE = "api-server-variable"


def compare_servers(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> None:
    """Compare the servers of the document, of a path or of an operation."""
    old, new = _by_url(before, spot), _by_url(after, spot)
    for url in sorted(old.keys() - new.keys()):
        comparison.report("api-server-removed", spot, f"server {url} removed")
    for url in sorted(new.keys() - old.keys()):
        comparison.report("api-server-added", spot, f"server {url} added")
    for url in sorted(old.keys() & new.keys()):
        at = spot.at(f"server {url}")
        _compare_variables(comparison, _variables(old[url]), _variables(new[url]), at)
        comparison.notes(old[url], new[url], at)
        comparison.rest(old[url], new[url], at, frozenset({"url", "variables"}))


def _by_url(owner: dict[str, Any], spot: Spot) -> dict[str, dict[str, Any]]:
    servers = sequence(owner.get("servers"))
    if not servers and not spot.operation:
        servers = [{"url": "/"}]  # which OpenAPI assumes
    return {str(mapping(server).get("url")): mapping(server) for server in servers}


def _variables(server: dict[str, Any]) -> dict[str, Any]:
    return mapping(server.get("variables"))


def _compare_variables(
    comparison: Comparison, old: dict[str, Any], new: dict[str, Any], spot: Spot
) -> None:
    for name in sorted(old.keys() | new.keys()):
        at = spot.at(f"{spot.location} variable {name}")
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


def _compare_enum(comparison: Comparison, before: Any, after: Any, spot: Spot) -> None:
    old, new = ({canonical(v): v for v in sequence(values)} for values in (before, after))
    if not old or not new:
        if old or new:
            rule = "became-enum" if new else "enum-removed"
            listed = ", ".join(shown(value) for value in (new or old).values())
            said = f"restricted to {listed}" if new else f"no longer restricted to {listed}"
            comparison.report(f"{_RULE}-{rule}", spot, said)
        return
    for key in sorted(new.keys() - old.keys()):
        comparison.report(f"{_RULE}-enum-value-added", spot, f"value {shown(new[key])} added")
    for key in sorted(old.keys() - new.keys()):
        comparison.report(f"{_RULE}-enum-value-removed", spot, f"value {shown(old[key])} removed")
