"""What changed about the schemas inside of a schema, its properties and alternatives apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, sequence
from tools.specdiff.schema.pair import below
from tools.specdiff.words import changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change, Level
    from tools.specdiff.schema.pair import Link, Pair, Schemas

# Keywords that hold one schema: name in the rules, how the way into it is written.
SINGLE = (
    ("items", "items", "[]"),
    ("contains", "contains", "(contains)"),
    ("propertyNames", "property-names", "(property names)"),
    ("unevaluatedItems", "unevaluated-items", "(unevaluated items)"),
    ("unevaluatedProperties", "unevaluated-properties", "(unevaluated properties)"),
    ("contentSchema", "content-schema", "(content)"),
    ("then", "then", "(then)"),
    ("else", "else", "(else)"),
    ("if", "if", ""),
    ("not", "not", ""),
)
# Keywords that hold several by name or place.
SEVERAL = (
    ("patternProperties", "pattern-property", "({})"),
    ("dependentSchemas", "dependent-schema", "(with {})"),
    ("prefixItems", "prefix-items", "[{}]"),
)


def compare_subschemas(schemas: Schemas, pair: Pair) -> Iterator[Change | Link]:
    yield from _additional_properties(schemas, pair)
    both = (pair.base, pair.revision)
    for keyword, rule, way in SINGLE:
        one, other = ({"": s.keywords[keyword]} if keyword in s.keywords else {} for s in both)
        yield from _named(schemas, pair, keyword, rule, way, one, other)
    for keyword, rule, way in SEVERAL:
        old, new = (_by_name(s.keywords.get(keyword)) for s in both)
        yield from _named(schemas, pair, keyword, rule, way, old, new)


def _by_name(value: Any) -> dict[str, Any]:
    return mapping(value) or {str(index): item for index, item in enumerate(sequence(value))}


def _named(
    schemas: Schemas,
    pair: Pair,
    keyword: str,
    rule: str,
    way: str,
    old: dict[str, Any],
    new: dict[str, Any],
) -> Iterator[Change | Link]:
    for name in sorted(old.keys() | new.keys()):
        noun = f"{keyword} {name}".rstrip()
        if name not in old or name not in new:
            end = "added" if name in new else "removed"
            level: Level | None = None
            if keyword == "items" and _says_nothing(schemas, pair, old.get(name), new.get(name)):
                level = "info"
            yield pair.change(f"{rule}-{end}", f"schema of {noun} {end}", keyword, level)
            continue
        before, after = old[name], new[name]
        are_schemas = isinstance(before, dict) and isinstance(after, dict)
        if way and are_schemas:
            inner = schemas.inside(pair, before, after)
            yield from below(inner, way.format(name), pair.source(keyword))
        elif are_schemas:
            yield from _condition(schemas, pair, keyword, before, after)
        elif not schemas.same(before, after):
            yield pair.unclassified(changed(noun, before, after), keyword)


def _says_nothing(schemas: Schemas, pair: Pair, before: Any, after: Any) -> bool:
    """Whether items of any type are as good as the ones described, since all are text."""
    if not pair.is_text:
        return False
    family = "request-parameter" if pair.is_request else "response-header"
    found = schemas.compare(before or {}, after or {}, family, is_text=True)
    return all(change.level not in ("breaking", "warning") for change in found)


def _condition(
    schemas: Schemas, pair: Pair, keyword: str, before: Any, after: Any
) -> Iterator[Change]:
    """Compare what must not hold, or what other schemas depend on.

    What is allowed by a `not` grows when the schema in there shrinks, and a `then` asks for less
    when its `if` does; an `else` is the other way round.
    """
    levels: dict[bool, Level] = {
        is_turned: _worst(schemas, pair, before, after, is_turned=is_turned)
        for is_turned in (True, False)
    }
    if "docs" in levels.values():
        return
    has_then, has_else = (
        any(word in s.keywords for s in (pair.base, pair.revision)) for word in ("then", "else")
    )
    if keyword == "if" and has_then and has_else:
        level: Level = "breaking" if "breaking" in levels.values() else "warning"
    else:
        level = levels[not (keyword == "if" and has_else)]
    yield pair.change(
        f"{keyword}-changed", _said(schemas, pair, keyword, before, after), keyword, level
    )


def _said(schemas: Schemas, pair: Pair, keyword: str, before: Any, after: Any) -> str:
    first = schemas.inside_all(pair, before, after)[0]
    where = f"{first.location}: " if first.location else ""
    return f"schema of {keyword} changed, {where}{first.text}"


def _worst(schemas: Schemas, pair: Pair, before: Any, after: Any, *, is_turned: bool) -> Level:
    """The highest level of what changed, judged for the other direction if `is_turned`."""
    family = "request-property" if pair.is_request != is_turned else "response-property"
    found = [c.level for c in schemas.compare(before, after, family, pair.is_text)]
    levels: tuple[Level, ...] = ("breaking", "warning", "info")
    for level in levels:
        if level in found:
            return level
    return "docs"


def _additional_properties(schemas: Schemas, pair: Pair) -> Iterator[Change | Link]:
    keyword = "additionalProperties"
    before = pair.base.keywords.get(keyword, True)
    after = pair.revision.keywords.get(keyword, True)
    if isinstance(before, dict) and isinstance(after, dict):
        yield from below(schemas.inside(pair, before, after), "*", pair.source(keyword))
    elif before is False and after is not False:
        said = "properties other than those named are allowed"
        yield pair.change("additional-properties-opened", said, keyword)
    elif after is False and before is not False:
        said = "properties other than those named are no longer allowed"
        yield pair.change("additional-properties-closed", said, keyword)
    elif isinstance(after, dict):
        said = "properties other than those named got a schema"
        yield pair.change("additional-properties-added", said, keyword)
    elif isinstance(before, dict):
        said = "properties other than those named lost their schema"
        yield pair.change("additional-properties-removed", said, keyword)
