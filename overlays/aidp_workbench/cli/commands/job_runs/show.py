"""`job-runs show`: one job run, and its task runs."""

from __future__ import annotations

from ...command import with_options
from ...options import JobRunArgument, Shown, WorkspaceOptions

EXAMPLES = """\b
Examples:
  aidp-workbench job-runs show KEY
  aidp-workbench job-runs show --job nightly_load --latest
  aidp-workbench job-runs show --latest -o json | jq .taskRuns
"""


@with_options
def show_job_run(
    *, chosen: JobRunArgument, output: Shown = None, options: WorkspaceOptions
) -> None:
    """Show how a job run went, with all its task runs.

    json is what the service said of the job run, with a list taskRuns.
    """
    from ...connection import opened
    from ...names.job_runs import find_job_run
    from ...show import show_job_run as show

    with opened(options) as workspace:
        show(workspace, find_job_run(workspace, chosen), output, utc=options.utc)
