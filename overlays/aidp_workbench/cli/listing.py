"""The task runs of a job run, listed for a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunStatusFilter
from aidp_workbench_api.types import UNSET, Unset

from aidp_workbench import Page, pages
from aidp_workbench.runs import status_of

from .output.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aidp_workbench_api import Client
    from aidp_workbench_api.models import SortOrder, TaskRunSortBy, TaskRunSummary

    from .options import Shared
    from .output.formats import Writer

# Items. Fewer make more requests, more let people wait longer for the first rows.
PAGE_SIZE = 500


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which task runs to list, and in which order. The command line has checked the values."""

    statuses: Sequence[str] = ()
    name: str | None = None
    parent_job_run: str | None = None
    root_job_run: str | None = None
    sort_by: str | None = None
    sort_order: str | None = None

    def statuses_of_service(self) -> list[TaskRunStatusFilter]:
        """The statuses, if the service filters by all of them; else none."""
        known = [one for one in get_args(TaskRunStatusFilter) if one in self.statuses]
        return known if len(known) == len(set(self.statuses)) else []


def all_task_runs(
    client: Client, shared: Shared, sort_order: SortOrder | Unset = UNSET
) -> list[TaskRunSummary]:
    """Every task run of the job run; stderr shows how many there are so far."""
    runs: list[TaskRunSummary] = []
    with Progress() as progress:
        progress.show("Listing task runs…")
        for page in pages(
            list_task_runs,
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


def write_task_runs(
    writer: Writer, client: Client, shared: Shared, filters: Filters, limit: int | None = None
) -> None:
    """Write the task runs that pass the filters, page by page, and at most `limit` of them."""
    by_service = filters.statuses_of_service()
    # Statuses that the service does not filter by are picked out here.
    by_client = set[str]() if by_service else set(filters.statuses)
    found = pages(
        list_task_runs,
        shared.platform,
        shared.workspace,
        client=client,
        job_run_key=shared.job_run,
        display_name=UNSET if filters.name is None else filters.name,
        parent_job_run_key=UNSET if filters.parent_job_run is None else filters.parent_job_run,
        root_job_run_key=UNSET if filters.root_job_run is None else filters.root_job_run,
        status=by_service or UNSET,
        sort_by=cast("TaskRunSortBy", filters.sort_by or "timeCreated"),
        sort_order=cast("SortOrder | Unset", filters.sort_order or UNSET),
        limit=PAGE_SIZE if limit is None or by_client else min(limit, PAGE_SIZE),
    )
    with Progress() as progress:
        writer.start()
        for runs in _limited(progress, found, by_client, limit):
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
