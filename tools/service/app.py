"""The service as a Starlette application."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tools.service.contract import contract
from tools.service.data import Workspace
from tools.service.errors import (
    ApiError,
    internal_server_error,
    not_authenticated,
)
from tools.service.holdings import Holdings
from tools.service.journal import target_of
from tools.service.pages import PageTokens
from tools.service.resources import Resources
from tools.service.signatures import SignatureError, verify


def create_app(workspace: Workspace, keys: Mapping[str, RSAPublicKey]) -> Starlette:
    """An application that lets in what one of `keys`, by keyId, has signed."""
    app = Starlette(exception_handlers={ApiError: _on_api_error, Exception: _on_exception})
    # Not as a route, whose pattern would not match a path with a line break in it.
    app.router.default = _Endpoint(workspace, keys)
    return app


async def _on_api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error.response()


async def _on_exception(_: Request, __: Exception) -> Response:
    return internal_server_error().response()


class _Endpoint:
    """Every path and method; the spec says which of them there are."""

    def __init__(self, workspace: Workspace, keys: Mapping[str, RSAPublicKey]) -> None:
        self._contract = contract()
        self._keys = keys
        tokens = PageTokens(secrets.token_bytes(32))
        holdings = Holdings(workspace, tokens)
        self._resources = Resources(
            self._contract.content, holdings.known, tokens, holdings.own, holdings.answers
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = self._answer(request, await request.body())
        await response(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        try:
            verify(
                request.method,
                target_of(request.scope),
                request.headers,
                body,
                self._keys,
                datetime.now(UTC),
            )
        except SignatureError as error:
            raise not_authenticated(str(error)) from error
        call = self._contract.check(request, body)
        return self._resources.answer(call)
