"""Sends one request over one connection and reads the complete response."""

from __future__ import annotations

from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING, Any

import httpcore

from ..errors import ResponseError
from .body import Body, BodyTooLargeError, DecodingError
from .response import Response
from .retry import is_repeatable

if TYPE_CHECKING:
    from collections.abc import Generator

    import httpx

    from .connections import AsyncConnection, Connection

# What is raised if there is no complete response; OSError by TLS and by closed sockets.
FAILURES = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    DecodingError,
    OSError,
)
_BROKEN = (httpcore.NetworkError, httpcore.RemoteProtocolError)


class StaleConnectionError(Exception):
    """An idle connection turned out to be unusable: send the request on a new one.

    The service had closed it, or had sent more than the response to the request before.
    """


def exchange(
    connection: Connection, request: httpx.Request, deadline: float, limit: int
) -> Response:
    """Send `request` and read the whole response, up to `limit` bytes, until `deadline`.

    Raises:
        StaleConnectionError: The connection was unusable; the request can be sent again at once.
        ResponseError: The response is too large.
        FAILURES: There is no complete response.
    """
    connection.wire.deadline = deadline
    try:
        head = connection.http.handle_request(_outgoing(request))
        if not connection.wire.has_answered:  # the head came with the response before
            raise StaleConnectionError
        body = Body(head.headers, limit)
        stream: Any = head.stream
        with _size_checked(request, head):
            for chunk in stream:
                body.add(chunk)
        head.close()
    except _BROKEN:
        _check_freshness(connection, request)
        raise
    return Response(request, head, body.content())


async def aexchange(
    connection: AsyncConnection, request: httpx.Request, deadline: float, limit: int
) -> Response:
    """`exchange` for asyncio and trio."""
    connection.wire.deadline = deadline
    try:
        head = await connection.http.handle_async_request(_outgoing(request))
        if not connection.wire.has_answered:  # the head came with the response before
            raise StaleConnectionError
        body = Body(head.headers, limit)
        stream: Any = head.stream
        with _size_checked(request, head):
            async with aclosing(aiter(stream)) as chunks:
                async for chunk in chunks:
                    body.add(chunk)
        await head.aclose()
    except _BROKEN:
        _check_freshness(connection, request)
        raise
    return Response(request, head, body.content())


def _outgoing(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.content,
        extensions=request.extensions,
    )


@contextmanager
def _size_checked(request: httpx.Request, head: httpcore.Response) -> Generator[None]:
    """Turn a BodyTooLargeError into a ResponseError about this response."""
    try:
        yield
    except BodyTooLargeError as error:
        raise ResponseError(str(error)).answering(Response(request, head, b"")) from None


def _check_freshness(connection: Connection | AsyncConnection, request: httpx.Request) -> None:
    """Raise StaleConnectionError for a connection that was idle and broke before any response."""
    if not (connection.is_new or connection.wire.has_answered) and is_repeatable(request):
        raise StaleConnectionError
