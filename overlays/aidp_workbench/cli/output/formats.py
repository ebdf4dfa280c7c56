"""What a listing looks like to other programs: JSON, JSON lines, CSV."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, Protocol

from aidp_workbench_api.models import State, TaskRunSummary
from attrs import fields

from .console import reconfigure_stdout
from .text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO


class Writer(Protocol):
    """Writes task runs as they come in."""

    def start(self) -> None: ...

    def write(self, runs: Sequence[TaskRunSummary]) -> None: ...

    def end(self) -> None:
        """The listing is complete. What an error ends has no end."""
        ...


def writer_for(output: str | None, *, utc: bool) -> Writer:
    """The writer of this format on stdout; without one, what fits to where stdout leads."""
    output = output or ("table" if sys.stdout.isatty() else "jsonl")
    if output == "table":
        from .table import Table

        return Table(utc=utc)
    # JSON is UTF-8 (RFC 8259, 8.1). Half of a pair of surrogates is left as its escape.
    reconfigure_stdout(encoding="utf-8", errors="backslashreplace", newline="\n")
    match output:
        case "json":
            return Json(sys.stdout)
        case "csv":
            return Csv(sys.stdout)
        case _:
            return JsonLines(sys.stdout)


class JsonLines:
    """An object in a line of its own for each task run, with all that the service said."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def start(self) -> None: ...

    def write(self, runs: Sequence[TaskRunSummary]) -> None:
        self._stream.writelines(f"{_json(run.to_dict())}\n" for run in runs)
        self._stream.flush()

    def end(self) -> None: ...


class Json:
    """One array, an item in each line. It is closed only if the listing is complete."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = "[\n"

    def start(self) -> None: ...

    def write(self, runs: Sequence[TaskRunSummary]) -> None:
        for run in runs:
            self._stream.write(f"{self._before}{_json(run.to_dict())}\n")
            self._before = ","
        self._stream.flush()

    def end(self) -> None:
        self._stream.write("]\n" if self._before == "," else "[]\n")


class Csv:
    """A column for each property that the API describes, and `state` in columns of its own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._columns = [
            *(name for name in _properties(TaskRunSummary) if name != "state"),
            *(f"state.{name}" for name in _properties(State)),
        ]

    def start(self) -> None:
        self._row(self._columns)

    def write(self, runs: Sequence[TaskRunSummary]) -> None:
        for run in runs:
            values = run.to_dict()
            state: dict[str, Any] = values.pop("state", None) or {}
            values |= {f"state.{name}": value for name, value in state.items()}
            self._row(_text(values.get(name)) for name in self._columns)
        self._stream.flush()

    def end(self) -> None: ...

    def _row(self, values: Iterable[str]) -> None:
        quoted: list[str] = []
        for value in values:
            # What a program reads is exact; what a terminal shows must not move its cursor.
            text = visible(value) if self._stream.isatty() else value
            special = any(one in text for one in ',"\r\n')
            quoted.append('"' + text.replace('"', '""') + '"' if special else text)
        self._stream.write(",".join(quoted) + "\n")


def _properties(model: type[TaskRunSummary] | type[State]) -> list[str]:
    """The names of the properties that the API describes, as it writes them."""
    names = [one.name for one in fields(model) if one.init]
    make: Callable[..., Any] = model
    return list(make(**dict.fromkeys(names)).to_dict())


def _text(value: object) -> str:
    """A value in a cell: text as it is, anything else as JSON; empty for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


# What json leaves in and terminals or readers of lines act on: the second set of control
# characters, line separators, and what turns the direction of text.
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
