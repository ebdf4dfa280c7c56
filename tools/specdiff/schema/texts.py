"""What a value must be now that has become a text, where all values travel as text.

A number can be sent where a text is expected, but not where only some texts are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import evolve

from tools.openapi.document import canonical, is_number
from tools.specdiff.schema.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Pair

_SAMPLES = {
    "boolean": ("true", "false"),
    "integer": ("0", "7", "42", "-1", "1234567890"),
    "number": ("0", "7", "-1", "1.5", "1234567890", "1e10"),
}
# The longest text of a value of this type and format.
_LENGTHS = {("boolean", ""): 5, ("integer", "int32"): 11, ("integer", "int64"): 20}


def compare_as_texts(
    pair: Pair, checks: Iterable[Callable[[Pair], Iterator[Change]]]
) -> Iterator[Change]:
    """What may refuse a text that was right before, by `checks` of two schemas of texts.

    What widens is said by the change of type.
    """
    if not pair.is_text or not pair.is_request or "string" not in pair.revision.types:
        return
    texts = evolve(pair, base=_as_text(pair.base, pair.revision))
    for check in checks:
        for change in check(texts):
            if change.level in ("breaking", "warning"):
                yield change


def _as_text(base: Schema, revision: Schema) -> Schema:
    """A schema of the texts that values of `base` are written as."""
    keywords: dict[str, Any] = {"minLength": 1}
    (kind, *others) = sorted(base.types)
    longest = _LENGTHS.get((kind, str(base.keywords.get("format", ""))))
    if longest and not others:
        keywords["maxLength"] = longest
    values = base.values or ([True, False] if base.types == {"boolean"} else None)
    if values:
        keywords["enum"] = [_text(value) for value in values]
        keywords["maxLength"] = max(len(text) for text in keywords["enum"])
    if "default" in base.keywords:
        keywords["default"] = _text(base.keywords["default"])
    samples = keywords.get("enum") or [s for kind in base.types for s in _SAMPLES.get(kind, ())]
    lowest: Any = base.keywords.get("minimum")
    if is_number(lowest) and lowest >= 0:
        samples = [sample for sample in samples if not sample.startswith("-")]
    pattern = revision.keywords.get("pattern")
    if isinstance(pattern, str) and samples and _all_match(pattern, samples):
        keywords["pattern"] = pattern
    return Schema(keywords, types=frozenset({"string"}), nullable=base.nullable)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else canonical(value)


def _all_match(pattern: str, samples: list[str]) -> bool:
    try:
        return all(re.search(pattern, sample) for sample in samples)
    except re.error:  # a pattern of JavaScript that Python does not know
        return False
