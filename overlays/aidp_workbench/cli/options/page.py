"""The option that writes a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import BadParameter, Option

if TYPE_CHECKING:
    from pathlib import Path

Page = Annotated[
    str | None,
    Option(
        "--out",
        metavar="FILE",
        help="Write a page to open and to send instead, in one file: .html.",
    ),
]


def check_page(out: str | None, has_output: bool, *, debug: bool) -> Path | None:
    """Where to write the page, found out before anything is fetched; `None` without one.

    Raises BadParameter, also if `--output` is given too, and Exit if nothing can be written there.
    """
    if out is None:
        return None
    if has_output:
        raise BadParameter("it takes the place of --output.", param_hint="--out")
    from ..errors import reported
    from ..output.files import check_file

    with reported(debug=debug):
        return check_file(out, (".html",))
