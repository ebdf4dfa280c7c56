"""Fetching a page while the caller processes the one before."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from ..transport.cancellation import cancelled

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

R = TypeVar("R")


class Background(Future[R]):
    """A call in its own daemon thread."""

    def __init__(self, call: Callable[[], R]) -> None:
        super().__init__()
        self._call = call
        self._cancelled = threading.Event()
        threading.Thread(target=copy_context().run, args=(self._run,), daemon=True).start()

    def _run(self) -> None:
        cancelled.set(self._cancelled)
        try:
            self.set_result(self._call())
        except BaseException as error:  # it is raised by `result`
            self.set_exception(error)

    def abandon(self) -> None:
        """Stop after the current attempt, whose result is discarded."""
        self._cancelled.set()


def start_task(call: Callable[[], Coroutine[Any, Any, R]]) -> asyncio.Future[R] | None:
    """A task of asyncio that makes a call; `None` under trio, which has none without a nursery."""
    import asyncio  # slow to import, so only for async code

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return loop.create_task(call())


async def cancel(*tasks: asyncio.Future[R]) -> None:
    """Cancel tasks and wait until they have ended; what they raise is ignored."""
    import asyncio

    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
