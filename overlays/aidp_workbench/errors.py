"""Everything this package raises; `WorkbenchError` is the root of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aidp_workbench_api.errors import ArgumentError as ArgumentError
from aidp_workbench_api.errors import ResponseError as ResponseError
from aidp_workbench_api.errors import WorkbenchError as WorkbenchError
from attrs import define

if TYPE_CHECKING:
    from collections.abc import Sequence


class ConfigError(WorkbenchError):
    """The configuration or the credentials cannot be used. Nothing was sent."""


class ClientClosedError(WorkbenchError, RuntimeError):
    """The client was closed. Nothing more is sent; pending calls have no result."""

    def __init__(
        self, message: str = "the client is closed: make a new one with connect()"
    ) -> None:
        super().__init__(message)


class PaginationError(WorkbenchError):
    """The service's pages would make a listing loop, or their next token cannot be sent."""


class StillRunningError(WorkbenchError, TimeoutError):
    """The timeout passed before every run had ended; `__cause__` is set if the last look failed.

    Attributes:
        runs: The runs as they were last seen; empty if none were.
    """

    def __init__(self, message: str, runs: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.runs = list(runs)


@define(slots=False, repr=False)
class TransportError(WorkbenchError):
    """No complete response arrived. `__cause__` is the httpcore error of the last attempt.

    Attributes:
        method: HTTP method.
        path: Path of the URL, without the query.
        attempts: How often the request was sent.
        reason: What happened to the last attempt.
        host: The host, and the port unless it is the usual one.
    """

    method: str
    path: str
    attempts: int
    reason: str
    host: str

    def _message(self) -> str:
        return f"{self.method} {self.host}{self.path}: {self.reason}{_counted(self.attempts)}"


@define(slots=False, repr=False)
class ServiceError(WorkbenchError):
    """The service responded with an error status.

    Attributes:
        status: HTTP status, also one that IANA does not know.
        code: Oracle's short code for the error; `None` if the body is not Oracle's, as with
            errors of a gateway in front of the service.
        message: The message of the error, for people.
        opc_request_id: Oracle's identifier of the request, to quote when asking for help.
        method: HTTP method.
        path: Path of the URL, without the query.
        attempts: How often the request was sent.
        retry_after: Seconds that the service asked to wait before the next request, or `None`.
    """

    status: int
    code: str | None
    message: str
    opc_request_id: str | None
    method: str
    path: str
    attempts: int
    retry_after: float | None = None

    def _message(self) -> str:
        code = f" {self.code}" if self.code else ""
        quoted = f" [opc-request-id {self.opc_request_id}]" if self.opc_request_id else ""
        place = f"{self.method} {self.path}"
        return f"{place}: {self.status}{code}: {self.message}{quoted}{_counted(self.attempts)}"


class BadRequestError(ServiceError):
    """400: the request is malformed, or a parameter has a value that is not allowed."""


class UnauthorizedError(ServiceError):
    """401: the credentials are missing, expired or wrong, or the clock is over 5 minutes off.

    Attributes:
        clock_offset: Seconds by which this machine's clock is ahead of the service's, negative if
            it is behind; `None` if the response has no date.
    """

    clock_offset: float | None = None

    def _message(self) -> str:
        message = super()._message()
        if self.clock_offset is None or abs(self.clock_offset) < _REPORTED_CLOCK_OFFSET:
            return message
        seconds = abs(round(self.clock_offset))
        direction = "ahead of" if self.clock_offset > 0 else "behind"
        return (
            f"{message} (this machine's clock is {seconds // 60} min {seconds % 60} s {direction}"
            " the service's, which allows 5 min)"
        )


class NotFoundError(ServiceError):
    """404: there is no such resource, or the caller may not see it.

    Attributes:
        may_be_older_api: Whether the reason may be that the tenancy has only the API's version
            20240831: no request of the client has succeeded yet, and it asks for a later one.
    """

    may_be_older_api: bool = False

    def _message(self) -> str:
        message = super()._message()
        if not self.may_be_older_api:
            return message
        return f'{message} (or this tenancy has only the older API: api_version="20240831")'


class TooManyRequestsError(ServiceError):
    """429: too many requests in a short time."""


class InternalServerError(ServiceError):
    """500: the service failed."""


# Seconds; a smaller offset does not cause a 401, and may be due to the network.
_REPORTED_CLOCK_OFFSET = 240


# Each status that the API documents has a class; any other is a plain ServiceError.
ERROR_CLASSES: dict[int, type[ServiceError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    404: NotFoundError,
    429: TooManyRequestsError,
    500: InternalServerError,
}


def _counted(attempts: int) -> str:
    if not attempts:
        return " (this request was not sent: all requests wait after a 429)"
    return f" (after {attempts} attempts)" if attempts > 1 else ""
