"""A listing as people read it on a terminal.

The name comes last in its line, and the cause has a separate line, so that neither their width nor
the direction of their script moves anything else. Rows can be printed before later ones are known.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.text import Text

from .console import room_of, stdout_console
from .status_style import style_of
from .text import by_frequency, counted, fit, width
from .view import Item, Times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .view import View

T = TypeVar("T", bound=Item)

_NAME = 16  # cells that a name needs beside the columns; with less, each item has two lines
_GAP = "  "


class Table(Generic[T]):
    """Writes a header, one to three lines for each item, and how many had which status."""

    def __init__(self, view: View[T], *, utc: bool) -> None:
        self._view = view
        self._utc = utc
        self._console = stdout_console()
        self._room = room_of(self._console)
        needed = sum(column.cells + len(_GAP) for column in view.columns) + _NAME
        self._is_wide = self._room is None or self._room >= needed
        self._statuses: Counter[str] = Counter()

    def start(self) -> None: ...

    def write(self, items: Sequence[T]) -> None:
        times = Times(self._utc)
        lines: list[Text] = []
        if items and not self._statuses and self._is_wide:
            headings = [column.heading for column in self._view.columns]
            lines.append(Text(self._columns(headings) + "NAME", style="bold"))
        for item in items:
            lines += self._lines(item, times)
        if lines:
            self._console.print(Text("\n").join(lines), soft_wrap=True)

    def end(self) -> None:
        view, statuses = self._view, self._statuses
        total = counted(statuses.total(), view.noun)
        if view.status and statuses:
            total += f": {by_frequency(statuses)}"
        self._console.print(Text(total, style="bold"), soft_wrap=self._room is None)

    def _lines(self, item: T, times: Times) -> list[Text]:
        view, room = self._view, self._room
        texts = [column.text(item, times) for column in view.columns]
        head = self._columns(texts if self._is_wide else texts[:1])
        lines = [Text(head + fit(view.name(item), room, width(head)))]
        if view.status:
            lines[0].stylize(style_of(view.status(item)).style, 0, view.columns[0].cells)
        self._statuses[texts[0]] += 1
        facts = [
            column.label.format(text)
            for column, text in zip(view.columns[1:], texts[1:], strict=True)
            if text
        ]
        if facts and not self._is_wide:
            lines.append(Text(fit(_GAP + _GAP.join(facts), room)))
        if cause := view.cause(item):
            lines.append(Text("    " + fit(cause, room, 4), style="dim"))
        return lines

    def _columns(self, texts: Sequence[str]) -> str:
        columns = zip(self._view.columns, texts, strict=False)
        return "".join(column.padded(text) + _GAP for column, text in columns)
