"""How the values of one property become a column of Arrow.

A column never fails on a value. One that it cannot hold is null there, and reported, so that the
record which the column belongs to keeps it in its JSON.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Arrays of one or more columns, and what of the values they do not hold, by position: the rest of
# an object, or WHOLE.
Array: TypeAlias = "pyarrow.Array[Any]"
Built: TypeAlias = tuple[list[Array], dict[int, Any]]
WHOLE = object()

pa: Any = pyarrow  # its stubs do not say all that its functions take
compute: Any = pc

TIMESTAMP = pa.timestamp("ms", "UTC")
DICTIONARY = pa.dictionary(pa.int32(), pa.string())

# What pyarrow raises for a value that does not fit a type; its own errors are among them.
_REFUSED = (TypeError, ValueError, OverflowError, AttributeError, NotImplementedError)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
# The times that Python, Spark and most databases know: the years 1 to 9999.
_FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MILLISECOND
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MILLISECOND
# Digits that a column of milliseconds loses, and a leap second.
_FINER = re.compile(r"\.\d{3}\d*[1-9]|:60\b")


class Column:
    """A column of plain values."""

    def __init__(self, data_type: pyarrow.DataType) -> None:
        self.type = data_type

    def build(self, values: Sequence[Any]) -> Built:
        """The array of `values`, of which None is null."""
        try:
            return [self.array(values)], {}
        except _REFUSED:
            fits = [value is None or self._holds(value) for value in values]
            kept = [value if fit else None for value, fit in zip(values, fits, strict=True)]
            return [self.array(kept)], {i: WHOLE for i, fit in enumerate(fits) if not fit}

    def array(self, values: Sequence[Any]) -> Array:
        found: Array = pa.array(values, self.type)
        return found

    def _holds(self, value: Any) -> bool:
        try:
            self.array([value])
        except _REFUSED:
            return False
        return True


class Enum(Column):
    """Texts of which a few are repeated often."""

    def __init__(self) -> None:
        super().__init__(DICTIONARY)

    def array(self, values: Sequence[Any]) -> Array:
        found: Array = pa.array(values, pa.string()).dictionary_encode()
        return found


class Milliseconds(Column):
    """Whole numbers that are milliseconds since 1970."""

    def __init__(self) -> None:
        super().__init__(TIMESTAMP)

    def array(self, values: Sequence[Any]) -> Array:
        numbers = pa.array(values, pa.int64())
        bounds = compute.min_max(numbers)
        first, last = bounds["min"].as_py(), bounds["max"].as_py()
        if first is not None and not _FIRST <= first <= last <= _LAST:
            raise OverflowError(f"{first} to {last} ms are no times")
        found: Array = numbers.view(TIMESTAMP)
        return found


class Times(Milliseconds):
    """Date-times; what is finer than a millisecond is cut, and reported."""

    def build(self, values: Sequence[Any]) -> Built:
        arrays, rest = super().build(values)
        for i, value in enumerate(values):
            if value is not None and _is_finer(value):
                rest.setdefault(i, WHOLE)
        return arrays, rest

    def array(self, values: Sequence[Any]) -> Array:
        return super().array(
            [None if value is None else (value - _EPOCH) // _MILLISECOND for value in values]
        )


def _is_finer(value: Any) -> bool:
    if text := getattr(value, "text", ""):
        return _FINER.search(text) is not None
    return isinstance(value, datetime) and value.microsecond % 1000 > 0


class Dates(Column):
    """Days."""

    def __init__(self) -> None:
        super().__init__(pa.date32())

    def array(self, values: Sequence[Any]) -> Array:
        if any(isinstance(value, datetime) for value in values):
            raise TypeError(f"a {date.__name__} has no time")
        return super().array(values)


class Texts(Column):
    """Texts, or what is written as one: a UUID, JSON of what has no other type."""

    def __init__(self, write: Callable[[Any], str] | None = None) -> None:
        super().__init__(pa.string())
        self._write = write

    def array(self, values: Sequence[Any]) -> Array:
        if write := self._write:
            values = [None if value is None else write(value) for value in values]
        return super().array(values)


class Lists(Column):
    """Lists of one kind of values."""

    def __init__(self, inner: Column) -> None:
        super().__init__(pa.list_(inner.type))
        self._inner = inner

    def build(self, values: Sequence[Any]) -> Built:
        fits = [value is None or isinstance(value, list | tuple) for value in values]
        lists = [value if fit else None for value, fit in zip(values, fits, strict=True)]
        offsets, owners = _flat(lists)
        (inner,), lost = self._inner.build([one for value in lists for one in value or ()])
        rest = {i: WHOLE for i, fit in enumerate(fits) if not fit}
        rest |= {owners[i]: WHOLE for i in lost}
        return [pa.ListArray.from_arrays(offsets, inner, type=self.type)], rest


class Maps(Column):
    """Objects whose names are data."""

    def __init__(self, inner: Column) -> None:
        super().__init__(pa.map_(pa.string(), inner.type))
        self._inner = inner

    def build(self, values: Sequence[Any]) -> Built:
        keys = Column(pa.string())
        names, refused = keys.build([name for value in values for name in value or ()])
        _, owners = _flat(values)
        rest: dict[int, Any] = {owners[i]: WHOLE for i in refused}
        if refused:
            values = [None if i in rest else value for i, value in enumerate(values)]
            names, _ = keys.build([name for value in values for name in value or ()])
        offsets, owners = _flat(values)
        items: list[Any] = [one for value in values if value for one in value.values()]
        (inner,), lost = self._inner.build(items)
        rest |= {owners[i]: WHOLE for i in lost}
        return [pa.MapArray.from_arrays(offsets, names[0], inner).cast(self.type)], rest


def _flat(values: Sequence[Any]) -> tuple[Array, list[int]]:
    """Where each value starts when all are put together, null for None; and whose each item is."""
    starts: list[int | None] = []
    owners: list[int] = []
    for i, value in enumerate(values):
        starts.append(None if value is None else len(owners))
        owners += [i] * len(value or ())
    return pa.array([*starts, len(owners)], pa.int32()), owners
