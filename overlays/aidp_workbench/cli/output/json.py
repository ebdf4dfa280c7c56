"""A listing as JSON or JSON lines, valid whatever the service sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aidp_workbench.transport.json import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from .view import Item


class JsonLines:
    """One line with an object per item, with all that the service sent."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def start(self) -> None: ...

    def write(self, items: Sequence[Item]) -> None:
        self._stream.writelines(f"{to_json(item.to_dict())}\n" for item in items)
        self._stream.flush()

    def end(self) -> None: ...


class Json:
    """One array, with an item per line. It is closed only if the listing is complete."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = "[\n"

    def start(self) -> None: ...

    def write(self, items: Sequence[Item]) -> None:
        for item in items:
            self._stream.write(f"{self._before}{to_json(item.to_dict())}\n")
            self._before = ","
        self._stream.flush()

    def end(self) -> None:
        self._stream.write("]\n" if self._before == "," else "[]\n")


# What json leaves as it is, and terminals or readers of lines act on: the second set of control
# characters, line separators, and what changes the direction of text.
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def to_json(value: object) -> str:
    """`value` as valid JSON in one line, without characters that a terminal would act on."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", dumps(value))
