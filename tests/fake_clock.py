"""Time that passes only in `sleep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench.auth.files import Clock as FileClock
from aidp_workbench.transport.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable


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


class FakeTime:
    """The clock of credentials in files; planned events happen while it sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self._plans: list[tuple[float, Callable[[], object]]] = []
        self.clock = FileClock(lambda: self.now, lambda: self.now, self._sleep)

    def after(self, seconds: float, action: Callable[[], object]) -> None:
        self._plans.append((self.now + seconds, action))

    def _sleep(self, seconds: float) -> None:
        self.now += seconds
        due = [plan for plan in self._plans if plan[0] <= self.now]
        self._plans = [plan for plan in self._plans if plan[0] > self.now]
        for _, action in due:
            action()
