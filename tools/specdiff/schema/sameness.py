"""Whether two values that no rule claims differ at all, references followed, notes aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from tools.openapi.document import canonical
from tools.openapi.references import DATA

if TYPE_CHECKING:
    from tools.openapi.document import Document

_NOTES = frozenset({"$comment", "description", "example", "examples", "externalDocs"})
_NOTES_AS_TEXT = frozenset({"summary", "title"})
# Lists that mean the same in any order.
_SETS = frozenset({"allOf", "anyOf", "enum", "oneOf", "parameters", "required", "tags", "type"})


@define(eq=False)
class Sameness:
    """Compares values that no rule covers."""

    base: Document
    revision: Document
    _same: dict[tuple[int, int], bool] = field(factory=dict, init=False)
    _kept: list[Any] = field(factory=list, init=False)

    def same(self, one: Any, other: Any, keyword: str = "") -> bool:
        """Whether the two mean the same, as far as can be decided without rules."""
        one, other = self.base.resolve(one)[0], self.revision.resolve(other)[0]
        if not isinstance(one, dict | list) or type(one) is not type(other):
            return canonical(one) == canonical(other)
        key = (id(one), id(other))
        if key not in self._same:
            self._kept += (one, other)
            self._same[key] = True  # as far as is known, should it lead back to itself
            self._same[key] = self._compare(one, other, keyword)
        return self._same[key]

    def _compare(self, one: Any, other: Any, keyword: str) -> bool:
        if isinstance(one, list):
            if len(one) != len(other):
                return False
            if keyword in _SETS:
                rest = list(other)
                for item in one:
                    match = next((i for i, o in enumerate(rest) if self.same(item, o)), None)
                    if match is None:
                        return False
                    del rest[match]
                return True
            return all(map(self.same, one, other))
        for name in one.keys() | other.keys():
            before, after = one.get(name), other.get(name)
            if name.startswith("x-") or name in _NOTES or name == "operationId":
                continue
            if name in _NOTES_AS_TEXT and not isinstance(before or after, dict):
                continue
            if name in DATA and name not in _SETS:
                if canonical(before) != canonical(after):
                    return False
            elif not self.same(before, after, name):
                return False
        return True
