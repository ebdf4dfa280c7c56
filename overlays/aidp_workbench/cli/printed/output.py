"""Shows what a task printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aidp_workbench_api.api.task_runs import fetch_output
from aidp_workbench_api.models import FetchOutputDetails
from typer import BadParameter

from aidp_workbench import ResponseError, fetch

from ..output.files import check_file, write_file
from ..output.formats import prepare_for_json, print_json
from ..output.text import counted, visible
from .decoding import Part, decoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import RunOutputData, TaskRunOutput

    from ..connection import Workspace


def print_output(
    workspace: Workspace, key: str, *, as_json: bool, part: int | None, out: str | None
) -> bool:
    """Print the texts on stdout, or write a part into the file `out`; remarks go to stderr.

    Gives whether that was possible: a part that is no text is not printed.
    Raises ResponseError if a part cannot be decoded, BadParameter if there is no such part.
    """
    path = None if out is None else check_file(out)
    found = fetch(fetch_output, **workspace.where, task_run_key=key, body=FetchOutputDetails())
    if as_json:
        print_json(found.to_dict())
        return True
    data = found.data or []
    numbers = range(1, len(data) + 1) if part is None else [part]
    if part is not None and part > len(data):
        raise BadParameter(f"the output has {counted(len(data), 'part')}.", param_hint="--part")
    if path is not None and len(numbers) != 1:
        problem = f"the output has {counted(len(data), 'part')}; choose one with --part."
        raise BadParameter(problem, param_hint="--out")
    parts = {number: _decoded(number, data[number - 1]) for number in numbers}
    if path is not None:
        ((number, one),) = parts.items()
        write_file(path, one.data)
        print(f"{visible(str(path))}: part {number}, {one.kind}, {len(one.data):,} bytes")
        is_shown = True
    else:
        is_shown = _print_texts(parts) or not parts
    _remark(found, [number for number, one in parts.items() if one.is_cut])
    return is_shown


def _decoded(number: int, data: RunOutputData) -> Part:
    try:
        return decoded(data)
    except ResponseError as error:
        as_sent = "--output json has it as the service sent it"
        raise ResponseError(f"part {number} of the output: {error}; {as_sent}") from None


def _print_texts(parts: dict[int, Part]) -> bool:
    """Print the parts that are texts, and name the others; gives whether there were texts."""
    texts = [one.content for one in parts.values() if isinstance(one.content, str)]
    prepare_for_json()
    for text in texts:
        # A program gets what was printed; a terminal would act on some of the characters.
        shown = "\n".join(map(visible, text.split("\n"))) if sys.stdout.isatty() else text
        end = "\n" if shown and not shown.endswith("\n") else ""
        sys.stdout.write(shown + end)
    sys.stdout.flush()
    for number, one in parts.items():
        if isinstance(one.content, bytes):
            what = f"part {number} is {one.kind}, {len(one.content):,} bytes"
            _say(f"{what}, and no text: write it with --part {number} --out FILE")
    return bool(texts)


def _remark(output: TaskRunOutput, cut: Sequence[int]) -> None:
    if not output.data:
        _say("the task printed nothing, or its output is not kept any more")
    if output.is_truncated or cut:
        _say("this is not all: the service has truncated the output")
    for one in output.output_parameters or ():
        _say(f"output parameter {one.name}={one.value or ''}")
    for line in (output.error_trace or "").splitlines():
        print("    " + visible(line.replace("\t", "    ")), file=sys.stderr)


def _say(text: str) -> None:
    print(f"aidp-workbench: {visible(text)}", file=sys.stderr)
