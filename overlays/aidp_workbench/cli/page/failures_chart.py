"""When what failed: a lane for each job, with a mark for each failure."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aidp_workbench.runs import status_of, to_datetime

from ..output.runs import name_of, shown_status, time_taken
from ..output.status_style import StatusStyle, style_of
from ..output.text import counted
from .chart import MOST_TICKS, Chart, Lane, Mark, mark, percent
from .rows import job_name, job_of
from .text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..failures.workspace import Failure
    from .times import Clock

_MOST_LANES = 30
_PLACES = 200  # of the marks that begin in the same part of the axis, the longest is drawn
_STEPS = [
    *(timedelta(minutes=minutes) for minutes in (1, 5, 10, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12)),
    *(timedelta(days=days) for days in (1, 2, 7, 14, 30, 90, 365, 3650, 36500, 730000)),
]


class _Axis:
    def __init__(self, begin: datetime, end: datetime) -> None:
        self.begin = begin
        self.span = max(end - begin, timedelta(minutes=1))

    def position(self, when: datetime) -> float:
        return (when - self.begin) / self.span


def failures_chart(
    failures: Sequence[Failure], since: datetime, until: datetime, clock: Clock
) -> Chart | None:
    """Failures by job, the job with the most first; `None` if none of them has a time."""
    by_job: dict[str, list[Failure]] = defaultdict(list)
    for failure in failures:
        by_job[job_of(failure.job_run)].append(failure)
    axis = _Axis(since, until)
    jobs = sorted(by_job.values(), key=len, reverse=True)
    lanes = [_lane(of_job, axis, clock) for of_job in jobs[:_MOST_LANES]]
    if not any(lane.marks for lane in lanes):
        return None
    styles = {style_of(status_of(failure.run)) for failure in failures}
    left_out = [len(of_job) for of_job in jobs[_MOST_LANES:]]
    note = f"{counted(len(left_out), 'more job')} with {sum(left_out):,} of these are not drawn"
    return Chart(
        begin=clock.time(since),
        ticks=list(_ticks(axis, utc=clock.utc)),
        lanes=lanes,
        styles=[style for style in StatusStyle if style in styles],
        others=[],
        notes=[note] if left_out else [],
    )


def _lane(failures: Sequence[Failure], axis: _Axis, clock: Clock) -> Lane:
    name = job_name(failures[0].job_run)
    marks: dict[tuple[int, str], Mark] = {}
    for failure in failures:
        if one := _mark(failure, axis, clock):
            place = (int(one.x * _PLACES / 100), one.kind)
            marks[place] = max(one, marks.get(place, one), key=lambda mark: mark.width)
    count = f"{len(failures):,}"
    return Lane(
        name, 0, list(marks.values()), count, f"{name}: {counted(len(failures), 'failure')}"
    )


def _mark(failure: Failure, axis: _Axis, clock: Clock) -> Mark | None:
    run = failure.run
    begin, end = to_datetime(run.start_time), to_datetime(run.end_time)
    begin, end = begin or end, end or begin
    if begin is None or end is None:
        return None
    when = clock.time(begin)
    facts = (name_of(run), shown_status(run), when and when.text, time_taken(run, clock.now))
    words = ", ".join(shortened(fact) for fact in facts if fact)
    first, last = (min(1.0, max(0.0, axis.position(one))) for one in (begin, end))
    return mark(first, max(first, last), style_of(status_of(run)).name.lower(), words)


def _ticks(axis: _Axis, *, utc: bool) -> Iterator[tuple[float, str]]:
    """Round times of the clock, or dates if it is about days."""
    step = next((one for one in _STEPS if axis.span / one <= MOST_TICKS), _STEPS[-1])
    begin = axis.begin.astimezone(UTC if utc else None)
    when = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    when += step * -((when - begin) // step)
    while when <= begin + axis.span:
        is_date = step >= timedelta(days=1) or (when.hour, when.minute) == (0, 0)
        yield percent(axis.position(when)), f"{when:%b} {when.day}" if is_date else f"{when:%H:%M}"
        when += step
