"""`nox -s demo`: regenerate the client, list every task run of a job run, and say what failed.

The job run is one of the local endpoint, unless AIDP_PLATFORM_ID, AIDP_WORKSPACE_KEY and
AIDP_JOB_RUN_KEY name a real one; then OCI's own variables choose profile and region.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from tools.generate.__main__ import main as generate
from tools.local_service import local_service

if TYPE_CHECKING:
    from collections.abc import Generator

    from aidp_workbench_api import Client
    from aidp_workbench_api.models import State, TaskRunSummary
    from aidp_workbench_api.types import Unset

LOCAL_TASK_RUNS = 2500
FAILURES_SHOWN = 5
FAILED = ("FAILED", "INTERNAL_ERROR", "TIMED_OUT", "UPSTREAM_FAILED")


class JobRun(NamedTuple):
    """A job run, how to reach it, and how many task runs it has, where that is known."""

    client: Client
    ai_data_platform_id: str
    workspace_key: str
    job_run_key: str
    total: int | None = None


@contextmanager
def job_run_to_list() -> Generator[JobRun]:
    """The job run that the environment names, or else one of the local endpoint."""
    # Imported only now, after the client has been regenerated.
    from aidp_workbench import connect

    names = ("AIDP_PLATFORM_ID", "AIDP_WORKSPACE_KEY", "AIDP_JOB_RUN_KEY")
    platform, workspace, key = keys = [os.environ.get(name, "").strip() for name in names]
    if all(keys):
        with connect() as client:
            yield JobRun(client, platform, workspace, key)
    elif any(keys):
        sys.exit(f"error: to list a real job run, set all of {', '.join(names)}")
    else:
        with local_service("--task-runs", str(LOCAL_TASK_RUNS), "--port", "0") as service:
            base_url, config_file = service["base_url"], service["config_file"]
            with connect(base_url=base_url, config_file=config_file, profile="DEFAULT") as client:
                yield JobRun(
                    client,
                    service["ai_data_platform_id"],
                    service["workspace_key"],
                    service["job_run_key"],
                    total=LOCAL_TASK_RUNS,
                )


def list_task_runs(console: Console, job_run: JobRun) -> list[TaskRunSummary]:
    """Every task run of the job run; shows how far it is, and how long it took in the end."""
    from aidp_workbench import pages
    from aidp_workbench_api.api.task_runs import list_task_runs

    start, count = time.perf_counter(), 0
    task_runs: list[TaskRunSummary] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        bar = progress.add_task("Listing task runs", total=job_run.total)
        for page in pages(
            list_task_runs,
            ai_data_platform_id=job_run.ai_data_platform_id,
            workspace_key=job_run.workspace_key,
            job_run_key=job_run.job_run_key,
            client=job_run.client,
        ):
            count += 1
            task_runs += page.items
            progress.update(bar, completed=len(task_runs))
            if quiet:
                print(f"page {count}: {len(page.items)} task runs, {len(task_runs)} so far")
    seconds = time.perf_counter() - start
    print(f"{len(task_runs)} task runs in {count} pages in {seconds:.1f} s")
    return task_runs


def show(console: Console, task_runs: list[TaskRunSummary]) -> None:
    """How many task runs have each status, and the first that failed."""
    status_of = {run.key: str(run.state.status) if run.state else "no status" for run in task_runs}
    table = Table("status", "task runs")
    table.columns[1].justify = "right"
    for status, count in Counter(status_of.values()).most_common():
        table.add_row(Text(status), str(count))
    console.print(table)
    failures = [run for run in task_runs if status_of[run.key] in FAILED]
    if failures:
        print(f"The first of {len(failures)} that failed:")
    for run in failures[:FAILURES_SHOWN]:
        trace = (run.state.error_trace if run.state else None) or "no trace"
        console.print(
            Text(f"  {run.name}: {status_of[run.key]}: {trace.splitlines()[0]}"), soft_wrap=True
        )


def show_failures(console: Console, job_run: JobRun) -> None:
    """What failed in the whole workspace since yesterday: job, task, and the end of the trace."""
    from aidp_workbench import WorkbenchError
    from aidp_workbench.runs import failed_task_runs, status_of

    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    where = (job_run.client, job_run.ai_data_platform_id, job_run.workspace_key)
    table = Table("job", "task", "status", "why", title="What failed since yesterday")
    for column in table.columns[:3]:
        column.no_wrap = True
    upstream = 0
    for failed, task_run in failed_task_runs(*where, since=today - timedelta(days=1)):
        if isinstance(task_run, WorkbenchError):
            row = ("", "not looked through", str(task_run))
        else:
            run = task_run or failed  # without a task run, the job run itself failed
            row = (str(run.name) if task_run else "", str(status_of(run)), reason(run.state))
        if row[1].startswith("UPSTREAM"):
            upstream += 1
        else:
            table.add_row(*map(Text, (str(failed.job_name), *row)))
    console.print(table)
    print(f"{upstream} more tasks did not run because of these.")


def reason(state: State | Unset | None) -> str:
    """The line of a trace that says what happened, or else the message."""
    trace = state.error_trace if state else None
    lines = [line for line in (trace or "").splitlines() if line and not line[0].isspace()]
    return lines[-1] if lines else str((state and state.state_message) or "")


def main() -> int:
    if code := generate([]):
        return code
    from aidp_workbench import WorkbenchError

    console = Console()
    try:
        with job_run_to_list() as job_run:
            print(f"Listing the task runs of job run {job_run.job_run_key}")
            show(console, list_task_runs(console, job_run))
            show_failures(console, job_run)
    except WorkbenchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
