"""What changed between two schemas, at any depth."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, frozen

from tools.openapi.document import mapping, sequence
from tools.specdiff.alternatives import compare_alternatives, restructured
from tools.specdiff.findings import became, changed
from tools.specdiff.keywords import BOUNDS, aspects
from tools.specdiff.notes import compare_notes
from tools.specdiff.properties import (
    inner_family,
    property_added,
    property_kept,
    property_removed,
)
from tools.specdiff.residue import Residue
from tools.specdiff.schemas import ALTERNATIVES, SchemaReader, canonical, is_number
from tools.specdiff.steps import Key, Link, Pair, Step, below, joined
from tools.specdiff.type_change import are_disjoint, type_change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document
    from tools.specdiff.schemas import Schema

# So many ways to one schema are listed, and followed further: schemas that refer to each other
# have more of them than anybody reads.
MAX_LISTED = 20
MAX_FOLLOWED = 2

# Keywords that hold one schema: name in the rules, how the way into it is written.
_SINGLE = (
    ("items", "items", "[]"),
    ("contains", "contains", "(contains)"),
    ("propertyNames", "property-names", "(property names)"),
    ("unevaluatedItems", "unevaluated-items", "(unevaluated items)"),
    ("unevaluatedProperties", "unevaluated-properties", "(unevaluated properties)"),
    ("contentSchema", "content-schema", "(content)"),
    ("if", "if", ""),
    ("then", "then", ""),
    ("else", "else", ""),
)
# Keywords that hold several by name or place.
_SEVERAL = (
    ("patternProperties", "pattern-property", "({})"),
    ("dependentSchemas", "dependent-schema", "(with {})"),
    ("prefixItems", "prefix-items", "[{}]"),
)
_CLAIMED = {
    *BOUNDS,
    *ALTERNATIVES,
    *(keyword for keyword, _, _ in (*_SINGLE, *_SEVERAL)),
    *["$defs", "additionalProperties", "const", "contentEncoding", "contentMediaType", "default"],
    *[
        "dependentRequired",
        "deprecated",
        "discriminator",
        "enum",
        "format",
        "multipleOf",
        "pattern",
    ],
    *["properties", "readOnly", "required", "uniqueItems", "writeOnly"],
}


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

    def place(self, step: Step) -> Step:
        origin = step.origin
        if origin is None and self.component:
            origin = f"{self.component}|{joined(self.inner, step.path)}"
        return evolve(step, path=joined(self.path, step.path), origin=origin)

    def follow(self, link: Link) -> _Visit:
        path, component = joined(self.path, link.path), self.component
        inner = joined(self.inner, link.path)
        if link.component:
            component, inner = link.component, link.inner
        return _Visit(link.key, path, component, inner, self.entered | {self.key[:2]})


@define(eq=False)
class SchemaDiff:
    """Compares the schemas of two documents, each pair once for each use."""

    base: Document
    revision: Document
    residue: Residue = field(init=False)
    _readers: tuple[SchemaReader, SchemaReader] = field(init=False)
    _raw: dict[Key, tuple[Any, Any]] = field(factory=dict, init=False)
    _own: dict[Key, tuple[Step | Link, ...]] = field(factory=dict, init=False)
    _all: dict[Key, tuple[Step, ...]] = field(factory=dict, init=False)
    _unchanged: set[Key] = field(factory=set, init=False)
    _open: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.residue = Residue(self.base, self.revision)
        self._readers = SchemaReader(self.base), SchemaReader(self.revision)

    def read(self, before: Any, after: Any) -> tuple[Schema, Schema]:
        return self._readers[0].read(before), self._readers[1].read(after)

    def compare(self, before: Any, after: Any, family: str, is_text: bool) -> tuple[Step, ...]:
        """The differences of two schemas as they are written in base and revision."""
        link = self._link(before, after, family, is_text)
        if link.key not in self._all:
            steps = self._collect(link.key)
            if self._open:  # then one is being compared that is taken for unchanged so far
                return tuple(below(steps, "", link.component))
            self._all[link.key] = steps
        return tuple(below(self._all[link.key], "", link.component))

    def inside(self, pair: Pair, before: Any, after: Any) -> tuple[Step | Link, ...]:
        """The differences of two schemas that stand inside of the ones of `pair`."""
        is_simple = _is_simple(before) and _is_simple(after)
        if is_simple and before == after and canonical(before) == canonical(after):
            return ()
        family = inner_family(pair.family, *self.read(before, after))
        link = self._link(before, after, family, pair.is_text)
        return self._differences(link.key) if is_simple else (link,)

    def inside_all(self, pair: Pair, before: Any, after: Any) -> tuple[Step, ...]:
        """Like `inside`, with all that is to be found further in."""
        family = inner_family(pair.family, *self.read(before, after))
        return self.compare(before, after, family, pair.is_text)

    def _link(self, before: Any, after: Any, family: str, is_text: bool) -> Link:
        before, old_component = self.base.resolve_alone(before)
        after, new_component = self.revision.resolve_alone(after)
        key = (id(before), id(after), family, is_text)
        self._raw[key] = (before, after)  # which keeps them, and so their ids
        return Link(key, "", new_component or old_component)

    def _collect(self, start: Key) -> tuple[Step, ...]:
        """The differences of a pair and of all pairs that it leads to, the nearest first."""
        result: list[Step] = []
        seen: dict[Key, int] = {}
        waiting = deque([_Visit(start)])
        while waiting:
            visit = waiting.popleft()
            seen[visit.key] = times = seen.get(visit.key, 0) + 1
            if times > MAX_LISTED:
                continue
            for found in self._differences(visit.key):
                if isinstance(found, Step):
                    result.append(visit.place(found))
                elif times <= MAX_FOLLOWED and self._leads_on(found, visit):
                    waiting.append(visit.follow(found))
        if not result and not self._open:
            self._unchanged |= seen.keys()
        return tuple(dict.fromkeys(result))

    def _leads_on(self, link: Link, visit: _Visit) -> bool:
        return link.key not in self._unchanged and link.key[:2] not in visit.entered

    def _differences(self, key: Key) -> tuple[Step | Link, ...]:
        """The differences of a pair itself, and the pairs inside of it."""
        if key not in self._own:
            self._own[key] = ()  # should it be an alternative of its own
            self._open += 1
            before, after = self._raw[key]
            pair = Pair(*self.read(before, after), key[2], key[3], before, after)
            self._own[key] = tuple(self._compare(pair))
            self._open -= 1
        return self._own[key]

    def _compare(self, pair: Pair) -> Iterator[Step | Link]:
        yield from compare_notes(pair.base, pair.revision)
        whole = restructured(self, pair)
        if whole:
            yield whole
            return
        kind = type_change(pair)
        if kind:
            yield kind
            if are_disjoint(pair.base, pair.revision):
                return
        yield from aspects(pair, self.base, self.revision)
        yield from self._properties(pair)
        yield from self._additional_properties(pair)
        yield from self._subschemas(pair)
        yield from compare_alternatives(self, pair)
        yield from self._unclaimed(pair)

    def _properties(self, pair: Pair) -> Iterator[Step | Link]:
        old, new = pair.base.properties, pair.revision.properties
        old_required, new_required = pair.base.required, pair.revision.required
        for name in sorted(old.keys() | new.keys() | (old_required ^ new_required)):
            base, revision = self.read(old.get(name), new.get(name))
            was, now = name in old_required, name in new_required
            if name in new and name not in old:
                steps: list[Step | Link] = [property_added(pair.family, revision, now)]
            elif name in old and name not in new:
                steps = [property_removed(pair.family, base, was)]
            else:
                steps = [*property_kept(pair.family, base, revision, was, now)]
                steps += self.inside(pair, old.get(name), new.get(name))
            yield from below(steps, name, pair.source(f"properties/{name}"))

    def _additional_properties(self, pair: Pair) -> Iterator[Step | Link]:
        keyword = "additionalProperties"
        before = pair.base.keywords.get(keyword, True)
        after = pair.revision.keywords.get(keyword, True)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from below(self.inside(pair, before, after), "*", pair.source(keyword))
        elif before is False and after is not False:
            said = "properties other than those named are allowed"
            yield pair.step("additional-properties-opened", said, keyword)
        elif after is False and before is not False:
            said = "properties other than those named are no longer allowed"
            yield pair.step("additional-properties-closed", said, keyword)
        elif isinstance(after, dict):
            said = "properties other than those named got a schema"
            yield pair.step("additional-properties-added", said, keyword)
        elif isinstance(before, dict):
            said = "properties other than those named lost their schema"
            yield pair.step("additional-properties-removed", said, keyword)

    def _subschemas(self, pair: Pair) -> Iterator[Step | Link]:
        schemas = (pair.base, pair.revision)
        for keyword, rule, way in _SINGLE:
            one, other = (
                {"": s.keywords[keyword]} if keyword in s.keywords else {} for s in schemas
            )
            yield from self._named(pair, keyword, rule, way, one, other)
        for keyword, rule, way in _SEVERAL:
            old, new = (_by_name(s.keywords.get(keyword)) for s in schemas)
            yield from self._named(pair, keyword, rule, way, old, new)

    def _named(
        self,
        pair: Pair,
        keyword: str,
        rule: str,
        way: str,
        old: dict[str, Any],
        new: dict[str, Any],
    ) -> Iterator[Step | Link]:
        for name in sorted(old.keys() | new.keys()):
            noun = f"{keyword} {name}".rstrip()
            if name not in old or name not in new:
                end = "added" if name in new else "removed"
                yield pair.step(f"{rule}-{end}", f"schema of {noun} {end}", keyword)
                continue
            before, after = old[name], new[name]
            if way and isinstance(before, dict) and isinstance(after, dict):
                steps = self.inside(pair, before, after)
                yield from below(steps, way.format(name), pair.source(keyword))
            elif not self.residue.same(before, after):
                yield pair.unclassified(changed(noun, before, after), keyword)

    def _unclaimed(self, pair: Pair) -> Iterator[Step]:
        """Report what no rule has looked at."""
        old, new = pair.base.keywords, pair.revision.keywords
        for keyword in sorted(old.keys() | new.keys()):
            before, after = old.get(keyword), new.get(keyword)
            if keyword in BOUNDS:
                nonsense = any(not (v is None or is_number(v)) for v in (before, after))
                differs = nonsense and canonical(before) != canonical(after)
            else:
                differs = keyword not in _CLAIMED and not self.residue.same(before, after, keyword)
            if differs or (keyword in _SHAPES and _misshapen(keyword, before, after)):
                yield pair.unclassified(became(keyword, before, after), keyword)


# What the rules take for granted about the values that they look at.
_SHAPES: dict[str, type] = {
    "dependentRequired": dict,
    "dependentSchemas": dict,
    "discriminator": dict,
    "enum": list,
    "patternProperties": dict,
    "prefixItems": list,
    "properties": dict,
    "required": list,
    "anyOf": list,
    "oneOf": list,
}


def _misshapen(keyword: str, before: Any, after: Any) -> bool:
    """Whether a value changed that is not of the kind that the rules read."""
    values = [value for value in (before, after) if value is not None]
    right = all(isinstance(value, _SHAPES[keyword]) for value in values)
    return not right and canonical(before) != canonical(after)


def _by_name(value: Any) -> dict[str, Any]:
    return mapping(value) or {str(index): item for index, item in enumerate(sequence(value))}
