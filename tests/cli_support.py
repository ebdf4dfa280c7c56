"""Runs the command line as people do: in a terminal, in a pipe, in a script."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMAND = (sys.executable, "-m", "aidp_workbench")
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_CLEAR = "\x1b[K"


class Ran(NamedTuple):
    """What came out of the command line."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Shown(NamedTuple):
    """What a terminal received; stdout and stderr are one there."""

    code: int
    raw: str

    @property
    def text(self) -> str:
        """What stays on the screen, without colours."""
        lines = _COLOURS.sub("", self.raw).replace("\r\n", "\n").split("\n")
        return "\n".join(map(_overwritten, lines))

    @property
    def lines(self) -> list[str]:
        return self.text.rstrip("\n").split("\n")


def run(*arguments: str, command: Sequence[str] = COMMAND, **environment: str) -> Ran:
    """Run it with pipes."""
    done = subprocess.run(
        [*command, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=os.environ | environment,
        check=False,
    )
    # Not decoded by subprocess, which would change line ends.
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_in_terminal(*arguments: str, columns: int = 80, **environment: str) -> Shown:
    """Run it in a terminal that is this wide."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm-256color"} | environment,
        start_new_session=True,
    )
    os.close(theirs)
    received = bytearray()
    while chunk := _read(ours):
        received += chunk
    os.close(ours)
    return Shown(process.wait(), received.decode("utf-8"))


def _overwritten(line: str) -> str:
    """A line after its carriage returns and the clearing of what is right of the cursor."""
    screen = ""
    for part in line.split("\r"):
        before, *after = part.split(_CLEAR)
        screen = before + screen[len(before) :]
        for more in after:
            screen = before + more
    return screen


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # on Linux, once the other end is closed everywhere
        return b""
