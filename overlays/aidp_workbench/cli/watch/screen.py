"""A watch on a terminal: a picture that is updated in place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from rich.live import Live
from rich.text import Text

from aidp_workbench.runs import latest_attempts, status_of, to_datetime

from ..output.kinds import STATUS
from ..output.runs import count_by_status, name_with_attempt, shown_status, time_taken
from ..output.status_style import StatusStyle, style_of
from ..output.text import counted, fit, pad, width
from ..output.times import written_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import JobRun, TaskRunSummary
    from rich.console import Console


class Screen:
    """How many task runs have which status, and below it what is running or has failed."""

    def __init__(self, console: Console, job_run_key: str, *, utc: bool) -> None:
        self._console = console
        self._utc = utc
        self._title = f"Job run {job_run_key}"
        self._status: str | None = None
        self._runs: Sequence[TaskRunSummary] = ()
        self._seen_at: datetime | None = None
        self._warning = ""
        self._live = Live(
            console=console,
            get_renderable=self._drawn,
            refresh_per_second=2,
            redirect_stdout=False,
            redirect_stderr=False,
            vertical_overflow="crop",
        )

    def seen(self, runs: list[TaskRunSummary], job_run: JobRun | None = None) -> None:
        if job_run:
            self._status = status_of(job_run)
        self._runs, self._seen_at, self._warning = runs, datetime.now(UTC), ""
        self._live.refresh()

    def changed(self, run: JobRun | TaskRunSummary, before: str | None, is_new: bool) -> None: ...

    def warn(self, message: str) -> None:
        self._warning = message
        self._live.refresh()

    def __enter__(self) -> Self:
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def _drawn(self) -> Text:
        columns, height = self._console.size
        now = datetime.now(UTC)
        title = Text(fit(self._title, columns), style="bold")
        if self._status:
            room = columns - title.cell_len - 2
            title.append("  " + fit(self._status, max(0, room)), style_of(self._status).style)
        lines = [title, *_counts(self._runs, columns)]
        rows = _running_or_failed(self._runs)
        # One line is for the foot, and the last of the terminal stays free for the cursor.
        room = max(0, height - len(lines) - 2)
        shown = rows if len(rows) <= room else rows[: max(0, room - 1)]
        lines += (_row(run, columns, now) for run in shown)
        if len(shown) < len(rows) and room:
            more = f"{len(rows) - len(shown):,} more that run or have failed"
            lines.append(Text(fit(more, columns), style="dim"))
        return Text("\n").join([*lines, self._foot(columns)][: max(1, height - 1)])

    def _foot(self, columns: int) -> Text:
        if self._warning:
            return Text(fit(self._warning, columns), style="yellow")
        text = "Listing task runs…"
        if self._seen_at:
            text = f"as of {written_time(self._seen_at, utc=self._utc)}"
        return Text(fit(text, columns), style="dim")


def _running_or_failed(runs: Sequence[TaskRunSummary]) -> list[TaskRunSummary]:
    """What runs or has failed for good, the newest first; what has no start comes last."""
    styles = (StatusStyle.RUNNING, StatusStyle.FAILED)
    found = [run for run in latest_attempts(runs) if style_of(status_of(run)) in styles]
    return sorted(found, key=_start, reverse=True)


def _start(run: TaskRunSummary) -> float:
    started = to_datetime(run.start_time)
    return started.timestamp() if started else -1.0


def _row(run: TaskRunSummary, columns: int, now: datetime) -> Text:
    status = pad(shown_status(run), STATUS)
    took = f" {time_taken(run, now):>8}  "
    row = Text(status, style=style_of(status_of(run)).style)
    row = Text().append_text(row).append(took)
    return row.append(fit(name_with_attempt(run), columns, width(status + took)))


def _counts(runs: Sequence[TaskRunSummary], columns: int) -> list[Text]:
    """How many task runs have which status, in as many lines as that takes."""
    lines = [Text(fit(counted(len(runs), "task run"), columns))]
    for status, count in count_by_status(runs).most_common():
        text = fit(f"{count:,} {status}", columns)
        if lines[-1].cell_len + 2 + width(text) > columns:
            lines.append(Text())
        lines[-1].append("  " * bool(lines[-1])).append(text, style=style_of(status).style)
    return lines
