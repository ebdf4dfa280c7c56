"""What the comparison with Oracle's document found, for a terminal, an issue or a program."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from tools.specdiff.model import LEVELS
from tools.specdiff.report.data import change_data
from tools.specdiff.report.markdown import escaped
from tools.specdiff.report.places import places_of
from tools.specdiff.report.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change

    from .findings import Findings


def as_text(found: Findings, ours: str, theirs: str) -> str:
    """A line for each difference, then the operations that ours lacks."""
    lines = [f"{ours} compared with {theirs}:"]
    for side, changes in _sides(found):
        lines += [f"{side:8}  {_said(one, found)}  [{one.id}]" for one in changes]
    deliberate = Counter(reason for _, reason in found.deliberate)
    lines += [f"meant     {count} times: {reason}" for reason, count in deliberate.items()]
    lines += [f"uncovered  {one.title}  {one.summary}" for one in found.not_covered]
    return "\n".join(map(printable, [*lines, summary(found)])) + "\n"


def as_markdown(found: Findings, ours: str, theirs: str) -> str:
    """The same for an issue."""
    parts = [f"**{summary(found)}**", f"{escaped(ours)} compared with {escaped(theirs)}."]
    titles = {"behind": "Only in Oracle's document, or different", "ahead": "Only in ours"}
    for side, changes in _sides(found):
        lines = [f"- {escaped(_said(one, found))} (`{one.id}`)" for one in changes]
        parts += [f"### {titles[side]} ({len(lines)})", "\n".join(lines)] if lines else []
    if found.not_covered:
        lines = [f"- `{one.title}` {escaped(one.summary)}" for one in found.not_covered]
        title = f"Operations that ours does not have ({len(lines)})"
        content = "\n".join(lines)
        parts.append(f"<details>\n<summary>{title}</summary>\n\n{content}\n\n</details>")
    return "\n\n".join(parts) + "\n"


def as_json(found: Findings, ours: str, theirs: str) -> str:
    content = {
        "ours": ours,
        "theirs": theirs,
        **{side: [change_data(one) for one in changes] for side, changes in _sides(found)},
        "deliberate": [change_data(one) | {"reason": reason} for one, reason in found.deliberate],
        "not_covered": [
            {"operation": one.title, "id": one.name, "summary": one.summary}
            for one in found.not_covered
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def changes_as_text(changes: list[Change], operations: frozenset[str], old: str, new: str) -> str:
    """What changed between two of Oracle's documents, a line for each change."""
    if not changes:
        return f"No change: {new} compared with {old}.\n"
    lines = [
        f"{one.level:8}  {places_of(one, operations)}: {one.text}{_hint(one)}  [{one.id}]"
        for one in changes
    ]
    counts = Counter(one.level for one in changes)
    total = ", ".join(f"{counts[level]} {level}" for level in LEVELS if counts[level])
    return "\n".join(map(printable, [f"{new} compared with {old}:", *lines, f"{total}."])) + "\n"


def changes_as_json(changes: list[Change], old: str, new: str) -> str:
    content = {"old": old, "new": new, "changes": [change_data(one) for one in changes]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def summary(found: Findings) -> str:
    """`Behind by 1, ahead by 2; Oracle's document has 241 more operations.`"""
    behind, ahead = len(found.behind), len(found.ahead)
    state = f"Behind by {behind}, ahead by {ahead}" if behind or ahead else "Neither is behind"
    more = len(found.not_covered)
    noun = "operation" if more == 1 else "operations"
    return f"{state}; Oracle's document has {more} more {noun}." if more else f"{state}."


def _sides(found: Findings) -> Iterator[tuple[str, list[Change]]]:
    yield "behind", found.behind
    yield "ahead", found.ahead


def _said(change: Change, found: Findings) -> str:
    return f"{places_of(change, found.operations)}: {change.text}{_hint(change)}"


def _hint(change: Change) -> str:
    return f" ({change.hint})" if change.hint else ""
