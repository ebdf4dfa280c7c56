"""The page of the differ's rules, each with an example: `python -m tests.rules_page` writes it.

The examples are the edits of the differ's own tests, in the words of its report.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.specdiff_cases import CASES, DOCUMENTATION
from tests.test_specdiff import BASE, changes_of, document, revision_of
from tools.specdiff.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change

PAGE = Path(__file__).parents[1] / "docs/differ-rules.md"
INTRODUCTION = """\
# The rules of the differ

<!-- Written by `python -m tests.rules_page`; a test keeps it true. -->

What `nox -s diff` reports, one rule for each kind of change, in the names of
[oasdiff](https://github.com/oasdiff/oasdiff) where it has the rule. The examples are edits that
the differ's tests make in a small API of plants in greenhouses, in the words of the report.

A request may accept more, and a response may return less, without breaking a caller; so many rules
have a twin for the other direction. `breaking` changes need an entry in
`openapi/acknowledged-changes.yaml` and raise the major version (the minor one before 1.0),
`warning` and `info` the minor one, `docs` the patch. [The pipeline](contributing.md) shows a whole
report.
"""
LEVELS = {
    "breaking": "Callers that did what the old document says can fail.",
    "warning": "Some callers may fail, or the document does not say.",
    "info": "Callers gain something, or are not affected.",
    "docs": "Only words changed.",
}


def examples() -> dict[str, Change]:
    """The first change that the cases give for each rule; edits go before undoing them."""
    found: dict[str, Change] = {}
    for changes in _changes():
        for change in changes:
            found.setdefault(change.id, change)
    return found


def _changes() -> Iterator[list[Change]]:
    for name in CASES:
        yield changes_of(name)
    for name in CASES:
        yield compare(revision_of(name), BASE)
    for edit in DOCUMENTATION.values():
        yield compare(BASE, document(edit))


def page() -> str:
    """The page as Markdown."""
    lines = [INTRODUCTION]
    changes = sorted(examples().values(), key=lambda change: change.id)
    for level, meaning in LEVELS.items():
        rows = [change for change in changes if change.level == level]
        lines += [f"## {level}", "", meaning, "", "| rule | example |", "| --- | --- |"]
        lines += [f"| `{change.id}` | {_cell(change)} |" for change in rows]
        lines.append("")
    return "\n".join(lines)


def _cell(change: Change) -> str:
    where = " ".join(part for part in (change.operation, change.location) if part)
    return f"{where}: {change.text}".translate({ord(mark): f"\\{mark}" for mark in "\\|[]*_<>{}`"})


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
