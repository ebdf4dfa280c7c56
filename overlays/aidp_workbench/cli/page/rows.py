"""What a page says of each run in its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from aidp_workbench.runs import duration, has_failed, status_of, to_datetime
from aidp_workbench.runs.attempts import attempt_of

from ..output.runs import cause_of, name_of, shown_status, time_taken
from ..output.status_style import StatusStyle, style_of
from .text import LONGEST_STATUS, shortened

if TYPE_CHECKING:
    from aidp_workbench.runs.run import Run

    from .times import Clock, Time

_WORDS = 160  # characters of a cause in a table


@frozen
class Row:
    """A task run, or a job run of which no task run is to blame.

    Attributes:
        began: When it started, or else when it ended.
        took: How long it ran, as text.
        seconds: The same as a number, to sort by; -1 if unknown.
        job, job_run: Name of the job, and key of its run.
        task, task_run: Name of the task, and key of its run; empty for a job run.
        attempt: 0, or the number of the retry.
        cause: Number of its cause on the page; 0 if it has none there.
        words: What went wrong, in a line; empty if nothing did.
        trace: Its stack trace, where that stands in the row.
    """

    status: str
    style: StatusStyle
    began: Time | None
    took: str
    seconds: float
    job: str
    job_run: str
    task: str
    task_run: str
    attempt: int
    cause: int
    words: str
    trace: str = ""


def row_of(
    job_run: Any, run: Run, clock: Clock, *, cause: int = 0, trace: str = "", is_last: bool = True
) -> Row:
    """The row of `run`, a task run of `job_run` or the job run itself."""
    took = duration(run, clock.now)
    is_task = run is not job_run
    return Row(
        status=shortened(shown_status(run), LONGEST_STATUS),
        style=style_of(status_of(run), is_last_attempt=is_last),
        began=clock.time(to_datetime(run.start_time) or to_datetime(run.end_time)),
        took=time_taken(run, clock.now),
        seconds=took.total_seconds() if took else -1,
        job=job_name(job_run),
        job_run=shortened((is_task and getattr(run, "job_run_key", None)) or job_run.key or ""),
        task=shortened(name_of(run)) if is_task else "",
        task_run=shortened(run.key or "") if is_task else "",
        attempt=attempt_of(run),
        cause=cause,
        words=shortened(cause_of(run), _WORDS) if has_failed(run) else "",
        trace=trace,
    )


def job_name(job_run: Any) -> str:
    """The name of the job of a job run, or else of the run, or its key."""
    return shortened(job_run.job_name or name_of(job_run))


def job_of(job_run: Any) -> str:
    """What all runs of a job share: its key, or else its name."""
    return job_run.job_key or job_name(job_run)
