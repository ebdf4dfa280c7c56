"""`task-runs timeline`: draws when each task run ran, on the terminal or into a file."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from .. import install_command
from ..options import Shared, with_shared

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs timeline --job-run KEY
  aidp-workbench task-runs timeline --job-run KEY --out timeline.svg
"""


@with_shared
def draw_timeline(
    shared: Shared,
    *,
    out: Annotated[
        str | None,
        Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write a picture instead: .svg, .png or .html; needs"
            f" {install_command('timeline')}.",
        ),
    ] = None,
) -> None:
    """Draw when each task run ran, and mark those that determined when the job run ended."""
    from ..connection import connected
    from ..errors import reported
    from ..timeline.draw import check_out, draw

    with reported(debug=shared.debug):
        path = None if out is None else check_out(out)
        with connected(shared) as client:
            draw(client, shared, path)
