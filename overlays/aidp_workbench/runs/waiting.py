"""Waits until every task run of a listing has ended, asking again and again."""

from __future__ import annotations

import logging
import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from ..errors import ArgumentError, StillRunningError, TransportError, WorkbenchError
from ..listing.operation import resolve
from ..listing.pagination import apaginate, paginate
from ..transport.retry import is_transient
from .attempts import latest_attempts
from .run import Run
from .statuses import has_ended, has_failed, status_of

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        Callable,
        Hashable,
        Iterable,
    )

    from aidp_workbench_api.models import Error

    from ..listing.operation import Collection, Operation

R = TypeVar("R", bound=Run)

logger = logging.getLogger("aidp_workbench")

# Seconds. Sleeping takes no more than some centuries, and adding up no more than a float holds.
DEFAULT_INTERVAL = 10.0
_DAY = 86400
_FOR_EVER = 1e12


@frozen
class Change:
    """A task run that is new, or whose status is another than at the look before.

    Attributes:
        run: The task run as it is now.
        before: Its status at the look before; `None` if it is new or had no status.
        after: Its status now, also one that this version does not know; `None` without one.
        is_new: Whether it was not there at the look before.
    """

    run: Any
    before: str | None
    after: str | None
    is_new: bool


def wait_until_ended(
    operation: Operation[..., Collection[R] | Error | None],
    /,
    *args: Any,
    interval: float = DEFAULT_INTERVAL,
    timeout: float | None = None,
    blocked_is_final: bool = False,
    on_change: Callable[[Change], object] | None = None,
    **kwargs: Any,
) -> list[R]:
    """List task runs again and again until every one has ended; returns the last look.

    A task run without a status, or with one that this version does not know, has not ended, and
    neither has a job run without task runs. An end with a failure counts when the next look finds
    the same, because a retry is a task run of its own that may be listed a moment later.

    A fault that may pass does not end the wait: after the client's own retries it is logged at
    level `INFO`, and the next look comes after the interval. Those are what `RetryPolicy` repeats
    and, once a look has succeeded, any TransportError.

    Args:
        operation: The module of an operation that lists task runs or job runs.
        args: Its arguments, as for `paginate`. Do not filter by status: a task run that drops out
            of the listing is not waited for.
        interval: Seconds from the end of one look to the next.
        timeout: Seconds after which no further look starts; `None` waits for as long as it takes.
        blocked_is_final: Whether a task run that is `BLOCKED` counts as ended.
        on_change: Told each change, in the order of the listing; at the first look every task run
            is new.
        kwargs: The other arguments of the operation.

    Raises:
        StillRunningError: The time is up. It is a TimeoutError, too, and has the last `runs`.
        WorkbenchError: What `paginate` raises, if it is not a fault that may pass.
    """
    operation = resolve(operation)
    waiting = Waiting(interval, timeout, blocked_is_final, on_change)
    return waiting.through(lambda: paginate(operation, *args, **kwargs))


async def await_until_ended(
    operation: Operation[..., Collection[R] | Error | None],
    /,
    *args: Any,
    interval: float = DEFAULT_INTERVAL,
    timeout: float | None = None,  # noqa: ASYNC109  # it ends no look half-way, and tells the runs
    blocked_is_final: bool = False,
    on_change: Callable[[Change], object] | None = None,
    **kwargs: Any,
) -> list[R]:
    """`wait_until_ended` for asyncio and trio.

    `on_change` is a plain function that must not block. Cancelling ends the wait at once.
    """
    operation = resolve(operation)
    waiting = Waiting(interval, timeout, blocked_is_final, on_change)
    return await waiting.athrough(lambda: apaginate(operation, *args, **kwargs))


class Waiting:
    """How far a wait is. Its arguments and errors are those of `wait_until_ended`."""

    def __init__(
        self,
        interval: Any,
        timeout: Any = None,
        blocked_is_final: bool = False,
        on_change: Callable[[Change], object] | None = None,
    ) -> None:
        if not _is_number(interval) or not 0 < interval <= _DAY:
            raise ArgumentError(
                f"interval must be from above 0 to {_DAY} seconds, not {interval!r}"
            )
        if timeout is not None and not (_is_number(timeout) and timeout >= 0):
            raise ArgumentError(f"timeout must be a number of seconds or None, not {timeout!r}")
        self.runs: list[Any] = []
        self.is_over = False
        self._interval: float = interval
        self._timeout: float = _FOR_EVER if timeout is None else float(min(timeout, _FOR_EVER))
        self._deadline = time.monotonic() + self._timeout
        self._blocked_is_final = blocked_is_final
        self._on_change = on_change
        self._statuses: dict[Hashable, str | None] = {}
        self._succeeded = False
        self._fault: WorkbenchError | None = None

    def through(self, listing: Callable[[], Iterable[Any]]) -> list[Any]:
        """Wait; `listing` makes a new listing for each look."""
        while not self.is_over:
            try:
                runs = list(listing())
            except WorkbenchError as error:
                self.forgive(error)
            else:
                self.take(runs)
            if not self.is_over:
                time.sleep(self.pause())
        return self.runs

    async def athrough(self, listing: Callable[[], AsyncGenerator[Any]]) -> list[Any]:
        from anyio import sleep  # with httpx's own async code, not before

        while not self.is_over:
            try:
                async with aclosing(listing()) as found:
                    runs = [run async for run in found]
            except WorkbenchError as error:
                self.forgive(error)
            else:
                self.take(runs)
            if not self.is_over:
                await sleep(self.pause())
        return self.runs

    def take(self, runs: list[Any]) -> None:
        """What a look has found.

        A task run that moves on to the next page, because another came before it, is listed twice.
        """
        runs = list({run.key or id(run): run for run in runs}.values())
        statuses: dict[Hashable, str | None] = {_identity(run): status_of(run) for run in runs}
        before, self._statuses = self._statuses, statuses
        self.runs, self._succeeded, self._fault = runs, True, None
        for run in runs:
            self._tell(run, before)
        if runs and not self._going_on():
            may_be_retried = any(map(has_failed, latest_attempts(runs)))
            self.is_over = not may_be_retried or statuses == before or self._time_is_up()

    def forgive(self, fault: WorkbenchError) -> None:
        """A look has failed: raise `fault`, unless it may pass."""
        if not (is_transient(fault) or (self._succeeded and isinstance(fault, TransportError))):
            raise fault
        self._fault = fault
        self.is_over = bool(self.runs) and not self._going_on() and self._time_is_up()
        logger.info("task runs could not be listed, next in %g s: %s", self._interval, fault)

    def pause(self) -> float:
        """Seconds until the next look, which is at the latest when the time is up."""
        if self._time_is_up():
            raise StillRunningError(self._in_words(), self.runs) from self._fault
        return min(self._interval, max(0.0, self._deadline - time.monotonic()))

    def _tell(self, run: Any, before: dict[Hashable, str | None]) -> None:
        identity = _identity(run)
        old, new = before.get(identity), status_of(run)
        if self._on_change and (identity not in before or old != new):
            self._on_change(Change(run, old, new, identity not in before))

    def _going_on(self) -> list[Any]:
        final = self._blocked_is_final
        return [run for run in self.runs if not has_ended(run, blocked_is_final=final)]

    def _time_is_up(self) -> bool:
        return time.monotonic() >= self._deadline

    def _in_words(self) -> str:
        told = "no task runs"
        if self.runs:
            told = f"{len(self._going_on())} of {len(self.runs)} task runs still going"
        fault = f"; the last look failed: {self._fault}" if self._fault else ""
        return f"{told} after {self._timeout:g} s{fault}"


def _identity(run: Any) -> Hashable:
    """What tells a task run from others from one look to the next."""
    return run.key or tuple(getattr(run, name, None) for name in _NAMING)


_NAMING = ("job_run_key", "task_key", "retry_attempt", "name", "external_id")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
