"""`task-runs list`: every task run of a job run, as the pages come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunStatusFilter
from aidp_workbench_api.types import UNSET, Unset

from aidp_workbench import Page, pages, status_of

from ..output.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aidp_workbench_api import Client
    from aidp_workbench_api.models import SortOrder, TaskRunSortBy, TaskRunSummary

    from ..options import Shared
    from ..output.formats import Writer

# Items. Fewer make more requests, more let people wait longer for the first rows.
PAGE_SIZE = 500


def all_task_runs(
    client: Client, shared: Shared, sort_order: SortOrder | Unset = UNSET
) -> list[TaskRunSummary]:
    """Every task run of the job run, counted on stderr meanwhile."""
    runs: list[TaskRunSummary] = []
    with Progress() as progress:
        progress.show("Listing task runs…")
        for page in pages(
            list_task_runs.sync_detailed,
            shared.platform,
            shared.workspace,
            client=client,
            job_run_key=shared.job_run,
            sort_order=sort_order,
            limit=PAGE_SIZE,
        ):
            runs += page.items
            progress.show(f"{len(runs):,} task runs so far…")
    return runs


def list_to(
    writer: Writer,
    client: Client,
    shared: Shared,
    *,
    statuses: Sequence[str] = (),
    name: str | None = None,
    parent_job_run: str | None = None,
    root_job_run: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
    limit: int | None = None,
) -> None:
    """Write the task runs that fit, page by page, and at most `limit` of them."""
    filters: list[TaskRunStatusFilter] = [
        status for status in get_args(TaskRunStatusFilter) if status in statuses
    ]
    # The service knows statuses that it does not filter by: those are picked out here.
    by_service = len(filters) == len(set(statuses)) > 0
    found = pages(
        list_task_runs.sync_detailed,
        shared.platform,
        shared.workspace,
        client=client,
        job_run_key=shared.job_run,
        display_name=UNSET if name is None else name,
        parent_job_run_key=UNSET if parent_job_run is None else parent_job_run,
        root_job_run_key=UNSET if root_job_run is None else root_job_run,
        status=filters if by_service else UNSET,
        # The command line has checked both.
        sort_by=cast("TaskRunSortBy", sort_by or "timeCreated"),
        sort_order=UNSET if sort_order is None else cast("SortOrder", sort_order),
        limit=PAGE_SIZE
        if limit is None or (statuses and not by_service)
        else min(limit, PAGE_SIZE),
    )
    local: set[str] = set() if by_service else set(statuses)
    with Progress() as progress:
        writer.start()
        for runs in _limited(progress, found, local, limit):
            writer.write(runs)
        progress.clear()
        writer.end()


def _limited(
    progress: Progress,
    found: Iterator[Page[TaskRunSummary]],
    statuses: set[str],
    limit: int | None,
) -> Iterator[Sequence[TaskRunSummary]]:
    """The task runs of each page that have one of `statuses`, until there are `limit`."""
    listed = given = 0
    progress.show("Listing task runs…")
    for page in found:
        listed += len(page.items)
        runs = [run for run in page.items if not statuses or status_of(run) in statuses]
        if limit is not None:
            runs = runs[: limit - given]
        given += len(runs)
        progress.clear()
        yield runs
        if given == limit:
            return
        progress.show(f"{listed:,} task runs so far…")
