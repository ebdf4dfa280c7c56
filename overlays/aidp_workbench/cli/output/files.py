"""Files that a command writes: checked before anything is fetched, and written whole or not."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_file(out: str, suffixes: Sequence[str] = ()) -> Path:
    """The path of a file that `write_file` can write, found out before anything is fetched.

    Raises BadParameter for another suffix than these, if there are any, and OSError if nothing can
    be written there.
    """
    path = Path(out)
    if suffixes and path.suffix.lower() not in suffixes:
        raise BadParameter(f"{out!r} must end in {', '.join(suffixes)}.", param_hint="--out")
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(path.parent))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", out)
    target = path.resolve()
    for one in (target.parent, target):
        if one.exists() and not os.access(one, os.W_OK):
            raise PermissionError(errno.EACCES, "no permission to write", out)
    return path


def write_file(path: Path, content: str | bytes) -> None:
    """Write all of `content` (text as UTF-8) in place of what was there, or raise OSError.

    Whoever opens the file meanwhile sees the one before, and if writing fails it stays. A link
    stays, too: what it points to is written.
    """
    path = path.resolve()
    part = path.with_name(f".aidp-workbench-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
