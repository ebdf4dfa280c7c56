"""Time that passes only in `sleep`."""

from __future__ import annotations

from aidp_workbench.transport.clock import Clock


class FakeClock(Clock):
    """A clock of a client; `sleeps` has every pause that was requested, in seconds."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.sleeps: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
