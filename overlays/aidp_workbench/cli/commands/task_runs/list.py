"""`task-runs list`: every task run of a job run, as pages arrive."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from ...command import with_options
from ...options import JobRunOptions, ListOptions, Statuses, WorkspaceOptions

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs list --job-run KEY
  aidp-workbench task-runs list --job-run KEY --status FAILED --status TIMED_OUT
  aidp-workbench task-runs list --job-run KEY -o csv > task-runs.csv
  aidp-workbench task-runs list --job-run KEY | jq -r .state.status | sort | uniq -c
"""


@with_options
def list_task_runs(
    *,
    chosen: JobRunOptions,
    status: Statuses = [],  # noqa: B006  # typer makes a new list
    parent_job_run: Annotated[
        str | None, Option(metavar="KEY", help="Only task runs whose parent is this job run.")
    ] = None,
    root_job_run: Annotated[
        str | None, Option(metavar="KEY", help="Only task runs below this outermost job run.")
    ] = None,
    shown: ListOptions,
    options: WorkspaceOptions,
) -> None:
    """List the task runs of a job run: every page, as it arrives.

    json and jsonl have all that the service said, unknown properties too. csv has a column for
    each property that the API describes; a text that a spreadsheet would run as a formula gets an
    apostrophe in front. Times are in milliseconds since 1970 there, and local in the table. A
    duration with + is of a task run that has not ended.

    After an error in the middle, what was printed stays, an array of json without its end, and the
    exit code is 3.
    """
    from aidp_workbench_api.api.task_runs import list_task_runs as operation

    from ...connection import opened
    from ...listing import write_listing
    from ...names.job_runs import job_run_key
    from ...output.kinds import TASK_RUNS

    with opened(options) as workspace:
        arguments = workspace.where | {
            "job_run_key": job_run_key(workspace, chosen),
            "parent_job_run_key": parent_job_run,
            "root_job_run_key": root_job_run,
        }
        write_listing(operation, TASK_RUNS, arguments, shown, utc=options.utc, statuses=status)
