from typing import Any

import httpx

from ... import model as _model
from ... import request as _request
from ... import response as _response
from ... import values as _values
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.job_run import JobRun
from ...types import UNSET, Response, Unset

_PATH = (
    _request.Parameter(
        "ai_data_platform_id", "aiDataPlatformId", _values.TEXT, "simple", False
    ),
    _request.Parameter("workspace_key", "workspaceKey", _values.TEXT, "simple", False),
    _request.Parameter("job_run_key", "jobRunKey", _values.TEXT, "simple", False),
)
_QUERY = (
    _request.Parameter(
        "should_include_task_run_summaries",
        "shouldIncludeTaskRunSummaries",
        _values.BOOLEAN,
        "form",
        True,
    ),
    _request.Parameter("repair_key", "repairKey", _values.INTEGER, "form", True),
)
_HEADER = (
    _request.Parameter(
        "should_update_recent", "should-update-recent", _values.BOOLEAN, "simple", False
    ),
    _request.Parameter(
        "opc_request_id", "opc-request-id", _values.TEXT, "simple", False
    ),
)
_BODIES: dict[str, _response.Body] = {
    "200": _response.Body("json", _model.ObjectOf(JobRun)),
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
    job_run_key: str,
    *,
    should_include_task_run_summaries: bool | Unset = UNSET,
    repair_key: int | Unset = UNSET,
    should_update_recent: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _request.path(
            "/20260430/aiDataPlatforms/{}/workspaces/{}/jobRuns/{}",
            _PATH,
            (
                ai_data_platform_id,
                workspace_key,
                job_run_key,
            ),
        )
        + _request.query(
            _QUERY,
            (
                should_include_task_run_summaries,
                repair_key,
            ),
        ),
    }
    _headers = _kwargs["headers"] = _request.headers(
        _HEADER,
        (
            should_update_recent,
            opc_request_id,
        ),
    )
    return _kwargs


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Error | JobRun]:
    return _response.read(
        _BODIES, response, raise_on_unexpected_status=client.raise_on_unexpected_status
    )


def sync_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    job_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_summaries: bool | Unset = UNSET,
    repair_key: int | Unset = UNSET,
    should_update_recent: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | JobRun]:
    """Get job run details

    Returns a job run, with the tasks that it runs and what came of them.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Key of the job run.
        should_include_task_run_summaries (bool | Unset): Whether the task runs are part of the
            answer.
        repair_key (int | Unset): Number of a repair. The answer then has the latest entry of
            the repair history up to this one; the properties of the job run itself, and its task
            runs, stay the current ones.
        should_update_recent (bool | Unset): Whether the service adds this to the user's list of
            recently used things.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        The response; `parsed` is Error | JobRun.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        job_run_key=job_run_key,
        should_include_task_run_summaries=should_include_task_run_summaries,
        repair_key=repair_key,
        should_update_recent=should_update_recent,
        opc_request_id=opc_request_id,
    )
    _found = client.get_httpx_client().request(**_kwargs)
    return _build_response(client=client, response=_found)


async def asyncio_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    job_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_summaries: bool | Unset = UNSET,
    repair_key: int | Unset = UNSET,
    should_update_recent: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | JobRun]:
    """Get job run details

    Returns a job run, with the tasks that it runs and what came of them.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Key of the job run.
        should_include_task_run_summaries (bool | Unset): Whether the task runs are part of the
            answer.
        repair_key (int | Unset): Number of a repair. The answer then has the latest entry of
            the repair history up to this one; the properties of the job run itself, and its task
            runs, stay the current ones.
        should_update_recent (bool | Unset): Whether the service adds this to the user's list of
            recently used things.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        The response; `parsed` is Error | JobRun.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        job_run_key=job_run_key,
        should_include_task_run_summaries=should_include_task_run_summaries,
        repair_key=repair_key,
        should_update_recent=should_update_recent,
        opc_request_id=opc_request_id,
    )
    _found = await client.get_async_httpx_client().request(**_kwargs)
    return _build_response(client=client, response=_found)


def sync(
    ai_data_platform_id: str,
    workspace_key: str,
    job_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_summaries: bool | Unset = UNSET,
    repair_key: int | Unset = UNSET,
    should_update_recent: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | JobRun | None:
    """Get job run details

    Returns a job run, with the tasks that it runs and what came of them.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Key of the job run.
        should_include_task_run_summaries (bool | Unset): Whether the task runs are part of the
            answer.
        repair_key (int | Unset): Number of a repair. The answer then has the latest entry of
            the repair history up to this one; the properties of the job run itself, and its task
            runs, stay the current ones.
        should_update_recent (bool | Unset): Whether the service adds this to the user's list of
            recently used things.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        Error | JobRun, or None.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    return sync_detailed(
        client=client,
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        job_run_key=job_run_key,
        should_include_task_run_summaries=should_include_task_run_summaries,
        repair_key=repair_key,
        should_update_recent=should_update_recent,
        opc_request_id=opc_request_id,
    ).parsed


async def asyncio(
    ai_data_platform_id: str,
    workspace_key: str,
    job_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    should_include_task_run_summaries: bool | Unset = UNSET,
    repair_key: int | Unset = UNSET,
    should_update_recent: bool | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | JobRun | None:
    """Get job run details

    Returns a job run, with the tasks that it runs and what came of them.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Key of the job run.
        should_include_task_run_summaries (bool | Unset): Whether the task runs are part of the
            answer.
        repair_key (int | Unset): Number of a repair. The answer then has the latest entry of
            the repair history up to this one; the properties of the job run itself, and its task
            runs, stay the current ones.
        should_update_recent (bool | Unset): Whether the service adds this to the user's list of
            recently used things.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        Error | JobRun, or None.

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
            job_run_key=job_run_key,
            should_include_task_run_summaries=should_include_task_run_summaries,
            repair_key=repair_key,
            should_update_recent=should_update_recent,
            opc_request_id=opc_request_id,
        )
    ).parsed
