"""`task-runs watch`: shows progress until every task run has ended."""

from __future__ import annotations

from typing import Annotated

from typer import Exit, Option

from ...command import with_options
from ...options import JobRunOptions, WorkspaceOptions
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
    interval: Annotated[
        float,
        Option(metavar="SECONDS", parser=seconds(1), help="From the end of one look to the next."),
    ] = 10.0,
    timeout: Annotated[
        float | None,
        Option(
            metavar="SECONDS", parser=seconds(0), help="Give up after this; if not given, wait on."
        ),
    ] = None,
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
    blocked_is_final: Annotated[
        bool, Option("--blocked-is-final", help="Do not wait for task runs that are BLOCKED.")
    ] = False,
    options: WorkspaceOptions,
) -> None:
    """Show progress until every task run has ended.

    On a terminal the picture is updated in place; elsewhere there is a line for each change, and
    one every 10 minutes without any.

    The exit code is 0 if all went well, 1 if the last attempt of a task did not, 124 if the time
    was up. When the time is up, a failure is reported even if it has not settled.
    """
    from ...connection import opened
    from ...names.jobs import job_run_key
    from ...watch.watch import watch_until_ended

    with opened(options) as workspace:
        code = watch_until_ended(
            workspace,
            job_run_key(workspace, chosen),
            utc=options.utc,
            as_log=options.debug,
            interval=interval,
            timeout=timeout,
            settle=settle,
            blocked_is_final=blocked_is_final,
        )
        raise Exit(code)
