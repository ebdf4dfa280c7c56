"""Prints what failed: each cause in full, and at the end, where people look first, the totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from aidp_workbench_api.models import TaskRunSummary
from rich.text import Text

from aidp_workbench.runs import status_of, to_datetime
from aidp_workbench.runs.attempts import attempt_of
from aidp_workbench.runs.run import Run

from ..output.console import room_of, stdout_console
from ..output.runs import name_of, shown_status, trace_of
from ..output.status_style import style_of
from ..output.text import by_frequency, counted, fit, pad, visible, width
from ..output.times import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .grouping import Cause, Failures

R = TypeVar("R", bound=Run)

_TIMES = "×"  # noqa: RUF001  # the multiplication sign is intended
_WIDE = 80  # with less room, each run has two lines
_STATUS = 14  # cells: INTERNAL_ERROR
_SHOWN = 10  # runs of each trace on a terminal


class Report(Generic[R]):
    """Prints causes of failures on stdout.

    Args:
        name: What a failed run is called.
        keys: What else identifies it, in a line of its own; empty for nothing.
    """

    def __init__(
        self,
        *,
        utc: bool,
        name: Callable[[R], str] = name_of,
        keys: Callable[[R], str] = lambda _: "",
    ) -> None:
        self._console = stdout_console()
        self._utc = utc
        self._name = name
        self._keys = keys
        self._room = room_of(self._console)

    def print(self, causes: Sequence[Cause[R]], total: str, notes: Sequence[str] = ()) -> None:
        """Print the causes, and at the end the `total`, a heading of each cause, and the notes."""
        for cause in causes:
            self._line(visible(_heading(cause)), style="bold red")
            for runs in cause.traces:
                self._line("")
                self._runs(runs)
                self._trace(trace_of(runs[0]))
            self._line("")
        self._line(visible(total), style="bold")
        for cause in causes if len(causes) > 1 else ():
            self._line("  " + fit(_heading(cause), self._room, 2))
        for note in notes:
            self._line(visible(note))

    def _runs(self, runs: Sequence[R]) -> None:
        shown = runs if self._room is None else runs[:_SHOWN]
        is_wide = self._room is None or self._room >= _WIDE
        for run in shown:
            started = written_time(to_datetime(run.start_time), utc=self._utc)
            attempt = attempt_of(run)
            facts = f"{started}  {f'retry {attempt}' if attempt else '':<7}"
            status = pad(shown_status(run), _STATUS)
            head = f"  {status}  {facts}  " if is_wide else f"  {status}  "
            line = Text(head + fit(self._name(run), self._room, width(head)))
            line.stylize(style_of(status_of(run)).style, 2, 2 + len(status))
            self._console.print(line, soft_wrap=True)
            if not is_wide:
                self._line(f"    {facts.strip()}")
            if keys := self._keys(run):
                self._line(f"    {visible(keys)}", style="dim")
        if left := len(runs) - len(shown):
            self._line(f"  and {left:,} more; all of them in: … failures | less", style="dim")

    def _trace(self, trace: str) -> None:
        for line in trace.splitlines():
            self._line("    " + visible(line.replace("\t", "    ")), style="dim")

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)


def print_failures(failures: Failures, *, utc: bool) -> None:
    """Print what failed in a job run."""
    total = counted(failures.total, "task run")
    words = f"Nothing failed in {total}"
    if causes := failures.causes:
        words = f"{failures.count:,} of {total} failed for {counted(len(causes), 'cause')}"
    notes: list[str] = []
    if retried := failures.retried:
        attempts = counted(retried.total(), "attempt")
        notes.append(f"Not counted: {attempts} before a retry: {by_frequency(retried)}")
    if failures.others:
        notes.append(f"Not counted: {by_frequency(failures.others)}")
    Report[TaskRunSummary](utc=utc).print(causes, words, notes)


def _heading(cause: Cause[R]) -> str:
    return f"{cause.count:,} {_TIMES} {cause.words}"
