"""What a comparison says: for reviewers as Markdown or text, for programs as JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from .changes import LEVELS, Change, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .python_api import PythonChange
    from .version import VersionRise

PLACES_SHOWN = 8

FailOn = Literal["breaking", "warning", "never"]

_TITLES: dict[Level, str] = {
    "breaking": "Breaks callers",
    "warning": "May break callers",
    "info": "Safe for callers",
    "docs": "Documentation only",
}


@frozen
class Report:
    """All that a comparison found.

    Attributes:
        reasons: Why acknowledged changes are accepted, by fingerprint.
        python: Changes of the generated client; `None` if it could not be generated.
        no_python: Why `python` is `None`.
    """

    changes: Sequence[Change]
    python: Sequence[PythonChange] | None
    version: VersionRise
    reasons: Mapping[str, str] = field(factory=dict)
    no_python: str = ""

    @property
    def stale(self) -> list[str]:
        """Fingerprints that are acknowledged, but match no change."""
        found = {change.fingerprint for change in self.changes}
        return [fingerprint for fingerprint in self.reasons if fingerprint not in found]

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.python and not self.stale

    def unaccepted(self, fail_on: FailOn) -> Counter[Level]:
        """How many changes of the levels that fail are not acknowledged."""
        failing = {"breaking": ("breaking",), "warning": ("breaking", "warning"), "never": ()}
        return Counter(
            change.level
            for change in self.changes
            if change.level in failing[fail_on] and change.fingerprint not in self.reasons
        )

    def failures(self, fail_on: FailOn) -> list[str]:
        """Why the run fails, in words; nothing if it does not."""
        if fail_on == "never":
            return []
        counts = self.unaccepted(fail_on).items()
        failures = [f"{count} {level}, not acknowledged" for level, count in counts]
        failures += [self.version.problem] if self.version.problem else []
        return failures + [f"acknowledged, but no change has it: {one}" for one in self.stale]


def as_json(report: Report) -> str:
    """The report for programs; always a whole document."""
    return (
        json.dumps(
            {
                "changes": [
                    {
                        "id": change.id,
                        "level": change.level,
                        "operation": change.operation,
                        "location": change.location,
                        "text": change.text,
                        "places": list(change.places),
                        "fingerprint": change.fingerprint,
                        "acknowledged": change.fingerprint in report.reasons,
                    }
                    for change in report.changes
                ],
                "python": [
                    {"breaking": change.breaking, "name": change.name, "text": change.text}
                    for change in report.python or ()
                ],
                "python_skipped": report.no_python or None,
                "version": {
                    "part": report.version.part,
                    "base": _text(report.version.base),
                    "revision": _text(report.version.revision),
                    "needed": _text(report.version.needed),
                    "enough": not report.version.problem,
                },
                "stale": report.stale,
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )


def as_text(report: Report, fail_on: FailOn) -> str:
    """The report for a terminal: a line for each change. Empty if there is nothing to say."""
    if report.is_empty:
        return ""
    lines = [
        f"{change.level:8}  {_where(change)}: {change.text}  [{change.id}, {change.fingerprint}]"
        + (" acknowledged" if change.fingerprint in report.reasons else "")
        for change in report.changes
    ]
    lines += [f"{'python':8}  {change.name}: {change.text}" for change in report.python or ()]
    return "\n".join([*lines, *_verdict(report, fail_on)]) + "\n"


def as_markdown(report: Report, fail_on: FailOn) -> str:
    """The report for a review. Empty if there is nothing to say, so that nothing is posted."""
    if report.is_empty:
        return ""
    head, *advice = _verdict(report, fail_on)
    parts = (
        [f"**{head}**", "\n".join(f"- {line}" for line in advice)] if advice else [f"**{head}**"]
    )
    for level in LEVELS:
        changes = [change for change in report.changes if change.level == level]
        if changes:
            table = _table(changes, report.reasons)
            title = f"{_TITLES[level]} ({len(changes)})"
            if level == "docs":
                parts.append(f"<details>\n<summary>{title}</summary>\n\n{table}\n\n</details>")
            else:
                parts.append(f"### {title}\n\n{table}")
    if report.python:
        rows = [
            f"| {'yes' if change.breaking else 'no'} | `{change.name}` | {_cell(change.text)} |"
            for change in report.python
        ]
        title = f"### In the Python client ({len(rows)})"
        parts.append(
            "\n".join([f"{title}\n", "| breaks | what | change |", "|---|---|---|", *rows])
        )
    elif report.no_python:
        parts.append(f"The Python client was not compared: {_cell(report.no_python)}")
    return "\n\n".join(parts) + "\n"


def _verdict(report: Report, fail_on: FailOn) -> list[str]:
    """One line that sums up, then what to do, a line for each."""
    counts = Counter(change.level for change in report.changes)
    found = ", ".join(f"{counts[level]} {level}" for level in LEVELS if counts[level])
    ready = "Not ready to merge" if report.failures(fail_on) else "Ready to merge"
    lines = [f"{ready}: {found or 'no change of the API'}."]
    if report.unaccepted(fail_on):
        lines.append(
            "Take back what breaks callers, or accept it in openapi/acknowledged-changes.yaml,"
            " with its fingerprint and a reason."
        )
    version = report.version
    if version.problem:
        lines.append(f"{version.problem[0].upper()}{version.problem[1:]}.")
    elif version.base is not None and version.part != "none":
        lines.append(f"The version rises from {version.base} to {version.revision}, as it must.")
    elif version.part != "none":
        lines.append(f"This calls for a new {version.part} version.")
    lines += [f"Remove the acknowledgement {one}: no change has it." for one in report.stale]
    return lines


def _table(changes: Sequence[Change], reasons: Mapping[str, str]) -> str:
    rows = ["| change | rule | fingerprint |", "|---|---|---|"]
    for change in changes:
        said = f"{_where(change)}: {change.text}"
        if reason := reasons.get(change.fingerprint):
            said += f" (accepted: {reason})"
        rows.append(f"| {_cell(said)} | {change.id} | `{change.fingerprint}` |")
    return "\n".join(rows)


def _where(change: Change) -> str:
    """`query parameter limit of GET …/taskRuns`, and where else the same change shows."""
    places = [_place(place) for place in change.places] or [
        _place(f"{change.operation}: {change.location}" if change.operation else change.location)
    ]
    more = len(places) - PLACES_SHOWN
    return ", ".join(places[:PLACES_SHOWN]) + (f" and {more} more places" if more > 0 else "")


def _place(place: str) -> str:
    operation, _, location = place.partition(": ")
    return f"{location} of {_short(operation)}" if location else operation


def _short(operation: str) -> str:
    """The method and the last word of a path that is not a variable."""
    method, _, path = operation.partition(" ")
    words = path.strip("/").split("/")
    last = next((n for n in range(len(words) - 1, 0, -1) if not words[n].startswith("{")), 0)
    return f"{method} …/{'/'.join(words[last:])}" if last else operation


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _text(value: object) -> str | None:
    return None if value is None else str(value)
