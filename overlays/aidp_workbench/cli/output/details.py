"""One thing in detail, as people read it: facts, a trace, and tables of what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from aidp_workbench.runs import status_of, to_datetime

from .console import stdout_console
from .runs import shown_status, time_taken, trace_of
from .status_style import style_of
from .table import Table
from .text import visible
from .view import Times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aidp_workbench.runs.run import Run

    from .view import View


class Details:
    """Prints on stdout."""

    def __init__(self, *, utc: bool) -> None:
        self._console = stdout_console()
        self._utc = utc

    def print_run(self, run: Run, facts: Mapping[str, object]) -> None:
        """The facts that there are, the status and the times of the run, and its trace."""
        times = Times(self._utc)
        named = {
            **facts,
            "started": times.written(to_datetime(run.start_time)),
            "ended": times.written(to_datetime(run.end_time)),
            "took": time_taken(run, times.now),
            "message": getattr(run.state, "state_message", None),
        }
        shown = {"status": visible(shown_status(run))} | {
            name: visible(str(value)) for name, value in named.items() if value
        }
        room = max(map(len, shown))
        for name, value in shown.items():
            line = Text(f"{name:<{room}}  {value}")
            if name == "status":
                line.stylize(style_of(status_of(run)).style, room)
            self._print(line)
        for part in trace_of(run).splitlines():
            self._print(Text("    " + visible(part.replace("\t", "    ")), style="dim"))

    def print_table(self, view: View[Any], items: Sequence[Any]) -> None:
        """A table after an empty line."""
        self._print(Text())
        table = Table(view, utc=self._utc)
        table.write(items)
        table.end()

    def _print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)
