"""All that a comparison found, and what follows from it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from tools.specdiff.model import LEVELS, Change, Level

from .places import places_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.specdiff.python_api import PythonChange
    from tools.specdiff.version import VersionRise

FailOn = Literal["breaking", "warning", "never"]
_FAILING: dict[FailOn, tuple[Level, ...]] = {
    "breaking": ("breaking",),
    "warning": ("breaking", "warning"),
    "never": (),
}
_NOUNS: dict[Level, str] = {
    "breaking": "breaking change",
    "warning": "warning",
    "info": "info",
    "docs": "change of documentation",
}


@frozen
class Found:
    """A change with what base and revision say.

    Attributes:
        line: The line in the revision's document, if it is in there.
        before: What the base says there, if that is short.
        after: What the revision says there, likewise.
    """

    change: Change
    line: int | None = None
    before: str = ""
    after: str = ""


@frozen
class Report:
    """All that a comparison found.

    Attributes:
        base: What the base is called.
        revision: What the revision is called.
        document: The file that lines are in.
        python: Changes of the generated client; `None` if it was not compared.
        no_python: Why `python` is `None`.
        is_python_wanted: Whether it was to be compared.
        reasons: Why acknowledged changes are accepted, by fingerprint.
        past: Fingerprints that the base has acknowledged, whose changes are behind it.
        operations: Every operation of both documents, to know which short names are unique.
    """

    base: str
    revision: str
    document: str
    found: Sequence[Found]
    python: Sequence[PythonChange] | None
    version: VersionRise
    no_python: str = ""
    is_python_wanted: bool = True
    reasons: Mapping[str, str] = field(factory=dict)
    past: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()

    @property
    def changes(self) -> list[Change]:
        return [one.change for one in self.found]

    @property
    def unmatched(self) -> list[str]:
        """Fingerprints that are acknowledged, but match no change."""
        fingerprints = {change.fingerprint for change in self.changes}
        return [one for one in self.reasons if one not in fingerprints]

    @property
    def stale(self) -> list[str]:
        """Those of `unmatched` that this revision added."""
        return [one for one in self.unmatched if one not in self.past]

    @property
    def is_empty(self) -> bool:
        return not (self.found or self.python or self.stale or self._is_python_missing)

    @property
    def _is_python_missing(self) -> bool:
        return self.python is None and self.is_python_wanted

    def unaccepted(self, fail_on: FailOn) -> Counter[Level]:
        """How many changes of the levels that fail are not acknowledged."""
        return Counter(
            change.level
            for change in self.changes
            if change.level in _FAILING[fail_on] and change.fingerprint not in self.reasons
        )

    def failures(self, fail_on: FailOn) -> list[str]:
        """Why the run fails, as text; empty if it does not."""
        if fail_on == "never":
            return []
        counts = self.unaccepted(fail_on).items()
        failures = [f"{count} {level}, not acknowledged" for level, count in counts]
        failures += [self.version.problem] if self.version.problem else []
        if self._is_python_missing:
            failures.append(f"the Python client could not be compared: {self.no_python}")
        return failures + [f"acknowledged, but no change has it: {one}" for one in self.stale]

    def summary(self, fail_on: FailOn) -> str:
        """`Not ready to merge: 1 breaking change, 2 infos.`"""
        counts = Counter(change.level for change in self.changes)
        parts = [_counted(counts[level], _NOUNS[level]) for level in LEVELS if counts[level]]
        breaks = sum(change.breaking for change in self.python or ())
        if breaks:
            parts.append(f"{_counted(breaks, 'break')} in the Python client")
        ready = "Not ready to merge" if self.failures(fail_on) else "Ready to merge"
        return f"{ready}: {', '.join(parts) or 'no change of the API'}."

    def advice(self, fail_on: FailOn) -> list[str]:
        """What to know and to do, a line for each."""
        lines = []
        if self.unaccepted(fail_on):
            lines.append(
                "Take back what breaks callers, or accept it in openapi/acknowledged-changes.yaml,"
                " with its fingerprint and a reason."
            )
        version = self.version
        if version.problem:
            lines.append(f"{version.problem[0].upper()}{version.problem[1:]}.")
        elif version.base is not None and version.part != "none":
            risen = f"from {version.base}, the last release, to {version.revision}"
            lines.append(f"The version has risen {risen}, as it must.")
        elif version.part != "none":
            lines.append(f"This calls for a new {version.part} version.")
        if self._is_python_missing:
            lines.append(f"The Python client could not be compared: {self.no_python}.")
        elif self.python is None:
            lines.append(f"The Python client was not compared: {self.no_python}.")
        unmatched = (
            f"Remove the acknowledgement {one}: no change has it." for one in self.unmatched
        )
        return [*lines, *unmatched]

    def place(self, change: Change) -> str:
        """`query parameter limit of GET …/taskRuns`, and where else the same change shows."""
        return places_of(change, self.operations)


def _counted(count: int, noun: str) -> str:
    head, _, tail = noun.partition(" of ")
    plural = f"{head}s of {tail}" if tail else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"
