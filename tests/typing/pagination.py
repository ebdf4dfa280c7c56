"""What type checkers infer for callers; `nox -s types` checks it, nothing runs it.

A line with `ignore` is a mistake that both checkers must report: an ignore that is not needed is
an error itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import assert_type

import aidp_workbench
from aidp_workbench import Page, apages, apaginate, connect, pages, paginate
from aidp_workbench_api import Client
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import (
    State,
    TaskRunStatus,
    TaskRunSummary,
)
from aidp_workbench_api.types import Unset

sync, asynchronous = list_task_runs.sync_detailed, list_task_runs.asyncio_detailed


def item_types(client: Client) -> None:
    runs = paginate(sync, "platform", "workspace", job_run_key="key", client=client)
    assert_type(runs, Iterator[TaskRunSummary])
    for page in pages(sync, "platform", "workspace", job_run_key="key", client=client):
        assert_type(page, Page[TaskRunSummary])
        assert_type(page.items, Sequence[TaskRunSummary])
        assert_type(page.next_page, str | None)


async def async_item_types(client: Client) -> None:
    runs = apaginate(asynchronous, "platform", "workspace", job_run_key="key", client=client)
    assert_type(runs, AsyncGenerator[TaskRunSummary])
    async for page in apages(
        asynchronous, "platform", "workspace", job_run_key="key", client=client
    ):
        assert_type(page, Page[TaskRunSummary])


def open_enums_and_nullable_properties(run: TaskRunSummary) -> None:
    assert_type(run.state, State | None | Unset)
    if run.state:
        assert_type(run.state.status, TaskRunStatus | str | None | Unset)


def keywords_are_checked(client: Client) -> None:
    paginate(
        sync,
        ai_data_platform_id="platform",
        workspace_key="workspace",
        job_run_key="key",
        status=["FAILED"],
        limit=1000,
        page="token",
        client=client,
    )
    paginate(sync, "p", "w", job_run_kee="k", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    paginate(sync, "p", "w", job_run_key="k", status=["FALED"], client=client)  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    paginate(sync, "p", "w", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    paginate(sync, "p", "w", job_run_key=None, client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    paginate(sync, "p", "w", job_run_key="k", limit="9", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    pages(sync, "p", "w", job_run_kee="k", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    apaginate(asynchronous, "p", "w", job_run_kee="k", client=client)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def functions_are_not_mixed_up(client: Client) -> None:
    paginate(asynchronous, "p", "w", job_run_key="k", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    apaginate(sync, "p", "w", job_run_key="k", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    paginate(list_task_runs.sync, "p", "w", job_run_key="k", client=client)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def connect_is_checked() -> None:
    assert_type(connect("us-ashburn-1"), Client)
    connect(auth="api-key")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    connect("us-ashburn-1", "DEFAULT")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def names_are_checked() -> None:
    # Some are imported only when they are used.
    aidp_workbench.wait_until_ended()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    aidp_workbench.wait_until_end()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
