"""`task-runs watch`: shows what goes on until every task run has ended."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from aidp_workbench_api.api.task_runs import list_task_runs
from rich.live import Live
from rich.text import Text

from aidp_workbench import (
    Change,
    StillRunningError,
    Waiting,
    attempt_of,
    duration,
    has_ended,
    has_failed,
    last_attempts,
    moment,
    paginate,
    status_of,
)

from ..errors import FAILURES_FOUND
from ..output.console import stdout_console
from ..output.progress import Repeats
from ..output.status_style import Look, look_of
from ..output.table import name_of
from ..output.text import counted, fit, pad, visible
from ..output.times import written_duration, written_time
from .list import PAGE_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api import Client
    from aidp_workbench_api.models import TaskRunSummary
    from rich.console import Console

    from ..options import Shared

TIME_IS_UP = 124  # as `timeout` has it
INTERRUPTED = 130  # what a shell reports of a program that SIGINT ended

_STATUS = 18  # cells: PAUSED_MAINTENANCE


def watch_until_ended(
    client: Client,
    shared: Shared,
    *,
    interval: float,
    timeout: float | None = None,
    blocked_is_final: bool = False,
) -> int:
    """Show the task runs of the job run until all have ended, and give the exit code.

    0 if all went well, 1 if the last attempt of a task did not, 124 if the time was up, 130 if
    Ctrl-C ended it. Raises what `wait_until_ended` raises otherwise.
    """
    console = stdout_console()
    is_live = sys.stdout.isatty() and not console.is_dumb_terminal and not shared.debug
    view = _Screen(console, shared) if is_live else _Lines(console, shared)

    def look() -> list[TaskRunSummary]:
        runs = paginate(
            list_task_runs.sync_detailed,
            shared.platform,
            shared.workspace,
            client=client,
            job_run_key=shared.job_run,
            limit=PAGE_SIZE,
        )
        return view.seen(list(runs))

    try:
        with view, Repeats(view.fault):
            runs = Waiting(interval, timeout, blocked_is_final, view.changed).through(look)
    except KeyboardInterrupt:
        return INTERRUPTED
    except StillRunningError as error:
        print(f"aidp-workbench: {error}", file=sys.stderr)
        return TIME_IS_UP
    went_well = all(has_ended(run) and not has_failed(run) for run in last_attempts(runs))
    return 0 if went_well else FAILURES_FOUND


class _Lines:
    """A line for each change, for logs."""

    def __init__(self, console: Console, shared: Shared) -> None:
        self._console = console
        self._utc = shared.utc
        self._runs: Sequence[TaskRunSummary] = ()
        self._arrow = "→" if _can_write(console, "→") else "->"

    def seen(self, runs: list[TaskRunSummary]) -> list[TaskRunSummary]:
        self._runs = runs
        return runs

    def changed(self, change: Change) -> None:
        told = visible(change.after or "no status")
        if not change.is_new:
            told = f"{visible(change.before or 'no status')} {self._arrow} {told}"
        self._print(f"{_named(change.run)}  {told}")

    def fault(self, message: str) -> None:
        print(f"{self._now()}  {visible(message)}", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or issubclass(kind, StillRunningError):
            self._print(_counted(self._runs))

    def _print(self, text: str) -> None:
        self._console.print(Text(f"{self._now()}  {text}"), soft_wrap=True)
        sys.stdout.flush()

    def _now(self) -> str:
        return written_time(datetime.now(UTC), utc=self._utc)


class _Screen:
    """How many task runs have which status, and under it what runs or has failed."""

    def __init__(self, console: Console, shared: Shared) -> None:
        self._console = console
        self._utc = shared.utc
        self._title = f"Job run {visible(shared.job_run)}"
        self._runs: Sequence[TaskRunSummary] = ()
        self._looked: datetime | None = None
        self._fault = ""
        self._live = Live(
            console=console,
            get_renderable=self._drawn,
            refresh_per_second=2,
            redirect_stdout=False,
            redirect_stderr=False,
            vertical_overflow="crop",
        )

    def seen(self, runs: list[TaskRunSummary]) -> list[TaskRunSummary]:
        self._runs, self._looked, self._fault = runs, datetime.now(UTC), ""
        self._live.refresh()
        return runs

    def changed(self, change: Change) -> None: ...

    def fault(self, message: str) -> None:
        self._fault = message
        self._live.refresh()

    def __enter__(self) -> Self:
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def _drawn(self) -> Text:
        width, height = self._console.size
        now = datetime.now(UTC)
        lines = [Text(fit(self._title, width), style="bold"), *_counts(self._runs, width)]
        foot = self._foot(width)
        rows = _of_interest(self._runs)
        # The last line of the terminal stays free for the cursor.
        room = max(0, height - len(lines) - len(foot) - 1)
        shown = rows if len(rows) <= room else rows[: max(0, room - 1)]
        lines += (_row(run, width, now) for run in shown)
        if len(shown) < len(rows) and room:
            more = f"{len(rows) - len(shown):,} more that run or have failed"
            lines.append(Text(fit(more, width), style="dim"))
        return Text("\n").join((lines + foot)[: max(1, height - 1)])

    def _foot(self, width: int) -> list[Text]:
        if self._fault:
            return [Text(fit(self._fault, width), style="yellow")]
        if self._looked is None:
            return [Text(fit("Listing task runs…", width), style="dim")]
        at = written_time(self._looked, utc=self._utc)
        return [Text(fit(f"as of {at}", width), style="dim")]


def _of_interest(runs: Sequence[TaskRunSummary]) -> list[TaskRunSummary]:
    """What runs or has failed for good, the newest first; what has no start comes last."""
    looks = (Look.GOING, Look.FAILED)
    found = [run for run in last_attempts(runs) if look_of(status_of(run)) in looks]
    return sorted(found, key=_start, reverse=True)


def _start(run: TaskRunSummary) -> float:
    started = moment(run.start_time)
    return started.timestamp() if started else -1.0


def _row(run: TaskRunSummary, width: int, now: datetime) -> Text:
    status = status_of(run)
    took = written_duration(duration(run, now))
    if took and not has_ended(run):
        took += "+"
    head = Text(pad(status or "no status", _STATUS), style=look_of(status).style)
    row = Text().append_text(head).append(f" {took:>8}  ")
    return row.append(fit(_named(run), max(0, width - len(row))))


def _counts(runs: Sequence[TaskRunSummary], width: int) -> list[Text]:
    """How many have which status, in as many lines as that takes."""
    lines = [Text(fit(counted(len(runs), "task run"), width))]
    for status, count in Counter(map(status_of, runs)).most_common():
        told = fit(f"{count:,} {status or 'no status'}", width)
        line = lines[-1]
        if line.cell_len + 2 + len(told) > width:
            lines.append(line := Text())
        line.append("  " * bool(line)).append(told, style=look_of(status).style)
    return lines


def _counted(runs: Sequence[TaskRunSummary]) -> str:
    counts = Counter(status_of(run) or "no status" for run in runs).most_common()
    return "  ".join(
        [
            counted(len(runs), "task run"),
            *(f"{count:,} {visible(status)}" for status, count in counts),
        ]
    )


def _named(run: TaskRunSummary) -> str:
    attempt = attempt_of(run)
    return visible(name_of(run)) + (f", retry {attempt}" if attempt else "")


def _can_write(console: Console, text: str) -> bool:
    try:
        text.encode(console.encoding)
    except (UnicodeError, LookupError):
        return False
    return True
