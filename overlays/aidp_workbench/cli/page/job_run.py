"""The page about one job run."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen

from aidp_workbench.runs import current_task_runs, status_of

from ..failures.grouping import causes_of, is_failed
from ..output.runs import message_of, shown_status, time_taken
from ..output.status_style import StatusStyle, style_of
from ..output.times import written_duration
from ..timeline.timeline import timeline
from .causes import MOST_CAUSES, Room, numbered, shown_cause
from .document import document
from .rows import Row, job_name, row_of
from .task_chart import task_chart
from .text import LONGEST_MESSAGE, LONGEST_STATUS, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aidp_workbench_api.models import JobRun, TaskRunSummary

    from .times import Clock, Time

MOST_ROWS = 5_000
_MOST_REPAIRS = 50
_MOST_STATUSES = 20


@frozen
class ShownRepair:
    """The original run or a repair of it, as the page shows it."""

    number: int | None
    kind: str
    status: str
    style: StatusStyle
    began: Time | None
    took: str
    tasks: str


def job_run_page(
    job_run: JobRun,
    task_runs: Sequence[TaskRunSummary],
    clock: Clock,
    *,
    platform: str,
    workspace: str,
) -> str:
    """The page, as HTML, with all task runs of the job run in the order of their creation."""
    room = Room()
    current = current_task_runs(job_run, task_runs)
    causes = causes_of(run for run in current if is_failed(run))
    drawing = timeline(task_runs, now=clock.now)
    repairs = job_run.repair_history or []
    return document(
        "job-run",
        job_run=job_run,
        job=job_name(job_run),
        status=shortened(shown_status(job_run), LONGEST_STATUS),
        style=style_of(status_of(job_run)),
        clock=clock,
        facts=_facts(job_run, platform, workspace),
        began=clock.time(job_run.start_time),
        ended=clock.time(job_run.end_time),
        took=time_taken(job_run, clock.now),
        durations=_durations(job_run),
        message=shortened(message_of(job_run), LONGEST_MESSAGE),
        trace=room.trace(job_run),
        tasks=_by_status(current),
        replaced=len(task_runs) - len(current),
        chart=task_chart(drawing, clock),
        summary=drawing.summary,
        causes=[
            shown_cause(number, cause, room) for number, cause in enumerate(causes[:MOST_CAUSES], 1)
        ],
        cause_count=len(causes),
        failed_count=sum(cause.count for cause in causes),
        rows=list(_rows(job_run, task_runs, current, numbered(causes), room, clock)),
        row_count=len(task_runs),
        repairs=[_repair(one, clock) for one in repairs[:_MOST_REPAIRS]]
        if len(repairs) > 1
        else [],
    )


def _facts(job_run: JobRun, platform: str, workspace: str) -> list[tuple[str, str, bool]]:
    """What identifies the job run: label, value, and whether that is a key."""
    return [
        (label, shortened(value), is_key)
        for label, value, is_key in (
            ("Job run", job_run.key, True),
            ("Job", job_run.job_key, True),
            ("In job run", job_run.parent_job_run_key, True),
            ("Outermost", job_run.root_job_run_key, True),
            ("Workspace", workspace, True),
            ("Platform", platform, True),
            ("Launched", job_run.launched, False),
            ("By", job_run.created_by_name, False),
            ("Runs as", job_run.run_as, False),
        )
        if value
        and not (label == "Outermost" and value in (job_run.key, job_run.parent_job_run_key))
    ]


def _durations(job_run: JobRun) -> str:
    """Such as `setup 1m02s, execution 10m, cleanup 5s`; empty if nothing is known."""
    named: dict[str, Any] = {
        "setup": job_run.setup_duration,
        "execution": job_run.execution_duration,
        "cleanup": job_run.cleanup_duration,
        "with repairs": (job_run.repair_history or [])[1:] and job_run.run_duration,
    }
    return ", ".join(
        f"{name} {written_duration(timedelta(milliseconds=took))}"
        for name, took in named.items()
        if isinstance(took, int) and 0 < took < 10**14
    )


def _by_status(current: Sequence[TaskRunSummary]) -> list[tuple[str, StatusStyle, int]]:
    """How many tasks have which status, those alike beside each other."""
    styles = list(StatusStyle)
    counts = Counter((shown_status(run), style_of(status_of(run))) for run in current)
    by_style = sorted(counts.items(), key=lambda one: styles.index(one[0][1]))
    return [
        (shortened(status, LONGEST_STATUS), style, count)
        for (status, style), count in by_style[:_MOST_STATUSES]
    ]


def _rows(
    job_run: JobRun,
    task_runs: Sequence[TaskRunSummary],
    current: Sequence[TaskRunSummary],
    numbers: dict[int, int],
    room: Room,
    clock: Clock,
) -> Iterator[Row]:
    is_current = set(map(id, current))
    for run in task_runs[:MOST_ROWS]:
        cause = numbers.get(id(run), 0)
        # The traces of what was tried again are with no cause.
        trace = "" if cause else room.trace(run)
        is_last = id(run) in is_current
        yield row_of(job_run, run, clock, cause=cause, trace=trace, is_last=is_last)


def _repair(one: Any, clock: Clock) -> ShownRepair:
    tasks = [shortened(task) for task in one.repaired_tasks or ()]
    return ShownRepair(
        number=one.key if isinstance(one.key, int) else None,
        kind=shortened(one.type_ or ""),
        status=shortened(shown_status(one), LONGEST_STATUS),
        style=style_of(status_of(one)),
        began=clock.time(one.start_time),
        took=time_taken(one, clock.now),
        tasks=shortened(", ".join(tasks), LONGEST_MESSAGE),
    )
