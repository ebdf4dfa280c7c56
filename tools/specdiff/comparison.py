"""The two documents of a comparison, and what was found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from tools.openapi.document import mapping
from tools.specdiff.findings import Finding, Spot, became, finding
from tools.specdiff.notes import note_rule
from tools.specdiff.schema_diff import SchemaDiff
from tools.specdiff.schemas import canonical
from tools.specdiff.steps import Step, joined

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.specdiff.changes import Level

_NOTES = ("summary", "description", "title", "example", "externalDocs")
# Maps that say nothing when they are empty.
_EMPTY_IS_NONE = frozenset({"callbacks", "links"})


@define(eq=False)
class Comparison:
    """Collects what was found between two documents."""

    base: Document
    revision: Document
    findings: list[Finding] = field(factory=list, init=False)
    schemas: SchemaDiff = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.schemas = SchemaDiff(self.base, self.revision)

    def report(self, rule: str, spot: Spot, text: str, level: Level | None = None) -> None:
        self.findings.append(finding(rule, spot, text, level))

    def resolve(
        self, before: Any, after: Any, spot: Spot
    ) -> tuple[dict[str, Any], dict[str, Any], Spot]:
        """Two objects with their `$ref` followed, and `spot` with the component they are in."""
        old, old_origin = self.base.resolve(before)
        new, new_origin = self.revision.resolve(after)
        origin = new_origin or old_origin
        spot = spot.at(spot.location, origin) if origin else spot
        return mapping(old), mapping(new), spot

    def steps(
        self, steps: tuple[Step, ...] | list[Step], spot: Spot, whole: str, inner: str
    ) -> None:
        """Report the differences of schemas.

        Args:
            steps: The differences.
            spot: Where the schemas stand.
            whole: What a reviewer calls the schemas themselves.
            inner: What goes before the way into them.
        """
        for step in steps:
            way = inner + step.path if inner.endswith(" ") else joined(inner, step.path)
            location = way if step.path else whole
            origin = step.origin
            if origin is None:
                origin = f"{spot.origin}|{step.path}" if spot.origin else ""
            self.findings.append(
                Finding(step.rule, step.level, spot.at(location, origin), step.text)
            )

    def notes(self, old: dict[str, Any], new: dict[str, Any], spot: Spot) -> None:
        """Report changed documentation of an object."""
        for key in sorted(old.keys() | new.keys()):
            if key in _NOTES or key.startswith("x-"):
                before, after = old.get(key), new.get(key)
                if canonical(before) != canonical(after):
                    self.report(note_rule(key), spot, became(key, before, after))
        self.examples(mapping(old.get("examples")), mapping(new.get("examples")), spot)

    def examples(self, old: dict[str, Any], new: dict[str, Any], spot: Spot) -> None:
        for name in sorted(old.keys() | new.keys()):
            if name not in old or name not in new:
                end = "added" if name in new else "removed"
                self.report("example-changed", spot, f"example {name} {end}")
                continue
            before, old_origin = self.base.resolve(old[name])
            after, new_origin = self.revision.resolve(new[name])
            if canonical(before) != canonical(after):
                inner = spot.at(spot.location, new_origin or old_origin or spot.origin)
                self.report("example-changed", inner, f"example {name} changed")

    def rest(
        self, old: dict[str, Any], new: dict[str, Any], spot: Spot, claimed: frozenset[str]
    ) -> None:
        """Report what no rule looks at: all but `claimed` and documentation."""
        for key in sorted((old.keys() | new.keys()) - claimed):
            if key in _NOTES or key == "examples" or key.startswith("x-"):
                continue
            before, after = old.get(key), new.get(key)
            if key in _EMPTY_IS_NONE:
                before, after = (None if value == {} else value for value in (before, after))
            if not self.schemas.residue.same(before, after, key):
                self.report("unclassified-change", spot, became(key, before, after))
