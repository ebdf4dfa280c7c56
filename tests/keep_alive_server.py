"""A server on loopback that keeps connections, and answers with what was requested."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import urllib.parse
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable


def keep_alive(body: object, **headers: str) -> bytes:
    """A response after which the connection stays open; `_` in header names is a dash."""
    content = json.dumps(body).encode()
    lines = ["HTTP/1.1 200 OK", "content-type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"content-length: {len(content)}", "", ""]).encode() + content


def echo(query: dict[str, str]) -> bytes:
    """A page with one task run, whose key is the job run key of the request."""
    return keep_alive({"items": [{"key": query["jobRunKey"]}]})


class KeepAliveServer:
    """Answers each request by `answer`, which gets the parameters of its query.

    A `None` in place of an answer closes the connection.

    Attributes:
        connections: The sockets that it has accepted, the oldest first.
        threads: What serves them; each ends with its connection.
        requests: How many requests have arrived.
    """

    def __init__(
        self,
        answer: Callable[[dict[str, str]], bytes | None] = echo,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.connections: list[socket.socket] = []
        self.threads: list[threading.Thread] = []
        self.requests = 0
        self._answer = answer
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        scheme = "https" if tls else "http"
        self.base_url = f"{scheme}://localhost:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection = self._listener.accept()[0]
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self.connections.append(connection)
            with connection, connection.makefile("rb") as lines:
                while first := lines.readline():
                    while lines.readline().strip():
                        pass
                    self.requests += 1
                    target = first.split(b" ")[1].decode()
                    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(target).query))
                    if (answer := self._answer(query)) is None:
                        return
                    connection.sendall(answer)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
