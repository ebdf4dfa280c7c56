"""What changed about how callers prove who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, sequence
from tools.specdiff.findings import Spot, became, changed
from tools.specdiff.schemas import canonical

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.specdiff.comparison import Comparison

# A requirement: its schemes, each with its scopes.
Requirement = dict[str, list[str]]
_FLOW_URLS = (
    ("authorizationUrl", "oauth-url-changed", "authorization URL"),
    ("tokenUrl", "oauth-token-url-changed", "token URL"),
)
_NOTES = ("description",)


def compare_operation_security(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> None:
    if "security" not in before and "security" not in after:
        return  # both as the document says, which is compared once
    old = _requirements(comparison.base, before)
    new = _requirements(comparison.revision, after, _renamed(comparison))
    _compare(comparison, old, new, spot, "api-security")


def compare_global_security(comparison: Comparison, matters: bool) -> None:
    """Compare what holds for operations that say nothing, if any does so in both documents."""
    if matters:
        old = _requirements(comparison.base, {})
        new = _requirements(comparison.revision, {}, _renamed(comparison))
        _compare(comparison, old, new, Spot("", "security"), "api-global-security")


def compare_schemes(comparison: Comparison) -> None:
    old, new = _schemes(comparison.base), _schemes(comparison.revision)
    for after, before in _renamed(comparison).items():
        new[before] = new.pop(after)
    for name in sorted(old.keys() | new.keys()):
        spot = Spot("", f"security scheme {name}")
        if name not in new:
            comparison.report("api-security-component-removed", spot, "removed")
        elif name not in old:
            comparison.report("api-security-component-added", spot, "added")
        else:
            _compare_scheme(comparison, old[name], new[name], spot)


def _schemes(document: Document) -> dict[str, dict[str, Any]]:
    schemes = mapping(mapping(document.content.get("components")).get("securitySchemes"))
    return {name: mapping(document.resolve(raw)[0]) for name, raw in schemes.items()}


def _renamed(comparison: Comparison) -> dict[str, str]:
    """The old name of each scheme that has only got a new one."""
    old, new = _schemes(comparison.base), _schemes(comparison.revision)
    gone = {_meaning(old[name]): name for name in sorted(old.keys() - new.keys())}
    come = {_meaning(new[name]): name for name in sorted(new.keys() - old.keys())}
    return {come[meaning]: gone[meaning] for meaning in sorted(gone.keys() & come.keys())}


def _meaning(scheme: dict[str, Any]) -> str:
    return canonical({k: v for k, v in scheme.items() if k not in _NOTES and k[:2] != "x-"})


def _requirements(
    document: Document, operation: dict[str, Any], renamed: dict[str, str] | None = None
) -> dict[str, Requirement]:
    """The alternatives that hold for an operation, by the names of their schemes."""
    written = operation.get("security", document.content.get("security"))
    names = renamed or {}
    found: dict[str, Requirement] = {}
    for raw in sequence(written):
        requirement = {
            names.get(name, name): sorted({str(scope) for scope in sequence(scopes)})
            for name, scopes in mapping(raw).items()
        }
        key = " and ".join(sorted(requirement)) or "no credentials"
        while key in found and found[key] != requirement:
            key = f"{key} {requirement}"
        found[key] = requirement
    return found


def _compare(
    comparison: Comparison,
    old: dict[str, Requirement],
    new: dict[str, Requirement],
    spot: Spot,
    rule: str,
) -> None:
    for key in sorted(old.keys() - new.keys()):
        comparison.report(f"{rule}-removed", spot, f"{key} removed")
    for key in sorted(new.keys() - old.keys()):
        comparison.report(f"{rule}-added", spot, f"{key} added")
    for key in sorted(old.keys() & new.keys()):
        for name in sorted(old[key]):
            was, now = set(old[key][name]), set(new[key].get(name, []))
            for scope in sorted(now - was):
                comparison.report(f"{rule}-scope-added", spot, f"scope {scope} of {name} added")
            for scope in sorted(was - now):
                comparison.report(f"{rule}-scope-removed", spot, f"scope {scope} of {name} removed")


def _compare_scheme(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> None:
    old, new = before.get("type"), after.get("type")
    if canonical(old) != canonical(new):
        text = changed("type", old, new)
        comparison.report("api-security-component-type-changed", spot, text)
        return
    for key in sorted((before.keys() | after.keys()) - {"type", "flows"}):
        is_note = key in _NOTES or key.startswith("x-")
        if not is_note and canonical(before.get(key)) != canonical(after.get(key)):
            text = became(key, before.get(key), after.get(key))
            comparison.report("api-security-component-changed", spot, text)
    comparison.notes(before, after, spot)
    _compare_flows(comparison, mapping(before.get("flows")), mapping(after.get("flows")), spot)


def _compare_flows(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> None:
    rule = "api-security-component"
    for name in sorted(before.keys() | after.keys()):
        if name.startswith("x-"):
            continue
        if name not in before or name not in after:
            end = "added" if name in after else "removed"
            comparison.report(f"{rule}-changed", spot, f"flow {name} {end}")
            continue
        old, new = mapping(before[name]), mapping(after[name])
        for key, end, noun in _FLOW_URLS:
            if canonical(old.get(key)) != canonical(new.get(key)):
                text = became(f"{noun} of flow {name}", old.get(key), new.get(key))
                comparison.report(f"{rule}-{end}", spot, text)
        was, now = mapping(old.get("scopes")), mapping(new.get("scopes"))
        for scope in sorted(was.keys() | now.keys()):
            if scope not in was:
                comparison.report(f"{rule}-oauth-scope-added", spot, f"scope {scope} added")
            elif scope not in now:
                comparison.report(f"{rule}-oauth-scope-removed", spot, f"scope {scope} removed")
            elif canonical(was[scope]) != canonical(now[scope]):
                text = changed(f"scope {scope}", was[scope], now[scope])
                comparison.report(f"{rule}-oauth-scope-changed", spot, text)
        comparison.rest(old, new, spot, frozenset({"authorizationUrl", "tokenUrl", "scopes"}))
