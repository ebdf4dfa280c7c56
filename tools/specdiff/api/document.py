"""What changed about the document as a whole: its info and its tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical, mapping, sequence
from tools.specdiff.model import Location
from tools.specdiff.words import became

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.specdiff.api.comparison import Comparison

_CLAIMED = frozenset(
    {"components", "info", "openapi", "paths", "security", "servers", "tags", "webhooks"}
    | {"$self", "jsonSchemaDialect"}
)


def compare_document(comparison: Comparison) -> None:
    _compare_info(comparison)
    _compare_tags(comparison)
    base, revision = comparison.base.content, comparison.revision.content
    place = Location("", "document").seen(base, revision)
    comparison.notes(base, revision, place)
    comparison.rest(base, revision, place, _CLAIMED)


def _compare_info(comparison: Comparison) -> None:
    old = mapping(comparison.base.content.get("info"))
    new = mapping(comparison.revision.content.get("info"))
    place = Location("", "info").seen(old, new)
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if key == "version":
            # Versions are text, with quotes or without.
            if str(before) != str(after):
                text = became("version", before, after)
                comparison.report("api-version-changed", place, text)
        elif canonical(before) != canonical(after):
            rule = "extension-changed" if key.startswith("x-") else "documentation-changed"
            comparison.report(rule, place, became(key, before, after))


def _compare_tags(comparison: Comparison) -> None:
    old, new = (_tags(document) for document in (comparison.base, comparison.revision))
    for name in sorted(old.keys() | new.keys()):
        place = Location("", f"tag {name}")
        if name not in old or name not in new:
            end = "added" if name in new else "removed"
            comparison.report("documentation-changed", place, end)
        else:
            comparison.notes(old[name], new[name], place)
            comparison.rest(old[name], new[name], place, frozenset({"name"}))


def _tags(document: Document) -> dict[str, dict[str, Any]]:
    tags = [mapping(tag) for tag in sequence(document.content.get("tags"))]
    return {str(tag.get("name")): tag for tag in tags}
