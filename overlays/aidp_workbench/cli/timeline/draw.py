"""Draws a timeline on the terminal or into a file."""

from __future__ import annotations

import errno
import os
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, Exit

from .. import install_command
from ..errors import WRONG_USAGE
from ..listing import all_task_runs
from ..output.console import stdout_console
from ..output.text import visible
from ..output.times import written_time
from .text import drawn
from .timeline import timeline

if TYPE_CHECKING:
    from ..connection import Workspace
    from .timeline import Timeline

KINDS = (".svg", ".png", ".html")


def check_out(out: str) -> Path:
    """Where to write the picture, found out before anything is fetched.

    Raises BadParameter for another kind of file, Exit without matplotlib, and OSError if nothing
    can be written there.
    """
    path = Path(out)
    if path.suffix.lower() not in KINDS:
        raise BadParameter(f"{out!r} must end in {', '.join(KINDS)}.", param_hint="--out")
    if find_spec("matplotlib") is None:
        needs = f"--out needs more packages: {install_command('timeline')}"
        print(f"aidp-workbench: error: {needs}", file=sys.stderr)
        raise Exit(WRONG_USAGE)
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(path.parent))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", out)
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise PermissionError(errno.EACCES, "no permission to write", out)
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
            out.write_bytes(picture.as_png(drawing, title=title, since=since))
        case ".html":
            out.write_text(picture.as_html(drawing, title=title, since=since), encoding="utf-8")
        case _:
            out.write_text(picture.as_svg(drawing, title=title, since=since), encoding="utf-8")


def _print(drawing: Timeline, since: str) -> None:
    console = stdout_console()
    for line in drawn(drawing, columns=console.width, since=since, encoding=console.encoding):
        console.print(line, soft_wrap=True)
