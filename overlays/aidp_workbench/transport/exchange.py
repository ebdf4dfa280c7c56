"""One request over one connection, and its complete answer."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import httpcore

from ..errors import ResponseError
from .body import Body, BodyTooLargeError, DecodingError
from .response import Response
from .retry import is_repeatable

if TYPE_CHECKING:
    import httpx

    from .connections import AsyncConnection, Connection

# What may be raised if no complete answer came. OSError: by TLS, and by sockets closed meanwhile.
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
    """A connection that was kept is no good any more; the request belongs on a new one.

    The service has closed it before it answered anything, or there was an answer before the
    request: bytes that came behind the answer before.
    """


def exchange(
    connection: Connection, request: httpx.Request, deadline: float, limit: int
) -> Response:
    """Send `request` and read all of the answer, at most `limit` bytes of it, until `deadline`.

    Raises:
        StaleConnectionError: Nothing was answered; it can be sent again at once.
        ResponseError: The answer is too large.
        FAILURES: No complete answer came.
    """
    connection.wire.deadline = deadline
    try:
        head = connection.http.handle_request(_outgoing(request))
        _check_order(connection)
        body = Body(head.headers, limit)
        stream: Any = head.stream
        for chunk in stream:
            body.add(chunk)
        head.close()
    except _BROKEN as error:
        _check_freshness(connection, request)
        raise error
    except BodyTooLargeError as error:
        raise ResponseError(str(error)).answering(_response(request, head, b"")) from None
    return _response(request, head, body.content())


async def aexchange(
    connection: AsyncConnection, request: httpx.Request, deadline: float, limit: int
) -> Response:
    """`exchange` for asyncio and trio."""
    connection.wire.deadline = deadline
    try:
        head = await connection.http.handle_async_request(_outgoing(request))
        _check_order(connection)
        body = Body(head.headers, limit)
        stream: Any = head.stream
        async with aclosing(aiter(stream)) as chunks:
            async for chunk in chunks:
                body.add(chunk)
        await head.aclose()
    except _BROKEN as error:
        _check_freshness(connection, request)
        raise error
    except BodyTooLargeError as error:
        raise ResponseError(str(error)).answering(_response(request, head, b"")) from None
    return _response(request, head, body.content())


def _outgoing(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.content,
        extensions=request.extensions,
    )


def _response(request: httpx.Request, head: httpcore.Response, content: bytes) -> Response:
    return Response(request, head.status, head.headers, content)


def _check_order(connection: Connection | AsyncConnection) -> None:
    if not connection.wire.has_answered:
        raise StaleConnectionError


def _check_freshness(connection: Connection | AsyncConnection, request: httpx.Request) -> None:
    """A kept connection that broke before it answered was closed while nobody looked."""
    if not (connection.is_new or connection.wire.has_answered) and is_repeatable(request):
        raise StaleConnectionError
