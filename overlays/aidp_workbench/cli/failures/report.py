"""Prints what failed: each cause in full, and at the end, where people look first, the totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from aidp_workbench.runs import status_of, to_datetime

from ..output.console import room_of, stdout_console
from ..output.runs import name_of, shown_status, trace_of
from ..output.status_style import style_of
from ..output.text import by_frequency, counted, fit, pad, visible, width
from ..output.times import written_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import TaskRunSummary

    from .grouping import Cause, Failures

_TIMES = "×"  # noqa: RUF001  # the multiplication sign is intended
_WIDE = 80  # with less room, each task run has two lines
_STATUS = 14  # cells: INTERNAL_ERROR
_SHOWN = 10  # task runs of each trace on a terminal


class Report:
    """Prints failures on stdout."""

    def __init__(self, *, utc: bool) -> None:
        self._console = stdout_console()
        self._utc = utc
        self._room = room_of(self._console)

    def print(self, failures: Failures) -> None:
        for cause in failures.causes:
            self._line(visible(_heading(cause)), style="bold red")
            for runs in cause.traces:
                self._line("")
                self._task_runs(runs)
                self._trace(trace_of(runs[0]))
            self._line("")
        self._totals(failures)

    def _task_runs(self, runs: Sequence[TaskRunSummary]) -> None:
        shown = runs if self._room is None else runs[:_SHOWN]
        is_wide = self._room is None or self._room >= _WIDE
        for run in shown:
            started = written_time(to_datetime(run.start_time), utc=self._utc)
            retry = f"retry {run.retry_attempt}" if run.retry_attempt else ""
            facts = f"{started}  {retry:<7}"
            status = pad(shown_status(run), _STATUS)
            head = f"  {status}  {facts}  " if is_wide else f"  {status}  "
            line = Text(head + fit(name_of(run), self._room, width(head)))
            line.stylize(style_of(status_of(run)).style, 2, 2 + len(status))
            self._console.print(line, soft_wrap=True)
            if not is_wide:
                self._line(f"    {facts.strip()}")
        if left := len(runs) - len(shown):
            self._line(f"  and {left:,} more; all of them in: … failures | less", style="dim")

    def _trace(self, trace: str) -> None:
        for line in trace.splitlines():
            self._line("    " + visible(line.replace("\t", "    ")), style="dim")

    def _totals(self, failures: Failures) -> None:
        total = counted(failures.total, "task run")
        if causes := failures.causes:
            of = f"{failures.count:,} of {total} failed for {counted(len(causes), 'cause')}"
            self._line(of, style="bold")
        else:
            self._line(f"Nothing failed in {total}", style="bold")
        for cause in causes if len(causes) > 1 else ():
            self._line("  " + fit(_heading(cause), self._room, 2))
        if retried := failures.retried:
            attempts = counted(retried.total(), "attempt")
            self._line(f"Not counted: {attempts} before a retry: {by_frequency(retried)}")
        if failures.others:
            self._line(f"Not counted: {by_frequency(failures.others)}")

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)


def _heading(cause: Cause[TaskRunSummary]) -> str:
    return f"{cause.count:,} {_TIMES} {cause.words}"
