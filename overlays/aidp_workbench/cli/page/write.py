"""Writes pages into files, and says on stdout what is in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..failures.grouping import is_failed
from ..listing import all_task_runs
from ..output.files import write_file
from ..output.runs import count_by_status, summary
from ..output.text import counted, visible
from .failures import Scope, failures_page
from .job_run import job_run_page
from .times import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aidp_workbench_api.models import JobRun

    from ..connection import Workspace
    from ..failures.workspace import Failure, Unread


def write_failures(
    path: Path, failures: Sequence[Failure], unread: Sequence[Unread], scope: Scope, *, utc: bool
) -> None:
    """Write the page about what failed in a workspace. Raises OSError."""
    write_file(path, failures_page(failures, unread, scope, Clock(datetime.now(UTC), utc)))
    blamed = [failure for failure in failures if is_failed(failure.run)]
    job_runs = counted(len({failure.job_run.key for failure in blamed}), "job run")
    print(f"{visible(str(path))}: {counted(len(blamed), 'failure')} in {job_runs}")


def write_job_run(path: Path, workspace: Workspace, job_run: JobRun, *, utc: bool) -> None:
    """List the task runs of a job run, and write the page about it. Raises OSError."""
    task_runs = all_task_runs(workspace, job_run.key, "ASC")
    clock = Clock(datetime.now(UTC), utc)
    where = {"platform": workspace.platform, "workspace": workspace.key}
    write_file(path, job_run_page(job_run, task_runs, clock, **where))
    print(f"{visible(str(path))}: {summary(count_by_status(task_runs))}")
