"""How the responses of operations are read."""

from http import HTTPStatus
from io import BytesIO
from typing import Any, Literal

import httpx
from attrs import frozen

from .errors import Misfit, ResponseError, UnexpectedStatus
from .types import File, Response
from .values import BINARY, Kind

Source = Literal["json", "text", "bytes", "nothing"]


@frozen
class Body:
    """What a response holds: how its content is read, and the kind of value in there."""

    source: Source
    kind: Kind

    def read(self, response: httpx.Response) -> Any:
        if self.source == "nothing":
            return None
        if self.source == "bytes":
            if self.kind is BINARY:
                media_type = response.headers.get("content-type")
                return File(BytesIO(response.content), mime_type=media_type)
            return response.content
        value = response.json() if self.source == "json" else response.text
        return value if type(value) in self.kind.types else self.kind.decode(value)


def read(
    bodies: dict[str, Body],
    response: httpx.Response,
    *,
    raise_on_unexpected_status: bool,
) -> Response[Any]:
    """A response by the bodies that an operation has for each status, such as 200, 4XX, default.

    A success that is not among them is read as the one that is. Without a body, anything but the
    answer to a GET is taken as done: its `parsed` is None. An object in the response's extension
    `observer` hears of each by its methods `read` and `misread`.

    Raises:
        ResponseError: The body is not what the API describes.
        UnexpectedStatus: The status is not among those of the API, if that is asked for.
    """
    observer = response.extensions.get("observer")
    try:
        parsed = _parsed(bodies, response, raise_on_unexpected_status)
    except ResponseError as error:
        if isinstance(error, Misfit):
            error = ResponseError(error.reason, error.place)
        if observer:
            observer.misread(response, error)
        raise error.answering(response) from error.__cause__
    if observer:
        observer.read(response, parsed, bodies)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def _parsed(bodies: dict[str, Body], response: httpx.Response, is_strict: bool) -> Any:
    status = str(response.status_code)
    body = bodies.get(status) or bodies.get(f"{status[0]}XX")
    if body is None and response.is_success:
        body = next((body for status, body in bodies.items() if status.startswith("2")), None)
    elif body is None:
        body = bodies.get("default")
    if body is None:
        if is_strict:
            raise UnexpectedStatus(response.status_code, response.content)
        return None
    if not response.content and response.request.method != "GET":
        return None
    return body.read(response)
