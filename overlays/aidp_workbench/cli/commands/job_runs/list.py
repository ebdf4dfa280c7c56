"""`job-runs list`: the job runs of a workspace."""

from __future__ import annotations

from ...command import with_options
from ...options import Jobs, ListOptions, Since, Statuses, Until, WorkspaceOptions
from ...times import check_period

EXAMPLES = """\b
Examples:
  aidp-workbench job-runs list --since yesterday
  aidp-workbench job-runs list --job nightly_load --status FAILED --status TIMED_OUT
  aidp-workbench job-runs list --since 7d -o jsonl | jq -r .state.status | sort | uniq -c
"""


@with_options
def list_job_runs(
    *,
    job: Jobs = [],  # noqa: B006  # typer makes a new list
    status: Statuses = [],  # noqa: B006  # as above
    since: Since = None,
    until: Until = None,
    shown: ListOptions,
    options: WorkspaceOptions,
) -> None:
    """List job runs, nested ones too, with their keys: every page, as it arrives.

    --since and --until are about when a job run was created, which may be long before it ended.
    """
    check_period(since, until)
    from aidp_workbench_api.api.job_runs import list_job_runs as operation

    from ...connection import opened
    from ...listing import write_listing
    from ...names.jobs import job_keys
    from ...output.kinds import JOB_RUNS

    with opened(options) as workspace:
        arguments = workspace.where | {
            "job_key": job_keys(workspace, job) or None,
            "time_created_greater_than_or_equal_to": since,
            "time_created_less_than_or_equal_to": until,
        }
        write_listing(operation, JOB_RUNS, arguments, shown, utc=options.utc, statuses=status)
