"""What schemas ask for that hold together, as those of `allOf` do."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from tools.openapi.document import canonical, is_number, sequence

_FLAGS = frozenset({"deprecated", "readOnly", "uniqueItems", "writeOnly"})
_LOWER = ("exclusiveMinimum", "minContains", "minItems", "minLength", "minProperties", "minimum")
_UPPER = ("exclusiveMaximum", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum")


class Merged(dict[str, Any]):
    """A schema that no document has: several that hold together."""


@define(eq=False)
class SchemaMerger:
    """Makes one schema of two, the same object for the same two."""

    _merged: dict[tuple[int, ...], Merged] = field(factory=dict, init=False)
    # What is known by its id must not be freed, or another value could get that id.
    _kept: list[Any] = field(factory=list, init=False)

    def both(self, one: Any, other: Any) -> Any:
        """The schema of what both allow; the same object for the same two."""
        if one is other or one is True or other is False:
            return other
        if other is True or one is False or canonical(one) == canonical(other):
            return one
        # Flat, or a recursive schema would nest them without end.
        members = {
            id(raw): raw
            for side in (one, other)
            for raw in (side["allOf"] if isinstance(side, Merged) else [side])
        }
        key = tuple(sorted(members))
        if key not in self._merged:
            self._kept += members.values()
            self._merged[key] = Merged(allOf=list(members.values()))
        return self._merged[key]


def common_types(one: list[str], other: list[str]) -> list[str]:
    """The types that both lists allow."""
    common = [name for name in one if name in other]
    if "integer" not in common and {"integer", "number"} <= {*one, *other}:
        common.append("integer")
    return common or ["no type"]


def joined_value(keyword: str, one: Any, other: Any) -> Any:
    """What `keyword` says where both values hold; NotImplemented if no single value says it."""
    if keyword == "type":
        return common_types(one, other)
    if keyword in _FLAGS:
        return one is True or other is True
    if keyword in (*_LOWER, *_UPPER) and is_number(one) and is_number(other):
        return max(one, other) if keyword in _LOWER else min(one, other)
    if keyword == "required":
        return [*sequence(one), *sequence(other)]
    if keyword == "enum":
        allowed = {canonical(item) for item in sequence(other)}
        return [item for item in sequence(one) if canonical(item) in allowed]
    if keyword in ("default", "format", "nullable") or canonical(one) == canonical(other):
        return one
    return NotImplemented
