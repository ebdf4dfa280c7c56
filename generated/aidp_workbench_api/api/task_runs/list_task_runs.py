from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.sort_order import SortOrder
from ...models.task_run_collection import TaskRunCollection
from ...models.task_run_sort_by import TaskRunSortBy
from ...models.task_run_status_filter import (
    TaskRunStatusFilter,
)
from ...types import UNSET, Response, Unset


def _get_kwargs(
    ai_data_platform_id: str,
    workspace_key: str,
    *,
    job_run_key: str,
    display_name: str | Unset = UNSET,
    parent_job_run_key: str | Unset = UNSET,
    root_job_run_key: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(opc_request_id, Unset):
        headers["opc-request-id"] = opc_request_id

    params: dict[str, Any] = {}

    params["jobRunKey"] = job_run_key

    params["displayName"] = display_name

    params["parentJobRunKey"] = parent_job_run_key

    params["rootJobRunKey"] = root_job_run_key

    json_status: list[str] | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = []
        for status_item_data in status:
            status_item: str = status_item_data
            json_status.append(status_item)

    params["status"] = json_status

    json_sort_by: str | Unset = UNSET
    if not isinstance(sort_by, Unset):
        json_sort_by = sort_by

    params["sortBy"] = json_sort_by

    json_sort_order: str | Unset = UNSET
    if not isinstance(sort_order, Unset):
        json_sort_order = sort_order

    params["sortOrder"] = json_sort_order

    params["limit"] = limit

    params["page"] = page

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/20260430/aiDataPlatforms/{ai_data_platform_id}/workspaces/{workspace_key}/taskRuns".format(
            ai_data_platform_id=quote(str(ai_data_platform_id), safe=""),
            workspace_key=quote(str(workspace_key), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Error | TaskRunCollection:
    if response.status_code == 200:
        response_200 = TaskRunCollection.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = Error.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Error.from_dict(response.json())

        return response_401

    if response.status_code == 404:
        response_404 = Error.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = Error.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = Error.from_dict(response.json())

        return response_500

    response_default = Error.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Error | TaskRunCollection]:

    try:
        parsed = _parse_response(client=client, response=response)
    except errors.ResponseError as error:
        raise error.answering(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    *,
    client: AuthenticatedClient | Client,
    job_run_key: str,
    display_name: str | Unset = UNSET,
    parent_job_run_key: str | Unset = UNSET,
    root_job_run_key: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRunCollection]:
    """Get task runs

     Lists the task runs of a job run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Only task runs of this job run.
        display_name (str | Unset): Only task runs with exactly this display name.
        parent_job_run_key (str | Unset): Only task runs whose parent is this job run.
        root_job_run_key (str | Unset): Only task runs below this outermost job run.
        status (list[TaskRunStatusFilter] | Unset): Only task runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): How many items a page holds at most. Default: 100.
        page (str | Unset): Where to go on, the `opc-next-page` header of the page before. Leave
            it out for the first page.
        opc_request_id (str | Unset): Name of this request in Oracle's logs, to quote when asking
            Oracle for help. Letters, digits, underscores and dashes.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | TaskRunCollection]
    """

    kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        job_run_key=job_run_key,
        display_name=display_name,
        parent_job_run_key=parent_job_run_key,
        root_job_run_key=root_job_run_key,
        status=status,
        sort_by=sort_by,
        sort_order=sort_order,
        limit=limit,
        page=page,
        opc_request_id=opc_request_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    ai_data_platform_id: str,
    workspace_key: str,
    *,
    client: AuthenticatedClient | Client,
    job_run_key: str,
    display_name: str | Unset = UNSET,
    parent_job_run_key: str | Unset = UNSET,
    root_job_run_key: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRunCollection | None:
    """Get task runs

     Lists the task runs of a job run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Only task runs of this job run.
        display_name (str | Unset): Only task runs with exactly this display name.
        parent_job_run_key (str | Unset): Only task runs whose parent is this job run.
        root_job_run_key (str | Unset): Only task runs below this outermost job run.
        status (list[TaskRunStatusFilter] | Unset): Only task runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): How many items a page holds at most. Default: 100.
        page (str | Unset): Where to go on, the `opc-next-page` header of the page before. Leave
            it out for the first page.
        opc_request_id (str | Unset): Name of this request in Oracle's logs, to quote when asking
            Oracle for help. Letters, digits, underscores and dashes.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | TaskRunCollection
    """

    return sync_detailed(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        client=client,
        job_run_key=job_run_key,
        display_name=display_name,
        parent_job_run_key=parent_job_run_key,
        root_job_run_key=root_job_run_key,
        status=status,
        sort_by=sort_by,
        sort_order=sort_order,
        limit=limit,
        page=page,
        opc_request_id=opc_request_id,
    ).parsed


async def asyncio_detailed(
    ai_data_platform_id: str,
    workspace_key: str,
    *,
    client: AuthenticatedClient | Client,
    job_run_key: str,
    display_name: str | Unset = UNSET,
    parent_job_run_key: str | Unset = UNSET,
    root_job_run_key: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Response[Error | TaskRunCollection]:
    """Get task runs

     Lists the task runs of a job run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Only task runs of this job run.
        display_name (str | Unset): Only task runs with exactly this display name.
        parent_job_run_key (str | Unset): Only task runs whose parent is this job run.
        root_job_run_key (str | Unset): Only task runs below this outermost job run.
        status (list[TaskRunStatusFilter] | Unset): Only task runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): How many items a page holds at most. Default: 100.
        page (str | Unset): Where to go on, the `opc-next-page` header of the page before. Leave
            it out for the first page.
        opc_request_id (str | Unset): Name of this request in Oracle's logs, to quote when asking
            Oracle for help. Letters, digits, underscores and dashes.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | TaskRunCollection]
    """

    kwargs = _get_kwargs(
        ai_data_platform_id=ai_data_platform_id,
        workspace_key=workspace_key,
        job_run_key=job_run_key,
        display_name=display_name,
        parent_job_run_key=parent_job_run_key,
        root_job_run_key=root_job_run_key,
        status=status,
        sort_by=sort_by,
        sort_order=sort_order,
        limit=limit,
        page=page,
        opc_request_id=opc_request_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    ai_data_platform_id: str,
    workspace_key: str,
    *,
    client: AuthenticatedClient | Client,
    job_run_key: str,
    display_name: str | Unset = UNSET,
    parent_job_run_key: str | Unset = UNSET,
    root_job_run_key: str | Unset = UNSET,
    status: list[TaskRunStatusFilter] | Unset = UNSET,
    sort_by: TaskRunSortBy | Unset = "timeCreated",
    sort_order: SortOrder | Unset = UNSET,
    limit: int | Unset = 100,
    page: str | Unset = UNSET,
    opc_request_id: str | Unset = UNSET,
) -> Error | TaskRunCollection | None:
    """Get task runs

     Lists the task runs of a job run, one page at a time.

    Args:
        ai_data_platform_id (str): OCID of the AI Data Platform instance.
        workspace_key (str): Key of the workspace.
        job_run_key (str): Only task runs of this job run.
        display_name (str | Unset): Only task runs with exactly this display name.
        parent_job_run_key (str | Unset): Only task runs whose parent is this job run.
        root_job_run_key (str | Unset): Only task runs below this outermost job run.
        status (list[TaskRunStatusFilter] | Unset): Only task runs in one of these statuses.
        sort_by (TaskRunSortBy | Unset): Property to sort by; without a sort order, timeCreated
            puts the newest first, displayName goes from A to Z. Default: 'timeCreated'.
        sort_order (SortOrder | Unset): Sort upwards (ASC) or downwards (DESC).
        limit (int | Unset): How many items a page holds at most. Default: 100.
        page (str | Unset): Where to go on, the `opc-next-page` header of the page before. Leave
            it out for the first page.
        opc_request_id (str | Unset): Name of this request in Oracle's logs, to quote when asking
            Oracle for help. Letters, digits, underscores and dashes.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | TaskRunCollection
    """

    return (
        await asyncio_detailed(
            ai_data_platform_id=ai_data_platform_id,
            workspace_key=workspace_key,
            client=client,
            job_run_key=job_run_key,
            display_name=display_name,
            parent_job_run_key=parent_job_run_key,
            root_job_run_key=root_job_run_key,
            status=status,
            sort_by=sort_by,
            sort_order=sort_order,
            limit=limit,
            page=page,
            opc_request_id=opc_request_id,
        )
    ).parsed
