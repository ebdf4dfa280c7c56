"""Compare two OpenAPI documents by meaning: each part by the module that is named after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define

from tools.openapi.document import mapping
from tools.specdiff.api.bodies import compare_request_body
from tools.specdiff.api.comparison import Comparison
from tools.specdiff.api.document import compare_document
from tools.specdiff.api.headers import compare_headers
from tools.specdiff.api.media import compare_content
from tools.specdiff.api.operations import compare_operation, report_removed
from tools.specdiff.api.parameters import compare_parameters
from tools.specdiff.api.paths import METHODS, PathItem, matched, matched_paths, path_items
from tools.specdiff.api.responses import compare_responses
from tools.specdiff.api.security import compare_global_security, compare_operation_security
from tools.specdiff.api.security_schemes import compare_schemes, renamed_schemes
from tools.specdiff.api.servers import compare_servers
from tools.specdiff.api.unused import compare_unused
from tools.specdiff.merging import merged_changes
from tools.specdiff.model import Location
from tools.specdiff.schema.alternatives import compare_alternatives, restructured
from tools.specdiff.schema.bounds import compare_bounds
from tools.specdiff.schema.discriminator import compare_discriminator
from tools.specdiff.schema.keywords import compare_keywords
from tools.specdiff.schema.lifecycle import compare_lifecycle
from tools.specdiff.schema.notes import compare_notes
from tools.specdiff.schema.properties import compare_properties
from tools.specdiff.schema.subschemas import compare_subschemas
from tools.specdiff.schema.texts import compare_as_texts
from tools.specdiff.schema.types import are_disjoint, type_change
from tools.specdiff.schema.unclassified import compare_unclaimed
from tools.specdiff.schema.values import compare_values
from tools.specdiff.schema.walk import SchemaDiff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document
    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Link, Pair, Schemas

_OWN = (compare_values, compare_bounds, compare_keywords)
_PATH_CLAIMED = frozenset({"$ref", "additionalOperations", "parameters", "servers", *METHODS})


def compare(base: Document, revision: Document) -> list[Change]:
    """What changed from `base` to `revision`, the most serious first."""
    comparison = Comparison(base, revision, SchemaDiff(base, revision, _compare_schemas))
    _Comparer(comparison, renamed_schemes(base, revision)).run()
    return merged_changes(comparison.found)


def _compare_schemas(schemas: Schemas, pair: Pair) -> Iterator[Change | Link]:
    """The differences of two schemas themselves, and the schemas inside of them."""
    yield from compare_notes(pair)
    if pair.is_text and pair.base.is_bytes and pair.revision.is_bytes:
        return
    if whole := restructured(schemas, pair):
        yield whole
        return
    if kind := type_change(pair):
        yield kind
        if are_disjoint(pair.base, pair.revision):
            if kind.level != "breaking":
                yield from compare_as_texts(pair, _OWN)
            return
    for compare_own in (*_OWN, compare_lifecycle):
        yield from compare_own(pair)
    for compare_inner in (
        compare_discriminator,
        compare_properties,
        compare_subschemas,
        compare_alternatives,
        compare_unclaimed,
    ):
        yield from compare_inner(schemas, pair)


@define
class _Comparer:
    """Goes through both documents.

    Webhooks and callbacks are requests that callers receive and answer: what a request is for
    operations, a response is for them, and the reverse; `is_received` says so.
    """

    comparison: Comparison
    renamed: dict[str, str]

    def run(self) -> None:
        comparison, base, revision = self.comparison, self.comparison.base, self.comparison.revision
        pairs, is_moved = matched_paths(base, revision)
        for old, new in pairs:
            self._item(old, new)
        self._webhooks()
        if _inherits_security(pairs):
            compare_global_security(comparison, self.renamed)
        compare_schemes(comparison, self.renamed)
        servers = Location("", "servers").seen(base.content, revision.content)
        compare_servers(comparison, base.content, revision.content, servers, is_moved=is_moved)
        compare_document(comparison)
        compare_unused(comparison)

    def _item(self, old: PathItem | None, new: PathItem | None) -> None:
        before, after = (item.operations if item else {} for item in (old, new))
        for method in sorted(before.keys() ^ after.keys()):
            if old and method in before:
                operation = mapping(before[method])
                place = _place(method, old).seen(operation, new and new.content)
                report_removed(self.comparison, operation, place, is_path=not after)
            elif new:
                place = _place(method, new).seen(None, after[method])
                self.comparison.report("endpoint-added", place, "added")
        if old and new:
            self._operations(old, new, is_received=False)

    def _operations(self, old: PathItem, new: PathItem, *, is_received: bool) -> None:
        """Compare the operations that both have, and what they have in common."""
        both = sorted(old.operations.keys() & new.operations.keys())
        for method in both:
            before, after = mapping(old.operations[method]), mapping(new.operations[method])
            place = _place(method, new).at("operation", new.origin and f"{new.origin}|{method}")
            place = place.seen(before, after)
            self._operation(before, after, place, is_received=is_received)
        for method in both:
            # Of the path, and so of each of its operations, but only one change.
            place = _place(method, new).at("path", new.origin or f"path {new.path}")
            self.comparison.notes(old.content, new.content, place)
            self.comparison.rest(old.content, new.content, place, _PATH_CLAIMED)
            self._servers(old.content, new.content, place)
        compare_parameters(self.comparison, old, new, both, is_received=is_received)

    def _operation(
        self, before: dict[str, Any], after: dict[str, Any], place: Location, *, is_received: bool
    ) -> None:
        comparison = self.comparison
        compare_operation(comparison, before, after, place)
        bodies = compare_request_body(comparison, before, after, place, is_received=is_received)
        if bodies:
            compare_content(comparison, *bodies, is_request=not is_received)
        for old, new, inner in compare_responses(comparison, before, after, place):
            compare_content(comparison, old, new, inner, is_request=is_received)
            compare_headers(comparison, old, new, inner)
        if not is_received:
            at = place.at("security")
            compare_operation_security(comparison, before, after, at, self.renamed)
        self._servers(before, after, place)
        self._callbacks(before, after, place)

    def _servers(self, before: dict[str, Any], after: dict[str, Any], place: Location) -> None:
        if "servers" in before or "servers" in after:
            compare_servers(self.comparison, before, after, place.at("servers"))

    def _webhooks(self) -> None:
        old, new = (
            path_items(document, document.content.get("webhooks"), "webhook {}")
            for document in (self.comparison.base, self.comparison.revision)
        )
        for before, after in matched(old, new):
            if before and after:
                self._received(before, after, "webhook", Location("", after.path))
            elif one := before or after:
                end = "removed" if before else "added"
                place = Location("", one.path).seen(before and before.content, one.content)
                self.comparison.report(f"webhook-{end}", place, end)

    def _callbacks(self, before: dict[str, Any], after: dict[str, Any], place: Location) -> None:
        old, new = (mapping(operation.get("callbacks")) for operation in (before, after))
        for name in sorted(old.keys() | new.keys()):
            at = place.at(f"callback {name}")
            if name not in old or name not in new:
                end = "added" if name in new else "removed"
                self.comparison.report(f"callback-{end}", at, end)
                continue
            one, other, at = self.comparison.resolve(old[name], new[name], at)
            label = f"callback {name} {{}} of {place.operation}"
            sides = (
                path_items(self.comparison.base, one, label),
                path_items(self.comparison.revision, other, label),
            )
            for item, same in matched(*sides):
                if item and same:
                    self._received(item, same, "callback", at)
                elif either := item or same:
                    end = "removed" if item else "added"
                    self.comparison.report(f"callback-{end}", at, f"{either.path} {end}")

    def _received(self, old: PathItem, new: PathItem, kind: str, place: Location) -> None:
        for method in sorted(old.operations.keys() ^ new.operations.keys()):
            end = "added" if method in new.operations else "removed"
            self.comparison.report(f"{kind}-{end}", place, f"{method.upper()} {end}")
        self._operations(old, new, is_received=True)


def _place(method: str, item: PathItem) -> Location:
    return Location(f"{method.upper()} {item.path}", "operation")


def _inherits_security(pairs: list[tuple[PathItem | None, PathItem | None]]) -> bool:
    """Whether an operation takes the document's security in both, or none is in both."""
    both = [
        (mapping(old.operations[method]), mapping(new.operations[method]))
        for old, new in pairs
        if old and new
        for method in old.operations.keys() & new.operations.keys()
    ]
    return not both or any("security" not in a and "security" not in b for a, b in both)
