"""Which jobs, and from when to when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from typer import Option

from ..names.completion import complete_job
from ..times import EXAMPLES, METAVAR, parse_time

Jobs = Annotated[
    list[str],
    Option(
        "--job",
        metavar="NAME|KEY",
        autocompletion=complete_job,
        help="Only runs of this job; may be given several times.",
    ),
]
_TIMES = f"Such as {EXAMPLES}; local time, unless it has an offset."
Since = Annotated[
    datetime | None,
    Option("--since", metavar=METAVAR, parser=parse_time, help=f"From then on. {_TIMES}"),
]
Until = Annotated[
    datetime | None,
    Option("--until", metavar=METAVAR, parser=parse_time, help="Until then."),
]
