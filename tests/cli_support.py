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
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest
from aidp_workbench.cli.app import app

from tests.programs import Ran, fork_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.scripted_server import ScriptedServer

COMMAND = (sys.executable, "-m", "aidp_workbench")
MODULES = (
    *("aidp_workbench._client", "aidp_workbench.auth.key_pair", "aidp_workbench.runs"),
    *("aidp_workbench.cli.app", "aidp_workbench.cli.commands.task_runs"),
    *("aidp_workbench.cli.connection", "aidp_workbench.cli.names.job_runs"),
    *("aidp_workbench.cli.listing", "aidp_workbench.cli.output.json"),
    *("aidp_workbench.cli.output.progress", "aidp_workbench.cli.output.table"),
    *("aidp_workbench.cli.failures.report", "aidp_workbench.cli.watch.screen"),
    *("aidp_workbench_api.api.job_runs.get_job_run", "encodings.idna"),
)
"""What most commands import, each when it runs."""
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_CLEAR = "\x1b[K"


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
    if command is COMMAND:
        return fork_server(*MODULES).run(*COMMAND[1:], *arguments, environment=environment)
    done = subprocess.run(
        [*command, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=os.environ | environment,
        check=False,
    )
    # Not decoded by subprocess, which would change line ends.
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def terminal(columns: int, rows: int) -> Iterator[tuple[int, int]]:
    """A terminal of this size: our end of it, and that of a program, which is closed at the end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        yield ours, theirs
    finally:
        os.close(theirs)


def run_in_terminal(*arguments: str, columns: int = 80, **environment: str) -> Shown:
    """Run it in a terminal that is this wide."""
    with terminal(columns, 40) as (ours, theirs):
        program = fork_server(*MODULES).start(
            *COMMAND[1:],
            *arguments,
            streams=(theirs, theirs, theirs),
            environment={"TERM": "xterm-256color"} | environment,
        )
    received = bytearray()
    while chunk := read_terminal(ours):
        received += chunk
    os.close(ours)
    return Shown(program.wait(), received.decode("utf-8"))


def _overwritten(line: str) -> str:
    """A line after its carriage returns and the clearing of what is right of the cursor."""
    screen = ""
    for part in line.split("\r"):
        before, *after = part.split(_CLEAR)
        screen = before + screen[len(before) :]
        for more in after:
            screen = before + more
    return screen


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # on Linux, once the other end is closed everywhere
        return b""


def run_here(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run it in this process, which takes no time to start."""
    with pytest.raises(SystemExit) as ended:
        app(arguments)
    out, err = capsys.readouterr()
    return Ran(int(ended.value.code or 0), out, err)


def where(server: ScriptedServer, config_file: Path, workspace: str | None = "w") -> list[str]:
    """The options that lead to the workspace `w` of platform `p` on this server."""
    reach = ["--base-url", server.base_url, "--config-file", str(config_file), "--platform", "p"]
    return [*reach, *(("--workspace", workspace) if workspace else ())]
