"""A timeline in characters, as wide as the terminal."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import bidirectional, east_asian_width

from attrs import astuple, frozen
from rich.text import Text

from ..output.text import pad, width
from .axis import ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bars import Bar
    from .timeline import Timeline

_MARGIN = 2  # for the mark of what is critical
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_TICK = 8  # cells that a tick and its label take at least


@frozen
class Glyphs:
    """The characters of a drawing."""

    critical: str
    other: str
    waiting: str
    open_end: str
    mark: str
    tick: str
    retry: str
    cut: str


UNICODE = Glyphs("█", "▒", "·", "▶", "◆", "┊", "↳ retry", "…")
ASCII = Glyphs("#", "=", ".", ">", "*", ":", "retry", "~")


def drawn(timeline: Timeline, *, columns: int, since: str, encoding: str) -> Iterator[Text]:
    """The lines of the drawing, none wider than `columns` cells but those of the summary.

    `since` is the start of the axis, as text. What `encoding` cannot write is replaced.
    """
    glyphs = glyphs_for(encoding)
    mark = f"{glyphs.mark} "
    yield Text(_written(timeline.summary, encoding), style="bold")
    if timeline.critical:
        yield Text(mark + timeline.critical)
    for note in timeline.notes:
        yield Text(_written(note, encoding), style="yellow")
    if timeline.bars:
        yield Text()
        yield from _Chart(timeline, columns, since, encoding).lines()


def glyphs_for(encoding: str) -> Glyphs:
    """The characters that this encoding can write."""
    try:
        "".join(astuple(UNICODE)).encode(encoding)
    except (UnicodeError, LookupError):
        return ASCII
    return UNICODE


def _written(text: str, encoding: str) -> str:
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _label(text: str, encoding: str) -> str:
    """`text` in a form that is equally wide on every terminal, so that bars stay aligned."""
    parts = (
        "" if one == _EMOJI_STYLE or (one == _JOINER and east_asian_width(after) == "W") else one
        for one, after in zip(text, f"{text[1:]} ", strict=True)
    )
    return _written("".join(parts).replace(UNICODE.cut, glyphs_for(encoding).cut), encoding)


class _Chart:
    """The rows under their axis. How wide each part is follows from what is in it."""

    def __init__(self, timeline: Timeline, columns: int, since: str, encoding: str) -> None:
        self._timeline = timeline
        self._columns = columns
        self._since = since
        self._glyphs = glyphs_for(encoding)
        bars = timeline.bars
        rows = timeline.rows(self._glyphs.retry)
        self._rows = [(_label(label, encoding), bar) for label, bar in rows]
        self._encoding = encoding
        self._status = min(max(width(bar.status) for bar in bars), 18, columns // 4)
        self._lasted = max(len(bar.lasted) for bar in bars)
        around = _MARGIN + self._status + self._lasted + 4
        self._label = min(
            max(width(label) for label, _ in self._rows), max(8, (columns - around) * 2 // 5)
        )
        self._chart = max(4, columns - around - self._label)
        self._ticks: dict[int, str] = {}
        if timeline.begin and timeline.end:
            span = timeline.end - timeline.begin
            for when, label in ticks(span, max(1, self._chart // _TICK)):
                self._ticks.setdefault(self._cell(when / span), label)

    def lines(self) -> Iterator[Text]:
        if self._ticks:
            indent = " " * (_MARGIN + self._label + 1)
            room = self._columns - len(indent)
            yield Text(indent + self._fitted(f"since {self._since}", room).rstrip(), style="dim")
            yield Text(f"{indent}{self._axis()}", style="dim")
        for label, bar in self._rows:
            if bar is None:
                yield Text(" " * _MARGIN).append(
                    self._fitted(label, self._label + self._chart).rstrip(), style="underline"
                )
                continue
            line = Text(self._glyphs.mark if bar.is_critical else " ").append(" ")
            line.append(self._fitted(label, self._label), style="bold" if bar.is_critical else "")
            line.append(" ").append_text(self._row(bar))
            line.append(f" {bar.lasted:>{self._lasted}}  ")
            status = pad(_written(bar.status, self._encoding), self._status)
            line.append(status.replace("…", self._glyphs.cut), style=bar.style.style)
            line.rstrip()
            yield line
        yield Text()
        for words in wrap(self._legend(), self._columns):
            yield Text(words, style="dim")

    def _fitted(self, label: str, room: int) -> str:
        text = pad(label, room).replace("…", self._glyphs.cut)
        if any(bidirectional(one) in ("R", "AL") for one in text):
            # Terminals that know which way a script runs must not turn the bar with the name.
            text = f"\u200e{text}\u200e"
        return text

    def _axis(self) -> str:
        line = ""
        for cell, label in self._ticks.items():
            if cell >= len(line) and cell + len(label) <= self._chart:
                line = line.ljust(cell) + label + " "
        return line.rstrip()

    def _row(self, bar: Bar) -> Text:
        glyphs = self._glyphs
        cells = [glyphs.tick if cell in self._ticks else " " for cell in range(self._chart)]
        row = Text("".join(cells), style="dim")
        if bar.begin is None or bar.end is None:
            return row
        position = self._timeline.position
        first = self._cell(position(bar.begin))
        after = max(first + 1, min(self._chart, math.ceil(position(bar.end) * self._chart)))
        full = glyphs.critical if bar.is_critical else glyphs.other
        runs_from = after if bar.started is None else self._cell(position(bar.started))
        # However short, the execution is more than the wait before it.
        runs_from = runs_from if bar.started is None else min(runs_from, after - 1)
        cells = [glyphs.waiting] * (runs_from - first) + [full] * (after - runs_from)
        if bar.is_open:
            cells[-1] = glyphs.open_end
        return row[:first].append("".join(cells), style=bar.style.style).append_text(row[after:])

    def _cell(self, position: float) -> int:
        return min(self._chart - 1, int(position * self._chart))

    def _legend(self) -> str:
        glyphs, bars = self._glyphs, self._timeline.bars
        entries = {
            f"{glyphs.critical} determines the end": any(b.is_critical for b in bars),
            f"{glyphs.other} does not": any(b.begin and not b.is_critical for b in bars),
            f"{glyphs.waiting} waits for its cluster": any(b.begin != b.started for b in bars),
            f"{glyphs.open_end} still going": any(b.begin and b.is_open for b in bars),
        }
        return "   ".join(words for words, is_used in entries.items() if is_used)
