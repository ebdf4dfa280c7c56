"""`task-runs output`: what a task printed."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import BadParameter, Exit, Option

from ...command import with_options
from ...options import TaskRunArgument, WorkspaceOptions
from ...parsers import whole_number

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs output KEY | less
  aidp-workbench task-runs output load_orders --job nightly_load --latest
  aidp-workbench task-runs output KEY --part 2 --out plot.png
"""


@with_options
def show_output(
    *,
    chosen: TaskRunArgument,
    part: Annotated[
        int | None,
        Option(metavar="N", parser=whole_number(1), help="Only this part of the output."),
    ] = None,
    out: Annotated[
        str | None,
        Option(metavar="FILE", help="Write it into a file, also if it is a picture or a PDF."),
    ] = None,
    output: Annotated[
        Literal["text", "json"],
        Option("--output", "-o", help="json is the answer of the service, with nothing decoded."),
    ] = "text",
    options: WorkspaceOptions,
) -> None:
    """Show what a task printed, decoded.

    Texts go to stdout, as they are in a pipe. What is no text goes into a file (--out), or is
    only named on stderr, as is what the service has truncated. The exit code is 2 if nothing of
    the output is a text and there is no --out.
    """
    if output == "json" and (part is not None or out is not None):
        raise BadParameter("it takes no --part and no --out.", param_hint="--output json")
    from ...connection import opened
    from ...errors import WRONG_USAGE
    from ...names.task_runs import task_run_key
    from ...printed.output import print_output

    with opened(options) as workspace:
        key = task_run_key(workspace, chosen)
        if not print_output(workspace, key, as_json=output == "json", part=part, out=out):
            raise Exit(WRONG_USAGE)
