"""The bars of a timeline: when each task run ran."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from aidp_workbench.runs import has_ended, status_of, to_datetime
from aidp_workbench.runs.attempts import attempt_of

from ..output.runs import name_of, shown_status
from ..output.status_style import style_of
from ..output.text import visible
from ..output.times import written_duration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aidp_workbench_api.models import TaskRunSummary

    from ..output.status_style import StatusStyle


@frozen
class Bar:
    """One task run of a timeline; its texts are safe to show.

    Attributes:
        name: Its display name, or else its task key or its key.
        task: Its task key; empty without one.
        job: Key of its job run; empty without one.
        depth: How many job runs of the timeline its job run is nested in.
        attempt: 0, or the number of the retry.
        status: Its status, or `no status`.
        style: What that means.
        begin: When the validation of the cluster started, or else the execution; `None` without
            times, and then there is nothing to draw.
        started: When the execution started; `None` if it has not.
        end: When it ended, or now if it is still going, or else `begin`.
        is_open: Whether it is still going.
        lasted: How long that took, as text; empty if unknown.
        is_critical: Whether it is one of those that determine the end.
    """

    name: str
    task: str
    job: str
    depth: int
    attempt: int
    status: str
    style: StatusStyle
    begin: datetime | None
    started: datetime | None
    end: datetime | None
    is_open: bool
    lasted: str
    is_critical: bool = False

    @property
    def length(self) -> timedelta:
        return self.end - self.begin if self.begin and self.end else timedelta()


def bar_of(run: TaskRunSummary, depths: Mapping[str, int], *, is_last: bool, now: datetime) -> Bar:
    """The bar of a task run; `depths` has how deep each job run is nested."""
    is_open = not has_ended(run)
    started, end = to_datetime(run.start_time), to_datetime(run.end_time)
    begin = to_datetime(run.cluster_validation_start_time) or started
    if begin and started and begin > started:
        begin = started
    if is_open and (end is None or (begin and end < begin)):
        end = now
    is_known = begin is not None and end is not None and begin <= end
    lasted = ""
    if is_known and begin and end:
        lasted = written_duration(end - (started or begin)) + "+" * is_open
    return Bar(
        name=visible(name_of(run)),
        task=visible(run.task_key or ""),
        job=visible(run.job_run_key or ""),
        depth=depths.get(run.job_run_key or "", 0),
        attempt=attempt_of(run),
        status=visible(shown_status(run)),
        style=style_of(status_of(run), is_last_attempt=is_last),
        begin=begin,
        started=started,
        end=end if is_known else begin,
        is_open=is_open,
        lasted=lasted,
    )
