"""An OpenAPI document as plain values, and what its references lead to."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from attrs import field, frozen


@frozen(eq=False)
class Document:
    """An OpenAPI document of which every `$ref` is known to lead somewhere.

    Attributes:
        name: What messages call it.
        content: Its values. A `$ref` in there is `#/place`, or `file#/place` for another file.
        text: The text that it was read from.
        files: What other files contain that it refers to, by the name used in references.
    """

    name: str
    content: dict[str, Any] = field(repr=False)
    text: str = field(default="", repr=False)
    files: dict[str, Any] = field(factory=dict, repr=False)

    @property
    def is_30(self) -> bool:
        """Whether this is OpenAPI 3.0, in which nothing beside a `$ref` counts."""
        return version_of(self.content).startswith("3.0")

    def target(self, reference: str) -> Any:
        """What `reference` names; LookupError if it names nothing."""
        file, mark, pointer = reference.partition("#")
        if not mark or (pointer and not pointer.startswith("/")):
            raise LookupError(reference)
        value: Any = self.files[file] if file else self.content
        for step in steps_of(pointer):
            if isinstance(value, list) and re.fullmatch("[0-9]+", step):
                value = value[int(step)]
            elif isinstance(value, dict):
                value = value[step]
            else:
                raise LookupError(reference)
        return value

    def has(self, reference: str) -> bool:
        try:
            self.target(reference)
        except LookupError:
            return False
        return True

    def resolve_alone(self, value: Any) -> tuple[Any, str]:
        """Like `resolve`, but only while nothing that counts stands beside the `$ref`."""
        origin = ""
        while (reference := reference_of(value)) and (self.is_30 or len(value) == 1):
            value, origin = self.target(reference), reference
        return value, origin

    def resolve(self, value: Any, origin: str = "") -> tuple[Any, str]:
        """`value` with its `$ref` followed, and the reference that it came from, or `origin`."""
        beside: dict[str, Any] = {}
        while reference := reference_of(value):
            if not self.is_30:
                notes = {key: value[key] for key in ("summary", "description") if key in value}
                beside = notes | beside
            value, origin = self.target(reference), reference
        return ({**value, **beside} if beside and isinstance(value, dict) else value), origin


def version_of(content: dict[str, Any]) -> str:
    """The version of OpenAPI: without quotes, 3.0 is a number that reads as 3."""
    version = content.get("openapi")
    return "3.0" if version == 3 else str(version)


def pointer_to(*steps: str | int) -> str:
    """The reference to a place in the same document: `#/paths/~1a/get`."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "#" + "".join(f"/{step.replace('%', '%25')}" for step in escaped)


def steps_of(pointer: str) -> list[str]:
    """The keys that lead along a pointer such as `/paths/~1a/get`."""
    parts = unquote(pointer).split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


def canonical(value: Any) -> str:
    """A text that is the same for equal values; unlike ==, it distinguishes 1 from true."""
    return _encode(value)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def reference_of(value: Any) -> str:
    """The `$ref` of `value`, or empty."""
    reference = value.get("$ref") if isinstance(value, dict) else None
    return reference if isinstance(reference, str) else ""


def mapping(value: Any) -> dict[str, Any]:
    """`value` if it is a mapping; where it should be one but is not, an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """`value` if it is a list; where it should be one but is not, an empty one."""
    return value if isinstance(value, list) else []
