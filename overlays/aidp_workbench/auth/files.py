"""Files with credentials: read completely or not at all, and watched for changes."""

from __future__ import annotations

import codecs
import errno
import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Secret:
    """Bytes that no repr shows."""

    def __init__(self, content: bytes) -> None:
        self.content = content


def read_file(path: str | os.PathLike[str]) -> bytes:
    """The content of a file in UTF-8, without a byte order mark; `~` is the home folder.

    Raises OSError, also for what a reader might wait for, such as a FIFO.
    """
    try:
        expanded = expand(path)
        mode = expanded.stat().st_mode
    except ValueError as error:
        raise OSError(errno.EINVAL, "not a file name") from error
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "Not a regular file")
    content = expanded.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def expand(path: str | os.PathLike[str]) -> Path:
    """`path` with the home folder in place of `~`, or OSError."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise OSError(errno.ENOENT, str(error)) from error


class FileStamp(NamedTuple):
    """Identifies a state of a file; `inode` changes when another file replaces it."""

    inode: int
    size: int
    modified: int
    changed: int


Stamps = tuple[FileStamp | None, ...]


def _stamp(path: str | None) -> FileStamp | None:
    if not path:
        return None
    try:
        status = expand(path).stat()
    except (OSError, ValueError):
        return None
    return FileStamp(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


class Clock(NamedTuple):
    """The time, and pauses; tests replace it."""

    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class FileWatch:
    """How long ago some files were last seen to change.

    Their own times do not count: the clock of a network file system may be minutes off.
    """

    def __init__(self, paths: Sequence[str | None], clock: Clock) -> None:
        self.paths = paths
        self._clock = clock
        self._seen: Stamps | None = None
        self._changed = clock.monotonic()

    def stamps(self) -> Stamps:
        """The current state of each file; `None` for a missing one."""
        stamps = tuple(_stamp(path) for path in self.paths)
        if stamps != self._seen:
            self._seen, self._changed = stamps, self._clock.monotonic()
        return stamps

    def seconds_unchanged(self) -> float:
        """Seconds since `stamps` first returned the current state."""
        return self._clock.monotonic() - self._changed
