from typing import Any

import httpx

from ... import model as _model
from ... import request as _request
from ... import response as _response
from ... import values as _values
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.task_run import TaskRun
from ...types import UNSET, Response, Unset

_PATH = (
    _request.Parameter(
        "ai_data_platform_id", "aiDataPlatformId", _values.TEXT, "simple", False
    ),
    _request.Parameter("workspace_key", "workspaceKey", _values.TEXT, "simple", False),
    _request.Parameter("task_run_key", "taskRunKey", _values.TEXT, "simple", False),
)
_QUERY = (
    _request.Parameter(
        "should_include_task_run_retries",
        "shouldIncludeTaskRunRetries",
        _values.BOOLEAN,
        "form",
        True,
    ),
)
_HEADER = (
    _request.Parameter(
        "opc_request_id", "opc-request-id", _values.TEXT, "simple", False
    ),
)
_BODIES: dict[str, _response.Body] = {
    "200": _response.Body("json", _model.ObjectOf(TaskRun)),
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
    should_include_task_run_retries: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _request.path(
            "/20260430/aiDataPlatforms/{}/workspaces/{}/taskRuns/{}",
            _PATH,
            (
                ai_data_platform_id,
                workspace_key,
                task_run_key,
            ),
        )
        + _request.query(_QUERY, (should_include_task_run_retries,)),
    }
    _headers = _kwargs["headers"] = _request.headers(_HEADER, (opc_request_id,))
    return _kwargs


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Error | TaskRun]:
    return _response.read(
        _BODIES, response, raise_on_unexpected_status=client.raise_on_unexpected_status
    )


def sync_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_retries: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRun]:
    """Get task run details

    Returns a task run, with its task, durations and parameters.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        should_include_task_run_retries (bool | Unset): Whether the retries are part of the
            answer.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        The response; `parsed` is Error | TaskRun.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        task_run_key=task_run_key,
        should_include_task_run_retries=should_include_task_run_retries,
        opc_request_id=opc_request_id,
    )
    _found = client.get_httpx_client().request(**_kwargs)
    return _build_response(client=client, response=_found)


async def asyncio_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_retries: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRun]:
    """Get task run details

    Returns a task run, with its task, durations and parameters.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        should_include_task_run_retries (bool | Unset): Whether the retries are part of the
            answer.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        The response; `parsed` is Error | TaskRun.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        task_run_key=task_run_key,
        should_include_task_run_retries=should_include_task_run_retries,
        opc_request_id=opc_request_id,
    )
    _found = await client.get_async_httpx_client().request(**_kwargs)
    return _build_response(client=client, response=_found)


def sync(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_retries: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRun | None:
    """Get task run details

    Returns a task run, with its task, durations and parameters.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        should_include_task_run_retries (bool | Unset): Whether the retries are part of the
            answer.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        Error | TaskRun, or None.

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
        should_include_task_run_retries=should_include_task_run_retries,
        opc_request_id=opc_request_id,
    ).parsed


async def asyncio(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_retries: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRun | None:
    """Get task run details

    Returns a task run, with its task, durations and parameters.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        should_include_task_run_retries (bool | Unset): Whether the retries are part of the
            answer.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        Error | TaskRun, or None.

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
            should_include_task_run_retries=should_include_task_run_retries,
            opc_request_id=opc_request_id,
        )
    ).parsed
