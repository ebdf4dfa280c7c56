"""Compares generated packages file by file, and puts a new one in place of the old one."""

from __future__ import annotations

import difflib
import shutil
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from pathlib import Path

# What the folders that a run works in are called, beside the package.
WORK_PREFIX = ".new-"


@frozen
class Changes:
    """How a fresh package differs from the one that is there: file names, sorted."""

    added: list[str]
    changed: list[str]
    removed: list[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compare(old: Path, new: Path) -> Changes:
    """The changes that turn the package `old` into `new`."""
    before, after = _files(old), _files(new)
    return Changes(
        added=sorted(after.keys() - before.keys()),
        changed=sorted(
            name for name in after.keys() & before.keys() if before[name] != after[name]
        ),
        removed=sorted(before.keys() - after.keys()),
    )


def diff(old: Path, new: Path) -> str:
    """A unified diff from the package `old` to `new`, with the file names below each."""
    before, after = _files(old), _files(new)
    return "".join(
        "".join(
            difflib.unified_diff(
                before.get(name, b"").decode(errors="replace").splitlines(keepends=True),
                after.get(name, b"").decode(errors="replace").splitlines(keepends=True),
                f"committed/{name}" if name in before else "/dev/null",
                f"from the spec/{name}" if name in after else "/dev/null",
            )
        )
        for name in sorted(before.keys() | after.keys())
    )


def swap(new: Path, target: Path) -> None:
    """Put the folder `new` in the place of `target`; both stay as they are if that fails."""
    old = new.with_name("old")
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except BaseException:  # Ctrl-C, too
        if old.exists():
            old.rename(target)
        raise


def sweep(parent: Path) -> None:
    """Remove what a run that was killed has left in `parent`."""
    for leftover in parent.glob(f"{WORK_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
