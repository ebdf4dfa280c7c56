"""A listing as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from aidp_workbench_api.models import State, TaskRunSummary
from attrs import fields

from .json import to_json
from .text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

# Spreadsheets take such cells for formulas, also with full-width signs, or after characters that
# an import drops. https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")  # noqa: RUF001
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


class Csv:
    """A column for each property that the API describes, those of `state` included."""

    def __init__(self, stream: TextIO, *, exact: bool = False) -> None:
        self._stream = stream
        self._exact = exact
        self._rows = csv.writer(stream)
        self._columns = [
            *(name for name in _properties(TaskRunSummary) if name != "state"),
            *(f"state.{name}" for name in _properties(State)),
        ]

    def start(self) -> None:
        self._rows.writerow(self._columns)

    def write(self, runs: Sequence[TaskRunSummary]) -> None:
        for run in runs:
            values = run.to_dict()
            state: dict[str, Any] = values.pop("state", None) or {}
            values |= {f"state.{name}": value for name, value in state.items()}
            self._rows.writerow([self._cell(values.get(name)) for name in self._columns])
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


def _properties(model: type[TaskRunSummary] | type[State]) -> list[str]:
    """The names of the properties that the API describes, as it writes them."""
    names = [one.name for one in fields(model) if one.init]
    make: Callable[..., Any] = model
    return list(make(**dict.fromkeys(names)).to_dict())
