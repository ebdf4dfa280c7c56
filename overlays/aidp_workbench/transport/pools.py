"""Pools that keep connections for the next request.

httpcore's pool checks all connections and requests whenever a request starts or ends: most of the
CPU time with many concurrent requests. These pools give a connection to one request at a time and
take it back only after a complete response.
"""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

import anyio

from .connections import AsyncConnection, Connection

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

MAX_CONNECTIONS = 100  # of one event loop, as in httpx

C = TypeVar("C", bound=Connection | AsyncConnection)


class _Pool(Generic[C]):
    """The connections of a pool. Thread-safe: each change of a list or set is atomic."""

    def __init__(self, connect: Callable[[], C]) -> None:
        self._connect = connect
        self._all: set[C] = set()
        self._idle: list[C] = []
        self._closed = False

    def _take_idle(self) -> C | None:
        """The most recently used idle connection, if any."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _new(self) -> C:
        connection = self._connect()
        self._all.add(connection)
        return connection

    def _keep(self, connection: C) -> C | None:
        """Keep a connection for the next request. Returns one that must be closed, if any."""
        connection.is_new = False
        if not connection.http.is_idle():
            return connection
        self._idle.append(connection)
        if self._closed:  # possibly just now, by another thread
            return self._take_idle()
        oldest = self._idle[:1]
        if oldest and oldest[0].http.has_expired():
            with suppress(ValueError):  # another thread has taken it
                self._idle.remove(oldest[0])
                return oldest[0]
        return None


class ConnectionPool(_Pool[Connection]):
    """Connections for sync code: as many as there are concurrent threads."""

    @contextmanager
    def connection(self, *, new: bool = False) -> Generator[Connection]:
        """A connection for one exchange. It is closed if the exchange does not complete."""
        connection = self._take(new=new)
        try:
            yield connection
        except BaseException:
            self._discard(connection)
            raise
        if (unwanted := self._keep(connection)) is not None:
            self._discard(unwanted)

    def _take(self, *, new: bool) -> Connection:
        while not new and (connection := self._take_idle()) is not None:
            if not connection.http.has_expired():
                return connection
            self._discard(connection)
        return self._new()

    def _discard(self, connection: Connection) -> None:
        connection.close()
        self._all.discard(connection)

    def close(self) -> None:
        """Close idle connections and make pending exchanges fail."""
        self._closed = True
        while (connection := self._take_idle()) is not None:
            self._discard(connection)
        while self._all:
            self._all.pop().wire.shut_down()


class AsyncConnectionPool(_Pool[AsyncConnection]):
    """Connections for one event loop.

    Attributes:
        permits: One is held per user of connections; there are `MAX_CONNECTIONS`.
    """

    def __init__(self, connect: Callable[[], AsyncConnection]) -> None:
        super().__init__(connect)
        self.permits = anyio.Semaphore(MAX_CONNECTIONS, fast_acquire=True)
        self._lifetime = self._open()

    async def open(self) -> None:
        """Tie the pool to the event loop, which closes its async generators when it ends."""
        await anext(self._lifetime)

    async def _open(self) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            self._closed = True
            for connection in list(self._all):
                await self._discard(connection)

    async def aclose(self) -> None:
        """Close all connections, also those that are in use."""
        await self._lifetime.aclose()

    @asynccontextmanager
    async def connection(self, *, new: bool = False) -> AsyncGenerator[AsyncConnection]:
        """A connection for one exchange. It is closed if the exchange does not complete."""
        connection = await self._take(new=new)
        try:
            yield connection
        except GeneratorExit:
            connection.wire.shut_down()  # awaiting is no longer possible
            raise
        except BaseException:
            await self._discard(connection)
            raise
        if (unwanted := self._keep(connection)) is not None:
            await self._discard(unwanted)

    async def _take(self, *, new: bool) -> AsyncConnection:
        while not new and (connection := self._take_idle()) is not None:
            if not connection.http.has_expired():
                return connection
            await self._discard(connection)
        return self._new()

    async def _discard(self, connection: AsyncConnection) -> None:
        await connection.aclose()
        self._all.discard(connection)
