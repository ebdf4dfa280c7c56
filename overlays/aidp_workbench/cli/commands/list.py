"""`task-runs list`: every task run of a job run, as pages arrive."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import BadParameter, Option

from ..options import Shared, with_shared
from ..parsers import completion, one_of, values, whole_number

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs list --job-run KEY
  aidp-workbench task-runs list --job-run KEY --status FAILED --status TIMED_OUT
  aidp-workbench task-runs list --job-run KEY -o csv > task-runs.csv
  aidp-workbench task-runs list --job-run KEY | jq -r .state.status | sort | uniq -c
"""

_STATUSES = ("task_run_status", "task_run_status_filter")

Statuses = Annotated[
    list[str],
    Option(
        "--status",
        metavar="STATUS",
        parser=one_of(*_STATUSES),
        autocompletion=completion(*_STATUSES),
        help="Only task runs in this status; may be given several times. One of"
        f" {', '.join(values(*_STATUSES))}.",
    ),
]
SortBy = Annotated[
    str | None,
    Option(
        metavar="PROPERTY",
        parser=one_of("task_run_sort_by"),
        autocompletion=completion("task_run_sort_by"),
        help=f"One of {', '.join(values('task_run_sort_by'))}; timeCreated if not given.",
    ),
]
Order = Annotated[
    str | None,
    Option(
        metavar="|".join(values("sort_order")),
        parser=one_of("sort_order"),
        autocompletion=completion("sort_order"),
        help="Ascending or descending. If not given, the newest come first, and names go from A"
        " to Z.",
    ),
]
Limit = Annotated[
    int | None,
    Option(
        metavar="N",
        parser=whole_number(1),
        help="At most this many task runs; if not given, all of them.",
    ),
]
Format = Annotated[
    Literal["table", "json", "jsonl", "csv"] | None,
    Option("--output", "-o", help="If not given, a table on a terminal, JSON lines otherwise."),
]
CsvExact = Annotated[
    bool,
    Option(
        "--csv-exact",
        help="For csv: leave values that a spreadsheet would run as they are, without the"
        " apostrophe before them.",
    ),
]


@with_shared
def list_task_runs(
    shared: Shared,
    *,
    status: Statuses = [],  # noqa: B006  # typer makes a new list
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
    limit: Limit = None,
    output: Format = None,
    csv_exact: CsvExact = False,
) -> None:
    """List the task runs of a job run: every page, as it arrives.

    json and jsonl have all that the service said, unknown properties too. csv has a column for
    each property that the API describes; a text that a spreadsheet would run as a formula gets an
    apostrophe in front. Times are in milliseconds since 1970 there, and local in the table. A
    duration with + is of a task run that has not ended.

    After an error in the middle, what was printed stays, an array of json without its end, and the
    exit code is 3.
    """
    if csv_exact and output != "csv":
        raise BadParameter("it needs --output csv.", param_hint="--csv-exact")
    from ..connection import connected
    from ..errors import reported
    from ..listing import Filters, write_task_runs
    from ..output.formats import writer_for

    filters = Filters(
        statuses=status,
        name=name,
        parent_job_run=parent_job_run,
        root_job_run=root_job_run,
        sort_by=sort_by,
        sort_order=sort_order,
    )
    with reported(debug=shared.debug), connected(shared) as client:
        writer = writer_for(output, utc=shared.utc, csv_exact=csv_exact)
        write_task_runs(writer, client, shared, filters, limit)
