"""The report for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.specdiff.changelog import suggested_lines

if TYPE_CHECKING:
    from .report import FailOn, Found, Report


def as_text(report: Report, fail_on: FailOn) -> str:
    """The report with a line for each change; one line if there is nothing to say."""
    compared = f"{report.revision} compared with {report.base}"
    if report.is_empty:
        left_out = f" The Python client: {report.no_python}." if report.no_python else ""
        return f"No change: {compared}.{left_out}\n"
    lines = [f"{compared}:", *(_line(report, found) for found in report.found)]
    for change in report.python or ():
        breaks = ", which breaks code" if change.breaking else ""
        lines.append(f"{'python':8}  {change.name}: {change.text}{breaks}")
    suggested = suggested_lines(report.changes, report.python or ())
    lines += ["For CHANGELOG.md:", *(f"  - {line}" for line in suggested)] if suggested else []
    lines += [report.summary(fail_on), *report.advice(fail_on)]
    return "\n".join(map(printable, lines)) + "\n"


def _line(report: Report, found: Found) -> str:
    change = found.change
    line = f" {report.document}:{found.line}" if found.line else ""
    hint = f" ({change.hint})" if change.hint else ""
    accepted = " acknowledged" if change.fingerprint in report.reasons else ""
    said = f"{report.place(change)}: {change.text}{hint}"
    return f"{change.level:8}  {said}  [{change.id}, {change.fingerprint}]{line}{accepted}"


def printable(text: str) -> str:
    """Without what would steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
