"""What type checkers infer for callers; `nox -s types` checks it, nothing runs it.

A line with `ignore` is a mistake that both checkers must report: an ignore that is not needed is
an error itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, assert_type

import aidp_workbench
from aidp_workbench import (
    Page,
    WorkbenchError,
    afetch,
    apages,
    apaginate,
    apaginate_many,
    connect,
    fetch,
    pages,
    paginate,
    paginate_many,
)
from aidp_workbench_api import Client
from aidp_workbench_api.api import task_runs
from aidp_workbench_api.api.job_runs import get_job_run, list_job_runs
from aidp_workbench_api.api.jobs import get_job, list_jobs
from aidp_workbench_api.api.task_runs import (
    fetch_output,
    get_task_run,
    list_task_run_retries,
    list_task_runs,
)
from aidp_workbench_api.api.workspaces import list_workspaces
from aidp_workbench_api.models import (
    DependsOn,
    FetchOutputDetails,
    Job,
    JobRun,
    JobRunSummary,
    JobSummary,
    State,
    Task,
    TaskRun,
    TaskRunCollection,
    TaskRunOutput,
    TaskRunRetrySummary,
    TaskRunStatus,
    TaskRunSummary,
    WorkspaceSummary,
)
from aidp_workbench_api.types import Unset


def item_types(client: Client) -> None:
    runs = paginate(list_task_runs, "platform", "workspace", job_run_key="key", client=client)
    assert_type(runs, Iterator[TaskRunSummary])
    for page in pages(list_task_runs, "platform", "workspace", job_run_key="key", client=client):
        assert_type(page, Page[TaskRunSummary])
        assert_type(page.items, Sequence[TaskRunSummary])
        assert_type(page.next_page, str | None)


async def async_item_types(client: Client) -> None:
    runs = apaginate(list_task_runs, "platform", "workspace", job_run_key="key", client=client)
    assert_type(runs, AsyncGenerator[TaskRunSummary])
    async for page in apages(
        list_task_runs, "platform", "workspace", job_run_key="key", client=client
    ):
        assert_type(page, Page[TaskRunSummary])


def open_enums_and_nullable_properties(run: TaskRunSummary) -> None:
    assert_type(run.state, State | None | Unset)
    if run.state:
        assert_type(run.state.status, TaskRunStatus | str | None | Unset)


def keywords_are_checked(client: Client) -> None:
    paginate(
        list_task_runs,
        ai_data_platform_id="platform",
        workspace_key="workspace",
        job_run_key="key",
        status=["FAILED"],
        limit=1000,
        page="token",
        client=client,
    )
    paginate(list_task_runs, "p", "w", job_run_kee="k", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    paginate(list_task_runs, "p", "w", job_run_key="k", status=["FALED"], client=client)  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    paginate(list_task_runs, "p", "w", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    paginate(list_task_runs, "p", "w", job_run_key=None, client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    paginate(list_task_runs, "p", "w", job_run_key="k", limit="9", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    pages(list_task_runs, "p", "w", job_run_kee="k", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    apaginate(list_task_runs, "p", "w", job_run_kee="k", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def only_the_module_of_an_operation_is_taken(client: Client) -> None:
    paginate(list_task_runs.sync, "p", "w", job_run_key="k", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]
    paginate(list_task_runs.sync_detailed, "p", "w", job_run_key="k", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]
    apaginate(task_runs, "p", "w", job_run_key="k", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]


def many_listings(client: Client, keys: Iterable[str]) -> None:
    where: dict[str, Any] = {"ai_data_platform_id": "p", "workspace_key": "w"}
    many = paginate_many(list_task_runs, "job_run_key", keys, client=client, **where)
    assert_type(many, Generator[tuple[str, Page[TaskRunSummary] | WorkbenchError]])
    amany = apaginate_many(list_task_runs, "job_run_key", keys, client=client, **where)
    assert_type(amany, AsyncGenerator[tuple[str, Page[TaskRunSummary] | WorkbenchError]])
    paginate_many(list_task_runs, "job_run_key", [1], client=client)  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    paginate_many(list_task_runs.sync_detailed, "job_run_key", keys, client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def one_thing(client: Client, details: FetchOutputDetails) -> None:
    assert_type(fetch(get_job, "p", "w", "job", client=client), Job)
    assert_type(fetch(get_job_run, "p", "w", "run", repair_key=1, client=client), JobRun)
    assert_type(await afetch(get_task_run, "p", "w", "run", client=client), TaskRun)
    output = fetch(fetch_output, "p", "w", "run", body=details, client=client)
    assert_type(output, TaskRunOutput)
    fetch(get_job, "p", "w", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    fetch(get_job, "p", "w", job_key=None, client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    fetch(fetch_output, "p", "w", "run", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    # The module stands for an operation of another kind: what counts is what it returns.
    assert_type(fetch(list_task_runs, "p", "w", job_run_key="k", client=client), TaskRunCollection)


def every_list(client: Client, since: datetime) -> None:
    assert_type(paginate(list_workspaces, "p", client=client), Iterator[WorkspaceSummary])
    assert_type(paginate(list_jobs, "p", "w", client=client), Iterator[JobSummary])
    retries = paginate(list_task_run_retries, "p", "w", "run", client=client)
    assert_type(retries, Iterator[TaskRunRetrySummary])
    runs = paginate(
        list_job_runs,
        "p",
        "w",
        job_key=["job"],
        status=["FAILED"],
        time_created_greater_than_or_equal_to=since,
        client=client,
    )
    assert_type(runs, Iterator[JobRunSummary])
    paginate(list_job_runs, "p", "w", job_key="job", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    paginate(list_workspaces, "p", sort_by="status", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def maps_and_open_lists(run: JobRun, task: Task) -> None:
    if run.task_to_task_run_map:
        assert_type(run.task_to_task_run_map["task"], str | None)
    assert_type(task.depends_on, list[DependsOn | str] | None | Unset)
    assert_type(run.time_created, datetime | None | Unset)


def connect_is_checked() -> None:
    assert_type(connect("us-ashburn-1"), Client)
    connect(auth="api-key")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    connect("us-ashburn-1", "DEFAULT")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def names_are_checked() -> None:
    # Some are imported only when they are used.
    aidp_workbench.connect(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    aidp_workbench.wait_until_end()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
