"""Which of the two documents is behind, and which differences are deliberate."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import yaml
from attrs import evolve, field, frozen

from tools.openapi.errors import SpecError
from tools.specdiff.compare import compare
from tools.specdiff.merging import merged_changes

from .selection import Operation, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tools.openapi.document import Document
    from tools.specdiff.model import Change

# Rules for what only the first of two documents says.
_ONLY_FIRST = re.compile(r"-(removed|unset|deleted)(-|$)")


@frozen
class Deliberate:
    """Differences of our document that are meant.

    Attributes:
        rules: Their rules; `*` stands for any text.
        places: Where they are, such as `GET …: response 200 property items[].type`; `*` likewise.
        texts: What happened there; `*` likewise.
        reason: Why they are meant.
    """

    rules: list[str]
    places: list[str]
    texts: list[str]
    reason: str

    def covers(self, change: Change) -> bool:
        places = change.places or (f"{change.operation}: {change.location}",)
        return (
            _is_like(change.id, self.rules)
            and _is_like(change.text, self.texts)
            and all(_is_like(place, self.places) for place in places)
        )


@frozen
class Findings:
    """What a comparison found.

    Attributes:
        behind: What Oracle's document says, and ours does not or says otherwise.
        ahead: What ours says, and Oracle's does not.
        deliberate: What is meant to be different, and why.
        not_covered: The operations that only Oracle's has.
        operations: The titles of those that were compared.
    """

    behind: list[Change] = field(factory=list)
    ahead: list[Change] = field(factory=list)
    deliberate: list[tuple[Change, str]] = field(factory=list)
    not_covered: list[Operation] = field(factory=list)
    operations: frozenset[str] = frozenset()


def examine(ours: Document, theirs: Document, meant: Iterable[Deliberate]) -> Findings:
    """Compare our document with Oracle's."""
    selection = select(ours, theirs)
    found = Findings(not_covered=selection.not_covered, operations=selection.titles)
    for change in [*merged_changes(selection.moved), *compare(selection.ours, selection.theirs)]:
        if change.level == "docs":
            continue  # we use our own words
        reason = next((one.reason for one in meant if one.covers(change)), None)
        if reason is not None:
            found.deliberate.append((change, reason))
        elif _ONLY_FIRST.search(change.id):
            text = re.sub(r"\bremoved\b( without deprecation)?", "missing", change.text)
            found.ahead.append(evolve(change, text=text))
        else:
            found.behind.append(change)
    return found


def changes_between(
    old: Document, new: Document, ours: Document
) -> tuple[list[Change], frozenset[str]]:
    """What changed between two of Oracle's documents about the operations that ours has.

    Returns:
        The changes, the most serious first, and the titles of those operations.
    """
    selection = select(old, new, known=ours)
    changes = [*merged_changes(selection.moved), *compare(selection.ours, selection.theirs)]
    return changes, selection.titles


def read_deliberate(text: str, name: str) -> list[Deliberate]:
    """The declarations in `text`, a list of `rules`, `places` and `reason`; or SpecError."""
    try:
        entries: Any = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise SpecError(f"{name}: not YAML: {' '.join(str(error).split())}") from error
    return list(_entries(entries if isinstance(entries, list) else [entries], name))


def _entries(entries: list[Any], name: str) -> Iterator[Deliberate]:
    for number, entry in enumerate(entries, 1):
        match entry:
            case {"rules": [*rules], "reason": str(reason)} if rules and reason.strip():
                places, texts = (entry.get(key, ["*"]) for key in ("places", "texts"))
                yield Deliberate(rules, places, texts, reason.strip())
            case _:
                raise SpecError(f"{name}: entry {number} is not a list of rules with a reason")


def _is_like(text: str, patterns: Iterable[str]) -> bool:
    """Whether `text` is like one of `patterns`, in which brackets mean themselves."""
    return any(fnmatchcase(text, pattern.replace("[", "[[]")) for pattern in patterns)
