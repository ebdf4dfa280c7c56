"""The files that are compared: from the working tree, or from a git revision."""

from __future__ import annotations

import subprocess
from pathlib import Path

from attrs import frozen

from tools.openapi.errors import SpecError
from tools.paths import PYPROJECT

MAIN_BRANCHES = ("main", "origin/main", "master", "origin/master")


@frozen
class Source:
    """One side of the comparison.

    Attributes:
        name: What it is called in messages: a file, or `main:openapi/…`.
        text: The document.
        pyproject: The pyproject.toml beside it, if it is the spec of this project.
    """

    name: str
    text: str
    pyproject: str | None


def working_tree(spec: Path) -> Source:
    """The project's spec as it is on disk."""
    return Source(str(spec), _read(spec), _read(PYPROJECT))


def source(named: str, spec: Path) -> Source:
    """A file, or the project's spec in a git revision; SpecError if it is neither."""
    path = Path(named)
    if path.is_file():
        ours = path.resolve() == spec.resolve()
        return Source(named, _read(path), _read(PYPROJECT) if ours else None)
    if path.exists():
        raise SpecError(f"{named}: not a file")
    if _git("rev-parse", "--verify", "--quiet", f"{named}^{{commit}}") is None:
        raise SpecError(f"{named}: neither a file nor a git revision")
    text = _git("show", f"{named}:{spec.as_posix()}")
    if text is None:
        raise SpecError(f"{named}: {spec} is not in that revision")
    return Source(f"{named}:{spec}", text, _git("show", f"{named}:pyproject.toml"))


def merge_base() -> str:
    """The commit where the current branch left the main branch, or SpecError."""
    for branch in MAIN_BRANCHES:
        if (commit := _git("merge-base", "HEAD", branch)) is not None:
            return commit.strip()
    raise SpecError(f"no main branch to compare with ({', '.join(MAIN_BRANCHES)}); name a BASE")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SpecError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}: not UTF-8 text") from error


def _git(*arguments: str) -> str | None:
    """What git prints, or None if it fails."""
    try:
        command = ["git", *arguments]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return None
