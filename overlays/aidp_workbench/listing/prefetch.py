"""Pages that are fetched while the caller is busy with the one before."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextvars import copy_context
from typing import TYPE_CHECKING, TypeVar

from ..transport.cancellation import cancelled

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

R = TypeVar("R")


class Background(Future[R]):
    """A call in a thread of its own, which the end of a program does not wait for."""

    def __init__(self, call: Callable[[], R]) -> None:
        super().__init__()
        self._call = call
        self._cancelled = threading.Event()
        threading.Thread(target=copy_context().run, args=(self._run,), daemon=True).start()

    def _run(self) -> None:
        cancelled.set(self._cancelled)
        try:
            self.set_result(self._call())
        except BaseException as error:  # it is raised where the result is asked for
            self.set_exception(error)

    def abandon(self) -> None:
        """An attempt that is on its way ends by itself; no other follows."""
        self._cancelled.set()


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
