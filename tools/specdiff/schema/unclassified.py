"""What changed about a schema that no rule has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical, is_number
from tools.specdiff.words import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Pair, Schemas

_BOUNDS = frozenset(
    {"maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "exclusiveMaximum"}
    | {"minContains", "minItems", "minLength", "minProperties", "minimum", "exclusiveMinimum"}
)
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
_CLAIMED = frozenset(
    {*_BOUNDS, *_SHAPES, "$anchor", "$defs", "$dynamicAnchor", "$id", "additionalProperties"}
    | {"const", "contains", "contentEncoding", "contentMediaType", "contentSchema", "default"}
    | {"deprecated", "else", "format", "if", "items", "multipleOf", "not", "pattern"}
    | {"propertyNames", "readOnly", "then", "unevaluatedItems", "unevaluatedProperties"}
    | {"uniqueItems", "writeOnly", "$schema"}
)


def compare_unclaimed(schemas: Schemas, pair: Pair) -> Iterator[Change]:
    old, new = pair.base.keywords, pair.revision.keywords
    for keyword in sorted(old.keys() | new.keys()):
        before, after = old.get(keyword), new.get(keyword)
        if keyword in _BOUNDS:
            nonsense = any(not (v is None or is_number(v)) for v in (before, after))
            differs = nonsense and canonical(before) != canonical(after)
        else:
            differs = keyword not in _CLAIMED and not schemas.same(before, after, keyword)
        if differs or (keyword in _SHAPES and _is_misshapen(keyword, before, after)):
            yield pair.unclassified(became(keyword, before, after), keyword)


def _is_misshapen(keyword: str, before: Any, after: Any) -> bool:
    """Whether a value changed that is not of the kind that the rules read."""
    values = [value for value in (before, after) if value is not None]
    is_right = all(isinstance(value, _SHAPES[keyword]) for value in values)
    return not is_right and canonical(before) != canonical(after)
