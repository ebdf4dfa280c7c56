"""What was found at one place, and how findings become the changes of the report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from tools.specdiff.changes import LEVELS, Change
from tools.specdiff.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.specdiff.changes import Level

WIDTH = 60


@frozen
class Spot:
    """A place in the API.

    Attributes:
        operation: `GET /path`, or empty for what concerns the whole document.
        location: Where in the operation, in a reviewer's words.
        origin: The component that it is written in, with the way from there; empty if in none.
    """

    operation: str = ""
    location: str = ""
    origin: str = ""

    def at(self, location: str, origin: str | None = None) -> Spot:
        return evolve(self, location=location, origin=self.origin if origin is None else origin)


@frozen
class Finding:
    """One difference at one place."""

    id: str
    level: Level
    spot: Spot
    text: str


def finding(rule: str, spot: Spot, text: str, level: Level | None = None) -> Finding:
    return Finding(rule, level or RULES[rule], spot, text)


def changes(findings: Iterable[Finding]) -> list[Change]:
    """The changes that `findings` come to: what is said of one component is said once."""
    groups: dict[tuple[Any, ...], dict[tuple[str, str], str]] = {}
    for found in findings:
        spot = found.spot
        place = (spot.operation, spot.location)
        key = (
            found.level,
            found.text,
            spot.origin,
            _alike(found.id),
            *(() if spot.origin else place),
        )
        groups.setdefault(key, {})[place] = found.id
    merged = {}
    for (level, text, *_), places in groups.items():
        ordered = sorted(places, key=_by_nearness)
        change = _change(places[ordered[0]], level, text, ordered)
        # A component may say in two ways what shows as the same.
        merged[(change.id, change.operation, change.location, change.text)] = change
    return sorted(merged.values(), key=_order)


def _alike(rule: str) -> str:
    """The same for rules that differ only in how deep in a message a component is used."""
    rule = rule.replace("response-mediatype-", "response-body-")
    return rule.replace("-body-", "-property-").replace("-parameter-property-", "-parameter-")


def _change(rule: str, level: Level, text: str, places: list[tuple[str, str]]) -> Change:
    operation, location = places[0]
    listed = tuple(": ".join(filter(None, place)) for place in places) if places[1:] else ()
    return Change(rule, level, operation, location, text, listed)


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


def shown(value: Any) -> str:
    """`value` as JSON, short enough for a table."""
    return _cut(json.dumps(value, ensure_ascii=False), 0)


def changed(noun: str, before: Any, after: Any) -> str:
    """`noun changed from … to …`, showing where long texts come to differ."""
    old, new = (json.dumps(value, ensure_ascii=False) for value in (before, after))
    if max(len(old), len(new)) > WIDTH:
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
        start = max(0, same - WIDTH // 3)
        old, new = (_cut(text, start) for text in (old, new))
    return f"{noun} changed from {old} to {new}"


def _cut(text: str, start: int) -> str:
    part = ("…" if start else "") + text[start : start + WIDTH]
    return part + ("…" if start + WIDTH < len(text) else "")


def became(noun: str, before: Any, after: Any) -> str:
    """What happened to a value that may be absent, which None stands for."""
    if before is None:
        return f"{noun} {shown(after)} added"
    if after is None:
        return f"{noun} {shown(before)} removed"
    return changed(noun, before, after)
