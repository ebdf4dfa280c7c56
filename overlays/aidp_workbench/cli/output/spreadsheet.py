"""A listing as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, cast

from .json import to_json
from .text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from .view import Item

# Spreadsheets take such cells for formulas, also with full-width signs, or after characters that
# an import drops. https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")  # noqa: RUF001  # on purpose
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


class Csv:
    """A column for each of these properties; `state.status` is one of an object in the object."""

    def __init__(self, stream: TextIO, properties: Sequence[str], *, exact: bool = False) -> None:
        self._stream = stream
        self._exact = exact
        self._rows = csv.writer(stream)
        self._columns = [name.split(".") for name in properties]

    def start(self) -> None:
        self._rows.writerow(map(".".join, self._columns))

    def write(self, items: Sequence[Item]) -> None:
        for item in items:
            values = item.to_dict()
            self._rows.writerow([self._cell(_found(values, path)) for path in self._columns])
        self._stream.flush()

    def end(self) -> None: ...

    def _cell(self, value: object) -> str:
        text = "" if value is None else value if isinstance(value, str) else to_json(value)
        if not self._exact:
            text = without_formula(text)
        # A program needs the characters as they are; a terminal would act on some of them.
        return visible(text) if self._stream.isatty() else text


def without_formula(text: str) -> str:
    """`text`, with an apostrophe in front if a spreadsheet would run it. Numbers stay numbers."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _found(values: object, path: Sequence[str]) -> object:
    for name in path:
        values = (
            cast("Mapping[str, object]", values).get(name) if isinstance(values, dict) else None
        )
    return values
