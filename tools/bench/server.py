"""A Workbench endpoint that costs its clients little: its answers are ready, it verifies nothing.

What it answers is in the job run key: `TASK_RUNS-MILLISECONDS-NAME`. Every page of a listing has
the task runs of the sample workspace, every second one from the second on: a client may refuse a
page that repeats the one before it.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Generator


class Endpoint(TypedDict):
    """Where the endpoint is, and the profile and the private key to talk to it with."""

    base_url: str
    config_file: str
    key_file: str


def job_run_key(task_runs: int, latency: float = 0, name: str = "") -> str:
    """The key of a job run with this many task runs; latency of each page in seconds."""
    return f"{task_runs}-{round(latency * 1000)}-{name}"


@contextmanager
def endpoint() -> Generator[Endpoint]:
    """Run it in a separate process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", __spec__.name, folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                yield json.loads(process.stdout.readline() or sys.exit("error: no endpoint"))
            finally:
                process.terminate()


@lru_cache
def _body(items: int, first: int) -> bytes:
    from tools.service.data import JobRun, encoded

    job_run = JobRun("0b9d4c1e-52a7-4f0b-8f6e-3a1d5c7e9b24", items + 1)
    return (
        b'{"items":['
        + b",".join(encoded(job_run, at) for at in range(first, first + items))
        + b"]}"
    )


def _answer(target: str) -> tuple[float, bytes]:
    """Seconds to wait, and the response."""
    asked = dict(parse_qsl(urlsplit(target).query))
    size, milliseconds, _ = asked["jobRunKey"].split("-", 2)
    begin, limit = int(asked.get("page", 0)), int(asked.get("limit", 100))
    end = min(begin + limit, int(size))
    body = _body(end - begin, begin // limit % 2)
    next_page = f"opc-next-page: {end}\r\n" if end < int(size) else ""
    head = (
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nopc-request-id: 0123456789abcdef\r\n"
        f"{next_page}content-length: {len(body)}\r\n\r\n"
    )
    return int(milliseconds) / 1000, head.encode() + body


class _Connection(asyncio.Protocol):
    """Asyncio has set TCP_NODELAY; connections stay open, and requests have no body."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            latency, response = _answer(head.split(b" ", 2)[1].decode())
            if latency:
                asyncio.get_running_loop().call_later(latency, self._transport.write, response)
            else:
                self._transport.write(response)


async def _serve(folder: Path) -> None:
    from tools.service.credentials import make_credentials, make_key

    key = make_key(2048)  # as people have
    config_file = str(make_credentials(folder, key).config_file)
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0)
    base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    found = Endpoint(base_url=base_url, config_file=config_file, key_file=str(folder / "key.pem"))
    print(json.dumps(found), flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))
