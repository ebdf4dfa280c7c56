"""The kinds of items that are listed, and how each is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aidp_workbench_api.models import (
    JobRunSummary,
    JobSummary,
    Schedule,
    State,
    TaskRunRetrySummary,
    TaskRunSummary,
    WorkspaceSummary,
)

from aidp_workbench.runs import has_failed, status_of, to_datetime

from .runs import cause_of, name_of, shown_status, time_taken, trace_of
from .trace import cause_line
from .view import Column, View, properties

if TYPE_CHECKING:
    from collections.abc import Callable

    from aidp_workbench_api.types import Unset

# In cells.
STATUS = 18  # PAUSED_MAINTENANCE
TIME = 25  # 2026-04-30 07:30:02+05:30
_STATE = {"state": State}

# What job runs, task runs and their attempts have in common.
_STATUS: Column[Any] = Column("STATUS", STATUS, lambda run, _: shown_status(run), is_cut=True)
_STARTED: Column[Any] = Column(
    "STARTED", TIME, lambda run, times: times.written(to_datetime(run.start_time))
)
_TOOK: Column[Any] = Column(
    "TOOK", 8, lambda run, times: time_taken(run, times.now), "took {}", is_number=True
)
_KEY: Column[Any] = Column("KEY", 36, lambda item, _: item.key or "")


def _retry(number: Callable[[Any], int | Unset | None]) -> Column[Any]:
    return Column("RETRY", 5, lambda run, _: str(number(run) or ""), "retry {}", is_number=True)


TASK_RUNS: View[TaskRunSummary] = View(
    noun="task run",
    columns=(_STATUS, _STARTED, _TOOK, _retry(lambda run: run.retry_attempt)),
    name=name_of,
    properties=properties(TaskRunSummary, _STATE),
    status=status_of,
    cause=lambda run: cause_line(trace_of(run)),
)
ATTEMPTS: View[TaskRunRetrySummary] = View(
    noun="attempt",
    columns=(
        _STATUS,
        _STARTED,
        _TOOK,
        _retry(lambda attempt: attempt.retry_number),
    ),
    name=name_of,
    properties=properties(TaskRunRetrySummary, _STATE),
    status=status_of,
    cause=lambda run: cause_line(trace_of(run)),
)
JOB_RUNS: View[JobRunSummary] = View(
    noun="job run",
    columns=(_STATUS, _STARTED, _TOOK, _KEY),
    name=lambda run: run.job_name or name_of(run),
    properties=properties(JobRunSummary, _STATE),
    status=status_of,
    cause=lambda run: cause_of(run) if has_failed(run) else "",
)
JOBS: View[JobSummary] = View(
    noun="job",
    columns=(_KEY, Column("SCHEDULE", 28, lambda job, _: _schedule(job))),
    name=lambda job: job.name or "(no name)",
    properties=properties(JobSummary, {"schedule": Schedule}),
)
WORKSPACES: View[WorkspaceSummary] = View(
    noun="workspace",
    columns=(
        _KEY,
        Column("STATE", 8, lambda one, _: one.lifecycle_state or ""),
        Column("CREATED", TIME, lambda one, times: times.written(one.time_created or None)),
    ),
    name=lambda one: one.display_name or "(no name)",
    properties=properties(WorkspaceSummary),
)


def _schedule(job: JobSummary) -> str:
    """Such as `0 0 2 * * ? Europe/Berlin`, a Quartz expression; empty without one."""
    schedule = job.schedule
    if not schedule:
        return ""
    parts = [schedule.quartz_cron_expression, schedule.timezone_id]
    if schedule.pause_status == "PAUSED":
        parts.append("(paused)")
    return " ".join(part for part in parts if part)
