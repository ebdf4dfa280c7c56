"""What changed about the authentication of callers.

oasdiff takes all of this for safe. Here it breaks callers if some of them, who did what the old
document asked for, are refused now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, sequence
from tools.specdiff.model import Location

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Level

# One alternative: its schemes, each with its scopes. None at all: no credentials are needed.
Requirement = dict[str, frozenset[str]]


def compare_operation_security(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    renamed: dict[str, str],
) -> None:
    """Compare what an operation asks for; `renamed` has the old names of schemes."""
    if "security" not in before and "security" not in after:
        return  # both as the document says, which is compared once
    old = _requirements(comparison.base, before, {})
    new = _requirements(comparison.revision, after, renamed)
    _compare(comparison, old, new, place, "api-security")


def compare_global_security(comparison: Comparison, renamed: dict[str, str]) -> None:
    """Compare the default for operations without their own security."""
    old = _requirements(comparison.base, {}, {})
    new = _requirements(comparison.revision, {}, renamed)
    place = Location("", "security").seen(comparison.base.content, comparison.revision.content)
    _compare(comparison, old, new, place, "api-global-security")


def _requirements(
    document: Document, operation: dict[str, Any], renamed: dict[str, str]
) -> list[Requirement]:
    """The alternatives that hold for an operation."""
    written = operation.get("security", document.content.get("security"))
    found: list[Requirement] = []
    for raw in sequence(written):
        requirement = {
            renamed.get(name, name): frozenset(str(scope) for scope in sequence(scopes))
            for name, scopes in mapping(raw).items()
        }
        if requirement not in found:
            found.append(requirement)
    return found


def _compare(
    comparison: Comparison,
    old: list[Requirement],
    new: list[Requirement],
    place: Location,
    rule: str,
) -> None:
    was_open, is_open = (not side or {} in side for side in (old, new))
    gone = [one for one in old if one not in new]
    come = [one for one in new if one not in old]
    for before in [*gone]:
        # The same schemes with other scopes are the same alternative.
        after = next((one for one in come if one.keys() == before.keys()), None)
        if after is None:
            continue
        gone.remove(before)
        come.remove(after)
        is_refused = not _is_enough(before, new)
        _compare_scopes(comparison, before, after, place, rule, is_refused=is_refused)
    for before in sorted(gone, key=_named):
        level: Level = "info" if _is_enough(before, new) else "breaking"
        comparison.report(f"{rule}-removed", place, f"{_named(before)} removed", level)
    for after in sorted(come, key=_named):
        level = "breaking" if was_open and not is_open and not old else "info"
        comparison.report(f"{rule}-added", place, f"{_named(after)} added", level)


def _is_enough(credentials: Requirement, alternatives: list[Requirement]) -> bool:
    """Whether a caller with these credentials is let in."""
    return not alternatives or any(
        all(name in credentials and scopes <= credentials[name] for name, scopes in one.items())
        for one in alternatives
    )


def _compare_scopes(
    comparison: Comparison,
    before: Requirement,
    after: Requirement,
    place: Location,
    rule: str,
    *,
    is_refused: bool,
) -> None:
    for name in sorted(before):
        for scope in sorted(after[name] - before[name]):
            level: Level = "breaking" if is_refused else "info"
            comparison.report(f"{rule}-scope-added", place, f"scope {scope} of {name} added", level)
        for scope in sorted(before[name] - after[name]):
            comparison.report(f"{rule}-scope-removed", place, f"scope {scope} of {name} removed")


def _named(requirement: Requirement) -> str:
    """`key and token (scopes read, write)`."""
    names = [
        f"{name} (scope{'s' * (len(scopes) > 1)} {', '.join(sorted(scopes))})" if scopes else name
        for name, scopes in sorted(requirement.items())
    ]
    return " and ".join(names) or "no credentials"
