"""Items of a listing as Arrow: all in one table, or page by page."""

from __future__ import annotations

from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import pyarrow

from ..errors import ArgumentError
from ..transport.json import dumps
from .columns import pa
from .models import model_of
from .records import Record, unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aidp_workbench_api.model import Model

    from ..listing.listing import Page
    from ..listing.operation import Operation

# Rows. A column of texts may hold 2 GiB in one piece.
_BATCH = 1000


class Layout:
    """How items of a model become rows.

    Attributes:
        schema: The columns, in the order of the model's properties, and one of JSON.
    """

    def __init__(self, model: type[Model], *, structs: bool) -> None:
        self._model = model
        self._record = Record(model, structs=structs)
        fields = self._record.fields
        rest = unused("additional_properties", [one.name for one in fields])
        self.schema: pyarrow.Schema = pa.schema([*fields, pa.field(rest, pa.string())])

    def batch(self, items: Sequence[Any]) -> pyarrow.RecordBatch:
        """The items as rows; TypeError for one of another model."""
        for found in set(map(type, items)):
            if not issubclass(found, self._model):
                raise TypeError(f"expected {self._model.__name__}, found {found.__name__}")
        arrays, rest = self._record.build(items)
        texts = [_text(rest[i]) if i in rest else None for i in range(len(items))]
        arrays.append(pa.array(texts, pa.string()))
        batch: pyarrow.RecordBatch = pa.RecordBatch.from_arrays(arrays, schema=self.schema)
        return batch


@cache
def _layout(model: Any, structs: bool) -> Layout:
    return Layout(model, structs=structs)


def layout_of(model: type[Model] | Operation[..., Any], *, structs: bool = False) -> Layout:
    """The layout of a model, or of what an operation lists; made once."""
    found: Any = model_of(model)
    return _layout(found, structs)


def schema_of(model: type[Model] | Operation[..., Any], *, structs: bool = False) -> pyarrow.Schema:
    """The Arrow schema of a model, or of the items of a list operation.

    Names are those of Python. Milliseconds since 1970 and date-times are `timestamp[ms, UTC]`,
    enums are dictionary-encoded text, lists and maps are lists and maps if their values have one
    type. What has no type of its own is JSON. The last column, `additional_properties`, has as
    JSON what the others cannot hold: what the API does not describe, and what it describes
    otherwise.

    Args:
        model: The generated class, or the module of the operation.
        structs: Whether an object inside another is one column, a struct. Otherwise each of its
            properties is a column, with its name in front, such as `state_status`.
    """
    return layout_of(model, structs=structs).schema


def to_arrow(
    items: Iterable[Model],
    model: type[Model] | Operation[..., Any] | None = None,
    *,
    structs: bool = False,
) -> pyarrow.Table:
    """Some items as a table: `to_arrow(paginate(list_task_runs, …), list_task_runs)`.

    Args:
        items: Items of one model.
        model: Their class, or the operation that lists them. If not given it is the class of the
            first, and there must be one.
        structs: See `schema_of`.

    Raises:
        ArgumentError: There is no item, and no model.
        WorkbenchError: What iterating over the items raises.
    """
    return _reader(_chunks(iter(items)), model, structs=structs).read_all()


def record_batches(
    pages: Iterable[Page[Any]],
    model: type[Model] | Operation[..., Any] | None = None,
    *,
    structs: bool = False,
) -> pyarrow.RecordBatchReader:
    """A batch for each page that has items, as pages arrive: `record_batches(pages(…), …)`.

    What reads Arrow takes the reader as it is, with one page in memory at a time. The arguments
    are those of `to_arrow`. Without a model, pages are read until one has an item.
    """
    return _reader((page.items for page in pages), model, structs=structs)


def _reader(
    pages: Iterator[Sequence[Any]],
    model: type[Model] | Operation[..., Any] | None,
    *,
    structs: bool,
) -> pyarrow.RecordBatchReader:
    pages = filter(len, pages)
    given: Any = model
    if given is None:
        first = next(pages, None)
        if first is None:
            raise ArgumentError("no items that have a schema: pass their model or operation")
        given, pages = first[0].__class__, chain([first], pages)
    layout = layout_of(given, structs=structs)
    return pyarrow.RecordBatchReader.from_batches(layout.schema, map(layout.batch, pages))


def _chunks(items: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(items, _BATCH)):
        yield chunk


def _text(rest: Any) -> str:
    """JSON that is valid UTF-8: half a surrogate pair is written as its escape."""
    return dumps(rest).encode("utf-8", "backslashreplace").decode()
