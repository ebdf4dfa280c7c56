"""The clock of a client; tests replace it."""

from __future__ import annotations

import time

from .cancellation import cancelled, raise_if_cancelled


class Clock:
    """Monotonic time, and pauses."""

    def now(self) -> float:
        """Seconds since an arbitrary moment; only differences are meaningful."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds; CancelledError as soon as the call is cancelled."""
        if (event := cancelled.get()) is not None:
            event.wait(seconds)
            raise_if_cancelled()
        else:
            time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """`sleep` for asyncio and trio."""
        import anyio

        await anyio.sleep(seconds)
