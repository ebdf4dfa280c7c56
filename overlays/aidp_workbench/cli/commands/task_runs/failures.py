"""`task-runs failures`: what failed, by cause."""

from __future__ import annotations

from typer import Exit

from ...command import with_options
from ...options import JobRunOptions, WorkspaceOptions

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs failures --job-run KEY
  aidp-workbench task-runs failures --job-run KEY > report.txt || mail -s failed me < report.txt
"""


@with_options
def show_failures(*, chosen: JobRunOptions, options: WorkspaceOptions) -> None:
    """Show what failed, by cause, the most frequent first, with a stack trace for each.

    Failed are task runs that are FAILED, INTERNAL_ERROR or TIMED_OUT and the last attempt of their
    task. Attempts that were retried are only counted, and so is what did not run because of others.
    Causes are equal if they differ only in ids, numbers and quoted values; of equal stack traces
    one is shown. On a terminal each shows up to 10 task runs, elsewhere all.

    The exit code is 1 if anything failed, or did not run because something before it failed.
    """
    from ...connection import opened
    from ...errors import FAILURES_FOUND
    from ...failures.grouping import group
    from ...failures.report import print_failures
    from ...listing import all_task_runs
    from ...names.job_runs import job_run_key

    with opened(options) as workspace:
        # All of them: a failure may have been retried, and the service cannot filter TIMED_OUT.
        failures = group(all_task_runs(workspace, job_run_key(workspace, chosen)))
        print_failures(failures, utc=options.utc)
        if failures.found:
            raise Exit(FAILURES_FOUND)
