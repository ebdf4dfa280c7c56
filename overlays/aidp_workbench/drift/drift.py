"""One kind of difference, and the words for its shape."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal, cast

from aidp_workbench_api.times import Time
from attrs import frozen

DriftKind = Literal[
    "unknown property",
    "unknown value",
    "another type",
    "never came",
    "undocumented status",
    "undocumented header",
]


@frozen
class Drift:
    """One kind of difference between what the service says and what the client knows.

    Attributes:
        kind: What is different.
        place: Where: `GET …/taskRuns: items[].state.status`.
        example: The shape of the first one, such as `a text`; of an unknown value of an enum the
            value itself if it is a word, and of a status its number.
        count: How often it was met; of what never came, how many objects lack it.
    """

    kind: DriftKind
    place: str
    example: str
    count: int = 1

    def __str__(self) -> str:
        return f"{self.kind}: {self.place}: {self.example} ({self.count})"


_WORD = re.compile(r"[A-Za-z]\w{0,63}", re.ASCII)
_NAME = re.compile(r"[A-Za-z_$][\w.$-]{0,63}", re.ASCII)
_SHAPES: dict[type, str] = {
    bool: "a boolean",
    int: "a whole number",
    float: "a number",
    type(None): "null",
}


def shape_of(value: object) -> str:
    """What kind of JSON value it is: `a list of 2: a text, null`."""
    if isinstance(value, str):
        return "a date-time" if _is_time(value) else "a text"
    if isinstance(value, dict):
        inner = [*cast("dict[str, object]", value).values()]
        return f"an object of {len(inner)}{_listed(inner)}"
    if isinstance(value, list):
        items = cast("list[object]", value)
        return f"a list of {len(items)}{_listed(items)}"
    return _SHAPES.get(type(value), "a value")


def word(value: str) -> str:
    """A value of an enum if it is a word, which says nothing of anybody; else its shape."""
    return value if _WORD.fullmatch(value) else shape_of(value)


def name(value: str) -> str:
    """The name of a property if it looks like one."""
    return value if _NAME.fullmatch(value) else f"a name of {len(value)} characters"


def _listed(values: list[object]) -> str:
    """The shapes of what is inside, the most frequent first; what is in there counts as one."""
    kinds = Counter(_outer_shape(value) for value in values)
    return f": {', '.join(kind for kind, _ in kinds.most_common())}" if kinds else ""


def _outer_shape(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return shape_of(value)


def _is_time(text: str) -> bool:
    try:
        Time.parse(text)
    except ValueError:
        return False
    return True
