"""What changed about the security schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical, mapping, sequence
from tools.specdiff.model import Location
from tools.specdiff.words import became, changed

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Level

_RULE = "api-security-component"
_FLOW_URLS = (
    ("authorizationUrl", "oauth-url-changed", "authorization URL"),
    ("tokenUrl", "oauth-token-url-changed", "token URL"),
)
_NOTES = ("bearerFormat", "description")  # what callers send does not depend on these


def renamed_schemes(base: Document, revision: Document) -> dict[str, str]:
    """The old name of each scheme that was only renamed."""
    old, new = _schemes(base), _schemes(revision)
    gone = {_meaning(old[name]): name for name in sorted(old.keys() - new.keys())}
    come = {_meaning(new[name]): name for name in sorted(new.keys() - old.keys())}
    return {come[meaning]: gone[meaning] for meaning in sorted(gone.keys() & come.keys())}


def compare_schemes(comparison: Comparison, renamed: dict[str, str]) -> None:
    old, new = _schemes(comparison.base), _schemes(comparison.revision)
    for after, before in renamed.items():
        new[before] = new.pop(after)
    used = _used(comparison.base.content)
    for name in sorted(old.keys() | new.keys()):
        place = Location("", f"security scheme {name}").seen(old.get(name), new.get(name))
        if name not in new:
            comparison.report(f"{_RULE}-removed", place, "removed")
        elif name not in old:
            comparison.report(f"{_RULE}-added", place, "added")
        else:
            # Changes of what nothing uses do not matter.
            level: Level | None = None if name in used else "info"
            _compare_scheme(comparison, old[name], new[name], place, level)


def _schemes(document: Document) -> dict[str, dict[str, Any]]:
    schemes = mapping(mapping(document.content.get("components")).get("securitySchemes"))
    return {name: mapping(document.resolve(raw)[0]) for name, raw in schemes.items()}


def _meaning(scheme: dict[str, Any]) -> str:
    return canonical({k: v for k, v in scheme.items() if k not in _NOTES and k[:2] != "x-"})


def _used(content: dict[str, Any]) -> set[str]:
    """The names of the schemes that the document or an operation asks for."""
    items = [
        item for section in ("paths", "webhooks") for item in mapping(content.get(section)).values()
    ]
    operations = [operation for item in items for operation in mapping(item).values()]
    written = [content, *map(mapping, operations)]
    return {
        name for one in written for raw in sequence(one.get("security")) for name in mapping(raw)
    }


def _compare_scheme(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    level: Level | None,
) -> None:
    old, new = before.get("type"), after.get("type")
    if canonical(old) != canonical(new):
        comparison.report(f"{_RULE}-type-changed", place, changed("type", old, new), level)
        return
    for key in sorted((before.keys() | after.keys()) - {"type", "flows", "description"}):
        was, now = before.get(key), after.get(key)
        if key == "scheme":  # its name has no case (RFC 9110, section 11.1)
            was, now = (str(value).lower() for value in (was, now))
        if not key.startswith("x-") and canonical(was) != canonical(now):
            text = became(key, before.get(key), after.get(key))
            is_note = key in _NOTES or key in ("deprecated", "oauth2MetadataUrl")
            own: Level | None = "info" if is_note else level
            comparison.report(f"{_RULE}-changed", place, text, own, keyword=key)
    comparison.notes(before, after, place)
    _compare_flows(
        comparison, mapping(before.get("flows")), mapping(after.get("flows")), place, level
    )


def _compare_flows(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    level: Level | None,
) -> None:
    for name in sorted(before.keys() | after.keys()):
        if name.startswith("x-"):
            continue
        if name not in before:
            comparison.report(f"{_RULE}-changed", place, f"flow {name} added", "info")
            continue
        if name not in after:
            comparison.report(f"{_RULE}-changed", place, f"flow {name} removed", level)
            continue
        old, new = mapping(before[name]), mapping(after[name])
        for key, end, noun in _FLOW_URLS:
            if canonical(old.get(key)) != canonical(new.get(key)):
                text = became(f"{noun} of flow {name}", old.get(key), new.get(key))
                comparison.report(f"{_RULE}-{end}", place, text)
        was, now = mapping(old.get("scopes")), mapping(new.get("scopes"))
        for scope in sorted(was.keys() | now.keys()):
            if scope not in was:
                comparison.report(f"{_RULE}-oauth-scope-added", place, f"scope {scope} added")
            elif scope not in now:
                comparison.report(f"{_RULE}-oauth-scope-removed", place, f"scope {scope} removed")
            elif canonical(was[scope]) != canonical(now[scope]):
                text = changed(f"scope {scope}", was[scope], now[scope])
                comparison.report(f"{_RULE}-oauth-scope-changed", place, text)
        claimed = frozenset({"authorizationUrl", "tokenUrl", "scopes"})
        comparison.rest(old, new, place, claimed)
