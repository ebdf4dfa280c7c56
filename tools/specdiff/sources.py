"""The two sides of a comparison: files, or the project's spec in a git revision."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from tools.openapi.errors import SpecError
from tools.openapi.parse import fetch_file, parse, read_text
from tools.paths import ACKNOWLEDGED, CHANGELOG, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.openapi.document import Document

MAIN_BRANCHES = ("main", "origin/main", "master", "origin/master")


@frozen
class Source:
    """One side of the comparison.

    Attributes:
        name: What it is called in messages: a file, or `main:openapi/…`.
        text: The document.
        version: The `_version.py` of that state, if it is the spec of this project.
        path: Where the document is, for the files that it refers to.
        fetch: Gives the text of such a file; None if it must not refer to files.
        commit: The commit that it is from, if from one.
        acknowledged: The changes accepted there, as text.
        changelog: The changelog beside it.
        tags: The tags of releases that it has behind it.
    """

    name: str
    text: str
    version: str | None = None
    path: str = ""
    fetch: Callable[[str], str] | None = field(default=None, repr=False)
    commit: str = ""
    acknowledged: str = ""
    changelog: str = ""
    tags: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What reviewers call it: the commit beside the name of a branch or tag."""
        return f"{self.name} ({self.commit})" if self.commit not in self.name else self.name

    def parse(self) -> Document:
        """The document; SpecError if it cannot be used."""
        return parse(self.text, self.name, self.path, self.fetch)


def working_tree(spec: Path) -> Source:
    """The project's spec as it is on disk."""
    return _file(spec, is_ours=True)


def source(named: str, spec: Path) -> Source:
    """A file, or the project's spec in a git revision; SpecError if it is neither."""
    path = Path(named)
    if path.is_file():
        return _file(path, is_ours=path.resolve() == spec.resolve())
    if path.exists():
        raise SpecError(f"{named}: not a file")
    commit = _git("rev-parse", "--verify", "--quiet", f"{named}^{{commit}}")
    if commit is None:
        raise SpecError(f"{named}: neither a file nor a git revision")
    text = _show(commit.strip(), spec)
    if text is None:
        raise SpecError(f"{named}: {spec} is not in that revision")
    return _revision(named, commit.strip(), text, spec)


def merge_base() -> str:
    """The commit where the current branch left the main branch, or SpecError."""
    for branch in MAIN_BRANCHES:
        if (commit := _git("merge-base", "HEAD", branch)) is not None:
            return commit.strip()
    raise SpecError(f"no main branch to compare with ({', '.join(MAIN_BRANCHES)}); name a BASE")


def _file(path: Path, *, is_ours: bool) -> Source:
    return Source(
        str(path),
        read_text(path),
        read_text(VERSION) if is_ours else None,
        path.resolve().as_posix(),
        fetch_file,
        "",
        read_text(ACKNOWLEDGED) if is_ours and ACKNOWLEDGED.exists() else "",
        read_text(CHANGELOG) if is_ours and CHANGELOG.exists() else "",
        _release_tags("HEAD") if is_ours else (),
    )


def _revision(named: str, commit: str, text: str, spec: Path) -> Source:
    def fetch(path: str) -> str:
        found = _git("show", f"{commit}:{path}")
        if found is None:
            raise SpecError(f"{path}: not in {named}")
        return found

    short = commit[:10]
    return Source(
        f"{named if not commit.startswith(named) else short}:{spec}",
        text,
        _show(commit, VERSION),
        spec.as_posix(),
        fetch,
        short,
        _show(commit, ACKNOWLEDGED) or "",
        _show(commit, CHANGELOG) or "",
        _release_tags(commit),
    )


def _release_tags(commit: str) -> tuple[str, ...]:
    return tuple((_git("tag", "--list", "v*", "--merged", commit) or "").split())


def _show(commit: str, path: Path) -> str | None:
    return _git("show", f"{commit}:{path.as_posix()}")


def _git(*arguments: str) -> str | None:
    """What git prints, or None if it fails."""
    try:
        command = ["git", *arguments]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return None
