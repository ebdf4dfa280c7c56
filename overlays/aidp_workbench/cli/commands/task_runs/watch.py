"""`task-runs watch`: shows progress until every task run has ended."""

from __future__ import annotations

from typing import Annotated

from typer import Exit, Option

from ...command import with_options
from ...options import JobRunOptions, WatchOptions, WorkspaceOptions
from ...parsers import seconds

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs watch --job-run KEY
  aidp-workbench task-runs watch --job-run KEY --timeout 3600 && ./publish.sh
"""


@with_options
def watch(
    *,
    chosen: JobRunOptions,
    settle: Annotated[
        float | None,
        Option(
            metavar="SECONDS",
            parser=seconds(0),
            help="How long an end must last, because task runs are created late and a retry"
            " may start up to 10 minutes after a failure; if not given, 600 after a failure, else"
            " 30, or a tenth of --timeout if that is less.",
        ),
    ] = None,
    watching: WatchOptions,
    options: WorkspaceOptions,
) -> None:
    """Show progress until every task run has ended.

    On a terminal the picture is updated in place; elsewhere there is a line for each change, and
    one every 10 minutes without any.

    The exit code is 0 if all went well, 1 if the last attempt of a task did not, 124 if the time
    was up. When the time is up, a failure is reported even if it has not settled.
    """
    from ...connection import opened
    from ...names.job_runs import job_run_key
    from ...watch.watch import watch_until_ended

    with opened(options) as workspace:
        code = watch_until_ended(
            workspace,
            job_run_key(workspace, chosen),
            utc=options.utc,
            as_log=options.debug,
            interval=watching.interval,
            timeout=watching.timeout,
            settle=settle,
            blocked_is_final=watching.blocked_is_final,
        )
        raise Exit(code)
