"""Task runs as people read them on a terminal.

The name comes last in its line, and the cause has a line of its own: how wide they are, and which
way they run, moves nothing else. So rows can be printed before the later ones are known.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.text import Text

from aidp_workbench import duration, has_ended, moment, status_of

from ..commands.causes import telling_line
from .console import stdout_console
from .status_style import look_of
from .text import counted, fit, pad
from .times import written_duration, written_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import TaskRunSummary

_STATUS = 18  # cells: PAUSED_MAINTENANCE
_TOOK = 8
_RETRY = 5
WIDE = 80  # with less room, each task run has two lines


def name_of(run: TaskRunSummary) -> str:
    """What people call the task run."""
    return run.name or run.task_key or run.key or "(no name)"


def cause_of(run: TaskRunSummary) -> str:
    """Why the task run failed, in one line; empty if it does not say."""
    return telling_line((run.state.error_trace or "") if run.state else "")


class Table:
    """Writes a header, one to three lines for each task run, and how many had which status."""

    def __init__(self, *, utc: bool) -> None:
        self._console = stdout_console()
        # A file has all the room that it needs.
        self._room = self._console.width if self._console.is_terminal else None
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
        for run in runs:
            self._statuses[status_of(run) or "no status"] += 1
            lines += self._lines(run, now)
        if lines:
            self._console.print(Text("\n").join(lines), soft_wrap=True)

    def end(self) -> None:
        by_status = self._statuses.most_common()
        counts = ", ".join(f"{count:,} {fit(status, 40)}" for status, count in by_status)
        line = counted(self._statuses.total(), "task run") + (f": {counts}" if counts else "")
        self._console.print(Text(line, style="bold"), soft_wrap=self._room is None)

    def _lines(self, run: TaskRunSummary, now: datetime) -> list[Text]:
        status = status_of(run)
        started = written_time(moment(run.start_time), utc=self._utc)
        took = written_duration(duration(run, now))
        if took and not run.end_time and not has_ended(run):
            took += "+"
        retry = str(run.retry_attempt) if run.retry_attempt else ""
        if self._is_wide:
            head = Text(self._columns(status or "no status", started, took, retry))
            head.append(self._fit(name_of(run), len(head)))
            lines = [head]
        else:
            head = Text(pad(status or "no status", _STATUS) + "  ")
            head.append(self._fit(name_of(run), len(head)))
            facts = [started, took and f"took {took}", retry and f"retry {retry}"]
            below = "  " + "  ".join(fact for fact in facts if fact)
            lines = [head, Text(self._fit(below, 0))] if any(facts) else [head]
        lines[0].stylize(look_of(status).style, 0, _STATUS)
        if cause := cause_of(run):
            lines.append(Text("    " + self._fit(cause, 4), style="dim"))
        return lines

    def _columns(self, status: str, started: str, took: str, retry: str) -> str:
        return (
            f"{pad(status, _STATUS)}  {started:<{self._started}}  {took:>{_TOOK}}"
            f"  {retry:>{_RETRY}}  "
        )

    def _fit(self, text: str, taken: int) -> str:
        return fit(text, None if self._room is None else self._room - taken)
