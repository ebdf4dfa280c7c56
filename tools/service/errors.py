"""What the service answers when it cannot do what was asked."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse


class ApiError(Exception):
    """An error answer: HTTP status, Oracle's short code, and the message."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers

    def response(self) -> JSONResponse:
        """The answer, with the error body of all OCI services."""
        body = {"code": self.code, "message": self.message}
        return JSONResponse(body, self.status, self.headers)


def invalid_parameter(message: str) -> ApiError:
    return ApiError(HTTPStatus.BAD_REQUEST, "InvalidParameter", message)


def not_authenticated(message: str) -> ApiError:
    return ApiError(HTTPStatus.UNAUTHORIZED, "NotAuthenticated", message)


def not_found(what: str) -> ApiError:
    return ApiError(
        HTTPStatus.NOT_FOUND,
        "NotAuthorizedOrNotFound",
        f"Authorization failed or requested resource not found: {what}",
    )


def method_not_allowed(method: str, allowed: Iterable[str]) -> ApiError:
    return ApiError(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "MethodNotAllowed",
        f"{method} is not allowed here",
        {"allow": ", ".join(allowed)},
    )


def not_implemented(operation_id: str, reason: str) -> ApiError:
    return ApiError(HTTPStatus.NOT_IMPLEMENTED, "NotImplemented", f"{operation_id}: {reason}")


def internal_server_error() -> ApiError:
    return ApiError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "the service failed; see its stderr",
    )
