"""Sends requests: signed anew for each attempt, repeated where that helps, errors as exceptions."""

from __future__ import annotations

import json
import uuid
from contextlib import aclosing, closing
from typing import TYPE_CHECKING, Any

import httpx
import tenacity
from attrs import define

from ._retry import RetryPolicy, retry_after, retry_arguments
from .errors import ResponseError, ServiceError, TransportError, service_error_class

if TYPE_CHECKING:
    from ._auth import OciAuth


class WorkbenchTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Serves `httpx.Client` and `httpx.AsyncClient` alike.

    What leaves it is a complete response with a 2xx status. Everything else is an exception
    under `WorkbenchError`, so that nothing but the service's own data reaches a parser.
    Redirects are errors: they cannot be followed, because a signature is for one host and path.
    """

    def __init__(self, auth: OciAuth, retry: RetryPolicy, proxy: str | None = None) -> None:
        tls = httpx.create_ssl_context()
        self._auth = auth
        self._retry = retry
        self._sync = httpx.HTTPTransport(verify=tls, proxy=proxy)
        self._async = httpx.AsyncHTTPTransport(verify=tls, proxy=proxy)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        call = _Call(request)
        retrying = tenacity.Retrying(**retry_arguments(self._retry, request))
        return retrying(self._attempt, call)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        call = _Call(request)
        retrying = tenacity.AsyncRetrying(**retry_arguments(self._retry, request))
        return await retrying(self._async_attempt, call)

    def close(self) -> None:
        self._sync.close()

    async def aclose(self) -> None:
        await self._async.aclose()

    def _attempt(self, call: _Call) -> httpx.Response:
        with closing(self._auth.sync_auth_flow(call.request)) as flow:
            request = next(flow)
            while True:
                response = self._send(request, call)
                try:
                    request = flow.send(response)
                except StopIteration:
                    return call.checked(response)

    async def _async_attempt(self, call: _Call) -> httpx.Response:
        async with aclosing(self._auth.async_auth_flow(call.request)) as flow:
            request = await anext(flow)
            while True:
                response = await self._async_send(request, call)
                try:
                    request = await flow.asend(response)
                except StopAsyncIteration:
                    return call.checked(response)

    def _send(self, request: httpx.Request, call: _Call) -> _Response:
        call.begin()
        try:
            with closing(self._sync.handle_request(request)) as head:
                body = b"".join(head.iter_raw())
            return call.response(head, body)
        except httpx.RequestError as error:
            raise call.error(error) from error

    async def _async_send(self, request: httpx.Request, call: _Call) -> _Response:
        call.begin()
        try:
            async with aclosing(await self._async.handle_async_request(request)) as head:
                body = b"".join([chunk async for chunk in head.aiter_raw()])
            return call.response(head, body)
        except httpx.RequestError as error:
            raise call.error(error) from error


class _Response(httpx.Response):
    """A complete response. Its JSON is parsed once, and as an error of ours if it is none."""

    @property
    def has_json(self) -> bool:
        media_type: str = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return media_type == "application/json" or media_type.endswith("+json")

    def json(self, **kwargs: Any) -> Any:
        if not hasattr(self, "_json"):
            try:
                self._json = json.loads(self.content, **kwargs)
            except (ValueError, RecursionError) as error:
                raise ResponseError(
                    f"{self.request.method} {self.request.url.path}: {self.status_code}, but the"
                    f" body ({self.headers.get('content-type', 'no content type')}) is not JSON:"
                    f" {error}",
                    self.headers.get("opc-request-id"),
                ) from error
        return self._json


@define
class _Call:
    """One call of a user: the request, and how often it was sent."""

    request: httpx.Request
    attempts: int = 0
    _has_request_id: bool = False

    def __attrs_post_init__(self) -> None:
        self._has_request_id = "opc-request-id" in self.request.headers

    def begin(self) -> None:
        """Count an attempt, and name it unless the caller did."""
        self.attempts += 1
        if not self._has_request_id:
            self.request.headers["opc-request-id"] = uuid.uuid4().hex

    def response(self, head: httpx.Response, body: bytes) -> _Response:
        """The complete response; raises httpx.DecodingError if its encoding is broken."""
        return _Response(
            head.status_code,
            headers=head.headers,
            content=body,
            request=self.request,
            extensions=head.extensions,
        )

    def checked(self, response: _Response) -> _Response:
        """The response, if it is one of success; JSON that does not parse counts as damaged."""
        if not response.is_success:
            raise self._service_error(response)
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
        return service_error_class(response.status_code)(
            status=response.status_code,
            code=code,
            message=message,
            opc_request_id=response.headers.get("opc-request-id"),
            method=self.request.method,
            path=self.request.url.path,
            attempts=self.attempts,
            retry_after=retry_after(response.headers),
        )


def _told(error: httpx.RequestError) -> str:
    """What may be told of an error: that of a malformed header would quote the signature."""
    return "the request is not HTTP" if isinstance(error, httpx.LocalProtocolError) else str(error)


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
