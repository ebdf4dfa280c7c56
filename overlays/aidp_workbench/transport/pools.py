"""Connections for many requests at the same time.

httpcore's connection pool looks at all of its connections, for each of them, whenever a request
begins or ends. With 32 at a time that is a third of all the work. Here each has a pool of its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")

_MOST = 50


class Lanes(Generic[T]):
    """Transports that serve one request at a time each, and one more for all beyond `_MOST`."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._idle: list[T] = []
        self._shared = make()
        self.transports = [self._shared]

    @contextmanager
    def lane(self) -> Generator[T]:
        """The transport to use for a request."""
        lane = self._take()
        try:
            yield lane
        finally:
            if lane is not self._shared:
                self._idle.append(lane)

    def _take(self) -> T:
        try:
            return self._idle.pop()  # the one used last, so that its connection is still open
        except IndexError:
            if len(self.transports) > _MOST:
                return self._shared
            self.transports.append(self._make())
            return self.transports[-1]
