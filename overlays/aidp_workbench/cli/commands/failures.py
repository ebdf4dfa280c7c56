"""`failures`: what failed in a workspace, in any job."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Exit, Option

from ..command import with_options
from ..options import CsvExact, Jobs, Page, Since, Until, WorkspaceOptions, check_csv, check_page
from ..times import check_period, parse_time

EXAMPLES = """\b
Examples:
  aidp-workbench failures --since yesterday
  aidp-workbench failures --since yesterday --out report.html
  aidp-workbench failures --since 18h --job nightly_load --job nightly_report
  aidp-workbench failures --since 'yesterday 18:00' > report.txt || mail -s failed me < report.txt
  aidp-workbench failures --since 7d -o jsonl | jq -r .jobRun.jobName | sort | uniq -c
"""


@with_options
def show_failures(
    *,
    since: Since = None,
    until: Until = None,
    job: Jobs = [],  # noqa: B006  # typer makes a new list
    output: Annotated[
        Literal["table", "json", "jsonl", "csv"],
        Option("--output", "-o", help="table groups by cause; the others have a row for each."),
    ] = "table",
    csv_exact: CsvExact = False,
    out: Page = None,
    options: WorkspaceOptions,
) -> None:
    """Show what failed in a workspace, by cause, the most frequent first, with a stack trace.

    All jobs, unless --job names some, and since yesterday, unless --since says otherwise. It is
    the end that counts: of the job run, or of the task run while its job run is still going. Job
    runs that were created up to 7 days before that are looked through. What a retry or a repair
    has fixed is no failure.

    json, jsonl and csv have a row for each task run that failed, was canceled or did not run
    because of another: all that the service said of it, of its jobRun, and the cause in a line.
    A job run that failed without a failed task run has a row, too. --out writes a page instead,
    which says as well what could not be looked through.

    The exit code is 1 if there is any of these, and 5 if some job runs could not be looked
    through; these are named on stderr.
    """
    check_csv(output, csv_exact)
    since = since or parse_time("yesterday")
    check_period(since, until)
    page = check_page(out, output != "table", debug=options.debug)
    from ..connection import opened
    from ..errors import FAILURES_FOUND, INCOMPLETE
    from ..failures import workspace as failures
    from ..names.jobs import job_keys
    from ..output.formats import text_writer

    unread: list[failures.Unread] = []
    with opened(options) as workspace:
        found = failures.find(workspace, job_keys(workspace, job), since, until)
        if page:
            from ..page.failures import Scope
            from ..page.write import write_failures

            failed = list(failures.failures_in(found, unread))
            scope = Scope(workspace.platform, workspace.key, since, until, job)
            write_failures(page, failed, unread, scope, utc=options.utc)
        elif output == "table":
            failed = list(failures.failures_in(found, unread))
            failures.print_by_cause(failed, since, until, utc=options.utc)
        else:
            writer = text_writer(output, failures.COLUMNS, csv_exact=csv_exact)
            failed = failures.write(writer, failures.failures_in(found, unread))
        failures.report_unread(unread)
        if unread or failed:
            raise Exit(INCOMPLETE if unread else FAILURES_FOUND)
