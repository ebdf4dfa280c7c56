"""How values and their changes are described."""

from __future__ import annotations

import json
from typing import Any

WIDTH = 60
_NAMED = 5


def shown(value: Any) -> str:
    """`value` as JSON if that is short, else a description."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) <= WIDTH:
        return text
    if isinstance(value, str):
        return f'"{_cut(value, 0)}"'
    if isinstance(value, dict):
        return f"an object with {_listed(list(value))}"
    if all(isinstance(item, str) for item in value):
        return _listed(value)
    return f"a list of {len(value)}"


def plain(value: Any) -> str:
    """A value of an enum; words go without quotes."""
    is_word = isinstance(value, str) and value.replace("-", "_").isidentifier()
    return str(value) if is_word else shown(value)


def changed(noun: str, before: Any, after: Any) -> str:
    """`noun changed from … to …`, showing where long values begin to differ."""
    if isinstance(before, str) and isinstance(after, str):
        same = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        start = max(0, same - WIDTH // 3) if max(len(before), len(after)) + 2 > WIDTH else 0
        old, new = (f'"{_cut(text, start)}"' for text in (before, after))
        return f"{noun} changed from {old} to {new}"
    old, new = shown(before), shown(after)
    if old == new or not {old, new} <= {json.dumps(v, ensure_ascii=False) for v in (before, after)}:
        return f"{noun} changed{_inside(before, after)}"
    return f"{noun} changed from {old} to {new}"


def became(noun: str, before: Any, after: Any) -> str:
    """What happened to a value that may be absent, which None stands for."""
    if before is None:
        return f"{noun} {shown(after)} added"
    if after is None:
        return f"{noun} {shown(before)} removed"
    return changed(noun, before, after)


def _inside(before: Any, after: Any) -> str:
    """Where in long values the first difference is."""
    way: list[str] = []
    while isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        if not keys:
            break
        way.append(keys[0])
        before, after = before.get(keys[0]), after.get(keys[0])
    return f" in {'.'.join(way)}" if way else ""


def _listed(words: list[str]) -> str:
    more = len(words) - _NAMED
    named = ", ".join(_cut(word, 0) for word in words[:_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _cut(text: str, start: int) -> str:
    part = ("…" if start else "") + text[start : start + WIDTH]
    return part + ("…" if start + WIDTH < len(text) else "")
