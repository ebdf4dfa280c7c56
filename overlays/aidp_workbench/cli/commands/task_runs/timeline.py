"""`task-runs timeline`: draws when each task run ran, on the terminal or into a file."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from ... import install_command
from ...command import with_options
from ...options import JobRunOptions, WorkspaceOptions

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs timeline --job-run KEY
  aidp-workbench task-runs timeline --job-run KEY --out timeline.svg
"""


@with_options
def draw_timeline(
    *,
    chosen: JobRunOptions,
    out: Annotated[
        str | None,
        Option(
            "--out",
            metavar="FILE",
            help="Write a picture instead: .svg, .png or .html; needs"
            f" {install_command('timeline')}.",
        ),
    ] = None,
    options: WorkspaceOptions,
) -> None:
    """Draw when each task run ran, and mark those that determined when the job run ended."""
    from ...connection import opened
    from ...errors import reported
    from ...names.job_runs import job_run_key
    from ...timeline.draw import check_out, draw

    with reported(debug=options.debug):
        path = None if out is None else check_out(out)
    with opened(options) as workspace:
        draw(workspace, job_run_key(workspace, chosen), path, utc=options.utc)
