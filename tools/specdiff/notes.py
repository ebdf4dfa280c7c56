"""What changed in the documentation of an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.specdiff.findings import became
from tools.specdiff.schemas import Note, canonical
from tools.specdiff.steps import Step, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.schemas import Schema

_RULES = {
    "$comment": "description-changed",
    "description": "description-changed",
    "summary": "description-changed",
    "title": "description-changed",
    "example": "example-changed",
    "examples": "example-changed",
}


def note_rule(keyword: str) -> str:
    if keyword.startswith("x-"):
        return "extension-changed"
    return _RULES.get(keyword, "documentation-changed")


def compare_notes(base: Schema, revision: Schema) -> Iterator[Step]:
    """Compare what documents a schema; what stands first in a list of its kind is what counts."""
    common = {*base.sources.values()} & {*revision.sources.values()} - {""}
    deprecation = bool(base.keywords.get("deprecated")) != bool(revision.keywords.get("deprecated"))
    for keyword in sorted({note.keyword for note in (*base.notes, *revision.notes)}):
        if keyword == "x-sunset" and deprecation:
            continue  # which is told with it
        old = [note for note in base.notes if note.keyword == keyword]
        new = [note for note in revision.notes if note.keyword == keyword]
        yield from _compare(keyword, old, new, common)


def _compare(keyword: str, old: list[Note], new: list[Note], common: set[str]) -> Iterator[Step]:
    first = [notes[0] for notes in (old, new) if notes]
    rest_old, rest_new = _without_common(old, new)
    for note in [*rest_old]:
        # In the same component on both sides, it is the same note with another text.
        match = next((n for n in rest_new if n.source == note.source), None)
        if match:
            rest_old.remove(note)
            rest_new.remove(match)
            yield _changed(keyword, note, match)
    # What else is new or gone is hidden behind another note, unless it is the one that counts.
    one = next((note for note in rest_old if any(note is f for f in first)), None)
    other = next((note for note in rest_new if any(note is f for f in first)), None)
    if one or other:
        yield _changed(keyword, one, other)
    for note in rest_old:
        if note is not one and note.source in common:
            yield _changed(keyword, note, None)
    for note in rest_new:
        if note is not other and note.source in common:
            yield _changed(keyword, None, note)


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


def _changed(keyword: str, old: Note | None, new: Note | None) -> Step:
    source = (new and new.source) or (old and old.source) or ""
    before: Any = old.value if old else None
    after: Any = new.value if new else None
    return step(note_rule(keyword), became(keyword, before, after), source)
