"""Alternatives: the kinds of `oneOf` and `anyOf`."""

from collections.abc import Mapping
from typing import Any

from .errors import ArgumentError, Misfit, ResponseError
from .model import Model, ObjectOf
from .values import ANYTHING, Kind


class Either(Kind):
    """One of several kinds of values.

    Of several objects the first is taken that leaves nothing over, else the one that leaves the
    least. An object that fits none is a new kind that this version does not know.

    Args:
        kinds: The alternatives, in the order of the API.
        keeps_unknown: Whether an object that fits none is kept unchanged; else it is a Misfit.
        by: The property that distinguishes the objects, if the API names one.
        mapping: Their values of that property.
    """

    def __init__(
        self,
        *kinds: Kind,
        keeps_unknown: bool = False,
        by: str = "",
        mapping: dict[str, ObjectOf] | None = None,
    ) -> None:
        self._kinds = kinds
        self._keeps_unknown = keeps_unknown
        self._by = by
        self._mapping = mapping or {}
        structures = [kind for kind in kinds if kind.is_structure]
        self._structure = structures[0] if len(structures) == 1 else None
        self.is_structure = self._structure is not None
        self.expected = " or ".join(dict.fromkeys(kind.expected for kind in kinds))
        for kind in kinds:
            self.types |= kind.types

    def decode(self, value: Any) -> Any:
        kinds = self._kinds
        if self._by and isinstance(value, Mapping) and isinstance(value.get(self._by), str):
            if known := self._mapping.get(value[self._by]):
                return known.decode(value)
            kinds = tuple(kind for kind in kinds if not isinstance(kind, ObjectOf))
        fits: list[tuple[int, Any]] = []
        for kind in kinds:
            try:
                found = value if type(value) in kind.types else kind.decode(value)
            except ResponseError:
                continue
            if not (left := _left_over(found)):
                return found
            fits.append((left, found))
        if fits:
            return min(fits, key=lambda one: one[0])[1]
        if self._keeps_unknown and isinstance(value, dict):
            return value
        if self._structure:
            return self._structure.decode(value)
        raise Misfit.unexpected("", self.expected, value)

    def encode(self, value: Any) -> Any:
        if isinstance(value, Model):
            return value.to_dict()
        if any(kind.takes(value) for kind in self._kinds):
            return value
        refusal: ArgumentError | None = None
        for kind in self._kinds:
            try:
                if (encoded := kind.encode(value)) is not value:
                    return encoded
            except ArgumentError as error:
                refusal = refusal or error
        if refusal:
            raise refusal
        return value


def _left_over(value: Any) -> int:
    """How many properties of an object are not of its model, or not as that says."""
    if isinstance(value, list):
        return sum(map(_left_over, value))
    if not isinstance(value, Model):
        return 0
    schema = value.schema_
    inner = sum(_left_over(getattr(value, one.attribute)) for one in schema.properties)
    return inner + (len(value.additional_properties) if schema.additional is ANYTHING else 0)
