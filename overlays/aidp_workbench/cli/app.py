"""The commands and their options. What they do is in a module each, imported when they run."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Exit, Option, Typer

from .choices import completion, parser
from .options import Shared, with_shared

# Without rich, which takes half of the time of `--help`.
app = Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
task_runs = Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(task_runs, name="task-runs", help="What the tasks of a job run did.")

_EXAMPLES = """\b
Examples:
  aidp-workbench task-runs list --job-run KEY --status FAILED --utc
  aidp-workbench task-runs watch --job-run KEY && ./publish.sh
  aidp-workbench task-runs failures --job-run KEY

\b
Exit codes: 0 done; 1 task runs failed (failures, watch); 2 wrong usage;
3 the service failed; 4 credentials or configuration cannot be used;
124 the time was up (watch).
"""


@app.callback(epilog=_EXAMPLES)
def workbench() -> None:
    """Tell what the tasks of your job runs did in the Oracle AI Data Platform Workbench.

    AIDP_PLATFORM_ID and AIDP_WORKSPACE_KEY stand in for --platform and --workspace, and what OCI's
    own tools read for the rest: ~/.oci/config, OCI_CONFIG_FILE, OCI_CLI_PROFILE, OCI_CLI_REGION.
    """


Statuses = Annotated[
    list[str],
    Option(
        "--status",
        metavar="STATUS",
        parser=parser("TaskRunStatus", "TaskRunStatusFilter"),
        autocompletion=completion("TaskRunStatus", "TaskRunStatusFilter"),
        help="Only task runs in this status, such as FAILED. May be given several times; a wrong"
        " one is answered with all that there are.",
    ),
]
SortBy = Annotated[
    str | None,
    Option(
        metavar="PROPERTY",
        parser=parser("TaskRunSortBy"),
        autocompletion=completion("TaskRunSortBy"),
        help="Sort by timeCreated, the default, or by displayName or status.",
    ),
]
Order = Annotated[
    str | None,
    Option(
        metavar="ASC|DESC",
        parser=parser("SortOrder"),
        autocompletion=completion("SortOrder"),
        help="Upwards or downwards; without it the newest come first, names go from A to Z.",
    ),
]
Output = Annotated[
    Literal["table", "json", "jsonl", "csv"] | None,
    Option(help="Without it a table on a terminal, JSON lines otherwise."),
]


@task_runs.command(
    "list",
    epilog="""\b
Examples:
  aidp-workbench task-runs list --job-run KEY
  aidp-workbench task-runs list --job-run KEY --status FAILED --status TIMED_OUT
  aidp-workbench task-runs list --job-run KEY --output csv > task-runs.csv
  aidp-workbench task-runs list --job-run KEY | jq -r .state.status | sort | uniq -c
""",
)
@with_shared
def list_(
    shared: Shared,
    *,
    status: Statuses = [],  # noqa: B006  # typer makes a list of its own
    name: Annotated[
        str | None,
        Option("--name", metavar="NAME", help="Only task runs with exactly this display name."),
    ] = None,
    parent_job_run: Annotated[
        str | None, Option(metavar="KEY", help="Only task runs whose parent is this job run.")
    ] = None,
    root_job_run: Annotated[
        str | None, Option(metavar="KEY", help="Only task runs below this outermost job run.")
    ] = None,
    sort_by: SortBy = None,
    sort_order: Order = None,
    limit: Annotated[
        int | None,
        Option(metavar="N", min=1, help="At most this many task runs; without it all of them."),
    ] = None,
    output: Output = None,
) -> None:
    """List the task runs of a job run: every page, as it comes in.

    json and jsonl have all that the service said, unknown properties too. csv has a column for
    each property that the API describes. Times are in milliseconds since 1970 there, and local
    in the table. A duration with + goes on.

    An error in the middle leaves what was printed, an array of json without its end, and exit code
    3.
    """
    from .commands.list import list_to
    from .connection import connected
    from .errors import reported
    from .output.formats import writer_for

    with reported(debug=shared.debug), connected(shared) as client:
        list_to(
            writer_for(output, utc=shared.utc),
            client,
            shared,
            statuses=status,
            name=name,
            parent_job_run=parent_job_run,
            root_job_run=root_job_run,
            sort_by=sort_by,
            sort_order=sort_order,
            limit=limit,
        )


@task_runs.command(
    epilog="""\b
Examples:
  aidp-workbench task-runs failures --job-run KEY
  aidp-workbench task-runs failures --job-run KEY > report.txt || mail -s failed me < report.txt
"""
)
@with_shared
def failures(shared: Shared) -> None:
    """Show what failed, by cause, the most frequent first, with a stack trace for each.

    Failed are task runs that are FAILED, INTERNAL_ERROR or TIMED_OUT and the last attempt of their
    task. Attempts that were retried are only counted, and so is what did not run because of others.
    Causes are equal if they differ in ids, numbers and quoted values alone; of equal stack traces
    one is shown. On a terminal each shows up to 10 task runs, elsewhere all.

    The exit code is 1 if anything failed, or did not run because something before it failed.
    """
    from .commands.failures import show_failures
    from .connection import connected
    from .errors import FAILURES_FOUND, reported

    with reported(debug=shared.debug), connected(shared) as client:
        if show_failures(client, shared):
            raise Exit(FAILURES_FOUND)


@task_runs.command(
    epilog="""\b
Examples:
  aidp-workbench task-runs watch --job-run KEY
  aidp-workbench task-runs watch --job-run KEY --timeout 3600 && ./publish.sh
"""
)
@with_shared
def watch(
    shared: Shared,
    *,
    interval: Annotated[
        float, Option(metavar="SECONDS", min=1, help="From the end of one look to the next.")
    ] = 10.0,
    timeout: Annotated[
        float | None,
        Option(metavar="SECONDS", min=0, help="Give up after this; without it wait for the end."),
    ] = None,
    blocked_is_final: Annotated[
        bool, Option("--blocked-is-final", help="Do not wait for task runs that are BLOCKED.")
    ] = False,
) -> None:
    """Show what goes on until every task run has ended.

    On a terminal the picture is renewed; elsewhere there is a line for each change.

    The exit code is 0 if all went well, 1 if the last attempt of a task did not, 124 if the time
    was up.
    """
    from .commands.watch import watch_until_ended
    from .connection import connected
    from .errors import reported

    with reported(debug=shared.debug), connected(shared) as client:
        code = watch_until_ended(
            client, shared, interval=interval, timeout=timeout, blocked_is_final=blocked_is_final
        )
        raise Exit(code)


@task_runs.command(
    epilog="""\b
Examples:
  aidp-workbench task-runs timeline --job-run KEY
  aidp-workbench task-runs timeline --job-run KEY --out timeline.svg
"""
)
@with_shared
def timeline(
    shared: Shared,
    *,
    out: Annotated[
        str | None,
        Option(
            metavar="FILE",
            help="Write a picture instead: .svg, .png or .html; needs"
            " pip install 'aidp-workbench[timeline]'.",
        ),
    ] = None,
) -> None:
    """Draw when each task run ran, and mark those that determined when the job run ended."""
    from .commands.timeline import check_out, draw_timeline
    from .connection import connected
    from .errors import reported

    path = None if out is None else check_out(out)
    with reported(debug=shared.debug), connected(shared) as client:
        draw_timeline(client, shared, path)
