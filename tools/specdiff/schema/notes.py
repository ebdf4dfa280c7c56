"""What changed in the documentation of an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical
from tools.specdiff.rules import note_rule
from tools.specdiff.schema.pair import change
from tools.specdiff.sunset import lifecycle_of, reported_extensions
from tools.specdiff.words import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Pair
    from tools.specdiff.schema.schema import Note


def compare_notes(pair: Pair) -> Iterator[Change]:
    """Compare what documents a schema; what stands first in a list of its kind is what counts."""
    base, revision = pair.base, pair.revision
    common = {*base.sources.values()} & {*revision.sources.values()} - {""}
    reported = reported_extensions(
        lifecycle_of(base.annotations), lifecycle_of(revision.annotations)
    )
    keywords = {note.keyword for note in (*base.notes, *revision.notes)}
    for keyword in sorted(keywords - reported):
        old = [note for note in base.notes if note.keyword == keyword]
        new = [note for note in revision.notes if note.keyword == keyword]
        yield from _compare(pair, keyword, old, new, common)


def _compare(
    pair: Pair, keyword: str, old: list[Note], new: list[Note], common: set[str]
) -> Iterator[Change]:
    first = [notes[0] for notes in (old, new) if notes]
    rest_old, rest_new = _without_common(old, new)
    for note in [*rest_old]:
        # In the same component on both sides, it is the same note with another text.
        match = next((n for n in rest_new if n.source == note.source), None)
        if match:
            rest_old.remove(note)
            rest_new.remove(match)
            yield _changed(pair, keyword, note, match)
    # What else is new or gone is hidden behind another note, unless it is the one that counts.
    one = next((note for note in rest_old if any(note is f for f in first)), None)
    other = next((note for note in rest_new if any(note is f for f in first)), None)
    if one or other:
        yield _changed(pair, keyword, one, other)
    for note in rest_old:
        if note is not one and note.source in common:
            yield _changed(pair, keyword, note, None)
    for note in rest_new:
        if note is not other and note.source in common:
            yield _changed(pair, keyword, None, note)


def _without_common(old: list[Note], new: list[Note]) -> tuple[list[Note], list[Note]]:
    rest_old, rest_new = [], list(new)
    for note in old:
        text = canonical(note.value)
        match = next((n for n in rest_new if canonical(n.value) == text), None)
        if match:
            rest_new.remove(match)
        else:
            rest_old.append(note)
    return rest_old, rest_new


def _changed(pair: Pair, keyword: str, old: Note | None, new: Note | None) -> Change:
    source = (new and new.source) or (old and old.source) or ""
    before: Any = old.value if old else None
    after: Any = new.value if new else None
    found = change(note_rule(keyword), became(keyword, before, after), source)
    return pair.seen(found, keyword)
