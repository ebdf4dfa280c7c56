"""JSON, read as `json.loads` reads it, in a third of the time, and written so that it is valid."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

import jiter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Bits. Python always writes 640 digits; sys.set_int_max_str_digits allows no lower limit.
_SHORT_INT = 2000


def loads(content: bytes) -> Any:
    """What `content` holds. ValueError or RecursionError if it is not JSON.

    An object with a repeated key counts as invalid: RFC 8259, section 4, leaves open which value
    is right. An integer with more digits than Python converts is returned as its text.
    """
    try:
        return jiter.from_json(content, catch_duplicate_keys=True)
    except ValueError:
        # jiter also refuses nesting beyond 200 levels, lone surrogates and encodings other than
        # UTF-8. The standard library decides, and has the better message.
        return json.loads(content, object_pairs_hook=_object, parse_int=_integer)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        key, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"an object has the key {key[:100]!r} twice")
    return found


def _integer(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:  # https://docs.python.org/3/library/stdtypes.html#int-max-str-digits
        return digits


def dumps(value: object) -> str:
    """`value` as JSON in one line.

    What JSON has no number for becomes a string, as in the JSON format of Protocol Buffers: `NaN`,
    `Infinity`, `-Infinity`, and whole numbers too long for Python to write.
    https://protobuf.dev/programming-guides/json/
    """
    try:
        return _encode(value)
    except ValueError:
        return _encode(_writable(value))


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _writable(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = cast("Mapping[str, Any]", value)
        return {name: _writable(one) for name, one in pairs.items()}
    if isinstance(value, list):
        return [_writable(one) for one in cast("Sequence[Any]", value)]
    match value:
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else f"{'-' * (value < 0)}Infinity"
        case int() if value.bit_length() > _SHORT_INT:
            from decimal import Decimal  # rarely needed, and slow to import

            return str(Decimal(value))
        case _:
            return value
