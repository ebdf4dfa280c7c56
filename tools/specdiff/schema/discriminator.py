"""What changed about the values that say which schema an object has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical, mapping, reference_of, sequence
from tools.openapi.references import subtypes
from tools.specdiff.schema.pair import below
from tools.specdiff.words import changed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document
    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Link, Pair, Schemas
    from tools.specdiff.schema.schema import Schema

_KEYWORD = "discriminator"


def compare_discriminator(schemas: Schemas, pair: Pair) -> Iterator[Change | Link]:
    base, revision = schemas.documents
    old_children = _children(base, pair.base, pair.raw_base)
    new_children = _children(revision, pair.revision, pair.raw_revision)
    if _is_one_of(pair.raw_base, base, old_children) or _is_one_of(
        pair.raw_revision, revision, new_children
    ):
        return  # a subtype has it from the schema that it extends, where it is compared
    old, new = (mapping(s.keywords.get(_KEYWORD)) for s in (pair.base, pair.revision))
    if not old or not new:
        if bool(old) != bool(new):
            end, present = ("added", new) if new else ("removed", old)
            said = f"discriminator {shown(present.get('propertyName'))} {end}"
            yield pair.change(f"discriminator-{end}", said, _KEYWORD)
        return
    before, after = old.get("propertyName"), new.get("propertyName")
    if canonical(before) != canonical(after):
        said = changed("discriminator", before, after)
        yield pair.change("discriminator-property-name-changed", said, _KEYWORD)
    was, now = _values(pair.base, old_children), _values(pair.revision, new_children)
    yield from _mapping(pair, was, now, base, revision)
    yield from _subtypes(schemas, pair, was, now)


def _mapping(
    pair: Pair, was: dict[str, str], now: dict[str, str], base: Document, revision: Document
) -> Iterator[Change]:
    for value in sorted(now.keys() - was.keys()):
        said = f"discriminator value {value} added for {_name(now[value])}"
        yield pair.change("discriminator-mapping-added", said, _KEYWORD)
    for value in sorted(was.keys() - now.keys()):
        said = f"discriminator value {value} removed for {_name(was[value])}"
        yield pair.change("discriminator-mapping-deleted", said, _KEYWORD)
    for value in sorted(was.keys() & now.keys()):
        one, other = was[value], now[value]
        # Where the one is gone and the other is new, the component was renamed.
        if one != other and (revision.has(one) or base.has(other)):
            said = changed(f"schema of discriminator value {value}", _name(one), _name(other))
            yield pair.change("discriminator-mapping-changed", said, _KEYWORD)


def _subtypes(
    schemas: Schemas, pair: Pair, was: dict[str, str], now: dict[str, str]
) -> Iterator[Change | Link]:
    """Compare the schemas that extend this one; alternatives are compared as such."""
    base, revision = schemas.documents
    listed = {
        reference_of(raw) for s in (pair.base, pair.revision) for raw in sequence(s.alternatives)
    }
    for value in sorted(was.keys() & now.keys()):
        one, other = was[value], now[value]
        if one not in listed and other not in listed and base.has(one) and revision.has(other):
            inner = schemas.inside(pair, {"$ref": one}, {"$ref": other})
            yield from below(inner, f"({value})", "")


def _children(document: Document, schema: Schema, raw: Any) -> list[str]:
    """The components that extend the schema which says the discriminator."""
    source = schema.sources.get(_KEYWORD, "")
    owner = document.target(source) if source else raw
    return subtypes(document).get(id(owner), [])


def _is_one_of(raw: Any, document: Document, references: list[str]) -> bool:
    return any(document.target(reference) is raw for reference in references)


def _values(schema: Schema, children: list[str]) -> dict[str, str]:
    """The schema of each value: as mapped, and by their names those that no value maps to."""
    mapped = {
        value: _reference(str(name))
        for value, name in mapping(mapping(schema.keywords.get(_KEYWORD)).get("mapping")).items()
    }
    own = [reference_of(one) for one in sequence(schema.alternatives)]
    names = [*own, *children]
    implied = {_name(one): one for one in names if one and one not in mapped.values()}
    return implied | mapped


def _reference(value: str) -> str:
    """A discriminator names a schema by its reference, or by its name alone."""
    return value if "#" in value else f"#/components/schemas/{value}"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
