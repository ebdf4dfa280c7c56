"""The report for a review, as a comment can have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.specdiff.changelog import suggested_lines
from tools.specdiff.model import LEVELS, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .report import FailOn, Found, Report

# What GitHub takes in a comment, with something left for the workflow to add.
COMMENT = 60_000
# A report of so few changes needs no folding.
_FEW = 12
_TITLES: dict[Level, str] = {
    "breaking": "Breaks callers",
    "warning": "May break callers",
    "info": "Safe for callers",
    "docs": "Documentation only",
}
_SPECIAL = re.compile(r"[\\`*_~\[\]<>&|$]")
_ZERO_WIDTH_SPACE = "\u200b"


def as_markdown(report: Report, fail_on: FailOn, link: str = "", limit: int | None = None) -> str:
    """The report, what breaks callers first. Empty if there is nothing to say.

    Args:
        link: What leads to the document on the web; lines are added to it.
        limit: How long it may be; then it leaves out what matters least, and says so.
    """
    if report.is_empty:
        return ""
    rows = len(report.found) + len(report.python or ())
    text = _written(report, fail_on, link, rows)
    while limit is not None and len(text) > limit and rows > 0:
        rows = min(rows - 1, rows * limit // len(text))
        text = _written(report, fail_on, link, rows)
    return text


def _written(report: Report, fail_on: FailOn, link: str, most: int) -> str:
    """The report with at most so many changes."""
    is_open = len(report.found) <= _FEW
    parts = [
        f"**{report.summary(fail_on)}**",
        f"{escaped(report.revision)} compared with {escaped(report.base)}.",
    ]
    if advice := report.advice(fail_on):
        parts.append("\n".join(f"- {escaped(line)}" for line in advice))
    left = most
    for level in LEVELS:
        found = [one for one in report.found if one.change.level == level]
        if found:
            title = f"{_TITLES[level]} ({len(found)})"
            table = _table(report, found[:left], link) + _more(len(found) - left)
            is_shown = level == "breaking" or (is_open and level != "docs")
            parts.append(_section(title, table, is_shown=is_shown))
            left = max(0, left - len(found))
    if report.python:
        parts.append(_python(report, left, is_shown=is_open))
    if suggested := suggested_lines(report.changes, report.python or ()):
        listed = "\n".join(f"- {_with_code(line)}" for line in suggested[:most])
        title = "Lines for CHANGELOG.md, in users' words"
        parts.append(_section(title, listed + _more(len(suggested) - most), is_shown=False))
    return "\n\n".join(parts) + "\n"


def _section(title: str, content: str, *, is_shown: bool) -> str:
    if is_shown:
        return f"### {title}\n\n{content}"
    return f"<details>\n<summary>{title}</summary>\n\n{content}\n\n</details>"


def _more(count: int) -> str:
    return f"\n\nand {count} more, which the whole report has." if count > 0 else ""


def _table(report: Report, found: Sequence[Found], link: str) -> str:
    if not found:
        return ""
    has_words = any(one.before or one.after for one in found)
    head = ["change", *(["before", "after"] if has_words else []), "line", "rule", "fingerprint"]
    rows = [_row(head), _row(["---"] * len(head))]
    for one in found:
        change = one.change
        said = f"{report.place(change)}: {change.text}"
        said += f" ({change.hint})" if change.hint else ""
        cells = [escaped(said) + _accepted(change.fingerprint, report.reasons)]
        cells += [_code(one.before), _code(one.after)] if has_words else []
        cells += [_line(one.line, link), change.id, f"`{change.fingerprint}`"]
        rows.append(_row(cells))
    return "\n".join(rows)


def _accepted(fingerprint: str, reasons: Mapping[str, str]) -> str:
    reason = reasons.get(fingerprint)
    return f" (accepted: {escaped(reason)})" if reason else ""


def _line(line: int | None, link: str) -> str:
    if line is None:
        return ""
    return f"[{line}]({link}#L{line})" if link else str(line)


def _python(report: Report, most: int, *, is_shown: bool) -> str:
    changes = sorted(report.python or (), key=lambda change: not change.breaking)
    rows = [_row(["breaks", "what", "change"]), _row(["---"] * 3)]
    for change in changes[:most]:
        breaks = "yes" if change.breaking else "no"
        rows.append(_row([breaks, _code(change.name), escaped(change.text)]))
    table = ("\n".join(rows) if most else "") + _more(len(changes) - most)
    is_shown = is_shown or any(change.breaking for change in changes)
    return _section(f"In the Python client ({len(changes)})", table, is_shown=is_shown)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    """`text` as code, in which nothing but a backtick and a bar means anything."""
    plain = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{plain}`" if plain else ""


def _with_code(text: str) -> str:
    """`text` of ours, in which words between backticks are code."""
    parts = text.split("`")
    return "".join(
        _code(part) if index % 2 else escaped(part, strip=False) for index, part in enumerate(parts)
    )


def escaped(text: str, *, strip: bool = True) -> str:
    """`text` as it is: no markup, no mention, no reference and no link that it may look like."""
    plain = " ".join(text.split()) if strip else text
    plain = _SPECIAL.sub(lambda found: f"\\{found[0]}", plain)
    plain = re.sub(r"([@#])(?=\w)", rf"\1{_ZERO_WIDTH_SPACE}", plain)
    return re.sub(r"(:)(?=//)|(?<=\bwww)(?=\.)", rf"\1{_ZERO_WIDTH_SPACE}", plain)
