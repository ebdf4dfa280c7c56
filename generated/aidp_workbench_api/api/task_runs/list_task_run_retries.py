from typing import Any

import httpx

from ... import model as _model
from ... import request as _request
from ... import response as _response
from ... import values as _values
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.sort_order import SortOrder
from ...models.task_run_retry_collection import TaskRunRetryCollection
from ...models.task_run_sort_by import TaskRunSortBy
from ...models.task_run_status_filter import TaskRunStatusFilter
from ...types import UNSET, Response, Unset

_PATH = (
    _request.Parameter(
        "ai_data_platform_id", "aiDataPlatformId", _values.TEXT, "simple", False
    ),
    _request.Parameter("workspace_key", "workspaceKey", _values.TEXT, "simple", False),
    _request.Parameter("task_run_key", "taskRunKey", _values.TEXT, "simple", False),
)
_QUERY = (
    _request.Parameter("display_name", "displayName", _values.TEXT, "form", True),
    _request.Parameter(
        "status",
        "status",
        _values.ListOf(_values.OneOf.literal(TaskRunStatusFilter)),
        "form",
        True,
    ),
    _request.Parameter(
        "sort_by", "sortBy", _values.OneOf.literal(TaskRunSortBy), "form", True
    ),
    _request.Parameter(
        "sort_order", "sortOrder", _values.OneOf.literal(SortOrder), "form", True
    ),
    _request.Parameter("limit", "limit", _values.INTEGER, "form", True),
    _request.Parameter("page", "page", _values.TEXT, "form", True),
)
_HEADER = (
    _request.Parameter(
        "opc_request_id", "opc-request-id", _values.TEXT, "simple", False
    ),
)
_BODIES: dict[str, _response.Body] = {
    "200": _response.Body("json", _model.ObjectOf(TaskRunRetryCollection)),
    "400": _response.Body("json", _model.ObjectOf(Error)),
    "401": _response.Body("json", _model.ObjectOf(Error)),
    "404": _response.Body("json", _model.ObjectOf(Error)),
    "429": _response.Body("json", _model.ObjectOf(Error)),
    "500": _response.Body("json", _model.ObjectOf(Error)),
    "default": _response.Body("json", _model.ObjectOf(Error)),
}

# The least and the greatest value of arguments that are numbers; None where there is no bound.
BOUNDS: dict[str, tuple[float | None, float | None]] = {"limit": (1, 1000)}


def _get_kwargs(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    display_name: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _request.path(
            "/20260430/aiDataPlatforms/{}/workspaces/{}/taskRuns/{}/retries",
            _PATH,
            (
                ai_data_platform_id,
                workspace_key,
                task_run_key,
            ),
        )
        + _request.query(
            _QUERY,
            (
                display_name,
                status,
                sort_by,
                sort_order,
                limit,
                page,
            ),
        ),
    }
    _headers = _kwargs["headers"] = _request.headers(_HEADER, (opc_request_id,))
    return _kwargs


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Error | TaskRunRetryCollection]:
    return _response.read(
        _BODIES, response, raise_on_unexpected_status=client.raise_on_unexpected_status
    )


def sync_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    display_name: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRunRetryCollection]:
    """List task run retry details

    Lists the retries of a task run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        display_name (str | Unset): Only those with exactly this display name.
        status (list[TaskRunStatusFilter] | Unset): Only runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): Maximum number of items per page. Default: 100.
        page (str | Unset): Token of the page to return, the `opc-next-page` header of the page
            before it. Omit it for the first page.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        The response; `parsed` is Error | TaskRunRetryCollection.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        task_run_key=task_run_key,
        display_name=display_name,
        status=status,
        sort_by=sort_by,
        sort_order=sort_order,
        limit=limit,
        page=page,
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
    display_name: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRunRetryCollection]:
    """List task run retry details

    Lists the retries of a task run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        display_name (str | Unset): Only those with exactly this display name.
        status (list[TaskRunStatusFilter] | Unset): Only runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): Maximum number of items per page. Default: 100.
        page (str | Unset): Token of the page to return, the `opc-next-page` header of the page
            before it. Omit it for the first page.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        The response; `parsed` is Error | TaskRunRetryCollection.

    Raises:
        ArgumentError: An argument cannot be sent.
        ResponseError: The response is not what the API describes.
        UnexpectedStatus: Its status is not, if `client.raise_on_unexpected_status` is set.
    """

    _kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        task_run_key=task_run_key,
        display_name=display_name,
        status=status,
        sort_by=sort_by,
        sort_order=sort_order,
        limit=limit,
        page=page,
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
    display_name: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRunRetryCollection | None:
    """List task run retry details

    Lists the retries of a task run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        display_name (str | Unset): Only those with exactly this display name.
        status (list[TaskRunStatusFilter] | Unset): Only runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): Maximum number of items per page. Default: 100.
        page (str | Unset): Token of the page to return, the `opc-next-page` header of the page
            before it. Omit it for the first page.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        Error | TaskRunRetryCollection, or None.

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
        display_name=display_name,
        status=status,
        sort_by=sort_by,
        sort_order=sort_order,
        limit=limit,
        page=page,
        opc_request_id=opc_request_id,
    ).parsed


async def asyncio(
    ai_data_platform_id: str,
    workspace_key: str,
    task_run_key: str,
    *,
    client: AuthenticatedClient | Client,
    display_name: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRunRetryCollection | None:
    """List task run retry details

    Lists the retries of a task run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        task_run_key (str): Key of the task run.
        display_name (str | Unset): Only those with exactly this display name.
        status (list[TaskRunStatusFilter] | Unset): Only runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): Maximum number of items per page. Default: 100.
        page (str | Unset): Token of the page to return, the `opc-next-page` header of the page
            before it. Omit it for the first page.
        opc_request_id (str | Unset): Identifier of this request in Oracle's logs, to quote when
            asking Oracle for help. Letters, digits, underscores and dashes.

    Returns:
        Error | TaskRunRetryCollection, or None.

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
            display_name=display_name,
            status=status,
            sort_by=sort_by,
            sort_order=sort_order,
            limit=limit,
            page=page,
            opc_request_id=opc_request_id,
        )
    ).parsed
