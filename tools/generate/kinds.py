"""What templates ask about properties: the code for their kinds, their imports and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_python_client.parser.properties import AnyProperty, LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty
from openapi_python_client.strings import PythonCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .prepare import Discriminators

_PLAIN: dict[Any, str] = {
    AnyProperty: "_values.ANYTHING",
    BooleanProperty: "_values.BOOLEAN",
    DateProperty: "_times.DATE",
    DateTimeProperty: "_times.TIME",
    FileProperty: "_values.BINARY",
    FloatProperty: "_values.NUMBER",
    IntProperty: "_values.INTEGER",
    NoneProperty: "_values.NULL",
    StringProperty: "_values.TEXT",
    UuidProperty: "_values.UUID",
}
# Those that differ by their JSON types alone.
_SIMPLE = {BooleanProperty, FloatProperty, NoneProperty, StringProperty}


class UnknownObject(AnyProperty):
    """The alternative of a union that takes any object: a new kind of object is kept unchanged."""

    def get_base_type_string(self) -> PythonCode:
        return PythonCode("dict[str, Any]")

    def get_base_json_type_string(self) -> PythonCode:
        return self.get_base_type_string()


class Kinds:
    """The code for the kind of a property, in names of the package's own modules."""

    def __init__(self, discriminators: Discriminators) -> None:
        self._discriminators = discriminators

    def code(self, prop: Any) -> str:
        match prop:
            case UnionProperty():
                return self._union(prop)
            case ListProperty():
                return f"_values.ListOf({self.code(prop.inner_property)})"
            case ModelProperty():
                return f"_model.ObjectOf({prop.class_info.name})"
            case LiteralEnumProperty():
                return f"_values.OneOf.literal({prop.class_info.name})"
            case ConstProperty():
                return f"_values.OneOf({prop.value.python_code.as_unembedded_code()})"
            case _:
                return _PLAIN[type(prop)]

    def _union(self, union: UnionProperty) -> str:
        parts = [one for one in union.inner_properties if not isinstance(one, UnknownObject)]
        kinds = {type(one) for one in parts}
        codes = [self.code(one) for one in parts if not _is_in(one, kinds)]
        if len(parts) < len(union.inner_properties):
            codes.append("keeps_unknown=True")
        objects = {one.class_info.name for one in parts if isinstance(one, ModelProperty)}
        if len(objects) == 1 and len(parts) > 1 and kinds <= {ModelProperty, *_SIMPLE}:
            codes.sort(key=lambda code: "ObjectOf" not in code)
            return f"{codes[0][:-1]}, {', '.join(codes[1:])})"
        if found := self._discriminators.get(frozenset(objects)):
            name, values = found
            mapping = ", ".join(f"{value!r}: _model.ObjectOf({values[value]})" for value in values)
            codes.append(f"by={name!r}, mapping={{{mapping}}}")
        return codes[0] if len(codes) == 1 else f"_either.Either({', '.join(codes)})"


def _is_in(part: Any, kinds: set[type]) -> bool:
    """Whether another alternative takes all that this one does: text, beside an enum of texts."""
    if isinstance(part, LiteralEnumProperty):
        return (StringProperty if part.value_type is str else IntProperty) in kinds
    if isinstance(part, ConstProperty) and isinstance(part.value.raw_value, str):
        return StringProperty in kinds
    return isinstance(part, IntProperty) and FloatProperty in kinds


def add_unknown_objects(data: Any) -> None:
    """Let each union of objects that has no place to set a value aside take any object."""
    for prop in all_properties(data):
        objects = [one for one in inner(prop) if isinstance(one, ModelProperty)]
        if isinstance(prop, UnionProperty) and prop.required and len(objects) > 1:
            if any(isinstance(one, UnknownObject) for one in prop.inner_properties):
                continue
            unknown = UnknownObject(
                name=prop.name,
                required=True,
                default=None,
                python_name=prop.python_name,
                description=None,
                example=None,
            )
            prop.inner_properties = [*prop.inner_properties, unknown]


def all_properties(data: Any) -> Iterator[Any]:
    """Every property of models and operations, with those inside of them."""
    waiting: list[Any] = []
    for model in data.models:
        additional = model.additional_properties
        waiting += [*in_order(model), *([additional] if additional else [])]
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            waiting += endpoint.list_all_parameters()
            waiting += [response.prop for response in endpoint.responses]
    while waiting:
        prop = waiting.pop()
        yield prop
        waiting += inner(prop)


def inner(prop: Any) -> list[Any]:
    """The alternatives of a union, the items of a list."""
    if isinstance(prop, UnionProperty):
        return list(prop.inner_properties)
    return [prop.inner_property] if isinstance(prop, ListProperty) else []


def in_order(model: ModelProperty) -> list[Any]:
    """The properties of a model as arguments: those that must be given come first."""
    properties = [*(model.required_properties or []), *(model.optional_properties or [])]
    return sorted(properties, key=lambda one: not one.required or one.default is not None)


def is_map(model: ModelProperty) -> bool:
    """Whether the names of its properties are data."""
    return not in_order(model) and model.additional_properties is not None


def additional_type(model: ModelProperty) -> str:
    """The type of the properties that the API does not name."""
    prop: Any = model.additional_properties
    return prop.get_type_string().as_unembedded_code() if prop else "Any"


def imports(statements: Iterable[str]) -> list[str]:
    """The import statements that a generated module needs, beside those that all have."""
    needed = {one for one in statements if " import check_" not in one}
    return sorted(
        one
        for one in needed
        if not one.startswith(("from typing", "from io")) and "types import" not in one
    )
