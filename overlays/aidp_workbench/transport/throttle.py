"""How fast a client may send after the service has answered one of its requests with 429."""

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
# What a success leaves of the gap, and the seconds below which it is none.
_SHRINKAGE = 0.9
_NO_GAP = 0.001

_tickets = count()


class Slot:
    """The place of a call among those that wait: older calls go first, also when they repeat.

    Attributes:
        deadline: When a turn comes too late, by the throttle's clock.
        sent: When the last request was sent.
    """

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.sent = -math.inf
        self.ticket = next(_tickets)


class Throttle:
    """Sets the times at which the requests of a client may be sent. Safe between threads.

    Attributes:
        refusal: The 429 that began the last pause.

    At first that is at once. A 429 makes all wait as long as the one that was refused; then they go
    on one by one. The gap between two is doubled by each further 429, up to that wait, and shrinks
    with each success until there is none. So many requests at a time find the rate that the service
    allows, and each is refused a few times only.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pause_end = self._next = -math.inf
        self._gap = 0.0
        # A call that is interrupted while it waits must not hold up the others: hence weak.
        self._waiting: WeakSet[Slot] = WeakSet()
        self.refusal: TooManyRequestsError | None = None

    def seconds_to_wait(self, slot: Slot) -> float:
        """0 if it is the slot's turn, which is then taken; else when to ask again.

        Infinite if the turn comes too late; `refusal` says why.
        """
        with self._lock:
            now = self._clock.now()
            ahead = sum(one.ticket < slot.ticket for one in self._waiting)
            if not ahead and self._next <= now:
                self._waiting.discard(slot)
                slot.sent = now
                self._next = now + self._gap
                return 0.0
            if self.refusal and (self._next > slot.deadline or now >= slot.deadline):
                return math.inf
            self._waiting.add(slot)
            seconds = max(0.0, self._next - now)
            if ahead:  # the gap may shrink before it is their turn: ask again half-way
                seconds += max(ahead * self._gap / 2, _NO_GAP)
            return min(seconds, slot.deadline - now)

    def leave(self, slot: Slot) -> None:
        """The call does not wait any more, whatever the reason."""
        with self._lock:
            self._waiting.discard(slot)

    def slow_down(self, slot: Slot, seconds: float, refusal: TooManyRequestsError) -> None:
        """The service has refused the request of `slot`: wait for so many seconds."""
        with self._lock:
            # Others that were sent before that was known tell nothing new.
            if slot.sent >= self._pause_end:
                self._gap = min(max(2 * self._gap, _FIRST_GAP * seconds), seconds)
                self._pause_end = self._next = self._clock.now() + seconds
                self.refusal = refusal

    def speed_up(self, slot: Slot) -> None:
        """The service has answered the request of `slot`."""
        if self._gap and slot.sent >= self._pause_end:
            with self._lock:
                gap = self._gap * _SHRINKAGE
                self._gap = gap if gap > _NO_GAP else 0.0
