"""Which job runs to look through for failures, and what to report of their task runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, WorkbenchError
from ..listing.arguments import MAX_LIMIT
from ..listing.unique import is_new
from .attempts import latest_attempts
from .period import Period
from .statuses import has_ended, has_failed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from aidp_workbench_api import AuthenticatedClient, Client
    from aidp_workbench_api.models import JobRunSummary, TaskRunSummary

    from ..listing.listing import Page


class Search:
    """The decisions of `failed_task_runs`, whose arguments it takes.

    Attributes:
        job_runs: Arguments for the listing of job runs.
        task_runs: Arguments for the listings of their task runs, apart from the job run key.
    """

    def __init__(
        self,
        client: AuthenticatedClient | Client,
        ai_data_platform_id: str,
        workspace_key: str,
        since: datetime,
        until: datetime | None,
        job: str | Iterable[str] | None,
        lookback: timedelta,
    ) -> None:
        self._period = Period.checked(since, until)
        self.task_runs: dict[str, Any] = {
            "ai_data_platform_id": ai_data_platform_id,
            "workspace_key": workspace_key,
            "client": client,
            "limit": MAX_LIMIT,
        }
        # The newest first: one that is created meanwhile pushes others to the next page, where
        # they are listed again. No order keeps what is removed meanwhile from hiding another.
        self.job_runs: dict[str, Any] = {
            **self.task_runs,
            **self._period.created(lookback),
            "sort_order": "DESC",
        }
        if job is not None:
            self.job_runs["job_key"] = _keys(job)
        # Hashes of keys, because a period may have many.
        self._listed: set[int] = set()
        self._given: set[int] = set()
        self._so_far: dict[str, list[TaskRunSummary]] = {}

    def choose(self, job_runs: Sequence[JobRunSummary]) -> Mapping[str, JobRunSummary]:
        """Those of the next page to look through, by their keys."""
        return {
            job_run.key: job_run
            for job_run in [one for one in job_runs if is_new(one.key, self._listed)]
            if not has_ended(job_run) or self._has_failed_in_period(job_run)
        }

    def failures(
        self, job_run: JobRunSummary, page: Page[TaskRunSummary] | WorkbenchError
    ) -> Iterator[tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None]]:
        """The pairs of a job run, once its last page is there or a page could not be fetched."""
        task_runs = self._so_far.pop(job_run.key, [])
        if not isinstance(page, WorkbenchError):
            task_runs += page.items
            if page.next_page:
                self._so_far[job_run.key] = task_runs
                return
        latest = latest_attempts({run.key or id(run): run for run in task_runs}.values())
        failed = [run for run in latest if self._counts(job_run, run)]
        for run in failed:
            if is_new(run.key and (run.job_run_key or job_run.key, run.key), self._given):
                yield job_run, run
        if isinstance(page, WorkbenchError):
            yield job_run, page
        elif not failed and has_failed(job_run):
            yield job_run, None

    def _has_failed_in_period(self, job_run: JobRunSummary) -> bool:
        return has_failed(job_run) and self._period.may_have_end_of(job_run, job_run.time_updated)

    def _counts(self, job_run: JobRunSummary, run: TaskRunSummary) -> bool:
        # A task run of a nested job run counts there, unless that is not in the list.
        if (
            run.job_run_key
            and run.job_run_key != job_run.key
            and hash(run.job_run_key) in self._listed
        ):
            return False
        return has_failed(run) and (has_ended(job_run) or self._period.may_have_end_of(run))


def _keys(job: Any) -> list[str]:
    """One key or several as a list. ArgumentError if there is none, or an empty one."""
    keys: list[Any] = [job] if isinstance(job, str) or not isinstance(job, Iterable) else [*job]
    if not keys or not all(isinstance(key, str) and key.strip() for key in keys):
        raise ArgumentError(f"job must be the key of a job, or several keys, not {job!r}")
    return keys
