"""What people read of a job run or a task run, whichever way it is shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aidp_workbench.runs import duration, has_ended, status_of
from aidp_workbench.runs.attempts import attempt_of

from .text import by_frequency, counted, visible
from .times import written_duration
from .trace import cause_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aidp_workbench.runs.run import Run


def name_of(run: Run) -> str:
    """The display name, or else a key."""
    names = (getattr(run, name, None) for name in ("name", "task_key", "key"))
    return next(filter(None, names), "(no name)")


def name_with_attempt(run: Run) -> str:
    """Such as `load, retry 2`; visible."""
    attempt = attempt_of(run)
    return visible(name_of(run)) + (f", retry {attempt}" if attempt else "")


def shown_status(run: Run) -> str:
    """The status as the service gave it, or `no status`."""
    return status_of(run) or "no status"


def trace_of(run: Run) -> str:
    """The stack trace; empty without one."""
    return getattr(run.state, "error_trace", None) or ""


def message_of(run: Run) -> str:
    """What the service says about the state; empty if nothing."""
    return getattr(run.state, "state_message", None) or ""


def cause_of(run: Run) -> str:
    """Why the run failed, in a line."""
    words = cause_line(trace_of(run)) or cause_line(message_of(run))
    return words or f"{shown_status(run)}, no trace"


def time_taken(run: Run, now: datetime) -> str:
    """How long the run took, with a + if it has not ended; empty if unknown."""
    took = written_duration(duration(run, now))
    return f"{took}+" if took and not run.end_time and not has_ended(run) else took


def count_by_status(runs: Iterable[Run]) -> Counter[str]:
    """How many runs have which status."""
    return Counter(map(shown_status, runs))


def summary(statuses: Counter[str]) -> str:
    """Such as `4 task runs: 3 SUCCESS, 1 FAILED`."""
    total = counted(statuses.total(), "task run")
    return f"{total}: {by_frequency(statuses)}" if statuses else total
