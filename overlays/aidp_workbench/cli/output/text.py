"""Text of the service on a terminal: without control characters, and as wide as there is room."""

from __future__ import annotations

import unicodedata
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections import Counter

# They join letters (Persian) and emoji, and move nothing.
_JOINERS = "\u200c\u200d"
_EMOJI_STYLE = "\ufe0f"


def visible(text: str) -> str:
    """`text` in one line, with escapes for what would move the cursor or hide itself."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(one: str) -> str:
    if one.isprintable() or one in _JOINERS:
        return one
    return " " if one == "\t" or unicodedata.category(one) == "Zs" else ascii(one)[1:-1]


def width(text: str) -> int:
    """The cells that `text` takes on a terminal, at most.

    Terminals disagree about emoji that are joined or have a style: some show one, others each
    part. A line that is too short is better than one that wraps.
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(one: str) -> int:
    return 1 if one == _EMOJI_STYLE else cell_len(one)


def fit(text: str, room: int | None, used: int = 0) -> str:
    """`text`, made visible and cut with an ellipsis to what is left of `room` cells.

    `used` cells are taken already; `None` is room enough.
    """
    if room is None:
        return visible(text)
    room = max(0, room - used)
    # No need to look at all of a trace of megabytes; combining characters take no room.
    text = visible(text[: 8 * room + 8])
    if width(text) <= room:
        return text
    if room == 0:
        return ""
    ends = accumulate(map(_cells, text))
    kept = text[: sum(1 for _ in takewhile(lambda end: end < room, ends))]
    return kept.rstrip(_JOINERS) + "…"


def pad(text: str, room: int) -> str:
    """`text` cut or filled up to exactly `room` cells."""
    text = fit(text, room)
    return text + " " * (room - width(text))


def counted(number: int, noun: str) -> str:
    """Such as `1 task run` or `2,500 task runs`."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def by_frequency(counts: Counter[str]) -> str:
    """Such as `3 SUCCESS, 1 FAILED`, the most frequent first."""
    return ", ".join(f"{count:,} {fit(what, 40)}" for what, count in counts.most_common())
