"""A server on loopback that answers with bytes written beforehand, so that it can misbehave."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType


@frozen
class Received:
    """A request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""


Answer = bytes | Callable[[Received], bytes]
HANG_UP = b""


def answer(
    status: int = 200,
    body: bytes | str | Any = b"",
    *,
    length: int | None = None,
    **headers: str,
) -> bytes:
    """An HTTP response. A body that is not text is sent as JSON; `_` in header names is a dash."""
    if not isinstance(body, bytes | str):
        body = json.dumps(body)
        headers = {"content_type": "application/json", **headers}
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} "]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"content-length: {len(content) if length is None else length}", "connection: close"]
    return "\r\n".join([*lines, "", ""]).encode() + content


def page(*names: str, token: str | None = None, **headers: str) -> bytes:
    """A page of task runs with these names, and the token of the next."""
    if token is not None:
        headers["opc_next_page"] = token
    items = [{"key": name, "name": name} for name in names]
    return answer(200, {"items": items}, length=None, **headers)


class ScriptedServer:
    """Gives the n-th request the n-th answer, and further requests the last one again."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: list[Received] = []
        self._answers: Sequence[Answer] = answers
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                first, *rest = iter(lambda: self.rfile.readline().decode("latin-1").rstrip(), "")
                method, target, _ = first.split(" ")
                headers = dict(line.split(": ", 1) for line in rest)
                headers = {name.lower(): value for name, value in headers.items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                received = Received(method, target, headers, body)
                self.wfile.write(outer._next(received))

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up is no news."""

        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def _next(self, received: Received) -> bytes:
        with self._lock:
            chosen = self._answers[min(len(self.requests), len(self._answers) - 1)]
            self.requests.append(received)
        return chosen if isinstance(chosen, bytes) else chosen(received)

    def __enter__(self) -> Self:
        serve = self._server.serve_forever
        # Seconds between two checks whether it should stop.
        threading.Thread(target=serve, args=(0.001,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
