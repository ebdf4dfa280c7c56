"""`task-runs timeline`: draws when each task run ran, on the terminal or into a file."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, Exit

from ..errors import WRONG_USAGE
from ..output.console import stdout_console
from ..output.text import visible
from ..output.times import written_time
from ..timeline.text import drawn
from ..timeline.timeline import timeline
from .list import all_task_runs

if TYPE_CHECKING:
    from aidp_workbench_api import Client

    from ..options import Shared
    from ..timeline.timeline import Timeline

KINDS = (".svg", ".png", ".html")


def check_out(out: str) -> Path:
    """Where to write the picture. Raises BadParameter, or Exit if matplotlib is not there."""
    path = Path(out)
    if path.suffix.lower() not in KINDS:
        raise BadParameter(f"{out!r} must end in {', '.join(KINDS)}.", param_hint="--out")
    if find_spec("matplotlib") is None:
        told = "--out needs: pip install 'aidp-workbench[timeline]'"
        print(f"aidp-workbench: error: {told}", file=sys.stderr)
        raise Exit(WRONG_USAGE)
    return path


def draw_timeline(client: Client, shared: Shared, out: Path | None = None) -> None:
    """Draw the task runs of the job run: into `out`, by how it ends, or else on stdout."""
    drawing = timeline(all_task_runs(client, shared, "ASC"), now=datetime.now(UTC))
    since = written_time(drawing.begin, utc=shared.utc)
    if out is None:
        _print(drawing, since)
    else:
        write_picture(drawing, out, title=f"Job run {visible(shared.job_run)}", since=since)
        print("\n".join([f"{out}: {drawing.summary}", *drawing.notes]))


def write_picture(drawing: Timeline, out: Path, *, title: str, since: str) -> None:
    """Write the picture that the name of the file asks for. Raises OSError."""
    from ..timeline import picture

    match out.suffix.lower():
        case ".png":
            out.write_bytes(picture.as_png(drawing, title=title, since=since))
        case ".html":
            out.write_text(picture.as_html(drawing, title=title, since=since), encoding="utf-8")
        case _:
            out.write_text(picture.as_svg(drawing, title=title, since=since), encoding="utf-8")


def _print(drawing: Timeline, since: str) -> None:
    console = stdout_console()
    for line in drawn(drawing, columns=console.width, since=since, encoding=console.encoding):
        console.print(line, soft_wrap=True)
