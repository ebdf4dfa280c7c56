"""`job-runs show`: one job run, and its task runs."""

from __future__ import annotations

from ...command import with_options
from ...options import JobRunArgument, Page, Shown, WorkspaceOptions, check_page

EXAMPLES = """\b
Examples:
  aidp-workbench job-runs show KEY
  aidp-workbench job-runs show --job nightly_load --latest
  aidp-workbench job-runs show --latest --out run.html
  aidp-workbench job-runs show --latest -o json | jq .taskRuns
"""


@with_options
def show_job_run(
    *, chosen: JobRunArgument, output: Shown = None, out: Page = None, options: WorkspaceOptions
) -> None:
    """Show how a job run went, with all its task runs.

    json is what the service said of the job run, with a list taskRuns. --out writes a page
    instead, with a timeline and the stack traces.
    """
    page = check_page(out, output is not None, debug=options.debug)
    from ...connection import opened
    from ...names.job_runs import find_job_run
    from ...show import show_job_run as show

    with opened(options) as workspace:
        job_run = find_job_run(workspace, chosen)
        if page:
            from ...page.write import write_job_run

            write_job_run(page, workspace, job_run, utc=options.utc)
        else:
            show(workspace, job_run, output, utc=options.utc)
