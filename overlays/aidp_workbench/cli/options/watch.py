"""How to watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from typer import Option

from ..parsers import seconds


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class WatchOptions:
    """How often to look, and when to stop."""

    interval: Annotated[
        float,
        Option(metavar="SECONDS", parser=seconds(1), help="From the end of one look to the next."),
    ] = 10.0
    timeout: Annotated[
        float | None,
        Option(
            metavar="SECONDS", parser=seconds(0), help="Give up after this; if not given, wait on."
        ),
    ] = None
    blocked_is_final: Annotated[
        bool, Option("--blocked-is-final", help="Do not wait for what is BLOCKED.")
    ] = False
