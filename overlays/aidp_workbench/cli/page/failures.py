"""The page about what failed in a workspace."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from aidp_workbench import WorkbenchError
from aidp_workbench.runs import status_of
from aidp_workbench.runs.statuses import Meaning, meaning_of

from ..failures.grouping import causes_of
from ..output.runs import shown_status
from ..output.text import by_frequency
from .causes import MOST_CAUSES, Room, numbered, shown_cause
from .document import document
from .failures_chart import failures_chart
from .reasons import reason_of
from .rows import job_name, row_of
from .text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from aidp_workbench_api.models import JobRunSummary, TaskRunSummary

    from .times import Clock

MOST_ROWS = 5_000
_MOST_UNREAD = 100


class Failure(NamedTuple):
    """A task run that failed, or without one a job run that failed by itself."""

    job_run: JobRunSummary
    task_run: TaskRunSummary | None

    @property
    def run(self) -> TaskRunSummary | JobRunSummary:
        return self.task_run or self.job_run

    @property
    def job(self) -> str:
        """What all runs of the same job share."""
        return self.job_run.job_key or job_name(self.job_run)


class Unread(NamedTuple):
    """A job run that could not be looked through, and why."""

    job: str
    job_run: str
    reason: str


@frozen
class Scope:
    """Where and when failures were looked for.

    Attributes:
        until: `None` for now.
        jobs: Names or keys of the jobs that it was limited to; empty for all.
    """

    platform: str
    workspace: str
    since: datetime
    until: datetime | None = None
    jobs: Sequence[str] = ()


def failures_page(
    found: Iterable[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]],
    scope: Scope,
    clock: Clock,
) -> str:
    """The page, as HTML. `found` is what `failed_task_runs` finds."""
    failures, unread = _separated(found)
    blamed = [failure for failure in failures if _is_blamed(failure)]
    others = Counter(shown_status(one.run) for one in failures if not _is_blamed(one))
    causes = causes_of(failure.run for failure in blamed)
    names = {id(failure.run): job_name(failure.job_run) for failure in blamed}
    number_of = numbered(causes)
    room, until = Room(), scope.until or clock.now
    return document(
        "failures",
        scope=scope,
        clock=clock,
        until=until,
        count=len(blamed),
        cause_count=len(causes),
        job_run_count=len({failure.job_run.key for failure in blamed}),
        job_count=len({failure.job for failure in blamed}),
        others=by_frequency(others),
        unread=unread[:_MOST_UNREAD],
        unread_count=len(unread),
        chart=failures_chart(blamed, scope.since, until, clock),
        causes=[
            shown_cause(number, cause, room, lambda run: names[id(run)])
            for number, cause in enumerate(causes[:MOST_CAUSES], 1)
        ],
        rows=[
            row_of(failure.job_run, failure.run, clock, cause=number_of.get(id(failure.run), 0))
            for failure in failures[:MOST_ROWS]
        ],
        row_count=len(failures),
    )


def _separated(
    found: Iterable[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]],
) -> tuple[list[Failure], list[Unread]]:
    """What failed, the latest first, and which job runs could not be looked through."""
    failures: list[Failure] = []
    unread: list[Unread] = []
    for job_run, what in found:
        if isinstance(what, WorkbenchError):
            unread.append(Unread(job_name(job_run), shortened(job_run.key), reason_of(what)))
        else:
            failures.append(Failure(job_run, what))
    failures.sort(key=_time, reverse=True)
    return failures, unread


def _time(failure: Failure) -> int:
    """When it started; of what never did, when its job run ended."""
    run, job_run = failure.run, failure.job_run
    return run.start_time or run.end_time or job_run.end_time or job_run.start_time or 0


def _is_blamed(failure: Failure) -> bool:
    """Whether it failed itself, and was not canceled or kept from running by another."""
    return meaning_of(status_of(failure.run)) is Meaning.FAILED
