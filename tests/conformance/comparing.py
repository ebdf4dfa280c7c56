"""Compares what two clients give, field by field, whatever classes they have for it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from aidp_workbench_api.model import MapModel, Model
from aidp_workbench_api.types import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Absent:
    """In place of the value of a field that is not there."""

    def __repr__(self) -> str:
        return "absent"


ABSENT = Absent()
Difference = tuple[str, str, str, str]
"""The client, the field, what ours gives and what theirs gives."""


def fields(thing: object, place: str = "") -> dict[str, Any]:
    """All values of a thing by where they are, such as `state.status`, with the names of JSON."""
    inner = properties(thing)
    if inner is None:
        return {place: thing}
    found: dict[str, Any] = {}
    for name, value in inner.items():
        found |= fields(value, f"{place}.{name}" if place else name)
    return found


def properties(thing: object) -> dict[str, Any] | None:
    """Those of an object in JSON, a list, a model of ours or of the SDK; else `None`."""
    if isinstance(thing, list):
        return {str(number): one for number, one in enumerate(thing)}
    if isinstance(thing, dict):
        return thing
    if isinstance(thing, MapModel):
        return dict(thing)
    if isinstance(thing, Model):
        known = {one.name: getattr(thing, one.attribute) for one in thing.schema_.properties}
        present = {name: value for name, value in known.items() if value is not UNSET}
        return present | thing.additional_properties
    if hasattr(thing, "swagger_types"):
        names: dict[str, str] = thing.attribute_map  # type: ignore[attr-defined]
        return {names[name]: getattr(thing, name) for name in thing.swagger_types}
    return None


class Comparison:
    """Counts what was compared, and what differed as declared.

    Args:
        client: The other client.
        declared: What may differ, and why: `any field` stands for each one.
    """

    def __init__(self, client: str, declared: Mapping[Difference, str]) -> None:
        self.client = client
        self.items = self.fields = 0
        self.differences = Counter[Difference]()
        self._declared = declared

    def add(self, ours: Iterable[object], theirs: Iterable[object]) -> None:
        for our_thing, their_thing in zip(ours, theirs, strict=True):
            our_fields, their_fields = fields(our_thing), fields(their_thing)
            self.items += 1
            for place in our_fields.keys() | their_fields.keys():
                self.fields += 1
                our, their = our_fields.get(place, ABSENT), their_fields.get(place, ABSENT)
                if is_same(our, their):
                    continue
                anywhere = (self.client, "any field", repr(our), repr(their))
                here = (self.client, place, repr(our), repr(their))
                self.differences[anywhere if anywhere in self._declared else here] += 1

    def check(self, *, is_complete: bool = True) -> None:
        """Fail if something differs that is not declared, or no longer differs as declared."""
        expected = {known for known in self._declared if known[0] == self.client}
        new = self.differences.keys() - expected
        assert not new, "\n".join(map(str, sorted(new)))
        gone = expected - self.differences.keys()
        assert not (is_complete and gone), gone
        print(f"{self.client}: {self.items:,} items, {self.fields:,} fields")
        for known, times in self.differences.items():
            print(f"  {times:,} differ: {self._declared[known]} ({known[1]})")


def is_same(our: object, their: object) -> bool:
    """Equal and of the same type: 1 is neither 1.0 nor True. A member of an enum is its text."""
    kinds = str, datetime, Enum
    return our == their and (type(our) is type(their) or isinstance(our, kinds))
