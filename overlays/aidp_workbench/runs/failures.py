"""What failed in a workspace, in any of its jobs."""

from __future__ import annotations

from contextlib import aclosing
from datetime import timedelta
from typing import TYPE_CHECKING

from aidp_workbench_api.api.job_runs import list_job_runs
from aidp_workbench_api.api.task_runs import list_task_runs

from ..listing.many import apaginate_many, paginate_many
from ..listing.pagination import apages, pages
from .search import Search

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterable
    from datetime import datetime

    from aidp_workbench_api import AuthenticatedClient, Client
    from aidp_workbench_api.models import JobRunSummary, TaskRunSummary

    from ..errors import WorkbenchError

DEFAULT_LOOKBACK = timedelta(days=7)


def failed_task_runs(
    client: AuthenticatedClient | Client,
    ai_data_platform_id: str,
    workspace_key: str,
    *,
    since: datetime,
    until: datetime | None = None,
    job: str | Iterable[str] | None = None,
    lookback: timedelta = DEFAULT_LOOKBACK,
) -> Generator[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]]:
    """What failed in a workspace since then: pairs of a job run and a task run, as they are found.

    The second of a pair is

    - a task run of the job run that failed, was canceled, or did not run because of another, and
      that no later attempt or repair replaced (see `has_failed` and `latest_attempts`), or
    - `None`: the job run itself failed, and no task run of it did, or
    - a WorkbenchError: the task runs of this job run could not be listed, or not all of them.

    A job run that failed counts by its end: all its failed task runs are given if it ended in the
    period. A job run that has not ended, or has a status that this version does not know, is
    looked through for task runs that ended in the period. What may have ended in it, because the
    service gives no time for its end, counts. Job runs that succeeded, also by a retry or a
    repair, are not looked through.

    Each job run is looked through once and each task run is given once. The run of a nested job
    is a job run of its own, and so is what failed in it; the task run that started it, in the job
    run above, failed as well and is given, too.

    There is a request for each 1,000 job runs, and one or more for each that is looked through, of
    which 32 run at the same time. A page of job runs is in memory, and the task runs of 32.

    Args:
        client: From `connect`.
        ai_data_platform_id: OCID of the AI Data Platform instance.
        workspace_key: Key of the workspace.
        since: Start of the period, with a time zone.
        until: Its end, with a time zone; both are included. If not given, it has no end.
        job: Only runs of this job, or of these jobs, by their keys. Give those of nested jobs, too.
        lookback: How long before `since` a job run may have been created, because the service can
            be asked by the time of creation alone. Choose it longer than any job run takes,
            repairs included.

    Raises:
        ArgumentError: An argument is invalid. Nothing was sent.
        WorkbenchError: Job runs could not be listed; those on the pages before have been given.
    """
    search = Search(client, ai_data_platform_id, workspace_key, since, until, job, lookback)
    job_runs = pages(list_job_runs, **search.job_runs)

    def generate() -> Generator[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]]:
        for page in job_runs:
            chosen = search.choose(page.items)
            listings = paginate_many(
                list_task_runs, "job_run_key", iter(chosen), **search.task_runs
            )
            for key, task_runs in listings:
                yield from search.failures(chosen[key], task_runs)

    return generate()


def afailed_task_runs(
    client: AuthenticatedClient | Client,
    ai_data_platform_id: str,
    workspace_key: str,
    *,
    since: datetime,
    until: datetime | None = None,
    job: str | Iterable[str] | None = None,
    lookback: timedelta = DEFAULT_LOOKBACK,
) -> AsyncGenerator[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]]:
    """`failed_task_runs` for asyncio. Use `contextlib.aclosing` to leave it early."""
    search = Search(client, ai_data_platform_id, workspace_key, since, until, job, lookback)
    job_runs = apages(list_job_runs, **search.job_runs)

    async def generate() -> AsyncGenerator[
        tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]
    ]:
        async with aclosing(job_runs):
            async for page in job_runs:
                chosen = search.choose(page.items)
                listings = apaginate_many(
                    list_task_runs, "job_run_key", iter(chosen), **search.task_runs
                )
                async with aclosing(listings):
                    async for key, task_runs in listings:
                        for pair in search.failures(chosen[key], task_runs):
                            yield pair

    return generate()
