"""What changed between alternatives, which `anyOf` and `oneOf` list in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from tools.openapi.document import mapping, reference_of, sequence
from tools.specdiff.schema.pair import below
from tools.specdiff.schema.schema import ALTERNATIVES, NOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.specdiff.model import Change, Level
    from tools.specdiff.schema.pair import Link, Pair, Schemas

_KIND = {"anyOf": "any-of", "oneOf": "one-of"}
_MILD: Level = "info"


def compare_alternatives(schemas: Schemas, pair: Pair) -> Iterator[Change | Link]:
    """Match the alternatives of both sides; what finds no match is added or removed."""
    old, new = (
        {k: sequence(s.keywords[k]) for k in ALTERNATIVES if sequence(s.keywords.get(k))}
        for s in (pair.base, pair.revision)
    )
    if len(old) == len(new) == 1 and old.keys() != new.keys():
        (before, one), (after, other) = *old.items(), *new.items()
        said = f"{before} became {after}"
        yield pair.change(f"{_KIND[before]}-became-{_KIND[after]}", said, after)
        yield from _compare(schemas, pair, after, one, other)
        return
    for keyword in sorted(old.keys() | new.keys()):
        yield from _compare(schemas, pair, keyword, old.get(keyword, []), new.get(keyword, []))


def _compare(
    schemas: Schemas, pair: Pair, keyword: str, old: list[Any], new: list[Any]
) -> Iterator[Change | Link]:
    matching = _Matching(schemas, pair, old, new)
    matching.run()
    if matching.rest_old and matching.rest_new:  # perhaps one of them is itself a list
        matching = _Matching(schemas, pair, *_opened(schemas, pair, matching))
        matching.run()
    source = pair.source(keyword)
    for before, after in matching.found:
        raw = matching.new[after]
        way = f"({_label(raw, after)})"
        yield from below(schemas.inside(pair, matching.old[before], raw), way, source)
    for index in matching.rest_old:
        said = f"alternative {_name(matching.old[index], index)} removed"
        yield pair.change(f"{_KIND[keyword]}-removed", said, keyword)
    kept = [matching.old[before] for before, _ in matching.found]
    for index in matching.rest_new:
        raw = matching.new[index]
        said = f"alternative {_name(raw, index)} added"
        is_known = keyword == "anyOf" and any(_is_one_of(schemas, pair, raw, one) for one in kept)
        yield pair.change(f"{_KIND[keyword]}-added", said, keyword, _MILD if is_known else None)


def _is_one_of(schemas: Schemas, pair: Pair, raw: Any, known: Any) -> bool:
    """Whether a reader of texts or numbers `known` has always had to expect `raw`."""
    base, revision = schemas.read(known, raw)
    is_plain = base.types | revision.types <= {"boolean", "integer", "number", "string"}
    if pair.is_request or not is_plain or revision.alternatives or not revision.types:
        return False
    found = schemas.inside_all(pair, known, raw)
    return all(change.level not in ("breaking", "warning") for change in found)


def restructured(schemas: Schemas, pair: Pair) -> Change | None:
    """The change of one schema into alternatives or back, which says all about the two."""
    old, new = pair.base.alternatives, pair.revision.alternatives
    if bool(old) == bool(new):
        return None
    single, several = (pair.revision, pair.base) if old else (pair.base, pair.revision)
    if several.types or several.properties:  # the alternatives only come on top
        return None
    keyword = next(keyword for keyword in ALTERNATIVES if sequence(several.keywords.get(keyword)))
    branches = old or new
    names = ", ".join(_name(raw, index) for index, raw in enumerate(branches))
    said = "any" if keyword == "anyOf" else "one"
    if single.has_any_type:
        rule, way = (
            ("specialized", "from any type to") if new else ("generalized", "to any type from")
        )
        return pair.change(f"type-{rule}", f"type changed {way} {said} of {names}", keyword)
    is_object = "object" in single.types or bool(single.properties)
    if keyword == "oneOf" and is_object and pair.family in ("request-body", "response-body"):
        if new:
            return pair.change("wrapped-in-one-of", f"became one of {names}", keyword)
        return pair.change("unwrapped-from-one-of", f"was one of {names}", keyword)
    kept = next(
        (i for i, raw in enumerate(branches) if _is_kept(schemas, pair, raw, bool(new))), None
    )
    if kept is None:
        before, after = (schema.type_name for schema in (pair.base, pair.revision))
        before, after = (before, f"{said} of {names}") if new else (f"{said} of {names}", after)
        return pair.change("type-changed", f"type changed from {before} to {after}", keyword)
    others = ", ".join(_name(raw, i) for i, raw in enumerate(branches) if i != kept)
    end = "added" if new else "removed"
    return pair.change(f"{_KIND[keyword]}-{end}", f"alternative {others} {end}", keyword)


def _is_kept(schemas: Schemas, pair: Pair, raw: Any, is_new: bool) -> bool:
    """Whether the alternative `raw` allows what the single schema did, or does now."""
    before, after = (pair.raw_base, raw) if is_new else (raw, pair.raw_revision)
    # Null is a separate alternative, which the whole has kept even if this one has not.
    has_kept_null = pair.base.nullable == pair.revision.nullable
    return all(
        change.level == "docs"
        or (has_kept_null and not change.location and "nullable" in change.id)
        for change in schemas.inside_all(pair, before, after)
    )


@define
class _Matching:
    """Pairs of those that are the same component, or alike, or left over of the same type."""

    schemas: Schemas
    pair: Pair
    old: list[Any]
    new: list[Any]
    found: list[tuple[int, int]] = field(factory=list)

    @property
    def rest_old(self) -> list[int]:
        return [i for i in range(len(self.old)) if all(i != one for one, _ in self.found)]

    @property
    def rest_new(self) -> list[int]:
        return [i for i in range(len(self.new)) if all(i != other for _, other in self.found)]

    def run(self) -> None:
        self._match(lambda a, b: bool(reference_of(a)) and reference_of(a) == reference_of(b))
        self._match(lambda a, b: not self.schemas.inside_all(self.pair, a, b))
        self._match(self._is_renamed)
        if len(self.rest_old) == len(self.rest_new) == 1:
            one, other = self.rest_old[0], self.rest_new[0]
            if self._is_same_kind(self.old[one], self.new[other]):
                self.found.append((one, other))

    def _match(self, is_match: Callable[[Any, Any], bool]) -> None:
        for one in self.rest_old:
            rest = self.rest_new
            match = next((i for i in rest if is_match(self.old[one], self.new[i])), None)
            if match is not None:
                self.found.append((one, match))

    def _is_renamed(self, before: Any, after: Any) -> bool:
        """Whether a component went and another came of the same type and properties."""
        old, new = reference_of(before), reference_of(after)
        base_document, revision_document = self.schemas.documents
        if not old or not new or revision_document.has(old) or base_document.has(new):
            return False
        base, revision = self.schemas.read(before, after)
        return base.types == revision.types and bool(
            base.properties.keys() & revision.properties.keys()
            or not (base.properties or revision.properties)
        )

    def _is_same_kind(self, before: Any, after: Any) -> bool:
        if reference_of(before) and reference_of(after):
            return False  # one named schema took the place of another
        base, revision = self.schemas.read(before, after)
        return base.types == revision.types and not base.alternatives and not revision.alternatives


def _opened(schemas: Schemas, pair: Pair, matching: _Matching) -> tuple[list[Any], list[Any]]:
    """Alternatives with those of each that found no match and has nothing but alternatives."""
    sides = []
    for document, raws, rest in zip(
        schemas.documents,
        (matching.old, matching.new),
        (matching.rest_old, matching.rest_new),
        strict=True,
    ):
        opened: list[Any] = []
        for index, raw in enumerate(raws):
            inner = mapping(document.resolve(raw)[0]) if index in rest else {}
            keywords = inner.keys() - NOTES - {"discriminator"}
            if len(keywords) == 1 and keywords <= {*ALTERNATIVES}:
                opened += sequence(inner[keywords.pop()])
            else:
                opened.append(raw)
        sides.append(opened)
    return sides[0], sides[1]


def _name(raw: Any, index: int) -> str:
    """What a reader calls an alternative: one with no name goes by its type too."""
    label, written = _label(raw, index), mapping(raw).get("type")
    types = " or ".join(map(str, written)) if isinstance(written, list) else written
    return f"{label} ({types})" if label == str(index + 1) and types else label


def _label(raw: Any, index: int) -> str:
    name = reference_of(raw).rpartition("/")[2] or mapping(raw).get("title")
    return name if isinstance(name, str) else str(index + 1)
