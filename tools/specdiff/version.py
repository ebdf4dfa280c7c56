"""Which version of the package a change calls for, and whether it has risen enough.

By https://semver.org: what breaks callers raises the major part, what they gain the minor one,
and the rest the patch. Before 1.0 the minor part stands for the major one. What counts is the
last release, so that two changes of one unreleased version raise it once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from attrs import frozen
from packaging.version import InvalidVersion, Version

from tools.openapi.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tools.specdiff.model import Change
    from tools.specdiff.python_api import PythonChange

Part = Literal["major", "minor", "patch", "none"]

_VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
_TAG = re.compile(r"v(\d+\.\d+\.\d+)")
_HEADING = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?(.*)$", re.MULTILINE)


@frozen
class VersionRise:
    """What the version must do, and what it does.

    Attributes:
        part: The part that the changes call for.
        base: Version of the last release; `None` if that is not known, as when plain files are
            compared.
        revision: Version after; likewise.
    """

    part: Part
    base: Version | None = None
    revision: Version | None = None

    @property
    def needed(self) -> Version | None:
        """The lowest version that is enough; `None` if the one before is not known."""
        if self.base is None:
            return None
        major, minor, patch = self.base.major, self.base.minor, self.base.micro
        part = "minor" if (self.part, major) == ("major", 0) else self.part
        return Version(
            {
                "major": f"{major + 1}.0.0",
                "minor": f"{major}.{minor + 1}.0",
                "patch": f"{major}.{minor}.{patch + 1}",
                "none": f"{major}.{minor}.{patch}",
            }[part]
        )

    @property
    def problem(self) -> str:
        """What is wrong with the version; empty if it has risen enough."""
        if self.revision is None or self.needed is None or self.revision >= self.needed:
            return ""
        return f"the version must rise from {self.base} to {self.needed}, but is {self.revision}"


def part_for(changes: Collection[Change], python: Collection[PythonChange]) -> Part:
    """The part of the version that these changes call for."""
    if any(change.level == "breaking" for change in changes):
        return "major"
    if any(change.breaking for change in python):
        return "major"
    if python or any(change.level != "docs" for change in changes):
        return "minor"
    return "patch" if changes else "none"


def last_release(tags: Iterable[str], changelog: str, current: Version) -> Version:
    """The newest version up to `current` that is tagged, else that the changelog has as released.

    If neither says, `current` is.
    """
    tagged = [found[1] for tag in tags if (found := _TAG.fullmatch(tag))]
    listed = [
        version for version, rest in _HEADING.findall(changelog) if "unreleased" not in rest.lower()
    ]
    for names in (tagged, listed):
        if versions := [version for version in map(Version, names) if version <= current]:
            return max(versions)
    return current


def version_of(module: str, name: str) -> Version:
    """The version that the text of `_version.py` sets, or SpecError."""
    found = _VERSION.search(module)
    try:
        return Version(found[1] if found else "")
    except InvalidVersion as error:
        raise SpecError(f'{name}: no line `__version__ = "X.Y.Z"`') from error
