"""Compare two OpenAPI documents by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, sequence
from tools.specdiff.comparison import Comparison
from tools.specdiff.findings import Spot, became, changes
from tools.specdiff.operations import compare_paths
from tools.specdiff.pathitems import path_items
from tools.specdiff.schemas import canonical
from tools.specdiff.security import compare_global_security, compare_schemes
from tools.specdiff.servers import compare_servers
from tools.specdiff.unused import compare_unused

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.specdiff.changes import Change

_CLAIMED = frozenset(
    ["components", "info", "openapi", "paths", "security", "servers", "tags", "webhooks"]
)


def compare(base: Document, revision: Document) -> list[Change]:
    """What changed from `base` to `revision`, the most serious first."""
    comparison = Comparison(base, revision)
    compare_paths(comparison)
    _compare_webhooks(comparison)
    compare_global_security(comparison, matters=_inherits(base, revision))
    compare_schemes(comparison)
    compare_servers(comparison, base.content, revision.content, Spot("", "servers"))
    _compare_info(comparison)
    _compare_tags(comparison)
    compare_unused(comparison)
    comparison.notes(base.content, revision.content, Spot("", "document"))
    comparison.rest(base.content, revision.content, Spot("", "document"), _CLAIMED)
    return changes(comparison.findings)


def _inherits(base: Document, revision: Document) -> bool:
    """Whether an operation takes the document's security in both, or none is in both."""
    old, new = path_items(base), path_items(revision)
    both = [
        (mapping(old[key].operations[method]), mapping(new[key].operations[method]))
        for key in old.keys() & new.keys()
        for method in old[key].operations.keys() & new[key].operations.keys()
    ]
    return not both or any("security" not in a and "security" not in b for a, b in both)


def _compare_webhooks(comparison: Comparison) -> None:
    old = mapping(comparison.base.content.get("webhooks"))
    new = mapping(comparison.revision.content.get("webhooks"))
    for name in sorted(old.keys() | new.keys()):
        spot = Spot("", f"webhook {name}")
        if name not in new:
            comparison.report("webhook-removed", spot, "removed")
        elif name not in old:
            comparison.report("webhook-added", spot, "added")
        elif not comparison.schemas.residue.same(old[name], new[name]):
            comparison.report("unclassified-change", spot, "what it sends or expects changed")


def _compare_info(comparison: Comparison) -> None:
    old = mapping(comparison.base.content.get("info"))
    new = mapping(comparison.revision.content.get("info"))
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if key == "version":
            # Versions are text, with quotes or without.
            if str(before) != str(after):
                text = became("version", before, after)
                comparison.report("api-version-changed", Spot("", "info"), text)
        elif canonical(before) != canonical(after):
            rule = "extension-changed" if key.startswith("x-") else "documentation-changed"
            comparison.report(rule, Spot("", "info"), became(key, before, after))


def _compare_tags(comparison: Comparison) -> None:
    old, new = (_tags(document) for document in (comparison.base, comparison.revision))
    for name in sorted(old.keys() | new.keys()):
        spot = Spot("", f"tag {name}")
        if name not in old or name not in new:
            end = "added" if name in new else "removed"
            comparison.report("documentation-changed", spot, end)
        else:
            comparison.notes(old[name], new[name], spot)
            comparison.rest(old[name], new[name], spot, frozenset({"name"}))


def _tags(document: Document) -> dict[str, dict[str, Any]]:
    tags = [mapping(tag) for tag in sequence(document.content.get("tags"))]
    return {str(tag.get("name")): tag for tag in tags}
