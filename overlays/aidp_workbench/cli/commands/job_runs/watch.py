"""`job-runs watch`: shows progress until a job run has ended."""

from __future__ import annotations

from typer import Exit

from ...command import with_options
from ...options import JobRunArgument, WatchOptions, WorkspaceOptions

EXAMPLES = """\b
Examples:
  aidp-workbench job-runs watch KEY
  aidp-workbench job-runs watch --job nightly_load --latest --timeout 3600 && ./publish.sh
"""


@with_options
def watch(*, chosen: JobRunArgument, watching: WatchOptions, options: WorkspaceOptions) -> None:
    """Show progress until a job run has ended, by its own state, repairs included.

    On a terminal the picture is updated in place; elsewhere there is a line for each change of
    the job run and its task runs, and one every 10 minutes without any.

    The exit code is 0 if the job run succeeded, 1 if it did not, 124 if the time was up.
    """
    from ...connection import opened
    from ...names.job_runs import find_job_run
    from ...watch.watch import watch_job_run

    with opened(options) as workspace:
        code = watch_job_run(
            workspace,
            find_job_run(workspace, chosen).key,
            utc=options.utc,
            as_log=options.debug,
            interval=watching.interval,
            timeout=watching.timeout,
            blocked_is_final=watching.blocked_is_final,
        )
        raise Exit(code)
