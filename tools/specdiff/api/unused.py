"""What changed about components that no operation leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping
from tools.openapi.references import used_components
from tools.specdiff.model import Location

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.specdiff.api.comparison import Comparison

_NOUNS = {
    "callbacks": "callback",
    "examples": "example",
    "headers": "header",
    "links": "link",
    "parameters": "parameter",
    "pathItems": "path item",
    "requestBodies": "request body",
    "responses": "response",
    "schemas": "schema",
}


def compare_unused(comparison: Comparison) -> None:
    """Report what happened to components that neither document uses."""
    old, new = _unused(comparison.base), _unused(comparison.revision)
    all_old, all_new = _components(comparison.base), _components(comparison.revision)
    gone = {place: raw for place, raw in all_old.items() if place not in all_new}
    come = {place: raw for place, raw in all_new.items() if place not in all_old}
    same = comparison.schemas.same
    for place in sorted(old.keys() & gone.keys()):
        # The same under another name is not a change.
        if not any(other[0] == place[0] and same(old[place], raw) for other, raw in come.items()):
            _report(comparison, place, "removed")
    for place in sorted(new.keys() & come.keys()):
        if not any(other[0] == place[0] and same(raw, new[place]) for other, raw in gone.items()):
            _report(comparison, place, "added")
    for place in sorted(old.keys() & new.keys()):
        if not same(old[place], new[place]):
            _report(comparison, place, "changed")


def _report(comparison: Comparison, place: tuple[str, str], end: str) -> None:
    section, name = place
    noun = _NOUNS.get(section, section)
    rule = "unused-component-changed"
    if section == "schemas" and end != "changed":
        rule = f"api-schema-{end}"
    comparison.report(rule, Location("", f"{noun} {name}"), f"{end}, though no operation uses it")


def _components(document: Document) -> dict[tuple[str, str], Any]:
    components = mapping(document.content.get("components"))
    return {
        (section, name): raw
        for section in _NOUNS
        for name, raw in mapping(components.get(section)).items()
    }


def _unused(document: Document) -> dict[tuple[str, str], Any]:
    used = used_components(document)
    return {
        (section, name): raw
        for (section, name), raw in _components(document).items()
        if f"#/components/{section}/{name.replace('~', '~0').replace('/', '~1')}" not in used
    }
