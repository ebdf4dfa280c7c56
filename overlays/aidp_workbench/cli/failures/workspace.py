"""What failed in a workspace: as rows for programs, or by cause for people."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aidp_workbench_api.models import JobRunSummary, State, TaskRunSummary

from aidp_workbench import WorkbenchError
from aidp_workbench.runs import failed_task_runs

from ..output.progress import Progress
from ..output.runs import cause_of, name_of, shown_status
from ..output.text import by_frequency, counted, visible
from ..output.times import written_time
from ..output.view import properties
from .grouping import causes_of, is_failed
from .report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from ..connection import Workspace
    from ..output.formats import Writer

    Found = tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]
    """What `failed_task_runs` gives."""
    Unread = tuple[JobRunSummary, WorkbenchError]
    """A job run that could not be looked through, and why."""

_STATE = {"state": State}
COLUMNS = (
    *properties(TaskRunSummary, _STATE),
    *(f"jobRun.{name}" for name in properties(JobRunSummary, _STATE)),
    "cause",
)
"""Of CSV."""


@dataclass(frozen=True)
class Failure:
    """A task run that failed, or without one a job run that failed by itself."""

    job_run: JobRunSummary
    task_run: TaskRunSummary | None

    @property
    def run(self) -> TaskRunSummary | JobRunSummary:
        return self.task_run or self.job_run

    def to_dict(self) -> dict[str, Any]:
        """The task run as the service gave it, with its `jobRun`, and the `cause` in a line."""
        job_run = self.job_run.to_dict()
        own = self.task_run.to_dict() if self.task_run else {"state": job_run.get("state")}
        known = {"jobRun": job_run, "cause": cause_of(self.run)}
        return {"jobRunKey": self.job_run.key, **own, **known}


def find(
    workspace: Workspace, jobs: Sequence[str], since: datetime, until: datetime | None
) -> Iterator[Found]:
    """What `failed_task_runs` finds, as it comes; stderr shows how much there is so far."""
    count = 0
    with Progress() as progress:
        progress.show("Searching for failures…")
        for found in failed_task_runs(
            workspace.client,
            workspace.platform,
            workspace.key,
            since=since,
            until=until,
            job=jobs or None,
        ):
            progress.clear()
            yield found
            count += 1
            progress.show(f"{counted(count, 'failure')} so far…")


def failures_in(found: Iterable[Found], unread: list[Unread]) -> Iterator[Failure]:
    """The failures; job runs that could not be looked through are put into `unread`."""
    for job_run, what in found:
        if isinstance(what, WorkbenchError):
            unread.append((job_run, what))
        else:
            yield Failure(job_run, what)


def newest_first(failures: Iterable[Failure]) -> list[Failure]:
    """The failures in an order that does not depend on which response came first."""
    return sorted(failures, key=lambda failure: (-_time(failure), failure.run.key or ""))


def _time(failure: Failure) -> int:
    """When it started; of what never did, when its job run ended."""
    run, job_run = failure.run, failure.job_run
    return run.start_time or run.end_time or job_run.end_time or job_run.start_time or 0


def write(writer: Writer[Failure], failures: Iterable[Failure]) -> list[Failure]:
    """Write a row for each failure, as it comes."""
    written: list[Failure] = []
    writer.start()
    for failure in failures:
        writer.write([failure])
        written.append(failure)
    writer.end()
    return written


def print_by_cause(
    failures: Sequence[Failure], since: datetime, until: datetime | None, *, utc: bool
) -> None:
    """Print the failures by cause, and at the end how many there are in which period."""
    period = f"since {written_time(since, utc=utc)}"
    if until:
        period += f" until {written_time(until, utc=utc)}"
    failed = [one for one in newest_first(failures) if is_failed(one.run)]
    others = Counter(shown_status(one.run) for one in failures if not is_failed(one.run))
    causes = causes_of(one.run for one in failed)
    owner = {id(one.run): one for one in failed}
    total = f"Nothing failed {period}"
    if causes:
        job_runs = counted(len({one.job_run.key for one in failed}), "job run")
        total = f"{counted(len(failed), 'failure')} in {job_runs} {period}"
        total += f", for {counted(len(causes), 'cause')}"
    report = Report[TaskRunSummary | JobRunSummary](
        utc=utc,
        name=lambda run: _name(owner[id(run)]),
        keys=lambda run: _keys(owner[id(run)]),
    )
    report.print(causes, total, [f"Also: {by_frequency(others)}"] if others else [])


def report_unread(unread: Sequence[Unread]) -> None:
    """Say on stderr which job runs could not be looked through, and why."""
    if not unread:
        return
    job_runs = counted(len(unread), "job run")
    lines = [
        f"aidp-workbench: error: {job_runs} could not be looked through, so this is incomplete:"
    ]
    lines += (f"  {_job(job_run)}, job run {job_run.key}: {error}" for job_run, error in unread)
    print("\n".join(map(visible, lines)), file=sys.stderr)


def _job(job_run: JobRunSummary) -> str:
    return job_run.job_name or job_run.name or job_run.job_key or "(no name)"


def _name(failure: Failure) -> str:
    task_run = failure.task_run
    return f"{_job(failure.job_run)} / {name_of(task_run)}" if task_run else _job(failure.job_run)


def _keys(failure: Failure) -> str:
    keys = f"job run {failure.job_run.key}"
    return f"{keys}, task run {failure.run.key}" if failure.task_run else keys
