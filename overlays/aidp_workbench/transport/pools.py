"""Connections that are kept for the next request.

A pool of httpcore looks at all of its connections and all waiting requests, for each of them,
whenever a request begins or ends: with many requests at a time most of the CPU goes there. These
pools hand a connection to one request at a time, and take it back only if the answer came whole.
"""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

import anyio

from .connections import AsyncConnection, Connection

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator

MAX_CONNECTIONS = 100  # of one event loop, as in httpx

C = TypeVar("C", bound=Connection | AsyncConnection)


class _Kept(Generic[C]):
    """The connections of a pool. Safe between threads: lists and sets change in one step."""

    def __init__(self, connect: Callable[[], C]) -> None:
        self.closed = False
        self.all: set[C] = set()
        self._connect = connect
        self._idle: list[C] = []

    def idle(self) -> C | None:
        """The idle connection that was used last, taken out; `None` without one."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def new(self) -> C:
        connection = self._connect()
        self.all.add(connection)
        return connection

    def keep(self, connection: C) -> C | None:
        """Keep it for the next request. Returns one to be closed, if there is one."""
        connection.is_new = False
        if not connection.http.is_idle():
            return connection
        self._idle.append(connection)
        if self.closed:  # perhaps just now, by another thread
            return self.idle()
        oldest = self._idle[:1]
        if oldest and oldest[0].http.has_expired():
            with suppress(ValueError):  # another thread has taken it
                self._idle.remove(oldest[0])
                return oldest[0]
        return None


class ConnectionPool:
    """Connections for sync code: as many as threads use at the same time."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._kept = _Kept(connect)

    @contextmanager
    def connection(self, *, new: bool = False) -> Iterator[Connection]:
        """A connection for one exchange. Whatever ends that early closes it."""
        connection = self._take(new=new)
        try:
            yield connection
        except BaseException:
            self._discard(connection)
            raise
        if (unwanted := self._kept.keep(connection)) is not None:
            self._discard(unwanted)

    def _take(self, *, new: bool) -> Connection:
        while not new and (connection := self._kept.idle()) is not None:
            if not connection.http.has_expired():
                return connection
            self._discard(connection)
        return self._kept.new()

    def _discard(self, connection: Connection) -> None:
        connection.close()
        self._kept.all.discard(connection)

    def close(self) -> None:
        """Close idle connections, and end what is on its way over the others."""
        self._kept.closed = True
        while (connection := self._kept.idle()) is not None:
            self._discard(connection)
        while self._kept.all:
            self._kept.all.pop().wire.shut_down()


class AsyncConnectionPool:
    """Connections for one event loop.

    Attributes:
        permits: Held by whoever uses connections: at most `MAX_CONNECTIONS` at a time.
    """

    def __init__(self, connect: Callable[[], AsyncConnection]) -> None:
        self.permits = anyio.Semaphore(MAX_CONNECTIONS, fast_acquire=True)
        self._kept = _Kept(connect)
        self._lifetime = self._open()

    async def open(self) -> None:
        """Have the pool closed with the event loop, which ends the generators that it has begun."""
        await anext(self._lifetime)

    async def _open(self) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            self._kept.closed = True
            for connection in list(self._kept.all):
                await self._discard(connection)

    async def aclose(self) -> None:
        """Close all connections, also those that are in use."""
        await self._lifetime.aclose()

    @asynccontextmanager
    async def connection(self, *, new: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection for one exchange. Whatever ends that early closes it."""
        connection = await self._take(new=new)
        try:
            yield connection
        except GeneratorExit:
            connection.wire.shut_down()  # nothing can be awaited any more
            raise
        except BaseException:
            await self._discard(connection)
            raise
        if (unwanted := self._kept.keep(connection)) is not None:
            await self._discard(unwanted)

    async def _take(self, *, new: bool) -> AsyncConnection:
        while not new and (connection := self._kept.idle()) is not None:
            if not connection.http.has_expired():
                return connection
            await self._discard(connection)
        return self._kept.new()

    async def _discard(self, connection: AsyncConnection) -> None:
        await connection.aclose()
        self._kept.all.discard(connection)
