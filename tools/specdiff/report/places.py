"""What a reviewer calls the places of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from tools.specdiff.model import Change


def places_of(change: Change, operations: Collection[str], most: int = 8) -> str:
    """`query parameter limit of GET …/taskRuns`, and where else the same change shows.

    Args:
        operations: Every operation of both documents, to know which short names are unique.
        most: How many places are listed.
    """
    own = f"{change.operation}: {change.location}" if change.operation else change.location
    places = [_place(place, operations) for place in change.places or (own,)]
    more = len(places) - most
    return ", ".join(places[:most]) + (f" and {more} more places" if more > 0 else "")


def _place(place: str, operations: Collection[str]) -> str:
    operation, _, location = place.partition(": ")
    return f"{location} of {_short(operation, operations)}" if location else operation


def _short(operation: str, operations: Collection[str]) -> str:
    """The method and the last word of a path that is not a variable, if that says which."""
    short = _last_word(operation)
    alike = [one for one in operations if one != operation and _last_word(one) == short]
    return operation if alike else short


def _last_word(operation: str) -> str:
    method, _, path = operation.partition(" ")
    words = path.strip("/").split("/")
    last = next((n for n in range(len(words) - 1, 0, -1) if not words[n].startswith("{")), 0)
    return f"{method} …/{'/'.join(words[last:])}" if last else operation
