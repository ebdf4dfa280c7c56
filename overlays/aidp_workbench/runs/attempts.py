"""Which of several task runs of one task counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .run import Run

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

R = TypeVar("R", bound=Run)


def latest_attempts(runs: Iterable[R]) -> list[R]:
    """The runs that no later attempt of their task replaced, in their order.

    Each retry of a task is a task run of its own: a `FAILED` attempt 0 before a later attempt does
    not mean that the task failed, nor that the job run did. A task is identified by `job_run_key`
    and `task_key`; a run without a task key, such as a job run, stands for itself. A run without
    `retry_attempt` counts as attempt 0. Runs that share the highest attempt of their task are all
    kept.
    """
    runs = list(runs)
    latest: dict[Hashable, int] = {}
    for run in runs:
        if task := task_of(run):
            latest[task] = max(latest.get(task, 0), attempt_of(run))
    return [run for run in runs if not (task := task_of(run)) or attempt_of(run) >= latest[task]]


def task_of(run: Run) -> tuple[str, str] | None:
    """What all attempts of one task share: job run key and task key; `None` without a task key."""
    task_key: str | None = getattr(run, "task_key", None) or None
    return (getattr(run, "job_run_key", None) or "", task_key) if task_key else None


def attempt_of(run: Run) -> int:
    """0 for the original attempt and for runs that do not say, then 1, 2, 3 and so on."""
    attempt: int = getattr(run, "retry_attempt", None) or 0
    return max(0, attempt)
