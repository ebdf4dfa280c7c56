"""A listing as JSON or JSON lines, valid whatever the service sent."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from aidp_workbench_api.models import TaskRunSummary


class JsonLines:
    """One line with an object per task run, with all that the service sent."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def start(self) -> None: ...

    def write(self, runs: Sequence[TaskRunSummary]) -> None:
        self._stream.writelines(f"{to_json(run.to_dict())}\n" for run in runs)
        self._stream.flush()

    def end(self) -> None: ...


class Json:
    """One array, with an item per line. It is closed only if the listing is complete."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = "[\n"

    def start(self) -> None: ...

    def write(self, runs: Sequence[TaskRunSummary]) -> None:
        for run in runs:
            self._stream.write(f"{self._before}{to_json(run.to_dict())}\n")
            self._before = ","
        self._stream.flush()

    def end(self) -> None:
        self._stream.write("]\n" if self._before == "," else "[]\n")


# What json leaves as it is, and terminals or readers of lines act on: the second set of control
# characters, line separators, and what changes the direction of text.
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# Bits. Python always writes 640 digits; sys.set_int_max_str_digits allows no lower limit.
_SHORT_INT = 2000


def to_json(value: object) -> str:
    """`value` as JSON in one line.

    What JSON has no number for becomes a string, as in the JSON format of Protocol Buffers: `NaN`,
    `Infinity`, `-Infinity`, and whole numbers too long for Python to write.
    https://protobuf.dev/programming-guides/json/
    """
    try:
        text = _dumps(value)
    except ValueError:
        text = _dumps(_writable(value))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


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
            return str(Decimal(value))
        case _:
            return value
