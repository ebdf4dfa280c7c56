"""How fast a client may send, after the service has said 429 to one of its requests."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The gap after the first 429, as a share of the wait.
_FIRST_GAP = 0.05
# What a success leaves of the gap, and the seconds below which it is none.
_SHRINKAGE = 0.9
_NO_GAP = 0.001


class Turn:
    """When a request may be sent, by `time.monotonic`."""

    def __init__(self) -> None:
        self.at = -math.inf


class Pace:
    """Sets the times at which the requests of a client may be sent.

    At first that is at once. A 429 makes all wait as long as the one that was refused; then they go
    on one by one. The gap between two is doubled by each further 429, up to that wait, and shrinks
    with each success until there is none. So many requests at a time find the rate that the service
    allows, and each is refused a few times only.
    """

    def __init__(self) -> None:
        self._pause_end = 0.0
        self._next = 0.0
        self._gap = 0.0

    def waits(self, turn: Turn) -> Iterator[float]:
        """Seconds to wait, one after the other, until it is the turn of a request."""
        while not self._holds(turn):
            self.take(turn)
            if (seconds := turn.at - time.monotonic()) > 0:
                yield seconds

    def take(self, turn: Turn) -> float:
        """Take the next turn that is free; seconds until then."""
        now = time.monotonic()
        turn.at = max(now, self._next)
        self._next = turn.at + self._gap
        return turn.at - now

    def slow_down(self, turn: Turn, seconds: float) -> None:
        """The service has refused the request of `turn` and asks to wait."""
        # Others that were sent before that was known tell nothing new.
        if self._holds(turn):
            self._gap = min(max(2 * self._gap, _FIRST_GAP * seconds), seconds)
            self._pause_end = self._next = time.monotonic() + seconds

    def speed_up(self, turn: Turn) -> None:
        """The service has answered the request of `turn`."""
        if self._gap and self._holds(turn):
            gap = self._gap * _SHRINKAGE
            self._gap = gap if gap > _NO_GAP else 0.0

    def _holds(self, turn: Turn) -> bool:
        """Whether it was taken since the last pause began."""
        return turn.at >= self._pause_end
