"""What changed about the bounds of size, length and number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

from tools.openapi.document import canonical, is_number
from tools.specdiff.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Pair
    from tools.specdiff.schema.schema import Schema

# Keyword, name in the rules, name in the text, value that it has when it is absent.
_LIMITS = (
    ("minLength", "min-length", "minimum length", 0),
    ("maxLength", "max-length", "maximum length", None),
    ("minItems", "min-items", "minimum number of items", None),
    ("maxItems", "max-items", "maximum number of items", None),
    ("minProperties", "min-properties", "minimum number of properties", None),
    ("maxProperties", "max-properties", "maximum number of properties", None),
    ("minContains", "min-contains", "minimum number of matching items", 1),
    ("maxContains", "max-contains", "maximum number of matching items", None),
)
_ZERO_IS_NONE = frozenset({"minItems", "minProperties"})
_RANGES = (
    ("min", "minimum", "exclusiveMinimum", "more than"),
    ("max", "maximum", "exclusiveMaximum", "less than"),
)


# The bound that counts, and whether it is not allowed itself.
_Bound = tuple[Any, bool]


def compare_bounds(pair: Pair) -> Iterator[Change]:
    for rule, inclusive, exclusive, strictly in _RANGES:
        before, after = (
            _effective(schema, inclusive, exclusive) for schema in (pair.base, pair.revision)
        )
        yield from _range(pair, rule, inclusive, strictly, before, after)
    for keyword, rule, noun, absent in _LIMITS:
        old, new = (_limit(schema, keyword, absent) for schema in (pair.base, pair.revision))
        yield from _bound(pair, rule, noun, keyword, old, new)


def _limit(schema: Schema, keyword: str, absent: int | None) -> Any:
    value = schema.keywords.get(keyword)
    if keyword in _ZERO_IS_NONE and value == 0:
        return None
    return absent if value is None else value


def _range(
    pair: Pair, rule: str, inclusive: str, strictly: str, before: _Bound, after: _Bound
) -> Iterator[Change]:
    """Compare the one bound that counts, whether or not it is allowed itself."""
    old: Any
    new: Any
    (old, was_strict), (new, is_strict) = before, after
    keyword = f"exclusive{inclusive.capitalize()}" if is_strict else inclusive
    strict = is_strict if new is not None else was_strict
    name = f"exclusive-{rule}" if strict else rule
    if was_strict == is_strict or not (is_number(old) and is_number(new)):
        noun = f"exclusive {inclusive}" if strict else inclusive
        yield from _bound(pair, name, noun, keyword, old, new)
        return
    if pair.base.types == pair.revision.types == {"integer"} and (
        _of_integers(before, inclusive) == _of_integers(after, inclusive)
    ):
        return  # more than 0 and at least 1 are the same
    sign = 1 if rule == "min" else -1
    old, new = cast("float", old), cast("float", new)
    is_tighter = (sign * new, is_strict) > (sign * old, was_strict)
    end = "increased" if is_tighter == (rule == "min") else "decreased"
    if old == new:
        said = f"{inclusive} {shown(new)} itself {'no longer' if is_strict else 'is'} allowed"
        yield pair.change(f"exclusive-{rule}-{end}", said, keyword)
        return
    one, other = (f"{strictly} {shown(v)}" if s else shown(v) for v, s in (before, after))
    yield pair.change(f"{name}-{end}", f"{inclusive} changed from {one} to {other}", keyword)


def _of_integers(bound: _Bound, inclusive: str) -> int:
    """The outermost integer that a bound allows."""
    value, is_strict = float(bound[0]), bound[1]
    if inclusive == "minimum":
        return math.floor(value) + 1 if is_strict else math.ceil(value)
    return math.ceil(value) - 1 if is_strict else math.floor(value)


def _effective(schema: Schema, inclusive: str, exclusive: str) -> _Bound:
    bound, strict = schema.keywords.get(inclusive), schema.keywords.get(exclusive)
    if strict is None:
        return bound, False
    if bound is None:
        return strict, True
    if not is_number(bound) or not is_number(strict):
        return bound, False
    is_strict = strict >= bound if inclusive == "minimum" else strict <= bound
    return (strict if is_strict else bound), is_strict


def _bound(
    pair: Pair, rule: str, noun: str, keyword: str, before: Any, after: Any
) -> Iterator[Change]:
    if before is after or canonical(before) == canonical(after):
        return
    if not all(value is None or is_number(value) for value in (before, after)):
        return  # nonsense, which is reported as unclassified
    if before is None:
        end, said = "set", f"{noun} set to {shown(after)}"
    elif after is None:
        end, said = "unset", f"{noun} {shown(before)} removed"
    else:
        end = "increased" if after > before else "decreased"
        verb = "raised" if after > before else "lowered"
        said = f"{noun} {verb} from {shown(before)} to {shown(after)}"
    if rule == "max-contains" and (before is None or after is None):
        end = "increased" if after is None else "decreased"
    yield pair.change(f"{rule}-{end}", said, keyword)
