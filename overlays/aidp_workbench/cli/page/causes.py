"""The causes of failures on a page: as many, with as long traces, as people read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from ..output.runs import message_of, trace_of
from .text import LONGEST_MESSAGE, shortened, shortened_trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aidp_workbench.runs.run import Run

    from ..failures.grouping import Cause

MOST_CAUSES = 100
_MOST_TRACES = 5  # of one cause
_MOST_JOBS = 8  # of one cause


@define
class Room:
    """How many characters of traces a page still takes."""

    left: int = 1_000_000

    def trace(self, run: Run) -> str:
        """The trace of a run, shortened; empty without one."""
        trace = shortened_trace(trace_of(run))
        if len(trace) > self.left:
            return "This page has no room for more traces: list the task run to see this one."
        self.left -= len(trace)
        return trace


@frozen
class ShownTrace:
    """A stack trace, and how many runs have it.

    Attributes:
        text: Empty if they have none.
        message: That of the state, unless the words of the cause say it.
    """

    count: int
    text: str
    message: str


@frozen
class ShownCause:
    """A cause on the page.

    Attributes:
        number: By which the table refers to it.
        count: How many runs failed for it.
        words: The line that names it.
        jobs: Jobs that it hit, each with how often.
        more_jobs: How many other jobs it hit.
        traces: Its most frequent stack traces.
        more_traces: How many others there are.
    """

    number: int
    count: int
    words: str
    jobs: Sequence[tuple[str, int]]
    more_jobs: int
    traces: Sequence[ShownTrace]
    more_traces: int


def numbered(causes: Sequence[Cause[Any]]) -> dict[int, int]:
    """The number on the page of the cause of each run, by the `id` of the run."""
    return {
        id(run): number
        for number, cause in enumerate(causes[:MOST_CAUSES], 1)
        for runs in cause.traces
        for run in runs
    }


def shown_cause(
    number: int, cause: Cause[Any], room: Room, job_of: Callable[[Any], str] | None = None
) -> ShownCause:
    """`cause` as the page shows it; `job_of` gives the name of the job of a run."""
    runs = [run for alike in cause.traces for run in alike]
    jobs = Counter(map(job_of, runs) if job_of else ())
    return ShownCause(
        number=number,
        count=cause.count,
        words=shortened(cause.words, LONGEST_MESSAGE),
        jobs=jobs.most_common(_MOST_JOBS),
        more_jobs=max(0, len(jobs) - _MOST_JOBS),
        traces=[_shown_trace(runs, room) for runs in cause.traces[:_MOST_TRACES]],
        more_traces=max(0, len(cause.traces) - _MOST_TRACES),
    )


def _shown_trace(runs: Sequence[Run], room: Room) -> ShownTrace:
    trace = room.trace(runs[0])
    message = shortened(message_of(runs[0]).strip(), LONGEST_MESSAGE)
    says_more = trace or "\n" in message  # else its only line is the cause
    return ShownTrace(len(runs), trace, message if says_more and message not in trace else "")
