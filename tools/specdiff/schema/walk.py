"""Goes through two schemas together, to any depth, however often they lead to each other."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, frozen

from tools.openapi.document import canonical
from tools.specdiff.model import Change
from tools.specdiff.schema.pair import Key, Link, Pair, below, inner_family, joined
from tools.specdiff.schema.reader import SchemaReader
from tools.specdiff.schema.sameness import Sameness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.openapi.document import Document
    from tools.specdiff.schema.pair import Schemas
    from tools.specdiff.schema.schema import Schema

# So many ways to one schema are listed, and followed further: schemas that refer to each other
# have too many to read.
MAX_LISTED = 20
MAX_FOLLOWED = 2

# Data, and what is short to write: no schemas are in there.
_FLAT = frozenset({"default", "enum", "examples", "example", "required", "type", "externalDocs"})


def _is_simple(raw: Any) -> bool:
    """Whether `raw` leads to no other schemas."""
    return isinstance(raw, dict) and all(
        keyword in _FLAT or (keyword != "$ref" and not isinstance(value, dict | list))
        for keyword, value in raw.items()
    )


@frozen
class _Visit:
    """A pair on the way through those that lead to each other.

    Attributes:
        key: The pair.
        path: The way to it.
        component: The component that it is in, if in any.
        inner: The way from there.
        entered: The ids of the schemas that the way leads through.
    """

    key: Key
    path: str = ""
    component: str = ""
    inner: str = ""
    entered: frozenset[tuple[int, int]] = frozenset()

    def place(self, change: Change) -> Change:
        origin = change.origin
        if origin is None and self.component:
            origin = f"{self.component}|{joined(self.inner, change.location)}"
        return evolve(change, location=joined(self.path, change.location), origin=origin)

    def follow(self, link: Link) -> _Visit:
        path, component = joined(self.path, link.path), self.component
        inner = joined(self.inner, link.path)
        if link.component:
            component, inner = link.component, link.inner
        return _Visit(link.key, path, component, inner, self.entered | {self.key[:2]})


@define(eq=False)
class SchemaDiff:
    """Compares the schemas of two documents, each pair once for each use.

    Attributes:
        check: Yields the differences of a pair, and the pairs inside of it.
    """

    base: Document
    revision: Document
    check: Callable[[Schemas, Pair], Iterator[Change | Link]]
    _sameness: Sameness = field(init=False)
    _readers: tuple[SchemaReader, SchemaReader] = field(init=False)
    _raw: dict[Key, tuple[Any, Any]] = field(factory=dict, init=False)
    _own: dict[Key, tuple[Change | Link, ...]] = field(factory=dict, init=False)
    _all: dict[Key, tuple[Change, ...]] = field(factory=dict, init=False)
    _unchanged: set[Key] = field(factory=set, init=False)
    _open: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self._sameness = Sameness(self.base, self.revision)
        self._readers = SchemaReader(self.base), SchemaReader(self.revision)

    @property
    def documents(self) -> tuple[Document, Document]:
        return self.base, self.revision

    def read(self, before: Any, after: Any) -> tuple[Schema, Schema]:
        return self._readers[0].read(before), self._readers[1].read(after)

    def compare(self, before: Any, after: Any, family: str, is_text: bool) -> tuple[Change, ...]:
        """The differences of two schemas as they are written in base and revision."""
        link = self._link(before, after, family, is_text)
        if link.key not in self._all:
            steps = self._collect(link.key)
            if self._open:  # then one is being compared that is taken for unchanged so far
                return tuple(below(steps, "", link.component))
            self._all[link.key] = steps
        return tuple(below(self._all[link.key], "", link.component))

    def inside(self, pair: Pair, before: Any, after: Any) -> tuple[Change | Link, ...]:
        """The differences of two schemas that stand inside of the ones of `pair`."""
        is_simple = _is_simple(before) and _is_simple(after)
        if is_simple and before == after and canonical(before) == canonical(after):
            return ()
        family = inner_family(pair.family, *self.read(before, after))
        link = self._link(before, after, family, pair.is_text)
        return self._differences(link.key) if is_simple else (link,)

    def inside_all(self, pair: Pair, before: Any, after: Any) -> tuple[Change, ...]:
        """Like `inside`, with everything below it."""
        family = inner_family(pair.family, *self.read(before, after))
        return self.compare(before, after, family, pair.is_text)

    def _link(self, before: Any, after: Any, family: str, is_text: bool) -> Link:
        before, old_component = self.base.resolve_alone(before)
        after, new_component = self.revision.resolve_alone(after)
        key = (id(before), id(after), family, is_text)
        self._raw[key] = (before, after)  # which keeps them, and so their ids
        return Link(key, "", new_component or old_component)

    def _collect(self, start: Key) -> tuple[Change, ...]:
        """The differences of a pair and of all pairs that it leads to, the nearest first."""
        result: list[Change] = []
        seen: dict[Key, int] = {}
        waiting = deque([_Visit(start)])
        while waiting:
            visit = waiting.popleft()
            seen[visit.key] = times = seen.get(visit.key, 0) + 1
            if times > MAX_LISTED:
                continue
            for found in self._differences(visit.key):
                if isinstance(found, Change):
                    result.append(visit.place(found))
                elif times <= MAX_FOLLOWED and self._leads_on(found, visit):
                    waiting.append(visit.follow(found))
        if not result and not self._open:
            self._unchanged |= seen.keys()
        return tuple(dict.fromkeys(result))

    def _leads_on(self, link: Link, visit: _Visit) -> bool:
        return link.key not in self._unchanged and link.key[:2] not in visit.entered

    def _differences(self, key: Key) -> tuple[Change | Link, ...]:
        """The differences of a pair itself, and the pairs inside of it."""
        if key not in self._own:
            self._own[key] = ()  # in case it is itself an alternative
            self._open += 1
            before, after = self._raw[key]
            pair = Pair(*self.read(before, after), key[2], key[3], before, after)
            self._own[key] = tuple(self.check(self, pair))
            self._open -= 1
        return self._own[key]

    def same(self, one: Any, other: Any, keyword: str = "") -> bool:
        """Whether two values mean the same, as far as can be said without rules."""
        return self._sameness.same(one, other, keyword)
