"""What of a listing to show, and how."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Annotated, Literal

from typer import BadParameter, Option

from .. import install_command
from ..parsers import completion, one_of, values, whole_number

_STATUSES = ("task_run_status", "task_run_status_filter")

Statuses = Annotated[
    list[str],
    Option(
        "--status",
        metavar="STATUS",
        parser=one_of(*_STATUSES),
        autocompletion=completion(*_STATUSES),
        help="Only those in this status; may be given several times. One of"
        f" {', '.join(values(*_STATUSES))}.",
    ),
]
Shown = Annotated[
    Literal["table", "json"] | None,
    Option("--output", "-o", help="If not given, a table on a terminal, JSON otherwise."),
]
CsvExact = Annotated[
    bool,
    Option(
        "--csv-exact",
        help="For csv: leave values that a spreadsheet would run as they are, without the"
        " apostrophe before them.",
    ),
]


def check_csv(output: str | None, csv_exact: bool) -> None:
    if csv_exact and output != "csv":
        raise BadParameter("it needs --output csv.", param_hint="--csv-exact")


def _check_parquet() -> None:
    """Raise BadParameter if Parquet cannot be written, or would be written to a terminal."""
    hint = "--output"
    if find_spec("pyarrow") is None:
        raise BadParameter(f"parquet needs pyarrow: {install_command('arrow')}.", param_hint=hint)
    if sys.stdout.isatty():
        raise BadParameter("parquet is binary: add `> FILE`.", param_hint=hint)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ListOptions:
    """What of a listing to show, and how."""

    name: Annotated[
        str | None,
        Option("--name", metavar="NAME", help="Only those with exactly this display name."),
    ] = None
    sort_by: Annotated[
        str | None,
        Option(
            metavar="PROPERTY",
            parser=one_of("task_run_sort_by"),
            autocompletion=completion("task_run_sort_by"),
            help=f"One of {', '.join(values('task_run_sort_by'))}; timeCreated if not given.",
        ),
    ] = None
    sort_order: Annotated[
        str | None,
        Option(
            metavar="|".join(values("sort_order")),
            parser=one_of("sort_order"),
            autocompletion=completion("sort_order"),
            help="Ascending or descending. If not given, the newest come first, and names go from"
            " A to Z.",
        ),
    ] = None
    limit: Annotated[
        int | None,
        Option(
            metavar="N",
            parser=whole_number(1),
            help="At most this many; if not given, all of them.",
        ),
    ] = None
    output: Annotated[
        Literal["table", "json", "jsonl", "csv", "parquet"] | None,
        Option("--output", "-o", help="If not given, a table on a terminal, JSON lines otherwise."),
    ] = None
    csv_exact: CsvExact = False

    def __post_init__(self) -> None:
        check_csv(self.output, self.csv_exact)
        if self.output == "parquet":
            _check_parquet()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class WorkspaceListOptions(ListOptions):
    """The same for workspaces, which have no status."""

    sort_by: Annotated[
        str | None,
        Option(
            metavar="PROPERTY",
            parser=one_of("workspace_sort_by"),
            autocompletion=completion("workspace_sort_by"),
            help=f"One of {', '.join(values('workspace_sort_by'))}; timeCreated if not given.",
        ),
    ] = None
