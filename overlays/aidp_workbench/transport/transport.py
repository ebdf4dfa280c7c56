"""Sends requests: signed anew for each attempt, repeated where that helps, errors as exceptions."""

from __future__ import annotations

import math
import os
import ssl
import time
from contextlib import aclosing, closing
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx

from ..errors import (
    ResponseError,
    ServiceError,
    TransportError,
    UnauthorizedError,
    WorkbenchError,
    service_error_class,
)
from .body import Body
from .cancellation import raise_if_cancelled, sleep
from .json import loads
from .pools import Lanes
from .retry import (
    RetryPolicy,
    causes,
    clock_offset,
    retry_after,
    retry_arguments,
)
from .throttle import Pace, Turn

if TYPE_CHECKING:
    from ..auth.oci_auth import OciAuth


DEFAULT_MAX_RESPONSE_SIZE = 256 * 2**20  # bytes; a page of 1,000 task runs has about 1 MiB


class WorkbenchTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Serves `httpx.Client` and `httpx.AsyncClient` alike.

    What leaves it is a complete response with a 2xx status. Everything else is an exception
    under `WorkbenchError`, so that nothing but the service's own data reaches a parser.
    Redirects are errors: they cannot be followed, because a signature is for one host and path.
    Without `tls` it trusts no certificate, and serves plain http only.
    """

    def __init__(
        self,
        auth: OciAuth,
        retry: RetryPolicy,
        *,
        tls: ssl.SSLContext | None = None,
        max_response_size: int = DEFAULT_MAX_RESPONSE_SIZE,
        proxy: httpx.Proxy | None = None,
    ) -> None:
        tls = tls or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._auth = auth
        self._retry = retry
        self._pace = Pace()
        self._max_response_size = max_response_size
        self._sync = Lanes(partial(httpx.HTTPTransport, verify=tls, proxy=proxy))
        self._async = Lanes(partial(httpx.AsyncHTTPTransport, verify=tls, proxy=proxy))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        call = _Call(request, self._retry)
        try:
            return self._attempt(call)
        except WorkbenchError as error:
            call.first_error = error
        # It takes longer to import than much of this package, and most calls succeed at once.
        from tenacity import Retrying

        return Retrying(**self._repeated(call))(self._attempt, call)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        call = _Call(request, self._retry)
        try:
            return await self._async_attempt(call)
        except WorkbenchError as error:
            call.first_error = error
        from tenacity import AsyncRetrying

        return await AsyncRetrying(**self._repeated(call))(self._async_attempt, call)

    def _repeated(self, call: _Call) -> dict[str, Any]:
        return retry_arguments(self._retry, call.request, self._pace, call.turn, call.elapsed())

    def close(self) -> None:
        for transport in self._sync.transports:
            transport.close()

    async def aclose(self) -> None:
        for transport in self._async.transports:
            await transport.aclose()

    def _attempt(self, call: _Call) -> httpx.Response:
        raise_if_cancelled()  # it may have been abandoned while it waited
        call.raise_first_error()
        for seconds in self._pace.waits(call.turn):
            sleep(seconds)
        with closing(self._auth.sync_auth_flow(call.request)) as flow:
            request = next(flow)
            while True:
                response = self._send(request, call)
                try:
                    request = flow.send(response)
                except StopIteration:
                    return self._accepted(call, response)

    async def _async_attempt(self, call: _Call) -> httpx.Response:
        import anyio  # with httpx's own async code, not before

        call.raise_first_error()
        for seconds in self._pace.waits(call.turn):
            await anyio.sleep(seconds)
        async with aclosing(self._auth.async_auth_flow(call.request)) as flow:
            request = await anext(flow)
            while True:
                response = await self._async_send(request, call)
                try:
                    request = await flow.asend(response)
                except StopAsyncIteration:
                    return self._accepted(call, response)

    def _accepted(self, call: _Call, response: _Response) -> _Response:
        accepted = call.checked(response)
        self._pace.speed_up(call.turn)
        return accepted

    def _send(self, request: httpx.Request, call: _Call) -> _Response:
        call.begin()
        try:
            with self._sync.lane() as lane, closing(lane.handle_request(request)) as head:
                head.request = request
                body = Body(head, self._max_response_size)
                stream: Any = head.stream  # a SyncByteStream
                for chunk in stream:
                    body.add(chunk)
                    call.check_time()
            return _Response(head, body.content())
        except httpx.RequestError as error:
            raise call.error(error) from error

    async def _async_send(self, request: httpx.Request, call: _Call) -> _Response:
        import anyio  # with httpx's own async code, not before

        call.begin()
        try:
            with anyio.move_on_after(call.time_left()), self._async.lane() as lane:
                async with aclosing(await lane.handle_async_request(request)) as head:
                    head.request = request
                    body = Body(head, self._max_response_size)
                    stream: Any = head.stream  # an AsyncByteStream
                    async for chunk in stream:
                        body.add(chunk)
                return _Response(head, body.content())
            raise call.out_of_time()
        except httpx.RequestError as error:
            raise call.error(error) from error


class _Response(httpx.Response):
    """A complete response. Its JSON is parsed once, and as an error of ours if it is none."""

    def __init__(self, head: httpx.Response, content: bytes) -> None:
        self._content = content  # where httpx looks before it reads the stream
        super().__init__(
            head.status_code,
            headers=head.headers,
            stream=self.stream,
            request=head.request,
            extensions=head.extensions,
        )
        self.headers.encoding = head.headers.encoding  # or httpx finds it out once more
        if "content-encoding" in self.headers:
            del self.headers["content-encoding"]  # it is unpacked
        self.is_closed = self.is_stream_consumed = True

    # httpx.Client sets a stream that refers to the response. Such a cycle would keep each page in
    # memory until the collector comes by; the content is here already.
    @property
    def stream(self) -> httpx.ByteStream:
        return httpx.ByteStream(self._content)

    @stream.setter
    def stream(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> None:
        pass

    @property
    def has_json(self) -> bool:
        media_type: str = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return media_type == "application/json" or media_type.endswith("+json")

    def json(self, **kwargs: Any) -> Any:
        if not hasattr(self, "_json"):
            try:
                self._json = loads(self.content)
            except (ValueError, RecursionError) as error:
                kind = self.headers.get("content-type", "no content type")
                reason = f"the body ({kind}) is not JSON: {error}"
                raise ResponseError(reason).answering(self) from error
        return super().json(**kwargs) if kwargs else self._json


class _Call:
    """One call of a user: the request, how often it was sent, and when it must be over."""

    def __init__(self, request: httpx.Request, policy: RetryPolicy) -> None:
        self.request = request
        self.attempts = 0
        self.turn = Turn()
        self.first_error: WorkbenchError | None = None
        self._has_request_id = "opc-request-id" in request.headers
        self._first_sent = time.monotonic()
        read: float | None = request.extensions.get("timeout", {}).get("read")
        self._patience = math.inf if read is None else policy.timeout + read

    def elapsed(self) -> float:
        """Seconds since the first attempt."""
        return time.monotonic() - self._first_sent

    def raise_first_error(self) -> None:
        """Begin to repeat: with the first attempt, which has been made and has failed."""
        if (error := self.first_error) is not None:
            self.first_error = None
            raise error

    def time_left(self) -> float:
        """Seconds until the last attempt must have its answer: one read timeout beyond all."""
        return max(0.0, self._patience - self.elapsed())

    def check_time(self) -> None:
        """Stop an answer that trickles in: the read timeout is for each step, not for all."""
        if not self.time_left():
            raise self.out_of_time()

    def out_of_time(self) -> httpx.ReadTimeout:
        return httpx.ReadTimeout("the answer was not complete when the time for all attempts ended")

    def begin(self) -> None:
        """Count an attempt, and name it unless the caller did."""
        if not self.attempts:
            self._first_sent = time.monotonic()
        self.attempts += 1
        if not self._has_request_id:
            self.request.headers["opc-request-id"] = os.urandom(16).hex()

    def checked(self, response: _Response) -> _Response:
        """The response, if it is one of success; JSON that does not parse counts as damaged."""
        if not response.is_success:
            raise self._service_error(response)
        if response.status_code not in _KNOWN_STATUSES:
            reason = f"status {response.status_code}, which HTTP does not know"
            raise ResponseError(reason).answering(response)
        next_pages = response.headers.get_list("opc-next-page")
        if len(next_pages) > 1:
            if len({*next_pages}) > 1:
                raise ResponseError("opc-next-page headers that differ").answering(response)
            response.headers["opc-next-page"] = next_pages[0]  # or it would read as a list
        if response.has_json:
            response.json()
        return response

    def error(self, error: httpx.RequestError) -> TransportError:
        return TransportError(
            method=self.request.method,
            path=self.request.url.path,
            attempts=self.attempts,
            reason=f"{type(error).__name__}: {_told(error)}".rstrip(": "),
        )

    def _service_error(self, response: _Response) -> ServiceError:
        code, message = _described(response)
        error = service_error_class(response.status_code)(
            status=response.status_code,
            code=code,
            message=message,
            opc_request_id=response.headers.get("opc-request-id"),
            method=self.request.method,
            path=self.request.url.path,
            attempts=self.attempts,
            retry_after=retry_after(response.headers),
        )
        if isinstance(error, UnauthorizedError):
            error.clock_offset = clock_offset(self.request.headers, response.headers)
        return error


_KNOWN_STATUSES = frozenset(HTTPStatus)


def _told(error: httpx.RequestError) -> str:
    """What may be told of an error: that of a malformed header would quote the signature."""
    if isinstance(error, httpx.LocalProtocolError):
        return "the request is not HTTP"
    # With asyncio only the cause has a text.
    return next((text for cause in causes(error) if (text := str(cause))), "")


def _described(response: _Response) -> tuple[str | None, str]:
    """Code and message of an error, whoever sent it: the service, or a gateway before it."""
    body: Any
    try:
        body = response.json()
    except ResponseError:
        body = None
    match body:
        case {"code": str(code), "message": str(message)}:
            return code, message
        case {"message": str(message)}:
            return None, message
        case _:
            pass
    if "location" in response.headers:
        return None, "a redirect, which is not followed, because it is not signed"
    text = " ".join(response.content[:2000].decode("utf-8", "replace").split())
    return None, (
        text[:200] or httpx.codes.get_reason_phrase(response.status_code) or "without a message"
    )
