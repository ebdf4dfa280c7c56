"""How what was found at many places becomes the changes of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from tools.specdiff.model import LEVELS, Change

if TYPE_CHECKING:
    from collections.abc import Iterable


def merged_changes(found: Iterable[Change]) -> list[Change]:
    """What was found, in order; changes of a component are reported once."""
    groups: dict[tuple[Any, ...], dict[tuple[str, str], Change]] = {}
    for change in found:
        place = (change.operation, change.location)
        key = (
            change.level,
            change.text,
            change.origin,
            _alike(change.id),
            *(() if change.origin else place),
        )
        groups.setdefault(key, {})[place] = change
    merged: dict[tuple[str, ...], Change] = {}
    for places in groups.values():
        ordered = sorted(places, key=_by_nearness)
        listed = tuple(": ".join(filter(None, place)) for place in ordered)
        change = evolve(places[ordered[0]], places=listed if listed[1:] else ())
        # A component may say in two ways what shows as the same.
        merged[(change.id, change.operation, change.location, change.text)] = change
    return sorted(merged.values(), key=_order)


def _alike(rule: str) -> str:
    """The same for rules that differ only in how deep in a message a component is used."""
    rule = rule.replace("response-mediatype-", "response-body-")
    return rule.replace("-body-", "-property-").replace("-parameter-property-", "-parameter-")


def _by_path(place: tuple[str, str]) -> tuple[str, str, str]:
    operation, location = place
    method, _, path = operation.partition(" ")
    return path, method, location


def _by_nearness(place: tuple[str, str]) -> tuple[str, str, int, str]:
    """What is least deep in a message comes first of its operation."""
    path, method, location = _by_path(place)
    return path, method, sum(map(location.count, ".[(")), location


def _order(change: Change) -> tuple[int, tuple[str, str, str], str, str]:
    place = _by_path((change.operation, change.location))
    return LEVELS.index(change.level), place, change.id, change.text
