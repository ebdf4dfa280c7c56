"""How the value of a parameter is written in a URL or a header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.specdiff.words import changed

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
_FLAGS = (
    ("allowReserved", "allow-reserved", "reserved characters"),
    ("allowEmptyValue", "allow-empty-value", "an empty value"),
)


def style_of(content: dict[str, Any]) -> Any:
    return content.get("style", _STYLES.get(str(content.get("in"))))


def is_exploded(content: dict[str, Any]) -> Any:
    return content.get("explode", style_of(content) == "form")


def serialization_changes(
    before: dict[str, Any], after: dict[str, Any], *, has_parts: bool
) -> Iterator[tuple[str, str]]:
    """What changed, each with its rule; `has_parts` says if values may be lists or objects."""
    old, new = (style_of(content) for content in (before, after))
    if old != new:
        yield "request-parameter-style-changed", changed("style", old, new)
    was, now = (is_exploded(content) for content in (before, after))
    is_said = "explode" in before or "explode" in after
    if was != now and (old == new or is_said) and has_parts:
        yield "request-parameter-explode-changed", changed("explode", was, now)
    for keyword, name, noun in _FLAGS:
        was, now = (content.get(keyword) is True for content in (before, after))
        if was != now:
            said = f"{noun} {'is' if now else 'no longer'} allowed"
            yield f"request-parameter-{name}-{'set' if now else 'unset'}", said
