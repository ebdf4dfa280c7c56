"""`python -m tools.release vX.Y.Z`: what CHANGELOG.md says of the version, for its release.

Fails unless the tag is that of the package's version and the changelog has it as released. It
needs nothing installed.
"""

from __future__ import annotations

import re
import sys

from tools.paths import CHANGELOG, VERSION


class ReleaseError(Exception):
    """The tag cannot be released."""


def notes(tag: str, module: str, changelog: str) -> str:
    """The changelog's section for a tag, given the texts of `_version.py` and CHANGELOG.md."""
    version = tag.removeprefix("v")
    if f'__version__ = "{version}"' not in module.splitlines():
        raise ReleaseError(f"{VERSION} has another version than the tag {tag}")
    heading = re.compile(rf"^## {re.escape(version)}(?P<rest>.*)$", re.MULTILINE)
    found = heading.search(changelog)
    if found is None:
        raise ReleaseError(f"{CHANGELOG} has no section `## {version}`")
    if "unreleased" in found["rest"]:
        raise ReleaseError(f"{CHANGELOG} says that {version} is unreleased")
    section = changelog[found.end() :].split("\n## ", 1)[0].strip()
    if not section:
        raise ReleaseError(f"{CHANGELOG} says nothing of {version}")
    return f"{section}\n"


def main(arguments: list[str]) -> int:
    (tag,) = arguments
    try:
        print(notes(tag, VERSION.read_text("utf-8"), CHANGELOG.read_text("utf-8")), end="")
    except ReleaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
