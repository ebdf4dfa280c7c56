"""The formats in which a listing is written to stdout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from ..streams import reconfigure_stdout
from .json import Json, JsonLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import TaskRunSummary


class Writer(Protocol):
    """Writes task runs as they arrive."""

    def start(self) -> None: ...

    def write(self, runs: Sequence[TaskRunSummary]) -> None: ...

    def end(self) -> None:
        """The listing is complete. This is not called after an error."""
        ...


def writer_for(output: str | None, *, utc: bool, csv_exact: bool = False) -> Writer:
    """The writer of this format on stdout. If not given, a table on a terminal, else JSON lines."""
    output = output or ("table" if sys.stdout.isatty() else "jsonl")
    if output == "table":
        from .table import Table

        return Table(utc=utc)
    # JSON is UTF-8 (RFC 8259, 8.1). A lone surrogate is left as its escape.
    reconfigure_stdout(encoding="utf-8", errors="backslashreplace", newline="\n")
    match output:
        case "json":
            return Json(sys.stdout)
        case "csv":
            from .spreadsheet import Csv

            return Csv(sys.stdout, exact=csv_exact)
        case _:
            return JsonLines(sys.stdout)
