from typing import Any

import httpx

from ... import model as _model
from ... import request as _request
from ... import response as _response
from ... import values as _values
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.fetch_output_details import FetchOutputDetails
from ...models.task_run_output import TaskRunOutput
from ...types import UNSET, Response, Unset

_PATH = (
    _request.Parameter(
        "ai_data_platform_id", "aiDataPlatformId", _values.TEXT, "simple", False
    ),
    _request.Parameter("workspace_key", "workspaceKey", _values.TEXT, "simple", False),
    _request.Parameter("task_run_key", "taskRunKey", _values.TEXT, "simple", False),
)
_HEADER = (
    _request.Parameter(
        "opc_retry_token", "opc-retry-token", _values.TEXT, "simple", False
    ),
    _request.Parameter(
        "opc_request_id", "opc-request-id", _values.TEXT, "simple", False
    ),
)
_BODIES: dict[str, _response.Body] = {
    "200": _response.Body("json", _model.ObjectOf(TaskRunOutput)),
    "400": _response.Body("json", _model.ObjectOf(Error)),
    "401": _response.Body("json", _model.ObjectOf(Error)),
    "404": _response.Body("json", _model.ObjectOf(Error)),
    "429": _response.Body("json", _model.ObjectOf(Error)),
    "500": _response.Body("json", _model.ObjectOf(Error)),
    "default": _response.Body("json", _model.ObjectOf(Error)),
}

# The least and the greatest value of arguments that are numbers; None where there is no bound.
BOUNDS: dict[str, tuple[float | None, float | None]] = {}


def _get_kwargs(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    body: FetchOutputDetails,
    opc_retry_token: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> dict[str, Any]:
    if opc_retry_token is UNSET:
        opc_retry_token = _request.retry_token()
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": _request.path(
            "/20260430/aiDataPlatforms/{}/workspaces/{}/taskRuns/{}/actions/fetchOutput",
            _PATH,
            (
                ai_data_platform_id,
                workspace_key,
                task_run_key,
            ),
        ),
    }
    _headers = _kwargs["headers"] = _request.headers(
        _HEADER,
        (
            opc_retry_token,
            opc_request_id,
        ),
    )
    _kwargs["json"] = _model.ObjectOf(FetchOutputDetails).encode(body)
    _headers["content-type"] = "application/json"
    return _kwargs


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Error | TaskRunOutput]:
    return _response.read(
        _BODIES, response, raise_on_unexpected_status=client.raise_on_unexpected_status
    )


def sync_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    body: FetchOutputDetails,
    opc_retry_token: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRunOutput]:
    """Fetch task run output

    Returns what a task run printed. It changes nothing, and with `opc-retry-token` it can be
    repeated. Notebooks that ran as part of a job may return empty cells.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        opc_retry_token (str | Unset): Token that makes it safe to send a request again, for 24
            hours.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.
        body (FetchOutputDetails): Which output of a task run to return.

    Returns:
        The response; `parsed` is Error | TaskRunOutput.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        task_run_key=task_run_key,
        opc_retry_token=opc_retry_token,
        opc_request_id=opc_request_id,
        body=body,
    )
    _found = client.get_httpx_client().request(**_kwargs)
    return _build_response(client=client, response=_found)


async def asyncio_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    body: FetchOutputDetails,
    opc_retry_token: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRunOutput]:
    """Fetch task run output

    Returns what a task run printed. It changes nothing, and with `opc-retry-token` it can be
    repeated. Notebooks that ran as part of a job may return empty cells.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        opc_retry_token (str | Unset): Token that makes it safe to send a request again, for 24
            hours.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.
        body (FetchOutputDetails): Which output of a task run to return.

    Returns:
        The response; `parsed` is Error | TaskRunOutput.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        task_run_key=task_run_key,
        opc_retry_token=opc_retry_token,
        opc_request_id=opc_request_id,
        body=body,
    )
    _found = await client.get_async_httpx_client().request(**_kwargs)
    return _build_response(client=client, response=_found)


def sync(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    body: FetchOutputDetails,
    opc_retry_token: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRunOutput | None:
    """Fetch task run output

    Returns what a task run printed. It changes nothing, and with `opc-retry-token` it can be
    repeated. Notebooks that ran as part of a job may return empty cells.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        opc_retry_token (str | Unset): Token that makes it safe to send a request again, for 24
            hours.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.
        body (FetchOutputDetails): Which output of a task run to return.

    Returns:
        Error | TaskRunOutput, or None.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    return sync_detailed(
        client=client,
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        task_run_key=task_run_key,
        opc_retry_token=opc_retry_token,
        opc_request_id=opc_request_id,
        body=body,
    ).parsed


async def asyncio(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    body: FetchOutputDetails,
    opc_retry_token: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRunOutput | None:
    """Fetch task run output

    Returns what a task run printed. It changes nothing, and with `opc-retry-token` it can be
    repeated. Notebooks that ran as part of a job may return empty cells.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        opc_retry_token (str | Unset): Token that makes it safe to send a request again, for 24
            hours.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.
        body (FetchOutputDetails): Which output of a task run to return.

    Returns:
        Error | TaskRunOutput, or None.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    return (
        await asyncio_detailed(
            client=client,
            ai_data_platform_id=ai_data_platform_id,
            workspace_key=workspace_key,
            task_run_key=task_run_key,
            opc_retry_token=opc_retry_token,
            opc_request_id=opc_request_id,
            body=body,
        )
    ).parsed
