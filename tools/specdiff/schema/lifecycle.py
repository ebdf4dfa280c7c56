"""When a schema is deprecated, until when it stays, and how stable it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.specdiff.schema.pair import change
from tools.specdiff.sunset import lifecycle_changes, lifecycle_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.model import Change
    from tools.specdiff.schema.pair import Pair

# The kind of the change: the keyword that says so, and the end of the rule.
_RULES = {
    "deprecated": ("deprecated", "deprecated"),
    "deprecated-with-sunset": ("deprecated", "deprecated-with-sunset"),
    "reactivated": ("deprecated", "reactivated"),
    "stability-decreased": ("x-stability-level", "stability-decreased"),
    "stability-increased": ("x-stability-level", "stability-increased"),
    "sunset-deleted": ("x-sunset", "sunset-deleted"),
    "sunset-invalid": ("x-sunset", "deprecated-sunset-invalid"),
    "sunset-too-small": ("x-sunset", "sunset-date-changed-too-small"),
}


def compare_lifecycle(pair: Pair) -> Iterator[Change]:
    old, new = (lifecycle_of(schema.annotations) for schema in (pair.base, pair.revision))
    for kind, text in lifecycle_changes(old, new):
        if kind in _RULES:
            keyword, rule = _RULES[kind]
            yield pair.change(rule, text, keyword)
        else:
            yield pair.seen(change("extension-changed", text), "x-sunset")
