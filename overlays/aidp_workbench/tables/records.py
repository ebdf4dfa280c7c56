"""The columns of a model, by the types that its class declares."""

from __future__ import annotations

import datetime
import typing
import uuid
from functools import partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union

from aidp_workbench_api.model import MapModel, Model
from aidp_workbench_api.types import UNSET, Unset
from aidp_workbench_api.values import ANYTHING

from ..transport.json import dumps
from .columns import WHOLE, Column, Dates, Enum, Lists, Maps, Milliseconds, Texts, Times, pa

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    import pyarrow
    from aidp_workbench_api.model import Property

    from .columns import Array, Built

_PLAIN: dict[Any, Callable[[], Column]] = {
    bool: partial(Column, pa.bool_()),
    datetime.date: Dates,
    datetime.datetime: Times,
    float: partial(Column, pa.float64()),
    int: partial(Column, pa.int64()),
    str: Texts,
    uuid.UUID: partial(Texts, str),
}

_OBJECT = (Model, NoneType)


class Record:
    """The columns of a model, those of the objects inside of it among them.

    Attributes:
        fields: Their names and types.
    """

    def __init__(
        self, model: type[Model], *, structs: bool, outside: frozenset[type[Model]] = frozenset()
    ) -> None:
        self._structs = structs
        self._models = outside | {model}
        self._additional = model.schema_.additional
        hints = typing.get_type_hints(model)
        self._columns = [
            (one, self._column(one, hints[one.attribute])) for one in model.schema_.properties
        ]
        fields: dict[str, pyarrow.DataType] = {}
        for one, column in self._columns:
            # Python needs `type_` where the API says `type`.
            name = one.attribute if one.name.endswith("_") else one.attribute.rstrip("_")
            if isinstance(column, Record):
                parts = {f"{name}_{part.name}": part.type for part in column.fields}
            else:
                parts = {name: column.type}
            fields |= {unused(name, fields): data_type for name, data_type in parts.items()}
        self.fields: list[pyarrow.Field[Any]] = [
            pa.field(name, data_type) for name, data_type in fields.items()
        ]

    def build(self, values: Sequence[Any]) -> Built:
        """The arrays of some objects, and what of them they do not hold, in the form of JSON."""
        rest: dict[int, Any] = {}
        types: set[type[Any]] = set(map(type, values))
        if others := {one for one in types if not issubclass(one, _OBJECT)}:
            rest = {i: WHOLE for i, value in enumerate(values) if type(value) in others}
            values = [None if i in rest else value for i, value in enumerate(values)]
        complete = NoneType not in types and not rest
        for i, one in enumerate(values):
            if one is not None and one.additional_properties:
                rest[i] = self._encoded(one.additional_properties)
        arrays: list[Array] = []
        for prop, column in self._columns:
            inner = _values(values, prop.attribute, complete=complete)
            built, left = column.build(inner)
            arrays += built
            for i, what in left.items():
                kept = _json(prop, inner[i]) if what is WHOLE else what
                # What stands aside already is what the service sent.
                rest.setdefault(i, {}).setdefault(prop.name, kept)
        return arrays, rest

    def _encoded(self, found: dict[str, Any]) -> dict[str, Any]:
        if self._additional is ANYTHING:
            return dict(found)
        return {name: self._additional.encode(value) for name, value in found.items()}

    def _column(self, one: Property, hint: Any) -> Column | Record:
        column = self._typed(hint, one.value_format)
        if isinstance(column, Struct) and not self._structs:
            return column.record
        return column or Texts(lambda value: dumps(_json(one, value)))

    def _typed(self, hint: Any, value_format: str) -> Column | None:
        """The column for values of a type; None if it is none that Arrow has."""
        alternatives = typing.get_args(hint) if _is_union(hint) else (hint,)
        types = {one for one in alternatives if one not in (NoneType, Unset)}
        literals = {one for one in types if typing.get_origin(one) is Literal}
        types -= literals
        types |= {type(value) for one in literals for value in typing.get_args(one)}
        if types == {str}:
            return Enum() if literals else Texts()
        if types == {int, float}:
            return Column(pa.float64())
        return self._of_one(types.pop(), value_format) if len(types) == 1 else None

    def _of_one(self, only: Any, value_format: str) -> Column | None:
        if typing.get_origin(only) is list:
            inner = self._typed(typing.get_args(only)[0], value_format)
            return Lists(inner) if inner else None
        if only is int and value_format:
            return Milliseconds()
        if only in _PLAIN:
            return _PLAIN[only]()
        # Arrow has no type for an object that holds others of its kind.
        if not isinstance(only, type) or not issubclass(only, Model) or only in self._models:
            return None
        hints = typing.get_type_hints(only)
        if MapModel in only.__mro__:
            inner = self._typed(typing.get_args(hints["additional_properties"])[1], "")
            return Maps(inner) if inner else None
        record = Record(only, structs=self._structs, outside=self._models)
        return Struct(record) if record.fields else None


class Struct(Column):
    """Objects that stay together in one column."""

    def __init__(self, record: Record) -> None:
        super().__init__(pa.struct(record.fields))
        self.record = record

    def build(self, values: Sequence[Any]) -> Built:
        arrays, rest = self.record.build(values)
        is_null = [value is None or rest.get(i) is WHOLE for i, value in enumerate(values)]
        mask = pa.array(is_null, pa.bool_())
        return [pa.StructArray.from_arrays(arrays, fields=self.record.fields, mask=mask)], rest


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in (Union, UnionType)


def unused(name: str, names: Container[str]) -> str:
    """The name, with underscores behind it if it is taken: state_status, beside a state."""
    while name in names:
        name += "_"
    return name


def _values(objects: Sequence[Any], attribute: str, *, complete: bool) -> list[Any]:
    """The values of an attribute; `complete` says that no object is None."""
    get = attrgetter(attribute)
    if complete:
        return [None if value is UNSET else value for value in map(get, objects)]
    return [None if one is None or (value := get(one)) is UNSET else value for one in objects]


def _json(one: Property, value: Any) -> Any:
    return value if type(value) in one.types else one.encode(value)
