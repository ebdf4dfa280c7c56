"""Complete responses, and errors made from responses."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx

from ..errors import ERROR_CLASSES, ResponseError, ServiceError, UnauthorizedError
from .json import loads
from .retry import clock_offset, retry_after

if TYPE_CHECKING:
    import httpcore

    from .call import Call

# Headers that describe the body as it was sent; and cookies, which must not come back.
_DROPPED = frozenset({b"content-encoding", b"content-length", b"transfer-encoding", b"set-cookie"})
_KNOWN_STATUSES = frozenset(HTTPStatus)
_MAY_BE_EMPTY = frozenset({HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT})


class Response(httpx.Response):
    """A complete response. Its JSON is parsed once; invalid JSON is a ResponseError."""

    def __init__(self, request: httpx.Request, head: httpcore.Response, content: bytes) -> None:
        headers = [(name, value) for name, value in head.headers if name.lower() not in _DROPPED]
        super().__init__(head.status, headers=headers, content=content, request=request)
        self._parsed: Any = _NOTHING

    def read(self) -> bytes:
        content = super().read()
        # httpx sets a stream that refers to the response before it calls this: a cycle that would
        # keep each page in memory until the garbage collector runs.
        self.stream = httpx.ByteStream(content)
        return content

    async def aread(self) -> bytes:
        return self.read()

    @property
    def has_json(self) -> bool:
        media_type: str = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return media_type == "application/json" or media_type.endswith("+json")

    def json(self, **kwargs: Any) -> Any:
        if kwargs:
            return super().json(**kwargs)
        if self._parsed is _NOTHING:
            try:
                self._parsed = loads(self.content)
            except (ValueError, RecursionError) as error:
                kind = self.headers.get("content-type", "no content type")
                reason = f"the body ({kind}) is not JSON: {error}"
                raise ResponseError(reason).answering(self) from error
        return self._parsed


_NOTHING = object()


def checked(response: Response, call: Call) -> Response:
    """The response if it reports success, else an error. Invalid JSON counts as damaged."""
    if not response.is_success:
        raise service_error(response, call)
    if response.status_code not in _KNOWN_STATUSES:
        reason = f"status {response.status_code}, which HTTP does not know"
        raise ResponseError(reason).answering(response)
    next_pages = response.headers.get_list("opc-next-page")
    if len(next_pages) > 1:
        if len({*next_pages}) > 1:
            raise ResponseError("opc-next-page headers that differ").answering(response)
        response.headers["opc-next-page"] = next_pages[0]  # httpx joins repeated headers
    if response.has_json and not _may_be_empty(response):
        response.json()
    return response


def _may_be_empty(response: Response) -> bool:
    """Whether the body is empty on purpose. An empty response to a GET has lost its body."""
    return not response.content and (
        response.request.method != "GET" or response.status_code in _MAY_BE_EMPTY
    )


def service_error(response: Response, call: Call) -> ServiceError:
    """The error for a response with an error status."""
    code, message = _described(response)
    error = ERROR_CLASSES.get(response.status_code, ServiceError)(
        status=response.status_code,
        code=code and _shortened(code),
        message=_shortened(message),
        opc_request_id=response.headers.get("opc-request-id"),
        method=call.request.method,
        path=call.request.url.path,
        attempts=call.attempts,
        retry_after=retry_after(response.headers),
    )
    if isinstance(error, UnauthorizedError):
        error.clock_offset = clock_offset(call.request.headers, response.headers)
    return error


def _described(response: Response) -> tuple[str | None, str]:
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


_LENGTH = 2000  # characters


def _shortened(text: str) -> str:
    """The first 2,000 characters of a text from the service, and how many were cut."""
    cut = len(text) - _LENGTH
    return text if cut <= 0 else f"{text[:_LENGTH]}… ({cut:,} more characters)"
