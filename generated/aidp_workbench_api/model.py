"""What all models share: how one is read from JSON, and written as JSON again."""

from collections.abc import Iterator, KeysView, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from .errors import ArgumentError, Misfit, ResponseError
from .types import UNSET, Unset
from .values import ANYTHING, Kind, is_rewritten, is_same

V = TypeVar("V")


class Property:
    """A property of an object: its name in JSON and in Python, and the kind of its values.

    Attributes:
        types: Values of exactly these types are right as they are.
        value_format: What its numbers stand for, if their type does not say it:
            `epoch-milliseconds`.
    """

    __slots__ = ("attribute", "kind", "name", "required", "types", "value_format")

    def __init__(
        self,
        name: str,
        attribute: str,
        kind: Kind,
        *,
        required: bool = False,
        value_format: str = "",
    ) -> None:
        self.name = name
        self.value_format = value_format
        self.attribute = attribute
        self.kind = kind
        self.required = required
        self.types: Any = kind.types if required else kind.types | {Unset}

    def decode(self, value: Any, aside: dict[str, Any]) -> Any:
        """The value of Python; what it cannot hold is put `aside`, unchanged.

        That is a Misfit of an optional property, and a value that would be written differently.
        """
        try:
            found = self.kind.decode(value)
        except ResponseError as error:
            if isinstance(error, Misfit) and not self.required:
                aside[self.name] = value
                return UNSET
            error.inside(self.name)
            if isinstance(error, Misfit):
                raise ResponseError(error.reason, error.place) from None
            raise
        if is_rewritten(value, found):
            aside[self.name] = value
        return found

    def encode(self, value: Any) -> Any:
        try:
            return self.kind.encode(value)
        except ArgumentError as error:
            raise ArgumentError(f"{self.attribute}: {error}") from None


class Schema:
    """What the objects of a model are made of, in a table that is made once."""

    def __init__(self, *properties: Property, additional: Kind = ANYTHING) -> None:
        self.properties = properties
        self.additional = additional
        self.names = frozenset(one.name for one in properties)

    def rest(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """What an object has beside the properties that the API names."""
        if type(source) is not dict and not isinstance(source, Mapping):
            raise ResponseError.unexpected("", "an object", source)
        rest = {name: value for name, value in source.items() if name not in self.names}
        if self.additional is ANYTHING:
            return rest
        return {name: self._additional(name, value) for name, value in rest.items()}

    def _additional(self, name: str, value: Any) -> Any:
        try:
            return value if type(value) in self.additional.types else self.additional.decode(value)
        except ResponseError as error:
            error.inside(name)
            raise


class Model:
    """An object of the API.

    It also reads as the JSON that it stands for, by the names there: `run["startTime"]`,
    `"startTime" in run`, `dict(run)`.
    """

    __slots__ = ()
    schema_: ClassVar[Schema]

    if TYPE_CHECKING:
        additional_properties: dict[str, Any]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read it from parsed JSON.

        A value of another type than the API says is kept unchanged in `additional_properties`,
        and so is what the API does not describe.

        Raises:
            ResponseError: It is no object, or what it must have is missing or wrong.
        """
        raise NotImplementedError(cls.__name__)

    def to_dict(self) -> dict[str, Any]:
        """As parsed JSON; what is UNSET is left out.

        Raises:
            ArgumentError: A date-time has no time zone.
        """
        schema = self.schema_
        found: dict[str, Any] = {}
        if self.additional_properties:
            found.update(self.additional_properties)
            if schema.additional is not ANYTHING:
                found = {name: schema.additional.encode(value) for name, value in found.items()}
        for one in schema.properties:
            value = getattr(self, one.attribute)
            if value is not UNSET:
                encoded = value if type(value) in one.types else one.encode(value)
                if one.name not in found or not is_same(found[one.name], encoded):
                    found[one.name] = encoded
        return found

    def keys(self) -> KeysView[str]:
        return self.to_dict().keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.to_dict())

    def __contains__(self, name: object) -> bool:
        return name in self.to_dict()

    def __getitem__(self, name: str) -> Any:
        return self.to_dict()[name]

    def __repr__(self) -> str:
        values = ((one.attribute, getattr(self, one.attribute)) for one in self.schema_.properties)
        shown = [f"{name}={value!r}" for name, value in values if value is not UNSET]
        if self.additional_properties:
            shown.append(f"additional_properties={self.additional_properties!r}")
        return f"{type(self).__name__}({', '.join(shown)})"


class MapModel(Model, MutableMapping[str, V]):
    """An object whose names are data: a dictionary from text to values of one kind."""

    __slots__ = ()

    if TYPE_CHECKING:
        additional_properties: dict[str, V]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        model = cls()
        model.additional_properties = cls.schema_.rest(src_dict)
        return model

    def __getitem__(self, name: str) -> V:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: V) -> None:
        self.additional_properties[name] = value

    def __delitem__(self, name: str) -> None:
        del self.additional_properties[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.additional_properties)

    def __len__(self) -> int:
        return len(self.additional_properties)

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties

    def keys(self) -> KeysView[str]:
        return self.additional_properties.keys()


class ObjectOf(Kind):
    """An object that a model describes, or a value of one of the plain kinds, such as null."""

    expected = "an object"
    is_structure = True

    def __init__(self, model: type[Model], *plain: Kind) -> None:
        self.decode: Any = model.from_dict
        for kind in plain:
            self.types |= kind.types

    def encode(self, value: Any) -> Any:
        return value.to_dict() if isinstance(value, Model) else value
