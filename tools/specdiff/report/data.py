"""The report for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tools.specdiff.changelog import suggested_lines

if TYPE_CHECKING:
    from tools.specdiff.model import Change

    from .report import Found, Report


def as_json(report: Report) -> str:
    """The report as JSON; always a whole document."""
    content = {
        "base": report.base,
        "revision": report.revision,
        "changes": [_change(report, found) for found in report.found],
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
        "changelog": suggested_lines(report.changes, report.python or ()),
        "stale": report.stale,
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def change_data(change: Change) -> dict[str, Any]:
    """What a change says of itself, apart from where it is in a file."""
    return {
        "id": change.id,
        "level": change.level,
        "operation": change.operation,
        "location": change.location,
        "text": change.text,
        "places": list(change.places),
        "hint": change.hint,
    }


def _change(report: Report, found: Found) -> dict[str, Any]:
    change = found.change
    return {
        **change_data(change),
        "line": found.line,
        "before": found.before,
        "after": found.after,
        "fingerprint": change.fingerprint,
        "acknowledged": change.fingerprint in report.reasons,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
