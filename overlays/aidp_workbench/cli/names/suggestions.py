"""What to suggest in place of a name that is unknown or ambiguous."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST = 8


def suggestion(given: str, names: Iterable[str]) -> str:
    """Such as `Is it nightly_load or nightly_report?`; empty if no name is like it."""
    by_folded = {name.casefold(): name for name in names if name}
    part = given.strip().casefold()
    close = [name for folded, name in by_folded.items() if part and part in folded]
    close += [by_folded[one] for one in get_close_matches(part, by_folded, _MOST, 0.5)]
    return f"Is it {' or '.join([*dict.fromkeys(close)][:_MOST])}?" if close else ""


def listed(candidates: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(candidates) - _MOST
    return ", ".join([*candidates[:_MOST], *([f"and {more:,} more"] if more > 0 else [])])
