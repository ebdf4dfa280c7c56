"""A listing as a file of Parquet, for pandas, Polars, DuckDB or Spark."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow
import pyarrow.parquet

from aidp_workbench.tables.arrow import layout_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

# What is written at once: rows, and bytes in memory. Readers skip and share work by such groups.
_ROWS, _BYTES = 100_000, 2**26

pq: Any = pyarrow.parquet  # it has no types


class Parquet:
    """The columns of `aidp_workbench.tables`. Without its end, after an error, it cannot be read.

    Args:
        operation: The module of the operation that lists the items.
    """

    def __init__(self, stream: BinaryIO, operation: Any) -> None:
        self._layout = layout_of(operation)
        self._sink = _Sink(stream)
        self._batches: list[pyarrow.RecordBatch] = []
        self._rows = self._bytes = 0
        with self._sink.opened():
            self._writer = pq.ParquetWriter(self._sink, self._layout.schema)

    def start(self) -> None: ...

    def write(self, items: Sequence[Any]) -> None:
        batch = self._layout.batch(items)
        self._batches.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= _ROWS or self._bytes >= _BYTES:
            self._write_group()

    def end(self) -> None:
        self._write_group()
        with self._sink.opened():
            self._writer.close()

    def _write_group(self) -> None:
        if self._rows:
            table = pyarrow.Table.from_batches(self._batches)
            with self._sink.opened():
                self._writer.write_table(table)
        self._batches, self._rows, self._bytes = [], 0, 0


class _Sink:
    """Passes on what the writer writes while it is opened.

    Arrow's writer adds the end of the file when it is collected as garbage: what an error has cut
    would look complete.
    """

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._is_open = False
        self._position = 0

    @contextmanager
    def opened(self) -> Generator[None]:
        self._is_open = True
        try:
            yield
        finally:
            self._is_open = False

    def write(self, data: bytes) -> int:
        if self._is_open:
            self._stream.write(data)
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        return self._position  # a pipe has none

    def flush(self) -> None:
        if self._is_open:
            self._stream.flush()

    def close(self) -> None: ...
