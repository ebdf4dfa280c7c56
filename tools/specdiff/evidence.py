"""Where a document says what changed: the line, and the words if they are short."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import define, field

from tools.openapi.document import Document, mapping, reference_of, sequence, steps_of
from tools.openapi.lines import Lines

if TYPE_CHECKING:
    from tools.openapi.references import Steps
    from tools.specdiff.model import Evidence

WIDTH = 60
_PARTS = ("allOf", "anyOf", "oneOf")


@define(eq=False)
class Reading:
    """Finds in a document what changes point to."""

    document: Document
    _places: dict[int, Steps] = field(factory=dict, init=False)
    _lines: Lines = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._lines = Lines(self.document.text)

    def line(self, evidence: Evidence) -> int | None:
        """The line, from 1; None if it is in another file or nowhere."""
        holder, is_said = self._holder(evidence)
        place = self._place(holder)
        if place is None and evidence.component.startswith("#"):
            place = tuple(steps_of(evidence.component[1:]))
        if place is None:
            return None
        return self._lines.line((*place, evidence.keyword) if is_said else place)

    def words(self, evidence: Evidence) -> str:
        """`maximum: 500` if that is short; empty if it is not, or not there."""
        holder, is_said = self._holder(evidence)
        if not is_said:
            return ""
        value = json.dumps(holder[evidence.keyword], ensure_ascii=False)
        words = f"{evidence.keyword}: {value}"
        return words if len(words) <= WIDTH else ""

    def _holder(self, evidence: Evidence) -> tuple[Any, bool]:
        """The object that says it, and whether it has the keyword."""
        candidates = [evidence.node]
        if evidence.component and self.document.has(evidence.component):
            candidates.insert(0, self.document.target(evidence.component))
        if evidence.keyword:
            for candidate in candidates:
                for one in (candidate, *self._parts(candidate)):
                    if evidence.keyword in mapping(one):
                        return one, True
        return candidates[-1], False

    def _parts(self, node: Any) -> list[Any]:
        """What a schema is put together from, a reference followed."""
        parts = [part for keyword in _PARTS for part in sequence(mapping(node).get(keyword))]
        found = [self.document.resolve(part)[0] if reference_of(part) else part for part in parts]
        return [self.document.resolve(node)[0], *found] if reference_of(node) else found

    def _place(self, node: Any) -> Steps | None:
        if not isinstance(node, dict | list):
            return None
        if not self._places:
            self._index()
        return self._places.get(id(node))

    def _index(self) -> None:
        """Note where each object is; an alias shows the same object at several places."""
        waiting: list[tuple[Steps, Any]] = [((), self.document.content)]
        while waiting:
            place, value = waiting.pop()
            if id(value) in self._places:
                continue
            self._places[id(value)] = place
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [
                ((*place, key), inner) for key, inner in pairs if isinstance(inner, dict | list)
            ]
