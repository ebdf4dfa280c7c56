"""What type checkers infer about runs; `nox -s types` checks it, nothing runs it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_type

from aidp_workbench import WorkbenchError, fetch, paginate
from aidp_workbench.runs import (
    afailed_task_runs,
    await_job_run,
    await_until_ended,
    current_task_runs,
    duration,
    failed_task_runs,
    has_ended,
    has_failed,
    latest_attempts,
    status_of,
    to_datetime,
    wait_for_job_run,
    wait_until_ended,
)
from aidp_workbench_api.api.job_runs import get_job_run, list_job_runs
from aidp_workbench_api.api.task_runs import get_task_run, list_task_run_retries, list_task_runs
from aidp_workbench_api.models import (
    JobRun,
    JobRunSummary,
    TaskRun,
    TaskRunRetry,
    TaskRunRetrySummary,
    TaskRunSummary,
)

if TYPE_CHECKING:
    from aidp_workbench.runs.run import Run
    from aidp_workbench_api import Client


def what_each_kind_of_run_means(client: Client) -> None:
    job_runs = paginate(list_job_runs, "p", "w", client=client)
    assert_type(latest_attempts(job_runs), list[JobRunSummary])
    task_runs = paginate(list_task_runs, "p", "w", job_run_key="k", client=client)
    assert_type(latest_attempts(task_runs), list[TaskRunSummary])
    retries = paginate(list_task_run_retries, "p", "w", "k", client=client)
    assert_type(latest_attempts(retries), list[TaskRunRetrySummary])
    job_run = fetch(get_job_run, "p", "w", "k", client=client)
    assert_type(latest_attempts([job_run]), list[JobRun])
    task_run = fetch(get_task_run, "p", "w", "k", client=client)
    assert_type(latest_attempts([task_run]), list[TaskRun])
    assert_type(latest_attempts(task_run.retries or []), list[TaskRunRetry])
    runs: list[Run] = [job_run, task_run, *job_runs, *task_runs, *retries]
    for run in (*runs, *(task_run.retries or [])):
        assert_type(status_of(run), str | None)
        assert_type(duration(run), timedelta | None)
        assert_type(has_failed(run) or has_ended(run), bool)
        assert_type(to_datetime(run.start_time), datetime | None)
    has_failed(list_task_runs)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def which_task_runs_count(job_run: JobRun, summary: JobRunSummary, run: TaskRunSummary) -> None:
    assert_type(current_task_runs(job_run, [run]), list[TaskRunSummary])
    current_task_runs(summary, [run])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for history in job_run.repair_history or []:
        assert_type(current_task_runs(history, [run]), list[TaskRunSummary])


async def waiting(client: Client) -> None:
    runs = wait_until_ended(list_task_runs, "p", "w", job_run_key="k", client=client, timeout=9)
    assert_type(runs, list[TaskRunSummary])
    runs = await await_until_ended(list_task_runs, "p", "w", job_run_key="k", client=client)
    assert_type(runs, list[TaskRunSummary])
    assert_type(wait_until_ended(list_job_runs, "p", "w", client=client), list[JobRunSummary])

    def changed(run: JobRun | TaskRunSummary, before: str | None) -> None:
        print(run.name, before, status_of(run))

    found = wait_for_job_run(client, "p", "w", "k", timeout=9, on_change=changed)
    assert_type(found, tuple[JobRun, list[TaskRunSummary]])
    found = await await_job_run(client, "p", "w", "k", on_change=changed)
    assert_type(found, tuple[JobRun, list[TaskRunSummary]])
    wait_for_job_run(client, "p", "w")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def failures(client: Client, since: datetime) -> None:
    found = failed_task_runs(client, "p", "w", since=since, job="k", lookback=timedelta(days=1))
    assert_type(found, Generator[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]])
    twin = afailed_task_runs(client, "p", "w", since=since, until=since, job=["a", "b"])
    assert_type(twin, AsyncGenerator[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]])
    failed_task_runs(client, "p", "w")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    failed_task_runs(client, "p", "w", since="yesterday")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
