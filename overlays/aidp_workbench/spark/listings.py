"""What an executor does with a partition of keys. It knows Arrow, but not Spark."""

from __future__ import annotations

import importlib
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from aidp_workbench_api import Client
from attrs import frozen

from .. import paginate_many
from ..errors import WorkbenchError
from ..listing.operation import resolve
from ..tables.arrow import layout_of
from ..tables.columns import pa
from .columns import spark_schema
from .connection import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow

    from ..listing.operation import Operation

KEY, ERROR = "listing_key", "listing_error"
ERROR_TYPE = pa.struct(
    [
        ("type", pa.string()),
        ("message", pa.string()),
        ("status", pa.int64()),
        ("opc_request_id", pa.string()),
        ("resume_page", pa.string()),
    ]
)


@frozen
class Listings:
    """Listings of one operation that differ in one argument; it travels to executors.

    Attributes:
        operation: The name of the operation's module.
        by: The argument in which they differ.
        arguments: The others.
        connection: The arguments of `connect`.
        concurrency: How many listings of a partition run at the same time.
        rate: Requests a second of a partition at most.
        structs: See `schema_of`.
    """

    operation: str
    by: str
    arguments: Mapping[str, Any]
    connection: Mapping[str, Any]
    concurrency: int | None = None
    rate: float | None = None
    structs: bool = False

    @classmethod
    def of(cls, operation: Operation[..., Any], by: str, **settings: Any) -> Listings:
        """The listings, checked as `paginate_many` checks them. Raises what that raises."""
        module = resolve(operation).sync_detailed.__module__
        made = cls(operation=module, by=by, **settings)
        made._start(Client(base_url="http://localhost"), ())
        return made

    @property
    def schema(self) -> pyarrow.Schema:
        """The key, the columns of an item, and an error; in types that Spark has."""
        layout: Any = layout_of(self._module, structs=self.structs)
        fields = [pa.field(KEY, pa.string()), *layout.schema, pa.field(ERROR, ERROR_TYPE)]
        return spark_schema(fields)

    def rows(self, keys: Iterable[str | None]) -> Iterator[pyarrow.RecordBatch]:
        """What `found` yields, as rows of the schema."""
        schema = self.schema
        for key, found in self.found(keys):
            if isinstance(found, WorkbenchError):
                yield pa.RecordBatch.from_pylist([{KEY: key, ERROR: described(found)}], schema)
            else:
                yield cast([repeated(key, found), *found.columns, None], schema)

    def found(self, keys: Iterable[str | None]) -> Iterator[tuple[str, Any]]:
        """A batch for each page that has items, and the error of each listing that failed.

        Raises:
            ConfigError: The service cannot be reached from here, for whatever key.
        """
        waiting = iter(keys)
        first = list(islice(waiting, 1))
        if not first:
            return  # nothing to list, and nothing that must be configured
        layout = layout_of(self._module, structs=self.structs)
        with opened(self.connection, self.rate) as client:
            for key, page in self._start(client, chain(first, waiting)):
                if isinstance(page, WorkbenchError):
                    yield key, page
                elif page.items:
                    yield key, layout.batch(page.items)

    def _start(self, client: Client, keys: Iterable[Any]) -> Iterator[tuple[str, Any]]:
        return paginate_many(
            self._module, self.by, keys,
            concurrency=self.concurrency, client=client, **self.arguments,
        )  # fmt: skip

    @property
    def _module(self) -> Any:
        return importlib.import_module(self.operation)


def described(error: WorkbenchError) -> dict[str, Any]:
    """What a row says of an error."""
    return {
        "type": type(error).__name__,
        "message": str(error),
        "status": getattr(error, "status", None),
        "opc_request_id": getattr(error, "opc_request_id", None),
        "resume_page": error.resume_page,
    }


def repeated(value: Any, batch: pyarrow.RecordBatch) -> Any:
    """A column that has the same value in each row of the batch."""
    return pa.array([value] * batch.num_rows)


def cast(columns: Iterable[Any], schema: Any) -> pyarrow.RecordBatch:
    """Columns in the types of the schema; those that are None are null in each row."""
    given = list(columns)
    count = next(len(one) for one in given if one is not None)
    arrays = [
        pa.nulls(count, field.type) if one is None else one.cast(field.type)
        for one, field in zip(given, schema, strict=True)
    ]
    batch: pyarrow.RecordBatch = pa.RecordBatch.from_arrays(arrays, schema=schema)
    return batch
