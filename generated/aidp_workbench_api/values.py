"""The kinds of JSON values: how each is converted to Python and back.

A value that is not of its kind is a Misfit. What holds it decides: an optional property sets it
aside and is UNSET, everything else passes the error on. An object, or a list of objects, that is
something else is an error in any case.
"""

import re
import uuid
from io import BytesIO
from typing import Any, get_args

from .errors import Misfit, ResponseError
from .types import UNSET, File, Unset


class Kind:
    """A kind of value.

    Attributes:
        expected: What error messages call it.
        types: Values of exactly these types are right as they are, in both directions.
        is_structure: Whether it is an object or a list of objects.
    """

    expected: str = "a value"
    types: Any = frozenset[type]()
    is_structure = False

    def decode(self, value: Any, /) -> Any:
        """The value of Python for one of JSON, or ResponseError."""
        raise Misfit.unexpected("", self.expected, value)

    def encode(self, value: Any) -> Any:
        """The value of JSON for one of Python. What is of no known type stays as it is."""
        return value

    def takes(self, value: Any) -> bool:
        """Whether a value of Python is one of this kind, and the same in JSON."""
        return type(value) in self.types


class Plain(Kind):
    """A value that is the same in JSON and in Python."""

    def __init__(self, expected: str, *types: type) -> None:
        self.expected = expected
        self.types = frozenset(types)

    def decode(self, value: Any) -> Any:
        if isinstance(value, tuple(self.types - {bool})) and not isinstance(value, bool):
            return value
        return super().decode(value)


class _Integer(Plain):
    """A whole number; JSON does not distinguish 1 from 1.0."""

    def decode(self, value: Any) -> Any:
        if type(value) is float and value.is_integer():
            return int(value)
        return super().decode(value)


class _AllTypes:
    """All types; that of UNSET only if it is added."""

    def __init__(self, *, unset: bool = False) -> None:
        self._unset = unset

    def __contains__(self, kind: type) -> bool:
        return self._unset or kind is not Unset

    def __or__(self, others: Any) -> "_AllTypes":
        return _AllTypes(unset=self._unset or Unset in others)

    __ror__ = __or__


class _Anything(Kind):
    types = _AllTypes()

    def decode(self, value: Any) -> Any:
        return super().decode(value) if value is UNSET else value


class OneOf(Kind):
    """One of these values: a closed enum, or a constant."""

    def __init__(self, *values: object) -> None:
        self._values = [(type(value), value) for value in values]
        self.expected = "one of " + ", ".join(map(repr, values)) if values[1:] else repr(*values)

    @classmethod
    def literal(cls, literal: Any) -> "OneOf":
        return cls(*get_args(literal))

    def decode(self, value: Any) -> Any:
        for kind, known in self._values:  # True is no 1
            if value == known and (type(value) is bool) == (kind is bool):
                return known
        found = f"{value!r:.100}" if isinstance(value, str | int | float) else None
        if found is None:
            return super().decode(value)
        raise Misfit(f"expected {self.expected}, found {found}")

    def takes(self, value: Any) -> bool:
        return any(type(value) is kind and value == known for kind, known in self._values)


class _Uuid(Kind):
    expected = "a UUID"

    def decode(self, value: Any) -> Any:
        if isinstance(value, str) and _UUID.fullmatch(value):
            return uuid.UUID(value)
        return super().decode(value)

    def encode(self, value: Any) -> Any:
        return str(value) if isinstance(value, uuid.UUID) else value


def is_rewritten(value: Any, found: Any) -> bool:
    """Whether JSON of `found` would look different from `value`: 1 for 1.0, a UUID in capitals."""
    if type(found) is int:
        return type(value) is float
    return type(found) is uuid.UUID and bool(str(found) != value)


def is_same(value: Any, encoded: Any) -> bool:
    """Whether what came says the same as what would be written, in its own way."""
    if isinstance(value, str) and isinstance(encoded, str):
        return value.lower() == encoded and _UUID.fullmatch(encoded) is not None
    return bool(value == encoded)


_UUID = re.compile(r"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}", re.ASCII | re.IGNORECASE)


class _Binary(Kind):
    expected = "a file"

    def decode(self, value: Any) -> Any:
        if isinstance(value, str | bytes):
            return File(BytesIO(value.encode() if isinstance(value, str) else value))
        return super().decode(value)

    def encode(self, value: Any) -> Any:
        return value.payload.read().decode() if isinstance(value, File) else value


class ListOf(Kind):
    """A list of one kind of values."""

    expected = "a list"

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self.is_structure = kind.is_structure

    def decode(self, value: Any) -> Any:
        if not isinstance(value, list):
            error = ResponseError if self.is_structure else Misfit
            raise error.unexpected("", self.expected, value)
        types, decode, found = self._kind.types, self._kind.decode, list[Any]()
        try:
            for one in value:
                found.append(one if type(one) in types else decode(one))
        except ResponseError as error:
            error.inside(f"[{len(found)}]")
            raise
        return found

    def encode(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        types, encode = self._kind.types, self._kind.encode
        return [one if type(one) in types else encode(one) for one in value]


ANYTHING = _Anything()
BOOLEAN = Plain("a boolean", bool)
INTEGER = _Integer("a whole number", int)
NULL = Plain("null", type(None))
NUMBER = Plain("a number", int, float)
TEXT = Plain("a text", str)
BINARY = _Binary()
UUID = _Uuid()
