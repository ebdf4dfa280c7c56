"""What failed in a job run, grouped by cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import frozen

from aidp_workbench.runs import has_failed, latest_attempts, status_of
from aidp_workbench.runs.run import Run
from aidp_workbench.runs.statuses import Meaning, meaning_of

from ..output.runs import cause_of, shown_status, trace_of
from .normalise import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aidp_workbench_api.models import TaskRunSummary

R = TypeVar("R", bound=Run)


@frozen
class Cause(Generic[R]):
    """Why runs failed.

    Attributes:
        words: The line that names the cause, with placeholders where it is not the same for all.
        traces: The runs by stack trace; equal ones may differ in ids, numbers and quoted
            values.
    """

    words: str
    traces: Sequence[Sequence[R]]

    @property
    def count(self) -> int:
        return sum(map(len, self.traces))


@frozen
class Failures:
    """What failed in a job run, and what else did not go well.

    Attributes:
        causes: The most frequent first.
        total: How many task runs were looked at.
        retried: Failed attempts by the outcome of the last attempt of their task.
        others: Last attempts that did not do their work for another reason, by status.
    """

    causes: Sequence[Cause[TaskRunSummary]]
    total: int
    retried: Counter[str]
    others: Counter[str]

    @property
    def count(self) -> int:
        return sum(cause.count for cause in self.causes)

    @property
    def found(self) -> bool:
        """Whether anything failed, or could not run because of that."""
        return bool(self.causes) or Meaning.NOT_RUN in map(meaning_of, self.others)


def group(runs: Sequence[TaskRunSummary]) -> Failures:
    """What failed among all task runs of a job run."""
    last = latest_attempts(runs)
    is_last = set(map(id, last))
    # Of several last attempts, such as those of a loop, one that failed counts.
    outcomes = {_task(run): _outcome(run) for run in sorted(last, key=is_failed)}
    return Failures(
        causes=causes_of(run for run in last if is_failed(run)),
        total=len(runs),
        retried=Counter(
            outcomes[_task(run)] for run in runs if is_failed(run) and id(run) not in is_last
        ),
        others=Counter(shown_status(run) for run in last if has_failed(run) and not is_failed(run)),
    )


def _task(run: TaskRunSummary) -> tuple[object, object]:
    return run.job_run_key, run.task_key


def is_failed(run: Run) -> bool:
    """Whether the run failed itself, and was not canceled or kept from running by another."""
    return meaning_of(status_of(run)) is Meaning.FAILED


def _outcome(run: TaskRunSummary) -> str:
    if meaning_of(status_of(run)) is Meaning.SUCCEEDED:
        return "succeeded on a retry"
    return "failed again" if is_failed(run) else "retried, not successful so far"


def causes_of(failed: Iterable[R]) -> list[Cause[R]]:
    """Failed runs by cause and trace, the most frequent first."""
    groups: dict[str, dict[str, list[R]]] = defaultdict(lambda: defaultdict(list))
    for run in failed:
        trace = "\n".join(map(normalised, trace_of(run).splitlines()))
        groups[normalised(cause_of(run))][trace].append(run)
    causes: list[Cause[R]] = []
    for common, by_trace in groups.items():
        exact = {cause_of(run) for runs in by_trace.values() for run in runs}
        traces = sorted(by_trace.values(), key=len, reverse=True)
        causes.append(Cause(exact.pop() if len(exact) == 1 else common, traces))
    return sorted(causes, key=lambda cause: -cause.count)
