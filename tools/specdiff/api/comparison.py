"""The two documents of a comparison, and what was found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from attrs import define, evolve, field

from tools.openapi.document import canonical, mapping
from tools.specdiff.model import Change, Location
from tools.specdiff.rules import RULES, note_rule
from tools.specdiff.words import became

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.openapi.document import Document
    from tools.specdiff.model import Level
    from tools.specdiff.schema.schema import Schema

_NOTES = ("summary", "description", "title", "example", "externalDocs")
# Maps that say nothing when they are empty.
_EMPTY_IS_NONE = frozenset({"callbacks", "links"})


class SchemaComparer(Protocol):
    """Compares the schemas of the two documents."""

    def read(self, before: Any, after: Any) -> tuple[Schema, Schema]:
        """What two schemas mean, of base and revision."""
        ...

    def compare(self, before: Any, after: Any, family: str, is_text: bool) -> tuple[Change, ...]:
        """The differences of two schemas as they are written in base and revision."""
        ...

    def same(self, one: Any, other: Any, keyword: str = "") -> bool:
        """Whether two values mean the same, as far as can be said without rules."""
        ...


@define(eq=False)
class Comparison:
    """Collects what was found between two documents."""

    base: Document
    revision: Document
    schemas: SchemaComparer
    found: list[Change] = field(factory=list, init=False)

    def report(
        self, rule: str, place: Location, text: str, level: Level | None = None, keyword: str = ""
    ) -> None:
        evidence = place.evidence
        if keyword:
            evidence = (evolve(evidence[0], keyword=keyword), evolve(evidence[1], keyword=keyword))
        self.found.append(
            Change(
                rule,
                level or RULES[rule],
                place.operation,
                place.location,
                text,
                origin=place.origin or None,
                evidence=evidence,
            )
        )

    def resolve(
        self, before: Any, after: Any, place: Location
    ) -> tuple[dict[str, Any], dict[str, Any], Location]:
        """Two objects with their `$ref` followed, and `place` with the component they are in."""
        old, old_origin = self.base.resolve(before)
        new, new_origin = self.revision.resolve(after)
        origin = new_origin or old_origin
        place = place.at(place.location, origin) if origin else place
        return mapping(old), mapping(new), place.seen(old, new, old_origin, new_origin)

    def add(self, changes: Iterable[Change], place: Location, whole: str, inner: str) -> None:
        """Report the differences of schemas.

        Args:
            changes: The differences.
            place: Where the schemas stand.
            whole: What a reviewer calls the schemas themselves.
            inner: What goes before the way into them.
        """
        for change in changes:
            way = change.location
            separator = "" if not way or inner.endswith(" ") or way[0] in "[(" else "."
            origin = change.origin
            if origin is None and place.origin:
                origin = f"{place.origin}|{way}"
            self.found.append(
                evolve(
                    change,
                    operation=place.operation,
                    location=f"{inner}{separator}{way}" if way else whole,
                    origin=origin,
                )
            )

    def notes(self, old: dict[str, Any], new: dict[str, Any], place: Location) -> None:
        """Report changed documentation of an object."""
        for key in sorted(old.keys() | new.keys()):
            if key in _NOTES or key.startswith("x-"):
                before, after = old.get(key), new.get(key)
                if canonical(before) != canonical(after):
                    self.report(note_rule(key), place, became(key, before, after), keyword=key)
        self.examples(mapping(old.get("examples")), mapping(new.get("examples")), place)

    def examples(self, old: dict[str, Any], new: dict[str, Any], place: Location) -> None:
        for name in sorted(old.keys() | new.keys()):
            if name not in old or name not in new:
                end = "added" if name in new else "removed"
                self.report("example-changed", place, f"example {name} {end}")
                continue
            before, old_origin = self.base.resolve(old[name])
            after, new_origin = self.revision.resolve(new[name])
            if canonical(before) != canonical(after):
                inner = place.at(place.location, new_origin or old_origin or place.origin)
                self.report("example-changed", inner, f"example {name} changed")

    def rest(
        self, old: dict[str, Any], new: dict[str, Any], place: Location, claimed: frozenset[str]
    ) -> None:
        """Report what no rule looks at: all but `claimed` and documentation."""
        for key in sorted((old.keys() | new.keys()) - claimed):
            if key in _NOTES or key == "examples" or key.startswith("x-"):
                continue
            before, after = old.get(key), new.get(key)
            if key in _EMPTY_IS_NONE:
                before, after = (None if value == {} else value for value in (before, after))
            if not self.schemas.same(before, after, key):
                said = became(key, before, after)
                self.report("unclassified-change", place, said, keyword=key)
