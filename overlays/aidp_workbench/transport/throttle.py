"""How fast a client may send after the service answered one of its requests with 429."""

from __future__ import annotations

import math
import threading
from itertools import count
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from ..errors import TooManyRequestsError
    from .clock import Clock

# The gap between two requests after the first 429, as a share of the pause.
_FIRST_GAP = 0.05
# The share of the gap that a success leaves, and the seconds below which the gap ends.
_SHRINKAGE = 0.9
_NO_GAP = 0.001

_tickets = count()


class Slot:
    """A call's place in the queue. Older calls go first, also when they retry.

    Attributes:
        deadline: The latest time at which the call may send, by the throttle's clock.
        sent: When it last sent a request.
    """

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.sent = -math.inf
        self.ticket = next(_tickets)


class Throttle:
    """Decides when each request of a client may be sent. Thread-safe.

    Requests are sent at once until the service answers 429. Then all of them pause, and afterwards
    go one by one. Each further 429 doubles the gap between two requests, up to the length of the
    pause; each success shrinks it. So a client finds the rate that the service allows. It never
    sends faster than `rate`, in requests a second, if that is given.

    Attributes:
        refusal: The 429 that began the last pause.
    """

    def __init__(self, clock: Clock, rate: float | None = None) -> None:
        self._clock = clock
        self._least_gap = 1 / rate if rate else 0.0
        self._lock = threading.Lock()
        self._pause_end = self._next = -math.inf
        self._gap = 0.0
        # Weak, so that a call that was interrupted while waiting does not block the others.
        self._waiting: WeakSet[Slot] = WeakSet()
        self.refusal: TooManyRequestsError | None = None

    def seconds_to_wait(self, slot: Slot) -> float:
        """0 if the slot may send now, which counts as sent; else the seconds until to ask again.

        Infinite if its turn would come after its deadline; `refusal` says why.
        """
        with self._lock:
            now = self._clock.now()
            ahead = sum(other.ticket < slot.ticket for other in self._waiting)
            if not ahead and self._next <= now:
                self._waiting.discard(slot)
                slot.sent = now
                self._next = now + max(self._gap, self._least_gap)
                return 0.0
            is_late = self._next > slot.deadline or now >= slot.deadline
            if self.refusal and is_late and not self.is_pacing:
                return math.inf
            self._waiting.add(slot)
            seconds = max(0.0, self._next - now)
            if ahead:  # the gap may shrink in the meantime, so ask again half-way
                seconds += max(ahead * max(self._gap, self._least_gap) / 2, _NO_GAP)
            return seconds if self.is_pacing else min(seconds, slot.deadline - now)

    @property
    def is_pacing(self) -> bool:
        """Whether requests wait for the rate alone, which does not count as time of their calls."""
        is_slowest = 0 < self._least_gap >= self._gap
        return is_slowest and self._clock.now() >= self._pause_end

    def leave(self, slot: Slot) -> None:
        """Remove the slot of a call that has ended, for whatever reason."""
        with self._lock:
            self._waiting.discard(slot)

    def slow_down(self, slot: Slot, seconds: float, refusal: TooManyRequestsError) -> None:
        """Pause all requests for `seconds`, because the service refused that of `slot`."""
        with self._lock:
            # A request that was sent before the pause began says nothing new.
            if slot.sent >= self._pause_end:
                self._gap = min(max(2 * self._gap, _FIRST_GAP * seconds), seconds)
                self._pause_end = self._next = self._clock.now() + seconds
                self.refusal = refusal

    def speed_up(self, slot: Slot) -> None:
        """Shrink the gap, because the service answered the request of `slot`."""
        if self._gap and slot.sent >= self._pause_end:
            with self._lock:
                gap = self._gap * _SHRINKAGE
                self._gap = gap if gap > _NO_GAP else 0.0
