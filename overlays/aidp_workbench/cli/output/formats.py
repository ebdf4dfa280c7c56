"""The formats in which a listing is written to stdout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..streams import reconfigure_stdout
from .json import Json, JsonLines, to_json
from .view import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .view import View

T_contra = TypeVar("T_contra", bound=Item, contravariant=True)
T = TypeVar("T", bound=Item)


class Writer(Protocol[T_contra]):
    """Writes items as they arrive."""

    def start(self) -> None: ...

    def write(self, items: Sequence[T_contra], /) -> None: ...

    def end(self) -> None:
        """The listing is complete. This is not called after an error."""
        ...


def writer_for(
    output: str | None, operation: Any, view: View[T], *, utc: bool, csv_exact: bool = False
) -> Writer[T]:
    """The writer of this format on stdout, for what the operation lists.

    If no format is given, it is a table on a terminal, else JSON lines.
    """
    output = output or ("table" if sys.stdout.isatty() else "jsonl")
    match output:
        case "table":
            from .table import Table

            return Table(view, utc=utc)
        case "parquet":
            from .parquet import Parquet

            return Parquet(sys.stdout.buffer, operation)
        case _:
            return text_writer(output, view.properties, csv_exact=csv_exact)


def text_writer(output: str, properties: Sequence[str], *, csv_exact: bool) -> Writer[Item]:
    """The writer of `json`, `jsonl`, or `csv` with these columns, on stdout."""
    prepare_for_json()
    match output:
        case "json":
            return Json(sys.stdout)
        case "csv":
            from .spreadsheet import Csv

            return Csv(sys.stdout, properties, exact=csv_exact)
        case _:
            return JsonLines(sys.stdout)


def print_json(value: object) -> None:
    """Print it in a line."""
    prepare_for_json()
    print(to_json(value))


def prepare_for_json() -> None:
    """JSON is UTF-8 (RFC 8259, 8.1). A lone surrogate is left as its escape."""
    reconfigure_stdout(encoding="utf-8", errors="backslashreplace", newline="\n")
