"""What the task runs of a job run amount to: which count, which have ended, which went well.

`last_attempts(runs)` leaves out the attempts that a retry took the place of, so that
`[run for run in last_attempts(runs) if has_failed(run)]` is what really failed. Whatever counts
failures (watch, failures, timeline) asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench_api.models import TaskRunStatus

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from aidp_workbench_api.models import TaskRunSummary

# Texts, because a status that this version does not know arrives as one.
_WELL: frozenset[str] = frozenset[TaskRunStatus]({"SUCCESS", "SKIPPED", "EXCLUDED"})
_NOT_WELL: frozenset[str] = frozenset[TaskRunStatus](
    {
        "FAILED",
        "CANCELED",
        "INTERNAL_ERROR",
        "TIMED_OUT",
        "UPSTREAM_CANCELED",
        "UPSTREAM_FAILED",
    }
)
_ENDED = _WELL | _NOT_WELL


def status_of(run: TaskRunSummary) -> str | None:
    """The status of a task run as text, also one that this version does not know; else `None`."""
    status = run.state.status if run.state else None
    return status or None


def has_ended(run: TaskRunSummary, *, blocked_is_final: bool = False) -> bool:
    """Whether the task run has ended for good.

    Without a status, or with one that this version does not know, it has not. `BLOCKED` is going
    on unless the caller says otherwise.
    """
    status = status_of(run)
    return status in _ENDED or (blocked_is_final and status == "BLOCKED")


def has_failed(run: TaskRunSummary) -> bool:
    """Whether the task run has ended and did not do its work: failed, timed out or canceled.

    A task that was skipped or excluded did what it should. See `last_attempts` for retries.
    """
    return status_of(run) in _NOT_WELL


def last_attempts(runs: Iterable[TaskRunSummary]) -> list[TaskRunSummary]:
    """The task runs that no later attempt of their task took the place of, in their order.

    Each retry of a task is a task run of its own: a `FAILED` attempt 0 before a later attempt does
    not mean that the task failed, nor that the job run did. A task is told by `job_run_key` and
    `task_key`; a run without a task key stands for itself. A run without `retry_attempt` counts
    as attempt 0. Runs that share the highest attempt of their task are all kept.
    """
    runs = list(runs)
    last: dict[Hashable, int] = {}
    for run in runs:
        if task := task_of(run):
            last[task] = max(last.get(task, 0), attempt_of(run))
    return [run for run in runs if not (task := task_of(run)) or attempt_of(run) >= last[task]]


def task_of(run: TaskRunSummary) -> tuple[str, str] | None:
    """What all attempts of one task share: job run key and task key; `None` without a task key."""
    return (run.job_run_key or "", run.task_key) if run.task_key else None


def attempt_of(run: TaskRunSummary) -> int:
    """0 for the original attempt and for runs that do not say, then 1, 2, 3 and so on."""
    return max(0, run.retry_attempt or 0)
