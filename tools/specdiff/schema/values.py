"""What changed about the values that are allowed: enum, const, null and the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.openapi.document import canonical
from tools.specdiff.words import changed, plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change, Level
    from tools.specdiff.schema.pair import Pair


def compare_values(pair: Pair) -> Iterator[Change]:
    yield from _null(pair)
    old, new = pair.base.values, pair.revision.values
    if old is None or new is None:
        yield from _added_or_removed(pair)
    elif "const" in pair.base.keywords and "const" in pair.revision.keywords:
        if canonical(old) != canonical(new):
            yield pair.change("const-changed", changed("constant", old[0], new[0]), "const")
    else:
        yield from _enum(pair)
    yield from _default(pair)


def _null(pair: Pair) -> Iterator[Change]:
    base, revision = pair.base, pair.revision
    if revision.nullable and not base.nullable and not base.has_any_type:
        yield pair.change("became-nullable", "null allowed", "type")
    elif base.nullable and not revision.nullable and not revision.has_any_type:
        yield pair.change("became-not-nullable", "null no longer allowed", "type")


def _added_or_removed(pair: Pair) -> Iterator[Change]:
    present = pair.revision if pair.base.values is None else pair.base
    if present.values is None:
        return
    is_new = present is pair.revision
    end = "added" if is_new else "removed"
    listed = ", ".join(shown(value) for value in present.values)
    keyword = "const" if "const" in present.keywords else "enum"
    if keyword == "const":
        yield pair.change(f"const-{end}", f"constant {listed} {end}", keyword)
    elif present.is_open:
        yield pair.change(f"open-enum-{end}", f"open enum {end}: {listed}", keyword)
    elif is_new:
        yield pair.change("became-enum", f"restricted to the values {listed}", keyword)
    else:
        said = f"no longer restricted to the values {listed}"
        yield pair.change("enum-removed", said, keyword)


def _enum(pair: Pair) -> Iterator[Change]:
    base, revision = pair.base, pair.revision
    keyword = "const" if "const" in revision.keywords else "enum"
    if base.is_open != revision.is_open:
        state = "open" if revision.is_open else "closed"
        said = "any other text is allowed" if revision.is_open else "no other text is allowed"
        yield pair.change(f"enum-became-{state}", f"the enum became {state}: {said}", keyword)
    kind = "open" if revision.is_open else "closed"
    mild: Level | None = "info" if base.is_open or revision.is_open else None
    old, new = base.values or [], revision.values or []
    if base.nullable != revision.nullable or base.is_open != revision.is_open:
        # Whether null is allowed is reported by itself.
        old, new = ([v for v in values if v is not None] for values in (old, new))
    before, after = ({canonical(v): v for v in values} for values in (old, new))
    for text in sorted(after.keys() - before.keys()):
        said = f"value {plain(after[text])} added to the {kind} enum"
        yield pair.change("enum-value-added", said, keyword, mild)
    for text in sorted(before.keys() - after.keys()):
        said = f"value {plain(before[text])} removed from the {kind} enum"
        yield pair.change("enum-value-removed", said, keyword, mild)


def _default(pair: Pair) -> Iterator[Change]:
    base, revision = pair.base.keywords, pair.revision.keywords
    has, had = "default" in revision, "default" in base
    before, after = base.get("default"), revision.get("default")
    if has and had and canonical(before) != canonical(after):
        said = changed("default", before, after)
        yield pair.change("default-value-changed", said, "default")
    elif has and not had:
        yield pair.change("default-value-added", f"default {shown(after)} added", "default")
    elif had and not has:
        yield pair.change("default-value-removed", f"default {shown(before)} removed", "default")
