"""Which of several task runs of one task counts."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .run import Run
from .statuses import Meaning, has_ended, meaning_of, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aidp_workbench_api.types import Unset

R = TypeVar("R", bound=Run)


class WithTaskRuns(Protocol):
    """A job run in detail: it says which task run of each task counts."""

    @property
    def task_to_task_run_map(self) -> Mapping[str, str | None] | Unset | None: ...


def current_task_runs(job_run: WithTaskRuns, task_runs: Iterable[R]) -> list[R]:
    """The task runs of a job run that count after retries and repairs, in their order.

    For each task that is the one in `task_to_task_run_map` of the job run, or what
    `latest_attempts` finds where the map names none of its task runs.
    """
    task_runs = list(task_runs)
    named = {key for key in (job_run.task_to_task_run_map or {}).values() if key}
    decided = {task_of(run) for run in task_runs if run.key in named} - {None}
    others = latest_attempts(run for run in task_runs if task_of(run) not in decided)
    counting = {id(run) for run in others}
    return [run for run in task_runs if run.key in named or id(run) in counting]


def latest_attempts(runs: Iterable[R]) -> list[R]:
    """The runs that no later run of their task replaced, in their order.

    A retry, or a repair of the job run, may be a separate task run: a `FAILED` one before it does
    not mean that the task failed, nor that the job run did. A run replaces another of the same
    task if it started after the end of that one, or is waiting for its start, or if it is a
    higher attempt. So all of those that ran side by side are kept. One that did not run because of
    others, or was canceled, and has no times, is replaced by any that started. Where a task run
    has its retries beneath it instead, it stands for all of them.

    A task is identified by `job_run_key` and `task_key`, and for retries in detail by the task
    run; a run without these, such as a job run, stands for itself. A run that does not say which
    attempt it is counts as attempt 0.
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
    """What all runs of one task share: keys of job run and task; `None` without a task key."""
    task: str | None = _first(run, "task_key", "task_run_key", "task_run_id")
    return (_first(run, "job_run_key") or "", task) if task else None


def attempt_of(run: Run) -> int:
    """0 for the original attempt and for runs that do not say, then 1, 2, 3 and so on."""
    attempt: int = _first(run, "retry_attempt", "retry_number") or 0
    return max(0, attempt)


def _first(run: Run, *names: str) -> Any:
    """The first of these attributes that is set; `None` if none is."""
    return next(filter(None, (getattr(run, name, None) for name in names)), None)


def _replaces(later: Run, run: Run) -> bool:
    start, next_start = _start(run), _start(later)
    if -math.inf < next_start < start:
        return False  # a repair begins again with attempt 0
    if start < next_start == math.inf and has_ended(run):
        return True
    if next_start > -math.inf and _never_ran(run):
        return True  # nothing says which came first; a repair is likelier to run what had not
    # A run that never says when it ended had ended before the next one started.
    end = run.end_time if isinstance(run.end_time, int) else start
    if start < next_start < math.inf and -math.inf < end <= next_start:
        return True
    return attempt_of(later) > attempt_of(run)


def _start(run: Run) -> float:
    """When a run started; infinity if it is waiting for that, and minus infinity if unknown."""
    if isinstance(run.start_time, int):
        return run.start_time
    return math.inf if meaning_of(status_of(run)) is Meaning.WAITING else -math.inf


def _never_ran(run: Run) -> bool:
    has_times = isinstance(run.start_time, int) or isinstance(run.end_time, int)
    return not has_times and meaning_of(status_of(run)) in (Meaning.NOT_RUN, Meaning.CANCELED)
