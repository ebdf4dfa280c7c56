"""Task runs as people read them on a terminal.

The name comes last in its line, and the cause has a separate line, so that neither their width nor
the direction of their script moves anything else. Rows can be printed before later ones are known.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.text import Text

from aidp_workbench.runs import status_of, to_datetime

from .console import room_of, stdout_console
from .status_style import style_of
from .task_runs import count_by_status, name_of, shown_status, summary, time_taken, trace_of
from .text import fit, pad, width
from .times import written_time
from .trace import cause_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import TaskRunSummary

STATUS = 18  # cells: PAUSED_MAINTENANCE
_TOOK = 8
_RETRY = 5
WIDE = 80  # with less room, each task run has two lines


class Table:
    """Writes a header, one to three lines for each task run, and how many had which status."""

    def __init__(self, *, utc: bool) -> None:
        self._console = stdout_console()
        self._room = room_of(self._console)
        self._is_wide = self._room is None or self._room >= WIDE
        self._utc = utc
        self._started = 20 if utc else 25
        self._statuses: Counter[str] = Counter()

    def start(self) -> None: ...

    def write(self, runs: Sequence[TaskRunSummary]) -> None:
        now = datetime.now(UTC)
        lines: list[Text] = []
        if runs and not self._statuses and self._is_wide:
            header = self._columns("STATUS", "STARTED", "TOOK", "RETRY") + "NAME"
            lines.append(Text(header, style="bold"))
        self._statuses += count_by_status(runs)
        for run in runs:
            lines += self._lines(run, now)
        if lines:
            self._console.print(Text("\n").join(lines), soft_wrap=True)

    def end(self) -> None:
        line = Text(summary(self._statuses), style="bold")
        self._console.print(line, soft_wrap=self._room is None)

    def _lines(self, run: TaskRunSummary, now: datetime) -> list[Text]:
        status, room = shown_status(run), self._room
        started = written_time(to_datetime(run.start_time), utc=self._utc)
        took = time_taken(run, now)
        retry = str(run.retry_attempt) if run.retry_attempt else ""
        head = f"{pad(status, STATUS)}  "
        if self._is_wide:
            head = self._columns(status, started, took, retry)
        lines = [Text(head + fit(name_of(run), room, width(head)))]
        lines[0].stylize(style_of(status_of(run)).style, 0, STATUS)
        facts = [started, took and f"took {took}", retry and f"retry {retry}"]
        if any(facts) and not self._is_wide:
            lines.append(Text(fit("  " + "  ".join(filter(None, facts)), room)))
        if cause := cause_line(trace_of(run)):
            lines.append(Text("    " + fit(cause, room, 4), style="dim"))
        return lines

    def _columns(self, status: str, started: str, took: str, retry: str) -> str:
        padded = pad(status, STATUS)
        return f"{padded}  {started:<{self._started}}  {took:>{_TOOK}}  {retry:>{_RETRY}}  "
