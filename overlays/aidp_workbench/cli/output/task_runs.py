"""What people read of a task run, whichever way it is shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aidp_workbench.runs import duration, has_ended, status_of
from aidp_workbench.runs.attempts import attempt_of

from .text import by_frequency, counted, visible
from .times import written_duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aidp_workbench_api.models import TaskRunSummary


def name_of(run: TaskRunSummary) -> str:
    """The display name, or else a key."""
    return run.name or run.task_key or run.key or "(no name)"


def name_with_attempt(run: TaskRunSummary) -> str:
    """Such as `load, retry 2`; visible."""
    attempt = attempt_of(run)
    return visible(name_of(run)) + (f", retry {attempt}" if attempt else "")


def shown_status(run: TaskRunSummary) -> str:
    """The status as the service gave it, or `no status`."""
    return status_of(run) or "no status"


def trace_of(run: TaskRunSummary) -> str:
    """The stack trace; empty without one."""
    return (run.state.error_trace or "") if run.state else ""


def time_taken(run: TaskRunSummary, now: datetime) -> str:
    """How long the task run took, with a + if it has not ended; empty if unknown."""
    took = written_duration(duration(run, now))
    return f"{took}+" if took and not run.end_time and not has_ended(run) else took


def count_by_status(runs: Iterable[TaskRunSummary]) -> Counter[str]:
    """How many task runs have which status."""
    return Counter(map(shown_status, runs))


def summary(statuses: Counter[str]) -> str:
    """Such as `4 task runs: 3 SUCCESS, 1 FAILED`."""
    total = counted(statuses.total(), "task run")
    return f"{total}: {by_frequency(statuses)}" if statuses else total
