"""The service as a Starlette application."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tools.service.contract import Call, Contract
from tools.service.data import Workspace, encoded
from tools.service.errors import (
    ApiError,
    internal_server_error,
    invalid_parameter,
    not_authenticated,
    not_found,
    not_implemented,
)
from tools.service.journal import target_of
from tools.service.listing import PageTokens, Query, select
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
        self._contract = Contract()
        self._keys = keys
        self._task_runs = _TaskRuns(workspace)

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
        if call.operation_id != "listTaskRuns":
            raise not_implemented(call.operation_id)
        return self._task_runs.list(call)


class _TaskRuns:
    """The operation on task runs."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tokens = PageTokens(secrets.token_bytes(32))
        # Every page of a listing needs the same selection.
        self._select = lru_cache(maxsize=16)(
            lambda query: select(workspace.job_runs[query.job_run_key], query)
        )

    def list(self, call: Call) -> Response:
        self._check_exists(call)
        if call.faults:
            raise invalid_parameter("; ".join(call.faults))
        query = Query.of(call.query)
        try:
            start = self._tokens.redeem(query, call.query["page"]) if "page" in call.query else 0
        except ValueError as error:
            raise invalid_parameter("page: not a token of this query") from error
        selected = self._select(query)
        end = start + call.query["limit"]
        headers = {}
        if end < len(selected):
            headers["opc-next-page"] = self._tokens.issue(query, end)
        job_run = self._workspace.job_runs[query.job_run_key]
        items = b",".join(encoded(job_run, position) for position in selected[start:end])
        return Response(b'{"items":[%b]}' % items, 200, headers, "application/json")

    def _check_exists(self, call: Call) -> None:
        if call.path["aiDataPlatformId"] != self._workspace.ai_data_platform_id:
            raise not_found("aiDataPlatformId")
        if call.path["workspaceKey"] != self._workspace.key:
            raise not_found("workspaceKey")
        job_run_key = call.query.get("jobRunKey")
        if job_run_key is not None and job_run_key not in self._workspace.job_runs:
            raise not_found("jobRunKey")
