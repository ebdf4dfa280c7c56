"""The state of a client in one process: its connections and its throttle.

A forked child that used its copies of the parent's sockets would read the parent's responses, so a
client starts with a fresh state in each process.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import httpcore
import sniffio

from .connections import AsyncConnection, Connection
from .pools import AsyncConnectionPool, ConnectionPool
from .throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Hashable

    import httpx

    from .connections import ConnectionOptions

_Origin = tuple[bytes, bytes, int]  # that of httpcore cannot be a key


class Process:
    """The pools, by what they connect to, and the throttle that all requests share."""

    def __init__(
        self, options: ConnectionOptions, rate: float | None, parent: Process | None = None
    ) -> None:
        self.pid = os.getpid()
        self.throttle = Throttle(options.clock, rate)
        # Referenced so that its connections are not collected: asyncio would warn of each.
        self._parent = parent
        self._options = options
        self._pools: dict[_Origin, ConnectionPool] = {}
        self._async_pools: WeakKeyDictionary[Hashable, dict[_Origin, AsyncConnectionPool]] = (
            WeakKeyDictionary()
        )

    def pool(self, url: httpx.URL) -> ConnectionPool:
        """The pool for the host of `url`."""
        origin = _origin(url)
        made = ConnectionPool(lambda: Connection(httpcore.Origin(*origin), self._options))
        return self._pools.setdefault(origin, made)

    async def async_pool(self, url: httpx.URL) -> AsyncConnectionPool:
        """The pool of the running event loop for the host of `url`."""
        pools = self._async_pools.setdefault(_event_loop(), {})
        origin = _origin(url)
        if (pool := pools.get(origin)) is None:
            pool = pools[origin] = AsyncConnectionPool(
                lambda: AsyncConnection(httpcore.Origin(*origin), self._options)
            )
            await pool.open()
        return pool

    def close(self) -> None:
        for pool in list(self._pools.values()):
            pool.close()

    async def aclose(self) -> None:
        """Close the pools of the running event loop; other loops close theirs when they end."""
        for pool in list(self._async_pools.get(_event_loop(), {}).values()):
            await pool.aclose()


def _origin(url: httpx.URL) -> _Origin:
    return url.raw_scheme, url.raw_host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)


def _event_loop() -> Hashable:
    """An object that exists as long as the running event loop."""
    if sniffio.current_async_library() == "trio":
        import trio

        return trio.lowlevel.current_trio_token()
    import asyncio

    return asyncio.get_running_loop()
