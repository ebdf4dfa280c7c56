"""Which of several task runs of one task counts."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from .run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable

R = TypeVar("R", bound=Run)


def latest_attempts(runs: Iterable[R]) -> list[R]:
    """The runs that no later run of their task replaced, in their order.

    A retry, and a repair of the job run, is a separate task run: a `FAILED` one before it does
    not mean that the task failed, nor that the job run did. A run replaces another of the same
    task if it started after the end of that one, or if it is a higher attempt. So all of those
    that ran side by side are kept, such as the iterations of a loop.

    A task is identified by `job_run_key` and `task_key`; a run without a task key, such as a job
    run, stands for itself. A run without `retry_attempt` counts as attempt 0.
    """
    runs = list(runs)
    by_task: dict[tuple[str, str], list[R]] = defaultdict(list)
    for run in runs:
        if task := task_of(run):
            by_task[task].append(run)
    successors = {
        task: (max(of_task, key=_start), max(of_task, key=attempt_of))
        for task, of_task in by_task.items()
    }
    return [
        run
        for run in runs
        if not (task := task_of(run))
        or not any(_replaces(later, run) for later in successors[task])
    ]


def task_of(run: Run) -> tuple[str, str] | None:
    """What all runs of one task share: job run key and task key; `None` without a task key."""
    task_key: str | None = getattr(run, "task_key", None) or None
    return (getattr(run, "job_run_key", None) or "", task_key) if task_key else None


def attempt_of(run: Run) -> int:
    """0 for the original attempt and for runs that do not say, then 1, 2, 3 and so on."""
    attempt: int = getattr(run, "retry_attempt", None) or 0
    return max(0, attempt)


def _replaces(later: Run, run: Run) -> bool:
    if isinstance(run.start_time, int) and isinstance(later.start_time, int):
        if later.start_time < run.start_time:
            return False  # a repair begins again with attempt 0
        # A run that never says when it ended had ended before the next one started.
        end = run.end_time if isinstance(run.end_time, int) else run.start_time
        if run.start_time < later.start_time and end <= later.start_time:
            return True
    return attempt_of(later) > attempt_of(run)


def _start(run: Run) -> float:
    return run.start_time if isinstance(run.start_time, int) else -math.inf
