"""A watch as a log: a line for each change."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from aidp_workbench_api.models import JobRun
from rich.text import Text

from aidp_workbench import StillRunningError
from aidp_workbench.runs import status_of

from ..output.runs import count_by_status, name_with_attempt, summary
from ..output.text import visible
from ..output.times import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aidp_workbench_api.models import TaskRunSummary
    from rich.console import Console

# Seconds without a line after which one says that the watch continues.
_LONGEST_SILENCE = 600


class Lines:
    """Prints changes, that there are no task runs yet, and at intervals that nothing changed."""

    def __init__(
        self, console: Console, *, utc: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._console = console
        self._utc = utc
        self._clock = clock
        self._runs: Sequence[TaskRunSummary] = ()
        self._printed: float | None = None
        self._arrow = "→" if _can_write(console, "→") else "->"

    def seen(self, runs: list[TaskRunSummary], job_run: JobRun | None = None) -> None:
        self._runs = runs
        if self._printed is None and not runs:
            self._print("no task runs yet; waiting for the first")
        elif self._printed is not None and self._clock() - self._printed >= _LONGEST_SILENCE:
            self._print(f"still watching {summary(count_by_status(runs))}")

    def changed(self, run: JobRun | TaskRunSummary, before: str | None, is_new: bool) -> None:
        status = visible(status_of(run) or "no status")
        if not is_new:
            status = f"{visible(before or 'no status')} {self._arrow} {status}"
        kind = "job run " if isinstance(run, JobRun) else ""
        self._print(f"{kind}{name_with_attempt(run)}  {status}")

    def warn(self, message: str) -> None:
        print(f"{self._now()}  {visible(message)}", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or issubclass(kind, StillRunningError):
            self._print(summary(count_by_status(self._runs)))

    def _print(self, text: str) -> None:
        self._console.print(Text(f"{self._now()}  {text}"), soft_wrap=True)
        sys.stdout.flush()
        self._printed = self._clock()

    def _now(self) -> str:
        return written_time(datetime.now(UTC), utc=self._utc)


def _can_write(console: Console, text: str) -> bool:
    try:
        text.encode(console.encoding)
    except (UnicodeError, LookupError):
        return False
    return True
