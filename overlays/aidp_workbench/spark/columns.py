"""The columns of Arrow in the types that Spark has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..tables.columns import pa

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow

_NAMES = {
    pa.string(): "string",
    pa.bool_(): "boolean",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.date32(): "date",
    pa.timestamp("us", "UTC"): "timestamp",
}


def spark_type(data_type: Any) -> Any:
    """The Arrow type in which Spark takes values: plain text for an enum, microseconds."""
    types = pa.types
    if types.is_dictionary(data_type):
        return pa.string()
    if types.is_timestamp(data_type):
        return pa.timestamp("us", "UTC")
    if types.is_map(data_type):
        return pa.map_(pa.string(), spark_type(data_type.item_type))
    if types.is_list(data_type):
        return pa.list_(spark_type(data_type.value_type))
    if types.is_struct(data_type):
        return pa.struct([(one.name, spark_type(one.type)) for one in data_type])
    return data_type


def spark_schema(fields: Iterable[Any]) -> pyarrow.Schema:
    """A schema of Arrow with the types of Spark."""
    found: pyarrow.Schema = pa.schema([(one.name, spark_type(one.type)) for one in fields])
    return found


def ddl(schema: Any) -> str:
    """The schema as Spark's SQL writes it."""
    return ", ".join(f"`{one.name}` {_written(one.type)}" for one in schema)


def _written(data_type: Any) -> str:
    types = pa.types
    if types.is_map(data_type):
        return f"map<string,{_written(data_type.item_type)}>"
    if types.is_list(data_type):
        return f"array<{_written(data_type.value_type)}>"
    if types.is_struct(data_type):
        parts = (f"`{one.name}`:{_written(one.type)}" for one in data_type)
        return f"struct<{','.join(parts)}>"
    return _NAMES[data_type]
