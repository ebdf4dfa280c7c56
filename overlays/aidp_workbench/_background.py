"""Calls that go on while the caller does something else, and stop when nobody wants them."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError, Future
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

R = TypeVar("R")

# Once this event is set, no further attempt is made for the call that runs in this context.
abandoned: ContextVar[threading.Event | None] = ContextVar("abandoned", default=None)


def check_wanted() -> None:
    """Raise CancelledError if the call that runs here is abandoned."""
    if (unwanted := abandoned.get()) is not None and unwanted.is_set():
        raise CancelledError


def sleep(seconds: float) -> None:
    """Wait, but not for a call that is abandoned: CancelledError."""
    if (unwanted := abandoned.get()) is not None:
        unwanted.wait(seconds)
        check_wanted()
    else:
        time.sleep(seconds)


class Background(Future[R]):
    """A call in a thread of its own, which the end of a program does not wait for."""

    def __init__(self, call: Callable[[], R]) -> None:
        super().__init__()
        self._call = call
        self._abandoned = threading.Event()
        threading.Thread(target=copy_context().run, args=(self._run,), daemon=True).start()

    def _run(self) -> None:
        abandoned.set(self._abandoned)
        try:
            self.set_result(self._call())
        except BaseException as error:  # it is raised where the result is asked for
            self.set_exception(error)

    def abandon(self) -> None:
        """An attempt that is on its way ends by itself; no other follows."""
        self._abandoned.set()


def start_task(call: Callable[[], Awaitable[R]]) -> asyncio.Future[R] | None:
    """A task of asyncio that makes a call; `None` under trio, which has none without a nursery."""
    import asyncio  # only where async code runs: it takes longer than much of this package

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return None
    return asyncio.ensure_future(call())


async def cancel(*tasks: asyncio.Future[R]) -> None:
    """Cancel tasks and wait until they are over; what they raise is of no interest."""
    import asyncio

    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
