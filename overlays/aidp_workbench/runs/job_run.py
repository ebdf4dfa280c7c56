"""Waits until a job run has ended, by its own state, and then lists its task runs."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from aidp_workbench_api.api.job_runs import get_job_run
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import JobRun, TaskRunSummary

from ..listing.arguments import MAX_LIMIT
from ..listing.fetch import afetch, fetch
from ..listing.pagination import apaginate, paginate
from ..listing.unique import aunique, unique
from .changes import Changes
from .settling import DEFAULT_INTERVAL, Settling
from .statuses import has_ended
from .waiting import alooks, looks

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator, Sequence

    from aidp_workbench_api import AuthenticatedClient, Client


def wait_for_job_run(
    client: AuthenticatedClient | Client,
    ai_data_platform_id: str,
    workspace_key: str,
    job_run_key: str,
    *,
    interval: float = DEFAULT_INTERVAL,
    timeout: float | None = None,
    blocked_is_final: bool = False,
    on_change: Callable[[JobRun | TaskRunSummary, str | None], object] | None = None,
) -> tuple[JobRun, list[TaskRunSummary]]:
    """Ask for a job run again and again until it has ended; returns it and all its task runs.

    Its own state says when it is over: it is still running while a task waits for its retry, and
    again while it is repaired. So an end counts at once. A job run without a status, or with one
    that this version does not know, has not ended. `current_task_runs` picks the task runs that
    count after retries and repairs.

    Transient errors do not stop the wait, as in `wait_until_ended`.

    Args:
        client: From `connect`.
        ai_data_platform_id: OCID of the AI Data Platform instance.
        workspace_key: Key of the workspace.
        job_run_key: Key of the job run.
        interval: Seconds from the end of one look to the next.
        timeout: Seconds to wait at most; `None` waits for as long as it takes. A look that is
            under way then has one read timeout of the client to finish.
        blocked_is_final: Whether a job run that is `BLOCKED` counts as ended.
        on_change: Called with the job run and each of its task runs when it is new or has another
            status than at the look before, and with that status; `None` for a new one. Task runs
            are listed at every look then, otherwise only at the end.

    Raises:
        StillRunningError: The time is up. It is a TimeoutError, too, and its `runs` has the job
            run as it was last seen.
        WorkbenchError: The service refused, or an argument is invalid.
    """
    settling = Settling[JobRun](interval, timeout, 0, blocked_is_final)
    where: dict[str, Any] = _where(client, ai_data_platform_id, workspace_key, job_run_key)
    report = _Report(on_change)
    task_runs: list[TaskRunSummary] = []

    def look() -> Iterator[JobRun]:
        nonlocal task_runs
        job_run = fetch(get_job_run, **where)
        if on_change or has_ended(job_run, blocked_is_final=blocked_is_final):
            task_runs = list(unique(paginate(list_task_runs, **where, limit=MAX_LIMIT)))
        yield job_run

    for (job_run,) in looks(settling, look, client):
        report(job_run, task_runs)
    return settling.runs[0], task_runs


async def await_job_run(
    client: AuthenticatedClient | Client,
    ai_data_platform_id: str,
    workspace_key: str,
    job_run_key: str,
    *,
    interval: float = DEFAULT_INTERVAL,
    timeout: float | None = None,  # noqa: ASYNC109  # its error has the runs
    blocked_is_final: bool = False,
    on_change: Callable[[JobRun | TaskRunSummary, str | None], object] | None = None,
) -> tuple[JobRun, list[TaskRunSummary]]:
    """`wait_for_job_run` for asyncio and trio.

    `on_change` is a plain function that must not block. Cancelling ends the wait at once.
    """
    settling = Settling[JobRun](interval, timeout, 0, blocked_is_final)
    where: dict[str, Any] = _where(client, ai_data_platform_id, workspace_key, job_run_key)
    report = _Report(on_change)
    task_runs: list[TaskRunSummary] = []

    async def look() -> AsyncGenerator[JobRun]:
        nonlocal task_runs
        job_run = await afetch(get_job_run, **where)
        if on_change or has_ended(job_run, blocked_is_final=blocked_is_final):
            async with aclosing(
                aunique(apaginate(list_task_runs, **where, limit=MAX_LIMIT))
            ) as found:
                task_runs = [run async for run in found]
        yield job_run

    async with aclosing(alooks(settling, look, client)) as found:
        async for (job_run,) in found:
            report(job_run, task_runs)
    return settling.runs[0], task_runs


def _where(client: object, platform: str, workspace: str, job_run_key: str) -> dict[str, Any]:
    """What both operations take."""
    return {
        "ai_data_platform_id": platform,
        "workspace_key": workspace,
        "job_run_key": job_run_key,
        "client": client,
    }


class _Report:
    """Reports what is new since the look before."""

    def __init__(
        self, on_change: Callable[[JobRun | TaskRunSummary, str | None], object] | None
    ) -> None:
        self._on_change = on_change
        self._job_runs = Changes[JobRun]()
        self._task_runs = Changes[TaskRunSummary]()

    def __call__(self, job_run: JobRun, task_runs: Sequence[TaskRunSummary]) -> None:
        if self._on_change:
            for run, before, _ in self._job_runs.of([job_run]):
                self._on_change(run, before)
            for task_run, before, _ in self._task_runs.of(task_runs):
                self._on_change(task_run, before)
