"""Decides after each look whether runs have ended for good."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import (
    ArgumentError,
    PaginationError,
    StillRunningError,
    TransportError,
    WorkbenchError,
)
from ..transport.retry import is_transient
from .attempts import latest_attempts, task_of
from .changes import statuses
from .run import Run
from .statuses import has_ended, has_failed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

R = TypeVar("R", bound=Run)

logger = logging.getLogger("aidp_workbench")

# All in seconds.
DEFAULT_INTERVAL = 10.0
# A task run may be created a while after the one that it follows has ended: three looks.
GOOD_END = 30.0
# The service starts a retry up to 10 minutes after a failure: `minRetryIntervalMillis` of a task.
BAD_END = 600.0
# Of a timeout: a short wait accepts a good end sooner.
_SHARE_OF_TIMEOUT = 0.1
_DAY = 86400.0
_FOREVER = 1e9  # some thirty years; time.sleep refuses much more


class Settling(Generic[R]):
    """The conclusion from the looks of a wait. Its arguments are those of `wait_until_ended`."""

    def __init__(
        self,
        interval: float = DEFAULT_INTERVAL,
        timeout: float | None = None,
        settle: float | None = None,
        blocked_is_final: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        _check("interval", interval, at_most=_DAY)
        if interval == 0:
            raise ArgumentError("interval must be above 0 seconds")
        for name, seconds in (("timeout", timeout), ("settle", settle)):
            if seconds is not None:
                _check(name, seconds)
        self.runs: list[R] = []
        self.is_over = False
        self._interval = interval
        self._timeout = None if timeout is None else float(min(timeout, _FOREVER))
        self._settle = None if settle is None else min(settle, _FOREVER)
        self._blocked_is_final = blocked_is_final
        self._now = now
        self._deadline = now() + (_FOREVER if self._timeout is None else self._timeout)
        self._statuses: dict[Hashable, str | None] = {}
        self._running: dict[str, Hashable] = {}  # the task of each run that has not ended
        self._missing: dict[str, Hashable] = {}
        self._ended_at: float | None = None
        self._error: WorkbenchError | None = None

    def observe(self, runs: list[R]) -> None:
        """Take in the runs that a look found."""
        by_key = {run.key or id(run): run for run in runs}
        # A run that is listed twice moved to the next page, and another to one already read.
        has_moved = len(by_key) < len(runs)
        self.runs = list(by_key.values())
        self._error = None
        self._remember_running()
        before, self._statuses = self._statuses, statuses(self.runs)
        if not self.runs or self._going() or has_moved or self._missing:
            self._ended_at = None
        elif self._ended_at is None or self._statuses != before:
            self._ended_at = self._now()
        self.is_over = self._seconds_to_settle() == 0

    def handle_error(self, error: WorkbenchError) -> None:
        """A look has failed: raise `error` unless the next look may succeed."""
        lost_connection = bool(self._statuses) and isinstance(error, TransportError)
        # Pages repeat when runs move between them; a listing that loops does so again.
        moved = isinstance(error, PaginationError) and not isinstance(self._error, PaginationError)
        if not (is_transient(error) or lost_connection or moved):
            raise error
        self._error = error
        logger.info("runs could not be listed, next look in %g s: %s", self._interval, error)

    def pause(self) -> float:
        """Seconds until the next look. StillRunningError if the time is up before the end.

        When the time is up a failure counts as it is, settled or not: the caller acts on a good
        end, and can look again after a bad one.
        """
        left = self.seconds_left()
        if left is not None and left <= 0 and not self.is_over:
            self.is_over = self._has_ended() and self._has_failed()
            if not self.is_over:
                raise StillRunningError(self._message(), self.runs) from self._error
        until = (self._interval, left, self._seconds_to_settle())
        return max(0.0, min(seconds for seconds in until if seconds is not None))

    def seconds_left(self) -> float | None:
        """Seconds until the time is up, negative after that; `None` without a timeout."""
        return None if self._timeout is None else self._deadline - self._now()

    def _remember_running(self) -> None:
        """Remember what was running and is no longer listed, unless another run of its task is."""
        keys = {run.key for run in self.runs}
        tasks = {task_of(run) for run in self.runs} - {None}
        self._missing = {
            key: task
            for key, task in (self._missing | self._running).items()
            if key not in keys and task not in tasks
        }
        self._running = {run.key: task_of(run) for run in self._going() if run.key}

    def _going(self) -> list[R]:
        final = self._blocked_is_final
        return [run for run in self.runs if not has_ended(run, blocked_is_final=final)]

    def _has_ended(self) -> bool:
        return self._ended_at is not None

    def _has_failed(self) -> bool:
        return any(map(has_failed, latest_attempts(self.runs)))

    def _settle_time(self) -> float:
        if self._settle is not None:
            return self._settle
        if self._has_failed():
            return BAD_END
        return (
            GOOD_END if self._timeout is None else min(GOOD_END, _SHARE_OF_TIMEOUT * self._timeout)
        )

    def _seconds_to_settle(self) -> float | None:
        """Seconds until the end counts; `None` if not all runs have ended."""
        if self._ended_at is None:
            return None
        return max(0.0, self._ended_at + self._settle_time() - self._now())

    def _message(self) -> str:
        total, going, missing = len(self.runs), len(self._going()), len(self._missing)
        if not total:
            found = "no runs"
        elif going:
            found = f"{going} of {total} runs still going"
        elif missing:
            were = "run that was going is" if missing == 1 else "runs that were going are"
            found = f"{missing} {were} no longer listed"
        elif self._ended_at is None:
            found = "the order of the runs kept changing"
        else:
            found = f"the runs have ended, but not yet for {self._settle_time():g} s"
        failed = f"; the last look failed: {self._error}" if self._error else ""
        return f"{found} after {self._timeout or 0:g} s{failed}"


def _check(name: str, seconds: Any, at_most: float | None = None) -> None:
    """Raise ArgumentError unless `seconds` is a number; NaN is invalid."""
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not is_number or not seconds >= 0 or (at_most is not None and seconds > at_most):
        limit = f" up to {at_most:g}" if at_most is not None else ""
        raise ArgumentError(f"{name} must be a number of seconds{limit}, not {seconds!r}")
