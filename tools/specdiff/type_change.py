"""Whether a change of type and format widens or narrows, as oasdiff judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.specdiff.schemas import Schema
    from tools.specdiff.steps import Pair, Step

# A format and those that hold all of its values too.
_WIDER_FORMATS = {
    ("number", "float"): {"double"},
    ("integer", "int32"): {"int64", "bigint"},
    ("integer", "int64"): {"bigint"},
    ("string", "date"): {"date-time"},
    ("string", "time"): {"date-time"},
}


def type_change(pair: Pair) -> Step | None:
    """The change of type or format, if there is one."""
    base, revision, family, is_text = pair.base, pair.revision, pair.family, pair.is_text
    if base.types == revision.types and _format(base) == _format(revision):
        return None
    is_request = pair.is_request
    said = f"type changed from {type_name(base)} to {type_name(revision)}"
    if base.types == revision.types:
        said = _format_text(_format(base), _format(revision))
    if base.types and revision.types and (base.listed or revision.listed):
        listed = _listed(base, revision, is_request)
        if listed:
            return pair.step(f"list-of-types-{listed}", said, "type")
    if family == "request-parameter-property":
        # How an object in a parameter is written is unknown: judge both ways.
        strict, loose = (_breaks(base, revision, is_text=text) for text in (False, True))
        if strict != loose:
            return pair.step("type-changed", said, "type")
        return pair.step("type-specialized" if strict else "type-generalized", said, "type")
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
    return pair.step(f"type-{rule}", said, "type" if base.types != revision.types else "format")


def are_disjoint(base: Schema, revision: Schema) -> bool:
    """Whether no value is of both types, so that comparing more would say nothing."""
    one, other = base.types, revision.types
    return bool(one and other) and not any(
        _covers(frozenset({a}), other) or _covers(frozenset({b}), one) for a in one for b in other
    )


def type_name(schema: Schema) -> str:
    names = " or ".join(sorted(schema.types)) or "any type"
    written = _format(schema)
    return f"{names} ({written})" if written else names


def _format(schema: Schema) -> str:
    written = schema.keywords.get("format")
    return "" if written is None else str(written)


def _format_text(before: str, after: str) -> str:
    if not before:
        return f"format {after} added"
    if not after:
        return f"format {before} removed"
    return f"format changed from {before} to {after}"


def _listed(base: Schema, revision: Schema, is_request: bool) -> str:
    """How a list of types changed, if by that alone."""
    gone, come = base.types - revision.types, revision.types - base.types
    if not (gone or come) or _format(base) != _format(revision):
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
    gone, come = old - new, new - old
    if _covers(gone, come) and len(gone) == len(come) == 1:
        return False
    return not (is_text and (not come or come == {"string"}))


def _format_breaks(old: Schema, new: Schema) -> bool:
    before, after = _format(old), _format(new)
    if before == after or not after:
        return False
    if len(new.types) != 1:
        return True
    return after not in _WIDER_FORMATS.get((next(iter(new.types)), before), set())
