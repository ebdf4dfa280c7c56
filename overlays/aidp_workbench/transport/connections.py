"""A connection to the service."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import anyio
import httpcore

from .streams import AsyncBackend, Backend, Wire

if TYPE_CHECKING:
    import ssl

    import httpx

    from .clock import Clock

KEEPALIVE = 5.0  # seconds that an idle connection is kept, as in httpx


class ConnectionOptions:
    """How connections are made: which certificates to trust, which proxy to use."""

    def __init__(self, tls: ssl.SSLContext, proxy: httpx.Proxy | None, clock: Clock) -> None:
        self.clock = clock
        self.pool_options: dict[str, Any] = {"ssl_context": tls, "keepalive_expiry": KEEPALIVE}
        if proxy is not None:
            self.pool_options["proxy"] = httpcore.Proxy(
                str(proxy.url), auth=proxy.raw_auth, ssl_context=tls
            )


class Connection:
    """A connection to the service, directly or through the proxy, and its `Wire`.

    Attributes:
        is_new: Whether it has not completed an exchange yet.
    """

    def __init__(self, origin: httpcore.Origin, options: ConnectionOptions) -> None:
        self.wire = Wire(options.clock)
        self.is_new = True
        pool = httpcore.ConnectionPool(network_backend=Backend(self.wire), **options.pool_options)
        self.http = pool.create_connection(origin)

    def close(self) -> None:
        # Not through httpcore, whose lock an interrupt may have left locked.
        if isinstance(stream := self.wire.stream, httpcore.NetworkStream):
            stream.close()

    def __del__(self) -> None:
        # An interrupt may have prevented `close`, or even cut `__init__` short.
        with suppress(AttributeError):
            self.close()


class AsyncConnection:
    """`Connection` for asyncio and trio."""

    def __init__(self, origin: httpcore.Origin, options: ConnectionOptions) -> None:
        self.wire = Wire(options.clock)
        self.is_new = True
        backend = AsyncBackend(self.wire)
        pool = httpcore.AsyncConnectionPool(network_backend=backend, **options.pool_options)
        self.http = pool.create_connection(origin)

    async def aclose(self) -> None:
        if isinstance(stream := self.wire.stream, httpcore.AsyncNetworkStream):
            with anyio.CancelScope(shield=True), suppress(Exception):
                await stream.aclose()
