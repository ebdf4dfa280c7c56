"""What changed between alternatives, which `anyOf` and `oneOf` list in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, reference_of, sequence
from tools.specdiff.schemas import ALTERNATIVES
from tools.specdiff.steps import below
from tools.specdiff.type_change import type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.specdiff.schema_diff import SchemaDiff
    from tools.specdiff.schemas import Schema
    from tools.specdiff.steps import Link, Pair, Step

_KIND = {"anyOf": "any-of", "oneOf": "one-of"}


def restructured(diff: SchemaDiff, pair: Pair) -> Step | None:
    """The change of one schema into alternatives or back, which says all about the two."""
    old, new = _keyword(pair.base), _keyword(pair.revision)
    if bool(old) == bool(new):
        return None
    keyword = old or new
    single, several = (pair.revision, pair.base) if old else (pair.base, pair.revision)
    if several.types or several.properties:  # the alternatives only come on top
        return None
    branches = sequence(several.keywords[keyword])
    names = ", ".join(_name(raw, index) for index, raw in enumerate(branches))
    is_object = "object" in single.types or bool(single.properties)
    if keyword == "oneOf" and is_object and pair.family in ("request-body", "response-body"):
        if new:
            return pair.step("wrapped-in-one-of", f"became one of {names}", keyword)
        return pair.step("unwrapped-from-one-of", f"was one of {names}", keyword)
    kept = next((i for i, raw in enumerate(branches) if _alike(diff, pair, raw, bool(new))), None)
    said = "any" if keyword == "anyOf" else "one"
    if kept is None:
        before, after = type_name(pair.base), type_name(pair.revision)
        before, after = (before, f"{said} of {names}") if new else (f"{said} of {names}", after)
        return pair.step("type-changed", f"type changed from {before} to {after}", keyword)
    others = ", ".join(_name(raw, i) for i, raw in enumerate(branches) if i != kept)
    end = "added" if new else "removed"
    return pair.step(f"{_KIND[keyword]}-{end}", f"alternative {others} {end}", keyword)


def compare_alternatives(diff: SchemaDiff, pair: Pair) -> Iterator[Step | Link]:
    """Match the alternatives of both sides; what finds no match is added or removed."""
    for keyword in ALTERNATIVES:
        old, new = (
            dict(enumerate(sequence(schema.keywords.get(keyword))))
            for schema in (pair.base, pair.revision)
        )
        source = pair.source(keyword)
        for before, after in _matches(diff, pair, old, new):
            way = f"({_label(new[after], after)})"
            yield from below(diff.inside(pair, old.pop(before), new.pop(after)), way, source)
        for index, raw in sorted(old.items()):
            said = f"alternative {_name(raw, index)} removed"
            yield pair.step(f"{_KIND[keyword]}-removed", said, keyword)
        for index, raw in sorted(new.items()):
            said = f"alternative {_name(raw, index)} added"
            yield pair.step(f"{_KIND[keyword]}-added", said, keyword)


def _matches(
    diff: SchemaDiff, pair: Pair, old: dict[int, Any], new: dict[int, Any]
) -> list[tuple[int, int]]:
    """Pairs of those that are the same component, or alike, or left over of the same type."""
    found: list[tuple[int, int]] = []

    def match(one: int, is_match: Callable[[Any, Any], bool]) -> None:
        if any(before == one for before, _ in found):
            return
        taken = {after for _, after in found}
        other = next((i for i in new if i not in taken and is_match(old[one], new[i])), None)
        if other is not None:
            found.append((one, other))

    tests = (
        lambda a, b: bool(reference_of(a)) and reference_of(a) == reference_of(b),
        lambda a, b: not diff.inside_all(pair, a, b),
        lambda a, b: _renamed(diff, a, b),
    )
    for test in tests:
        for one in old:
            match(one, test)
    rest = [i for i in old if all(i != a for a, _ in found)]
    others = [i for i in new if all(i != b for _, b in found)]
    if len(rest) == len(others) == 1 and _same_kind(diff, old[rest[0]], new[others[0]]):
        found.append((rest[0], others[0]))
    return found


def _renamed(diff: SchemaDiff, before: Any, after: Any) -> bool:
    """Whether a component went and another came of the same type and properties."""
    old, new = reference_of(before), reference_of(after)
    if not old or not new or diff.revision.has(old) or diff.base.has(new):
        return False
    base, revision = diff.read(before, after)
    return base.types == revision.types and bool(
        base.properties.keys() & revision.properties.keys()
        or not (base.properties or revision.properties)
    )


def _same_kind(diff: SchemaDiff, before: Any, after: Any) -> bool:
    if reference_of(before) and reference_of(after):
        return False  # one named schema took the place of another
    base, revision = diff.read(before, after)
    return base.types == revision.types


def _alike(diff: SchemaDiff, pair: Pair, raw: Any, is_new: bool) -> bool:
    """Whether the alternative `raw` allows what the single schema did, or does now."""
    before, after = (pair.raw_base, raw) if is_new else (raw, pair.raw_revision)
    # Null is an alternative of its own, which the whole has kept even if this one has not.
    has_kept_null = pair.base.nullable == pair.revision.nullable
    return all(
        step.level == "docs" or (has_kept_null and not step.path and "nullable" in step.rule)
        for step in diff.inside_all(pair, before, after)
    )


def _keyword(schema: Schema) -> str:
    return next((k for k in ALTERNATIVES if sequence(schema.keywords.get(k))), "")


def _name(raw: Any, index: int) -> str:
    """What a reader is told of an alternative: one with no name goes by its type too."""
    label, written = _label(raw, index), mapping(raw).get("type")
    return f"{label} ({written})" if label == str(index + 1) and written else label


def _label(raw: Any, index: int) -> str:
    name = reference_of(raw).rpartition("/")[2] or mapping(raw).get("title")
    return name if isinstance(name, str) else str(index + 1)
