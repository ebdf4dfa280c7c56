"""Runs Python programs as processes of their own that start in milliseconds.

A server imports what they need, and forks for each. What a program sees is what a new process
would: its streams, environment, folder and signals, and the end of an interpreter, except that
modules are not cleared, since that would copy the memory that it shares with the server. Of what
Python reads from the environment at its start, a program has only PYTHONIOENCODING.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor as Threads
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
_MESSAGE = 65536


class Ran(NamedTuple):
    """What came out of a program."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Program:
    """A running program."""

    def __init__(self, replies: int) -> None:
        self._replies = os.fdopen(replies, "rb", buffering=0)
        self.pid = int(self._replies.readline())

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, timeout: float = 60) -> int:
        """Its exit code, as `subprocess` has it; the program is killed after the time."""
        with self._replies:
            if not select.select([self._replies], [], [], timeout)[0]:
                self.send_signal(signal.SIGKILL)
                raise TimeoutError(f"process {self.pid} was still running after {timeout} s")
            return int(self._replies.readline())


class Piped(NamedTuple):
    """A running program with pipes to read from."""

    program: Program
    stdout: BinaryIO
    stderr: BinaryIO

    def finish(self) -> Ran:
        """Wait for its end; gives what it has printed since."""
        with Threads(1) as pool:
            errors = pool.submit(self.stderr.read)
            printed = self.stdout.read()
            return Ran(self.program.wait(), printed.decode(), errors.result().decode())


class ForkServer:
    """Starts programs that need these modules."""

    def __init__(self, *modules: str) -> None:
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.programs", str(theirs.fileno()), *modules],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        atexit.register(self._close)

    def start(
        self,
        *arguments: str,
        streams: Sequence[int | None],
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Program:
        """Run `python` with these arguments, `-m MODULE …` or `-c CODE …`.

        `streams` are its stdin, stdout and stderr: file descriptors, or None if closed.
        """
        files = [one for one in streams if one is not None]
        request = {
            "arguments": arguments,
            "cwd": str(cwd or Path.cwd()),
            "streams": [number for number, one in enumerate(streams) if one is not None],
            "environment": {**os.environ, **(environment or {})},
        }
        ours, theirs = os.pipe()
        try:
            message = json.dumps(request).encode() + b"\n"
            sent = socket.send_fds(self._channel, [message], [theirs, *files])
            self._channel.sendall(message[sent:])
        finally:
            os.close(theirs)
        return Program(ours)

    @contextmanager
    def piped(
        self,
        *arguments: str,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        redirected: Mapping[int, int | None] | None = None,
    ) -> Iterator[Piped]:
        """Run it with nothing to read, and pipes unless stdout (1) or stderr (2) is redirected."""
        (out, out_of_it), (err, err_of_it) = os.pipe(), os.pipe()
        with os.fdopen(out, "rb") as stdout, os.fdopen(err, "rb") as stderr:
            nothing = os.open(os.devnull, os.O_RDONLY)
            ours = (nothing, out_of_it, err_of_it)
            streams = [(redirected or {}).get(number, one) for number, one in enumerate(ours)]
            try:
                program = self.start(*arguments, streams=streams, cwd=cwd, environment=environment)
            finally:
                for one in ours:
                    os.close(one)
            yield Piped(program, stdout, stderr)

    def run(self, *arguments: str, **options: Any) -> Ran:
        """Run it to its end; the options are those of `piped`."""
        with self.piped(*arguments, **options) as running:
            return running.finish()

    def _close(self) -> None:
        self._channel.close()
        self._process.wait()


@cache
def fork_server(*modules: str) -> ForkServer:
    """The server that has imported these modules; there is one in each process of pytest."""
    return ForkServer(*modules)


def _serve(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Answer requests until the other end is closed; return one in the process that is to run."""
    while True:
        message, files, _, _ = socket.recv_fds(channel, _MESSAGE, 4)
        if not message:
            os._exit(0)
        while not message.endswith(b"\n"):
            message += channel.recv(_MESSAGE)
        if os.fork() == 0:
            channel.close()
            _supervise(files)
            return json.loads(message), files
        for one in files:
            os.close(one)
        _reap()


def _supervise(files: list[int]) -> None:
    """Fork; return in the new process, and here report its number and how it ends."""
    replies, *streams = files
    if (pid := os.fork()) == 0:
        os.close(replies)
        return
    for one in streams:
        os.close(one)
    os.write(replies, b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    os.write(replies, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _run(request: dict[str, Any], files: list[int]) -> None:
    """Become the program."""
    os.setsid()
    os.closerange(0, 3)
    for number, one in zip(request["streams"], files, strict=True):
        os.dup2(one, number)
        os.close(one)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["cwd"])
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        is_open = number in request["streams"]
        setattr(sys, name, _stream(number, getattr(sys, name)) if is_open else None)
    kind, what, *arguments = request["arguments"]
    sys.argv[:] = [kind, *arguments]
    if kind == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})


def _stream(number: int, old: Any) -> Any:
    """A stream as Python opens it at its start: by lines if it is for errors or a terminal."""
    mode, buffering = "w" if number else "r", 1 if number == 2 else -1
    encoding = os.environ.get("PYTHONIOENCODING", old.encoding)
    return open(number, mode, buffering, encoding, old.errors, closefd=False)


def main() -> None:
    """Be the server, and in time one of its programs."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    for module in sys.argv[2:]:
        importlib.import_module(module)
    gc.freeze()
    request, files = _serve(channel)
    code: int | None = None
    # The first to be registered is the last to be called.
    atexit.register(lambda: _leave(code))
    try:
        _run(request, files[1:])
        code = 0
    except SystemExit as error:
        code = (error.code or 0) if isinstance(error.code, int | None) else None
        raise


def _leave(code: int | None) -> None:
    """End with this code, unless Python still has to report something."""
    gc.collect()
    with suppress(Exception):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        if code is not None:
            os._exit(code)


if __name__ == "__main__":
    main()
