"""What changed about other keywords that hold no schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical, is_number, mapping
from tools.specdiff.words import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Pair


def compare_keywords(pair: Pair) -> Iterator[Change]:
    yield from _pattern(pair)
    yield from _multiple(pair)
    yield from _unique_items(pair)
    yield from _content(pair)
    yield from _dependent_required(pair)


def _pattern(pair: Pair) -> Iterator[Change]:
    # An empty pattern matches every text.
    before, after = (s.keywords.get("pattern") or None for s in (pair.base, pair.revision))
    if before == after:
        return
    end = "added" if before is None else "removed" if after is None else "changed"
    if end == "changed" and after in (".*", "^.*$"):
        end = "generalized"
    yield pair.change(f"pattern-{end}", became("pattern", before, after), "pattern")


def _multiple(pair: Pair) -> Iterator[Change]:
    before, after = (s.keywords.get("multipleOf") for s in (pair.base, pair.revision))
    if before is after or canonical(before) == canonical(after):
        return
    if before is None or after is None:
        end = "added" if before is None else "removed"
    else:
        end = "changed"
        if is_number(before) and is_number(after) and before > 0 and after > 0:
            wider = abs(before / after - round(before / after)) < 1e-9
            narrower = abs(after / before - round(after / before)) < 1e-9
            end = "generalized" if wider else "specialized" if narrower else "changed"
    yield pair.change(f"multiple-of-{end}", became("multiple of", before, after), "multipleOf")


def _unique_items(pair: Pair) -> Iterator[Change]:
    was, now = (bool(s.keywords.get("uniqueItems")) for s in (pair.base, pair.revision))
    if was != now:
        end, said = ("set", "must differ") if now else ("unset", "may repeat")
        yield pair.change(f"unique-items-{end}", f"items {said}", "uniqueItems")


def _content(pair: Pair) -> Iterator[Change]:
    for keyword, rule, noun in (
        ("contentMediaType", "content-media-type-changed", "media type of the text"),
        ("contentEncoding", "content-encoding-changed", "encoding of the text"),
    ):
        before, after = (s.keywords.get(keyword) for s in (pair.base, pair.revision))
        if before is not after and canonical(before) != canonical(after):
            yield pair.change(rule, became(noun, before, after), keyword)


def _dependent_required(pair: Pair) -> Iterator[Change]:
    keyword = "dependentRequired"
    old, new = (mapping(s.keywords.get(keyword)) for s in (pair.base, pair.revision))
    for name in sorted(old.keys() | new.keys()):
        before, after = (_names(names.get(name)) for names in (old, new))
        if before == after:
            continue
        if name not in old or name not in new:
            end = "added" if name not in old else "removed"
            said = f"requirement {end}: with {name} also {', '.join(before or after)}"
        else:
            end = "changed"
            one, other = (", ".join(names) or "nothing" for names in (before, after))
            said = f"what must be there with {name} changed from {one} to {other}"
        yield pair.change(f"dependent-required-{end}", said, keyword)


def _names(value: Any) -> list[str]:
    return sorted({str(name) for name in value}) if isinstance(value, list) else []
