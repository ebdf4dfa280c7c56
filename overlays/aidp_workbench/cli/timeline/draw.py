"""Draws a timeline on the terminal or into a file."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from typer import Exit

from .. import install_command
from ..errors import WRONG_USAGE
from ..listing import all_task_runs
from ..output.console import stdout_console
from ..output.files import check_file, write_file
from ..output.text import visible
from ..output.times import written_time
from .text import drawn
from .timeline import timeline

if TYPE_CHECKING:
    from pathlib import Path

    from ..connection import Workspace
    from .timeline import Timeline

KINDS = (".svg", ".png", ".html")


def check_out(out: str) -> Path:
    """Where to write the picture, found out before anything is fetched.

    Raises BadParameter for another kind of file, Exit without matplotlib, and OSError if nothing
    can be written there.
    """
    path = check_file(out, KINDS)
    if find_spec("matplotlib") is None:
        needs = f"--out needs more packages: {install_command('timeline')}"
        print(f"aidp-workbench: error: {needs}", file=sys.stderr)
        raise Exit(WRONG_USAGE)
    return path


def draw(workspace: Workspace, job_run_key: str, out: Path | None = None, *, utc: bool) -> None:
    """Draw the task runs of the job run: into `out`, by its suffix, or else on stdout."""
    drawing = timeline(all_task_runs(workspace, job_run_key, "ASC"), now=datetime.now(UTC))
    since = written_time(drawing.begin, utc=utc)
    if out is None:
        _print(drawing, since)
    else:
        write_picture(drawing, out, title=f"Job run {visible(job_run_key)}", since=since)
        print("\n".join([f"{visible(str(out))}: {drawing.summary}", *drawing.notes]))


def write_picture(drawing: Timeline, out: Path, *, title: str, since: str) -> None:
    """Write the picture that the suffix of the file asks for. Raises OSError."""
    from . import picture

    match out.suffix.lower():
        case ".png":
            write_file(out, picture.as_png(drawing, title=title, since=since))
        case ".html":
            write_file(out, picture.as_html(drawing, title=title, since=since))
        case _:
            write_file(out, picture.as_svg(drawing, title=title, since=since))


def _print(drawing: Timeline, since: str) -> None:
    console = stdout_console()
    for line in drawn(drawing, columns=console.width, since=since, encoding=console.encoding):
        console.print(line, soft_wrap=True)
