"""Which task runs determined when a job run ended."""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING

from ..output.text import counted
from ..output.times import written_duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .bars import Bar


def critical_chain(bars: Sequence[Bar]) -> list[int]:
    """Positions of the bars that determine the end, from the first to the last.

    The last is the one that ends last, and before each comes the one that ended last before it
    began. Of those that end together it is the longest.
    """
    timed = [(bar.end, bar.length, i) for i, bar in enumerate(bars) if bar.begin and bar.end]
    timed.sort(key=lambda one: (one[0], one[1], -one[2]))
    ends = [end for end, _, _ in timed]
    chain: list[int] = []
    position = len(timed) - 1
    while position >= 0:
        end, length, index = timed[position]
        chain.append(index)
        # What takes no time ends when it begins, and must not come before itself.
        position = min(bisect_right(ends, end - length), position) - 1
    return chain[::-1]


def in_words(chain: Sequence[Bar]) -> str:
    """What determines the end, and how long that took; empty without any time."""
    if not chain:
        return ""
    took = sum((bar.length for bar in chain), timedelta())
    text = f"{counted(len(chain), 'task run')}, {written_duration(took)} in all"
    first, last = chain[0].begin, chain[-1].end
    if first and last and (idle := last - first - took):
        text += f", {written_duration(idle)} between them"
    return f"what determines the end: {text}"
