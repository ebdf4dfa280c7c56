"""Whether a change of type and format widens or narrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import is_number

if TYPE_CHECKING:
    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Pair
    from tools.specdiff.schema.schema import Schema

# A format and those that hold all of its values too.
_WIDER_FORMATS = {
    ("number", "float"): {"double"},
    ("integer", "int32"): {"int64", "bigint"},
    ("integer", "int64"): {"bigint"},
}
# Formats that ask no more of a value than its type does.
_HINTS = {("integer", "int64"), ("number", "double"), ("string", "password")}
_INT32 = (-(2**31), 2**31 - 1)


def type_change(pair: Pair) -> Change | None:
    """The change of type or format, if there is one."""
    base, revision, family, is_text = pair.base, pair.revision, pair.family, pair.is_text
    if base.types == revision.types and base.format == revision.format:
        return None
    is_request = pair.is_request
    said = f"type changed from {base.type_name} to {revision.type_name}"
    if base.types == revision.types:
        said = _format_text(base.format, revision.format)
    if base.types and revision.types and (base.listed or revision.listed):
        listed = _listed(base, revision, is_request)
        if listed:
            return pair.change(f"list-of-types-{listed}", said, "type")
    if family == "request-parameter-property":
        # How an object in a parameter is written is unknown: judge both ways.
        strict, loose = (_breaks(base, revision, is_text=text) for text in (False, True))
        if strict != loose:
            return pair.change("type-changed", said, "type")
        return pair.change("type-specialized" if strict else "type-generalized", said, "type")
    old, new = (base, revision) if is_request else (revision, base)
    safe, widened = _covers(old.types, new.types), not _breaks(old, new, is_text=is_text)
    if family == "request-parameter" and "array" in base.types - revision.types:
        widened = False  # who repeated the parameter no longer can
    swapped = bool(base.types and revision.types) and base.types != revision.types and not safe
    if widened:
        rule = "compatible" if swapped else "generalized" if is_request else "specialized"
        if family.startswith("request-parameter") and rule == "compatible":
            rule = "generalized"
    else:
        rule = "changed"
        if not is_request and base.types != revision.types and _covers(base.types, revision.types):
            rule = "generalized"
    return pair.change(f"type-{rule}", said, "type" if base.types != revision.types else "format")


def are_disjoint(base: Schema, revision: Schema) -> bool:
    """Whether no value is of both types, so that comparing more would say nothing."""
    one, other = base.types, revision.types
    return bool(one and other) and not any(
        _covers(frozenset({a}), other) or _covers(frozenset({b}), one) for a in one for b in other
    )


def _format_text(before: str, after: str) -> str:
    if not before:
        return f"format {after} added"
    if not after:
        return f"format {before} removed"
    return f"format changed from {before} to {after}"


def _listed(base: Schema, revision: Schema, is_request: bool) -> str:
    """How a list of types changed, if by that alone."""
    gone, come = base.types - revision.types, revision.types - base.types
    if not (gone or come) or base.format != revision.format:
        return ""
    if is_request:
        return "narrowed" if gone else "widened"
    return "widened" if come else "narrowed"


def _covers(types: frozenset[str], wider: frozenset[str]) -> bool:
    """Whether every value of `types`, of which there are some, is of a type in `wider`."""
    widened = wider | ({"integer"} if "number" in wider else set())
    return bool(types) and types <= widened


def _breaks(old: Schema, new: Schema, is_text: bool) -> bool:
    """Whether a value that fits `old` may not fit `new`."""
    return _type_breaks(old.types, new.types, is_text) or _format_breaks(old, new)


def _type_breaks(old: frozenset[str], new: frozenset[str], is_text: bool) -> bool:
    if old == new or not new or _covers(old, new):
        return False
    if not is_text or "string" not in new:
        return True
    return bool(old & {"array", "object"} - new)  # all else can be written as a text


def _format_breaks(old: Schema, new: Schema) -> bool:
    before, after = old.format, new.format
    if before == after or not after:
        return False
    if len(new.types) != 1:
        return True
    (kind,) = new.types
    if (kind, after) in _HINTS and not before:
        return False
    if after == "int32" and not before and _is_within_int32(old):
        return False
    return after not in _WIDER_FORMATS.get((kind, before), set())


def _is_within_int32(schema: Schema) -> bool:
    low: Any = schema.keywords.get("minimum")
    high: Any = schema.keywords.get("maximum")
    low = schema.keywords.get("exclusiveMinimum") if low is None else low
    high = schema.keywords.get("exclusiveMaximum") if high is None else high
    values = schema.values
    if values and all(map(is_number, values)):
        low, high = min(values), max(values)
    if not is_number(low) or not is_number(high):
        return False
    return bool(_INT32[0] <= low and high <= _INT32[1])
