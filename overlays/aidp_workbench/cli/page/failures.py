"""The page about what failed in a workspace."""

from __future__ import annotations

from collections import Counter
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from ..failures.grouping import causes_of, is_failed
from ..failures.workspace import newest_first
from ..output.runs import shown_status
from ..output.text import by_frequency
from .causes import MOST_CAUSES, Room, numbered, shown_cause
from .document import document
from .failures_chart import failures_chart
from .reasons import reason_of
from .rows import job_name, job_of, row_of
from .text import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aidp_workbench_api.models import JobRunSummary

    from aidp_workbench import WorkbenchError

    from ..failures.workspace import Failure, Unread
    from .times import Clock

MOST_ROWS = 5_000
_MOST_UNREAD = 100


class ShownUnread(NamedTuple):
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
    failures: Sequence[Failure], unread: Sequence[Unread], scope: Scope, clock: Clock
) -> str:
    """The page about failures and about what could not be looked through for them, as HTML."""
    failures = newest_first(failures)
    blamed = [failure for failure in failures if is_failed(failure.run)]
    others = Counter(shown_status(one.run) for one in failures if not is_failed(one.run))
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
        job_count=len({job_of(failure.job_run) for failure in blamed}),
        others=by_frequency(others),
        unread=list(starmap(_shown_unread, unread[:_MOST_UNREAD])),
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


def _shown_unread(job_run: JobRunSummary, error: WorkbenchError) -> ShownUnread:
    return ShownUnread(job_name(job_run), shortened(job_run.key), reason_of(error))
