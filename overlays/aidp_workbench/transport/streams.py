"""Network streams that keep the deadline of a call and notice unsolicited responses.

httpcore's streams limit each read and write but not their sum: a server that sends a byte now and
then would be read for hours. These wrap them. They also record whether anything was read since the
last write: if not, a "response" consists of bytes that followed the previous response.
"""

from __future__ import annotations

import math
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl

    from .clock import Clock


class Wire:
    """The state that the streams of a connection share with its user.

    Attributes:
        deadline: When the exchange must end, by `clock`.
        has_answered: Whether any byte was received since the last one was sent.
        stream: The outermost stream: TCP, or TLS once that is established.
    """

    def __init__(self, clock: Clock) -> None:
        self.deadline = math.inf
        self.has_answered = False
        self.stream: httpcore.NetworkStream | httpcore.AsyncNetworkStream | None = None
        self._clock = clock

    def bounded(self, timeout: float | None) -> float | None:
        """`timeout`, cut at the deadline. Raises httpcore.ReadTimeout after the deadline."""
        if self.deadline == math.inf:
            return timeout
        left = self.deadline - self._clock.now()
        if left <= 0:
            raise httpcore.ReadTimeout("the response was not complete when the time was up")
        return left if timeout is None else min(timeout, left)

    def shut_down(self) -> None:
        """Make a pending read or write fail at once. Its owner still has to close the socket."""
        if self.stream is not None:
            with suppress(OSError):
                self.stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class Stream(httpcore.NetworkStream):
    """A stream of httpcore that reports to a `Wire`."""

    def __init__(self, stream: httpcore.NetworkStream, wire: Wire) -> None:
        self._stream = stream
        self._wire = wire
        wire.stream = self

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._wire.bounded(timeout))
        self._wire.has_answered = self._wire.has_answered or bool(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wire.has_answered = False
        self._stream.write(buffer, self._wire.bounded(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        timeout = self._wire.bounded(timeout)
        return Stream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._wire)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Connects as httpcore does, with streams that report to a `Wire`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> httpcore.NetworkStream:
        timeout = self._wire.bounded(timeout)
        stream = _BACKEND.connect_tcp(host, port, timeout, *args, **kwargs)
        return Stream(stream, self._wire)


class AsyncStream(httpcore.AsyncNetworkStream):
    """`Stream` for asyncio and trio."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, wire: Wire) -> None:
        self._stream = stream
        self._wire = wire
        wire.stream = self

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, self._wire.bounded(timeout))
        self._wire.has_answered = self._wire.has_answered or bool(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wire.has_answered = False
        await self._stream.write(buffer, self._wire.bounded(timeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        timeout = self._wire.bounded(timeout)
        stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        return AsyncStream(stream, self._wire)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """`Backend` for asyncio and trio."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> httpcore.AsyncNetworkStream:
        timeout = self._wire.bounded(timeout)
        stream = await _ASYNC_BACKEND.connect_tcp(host, port, timeout, *args, **kwargs)
        return AsyncStream(stream, self._wire)


_BACKEND = httpcore.SyncBackend()
_ASYNC_BACKEND: Any = httpcore.AnyIOBackend()
