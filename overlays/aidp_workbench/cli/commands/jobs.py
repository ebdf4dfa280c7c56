"""`jobs list`: the jobs of a workspace."""

from __future__ import annotations

from typer import Typer

from ..command import with_options
from ..options import ListOptions, WorkspaceOptions

EXAMPLES = """\b
Examples:
  aidp-workbench jobs list
  aidp-workbench jobs list --sort-by displayName --output csv > jobs.csv
"""

app = Typer(rich_markup_mode=None)


@app.command("list", epilog=EXAMPLES)
@with_options
def list_jobs(*, shown: ListOptions, options: WorkspaceOptions) -> None:
    """List the jobs of a workspace, with their keys and schedules.

    Other commands take the name of a job wherever they take its key.
    """
    from aidp_workbench_api.api.jobs import list_jobs as operation

    from ..connection import opened
    from ..listing import write_listing
    from ..output.kinds import JOBS

    with opened(options) as workspace:
        write_listing(operation, JOBS, workspace.where, shown, utc=options.utc)
