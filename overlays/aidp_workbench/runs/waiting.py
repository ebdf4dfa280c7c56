"""Waits until every run of a listing has ended, by listing them again and again."""

from __future__ import annotations

import time
from concurrent.futures import wait
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from aidp_workbench_api import AuthenticatedClient, Client

from ..errors import WorkbenchError
from ..listing.operation import resolve
from ..listing.pagination import apaginate, paginate
from ..listing.prefetch import Background
from .changes import Changes
from .run import Run
from .settling import DEFAULT_INTERVAL, Settling

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator

    import httpx
    from aidp_workbench_api.models import Error

    from ..listing.operation import Collection, Operation

R = TypeVar("R", bound=Run)

# Seconds that a look may take after the time is up if the client has no read timeout.
_NO_READ_TIMEOUT = 60.0


def wait_until_ended(
    operation: Operation[..., Collection[R] | Error | None],
    /,
    *args: Any,
    interval: float = DEFAULT_INTERVAL,
    timeout: float | None = None,
    settle: float | None = None,
    blocked_is_final: bool = False,
    on_change: Callable[[R, str | None], object] | None = None,
    **kwargs: Any,
) -> list[R]:
    """List runs again and again until every one has ended for good; returns the last look.

    A run without a status, or with one that this version does not know, has not ended, and
    neither has a job run without task runs. An end counts when all looks of `settle` seconds find
    the same, because a task run may be created after the one that it follows has ended, and a
    retry is a separate task run that starts up to 10 minutes after a failure. Nor is it an end
    when a run is listed twice, or one that was running is no longer listed: then the order of the
    listing changed between two pages.

    Transient errors do not stop the wait: after the client's own retries they are logged at level
    `INFO`, and the next look comes after the interval. Those are what `RetryPolicy` repeats and,
    once a look has succeeded, any TransportError.

    Args:
        operation: The module of an operation that lists task runs or job runs.
        args: Its arguments, as for `paginate`, as are `kwargs`. Do not filter by status: a run
            that drops out of the listing is waited for.
        interval: Seconds from the end of one look to the next.
        timeout: Seconds to wait at most; `None` waits for as long as it takes. A look that is
            under way then has one read timeout of the client to finish.
        settle: Seconds that an end must last. If not given, 600 when something failed,
            else 30, or a tenth of `timeout` if that is less.
        blocked_is_final: Whether a run that is `BLOCKED` counts as ended.
        on_change: Called with each run that is new or has another status than at the look before,
            and with that status; `None` for a new one.

    Raises:
        StillRunningError: The time is up. It is a TimeoutError, too, and has the last `runs`. An
            end with failures is returned instead, even if it has not settled.
        WorkbenchError: What `paginate` raises, if it is not transient.
    """
    operation = resolve(operation)
    settling = Settling[R](interval, timeout, settle, blocked_is_final)
    changes = Changes[R]()

    def listing() -> Iterator[R]:
        return paginate(operation, *args, **kwargs)

    for runs in looks(settling, listing, kwargs.get("client")):
        for run, before, _ in changes.of(runs):
            if on_change:
                on_change(run, before)
    return settling.runs


async def await_until_ended(
    operation: Operation[..., Collection[R] | Error | None],
    /,
    *args: Any,
    interval: float = DEFAULT_INTERVAL,
    timeout: float | None = None,  # noqa: ASYNC109  # its error has the runs
    settle: float | None = None,
    blocked_is_final: bool = False,
    on_change: Callable[[R, str | None], object] | None = None,
    **kwargs: Any,
) -> list[R]:
    """`wait_until_ended` for asyncio and trio.

    `on_change` is a plain function that must not block. Cancelling ends the wait at once.
    """
    operation = resolve(operation)
    settling = Settling[R](interval, timeout, settle, blocked_is_final)
    changes = Changes[R]()

    def listing() -> AsyncGenerator[R]:
        return apaginate(operation, *args, **kwargs)

    async with aclosing(alooks(settling, listing, kwargs.get("client"))) as found:
        async for runs in found:
            for run, before, _ in changes.of(runs):
                if on_change:
                    on_change(run, before)
    return settling.runs


def looks(
    settling: Settling[R],
    listing: Callable[[], Iterable[R]],
    client: object,
    sleep: Callable[[float], object] = time.sleep,
) -> Generator[list[R]]:
    """The runs that each look finds, until `settling` is over; `listing` makes a new listing."""
    while not settling.is_over:
        left = settling.seconds_left()
        if left is not None and isinstance(client, AuthenticatedClient | Client):
            left += _read_timeout(client.get_httpx_client())
        try:
            runs = _list_within(left, listing)
        except WorkbenchError as error:
            settling.handle_error(error)
        else:
            if runs is not None:
                settling.observe(runs)
                yield settling.runs
        pause = settling.pause()
        if not settling.is_over:
            sleep(pause)


async def alooks(
    settling: Settling[R], listing: Callable[[], AsyncGenerator[R]], client: object
) -> AsyncGenerator[list[R]]:
    """`looks` for asyncio and trio."""
    import anyio  # with httpx's own async code, not before

    while not settling.is_over:
        left = settling.seconds_left()
        if left is not None and isinstance(client, AuthenticatedClient | Client):
            left += _read_timeout(client.get_async_httpx_client())
        runs: list[R] | None = None
        try:
            with anyio.move_on_after(left):
                async with aclosing(listing()) as found:
                    runs = [run async for run in found]
        except WorkbenchError as error:
            settling.handle_error(error)
        else:
            if runs is not None:
                settling.observe(runs)
                yield settling.runs
        pause = settling.pause()
        if not settling.is_over:
            await anyio.sleep(pause)


def _list_within(seconds: float | None, listing: Callable[[], Iterable[R]]) -> list[R] | None:
    """The whole listing; `None` if it takes longer."""
    if seconds is None:
        return list(listing())
    look = Background(lambda: list(listing()))
    try:
        return look.result() if wait([look], max(0.0, seconds)).done else None
    finally:
        look.abandon()


def _read_timeout(client: httpx.Client | httpx.AsyncClient) -> float:
    seconds = client.timeout.read
    return _NO_READ_TIMEOUT if seconds is None else seconds
