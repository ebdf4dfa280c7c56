"""What arrived, for tests to look at, and the `opc-request-id` of every answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REQUEST_ID = re.compile("[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class ReceivedRequest:
    """A request as it came over the wire, and the status of its answer."""

    method: str
    target: str
    headers: Mapping[str, str]
    status: int

    def __repr__(self) -> str:
        # Headers hold signatures and tokens, which failing tests would print.
        return f"<{self.method} {self.target}: {self.status}>"


def target_of(scope: Scope) -> str:
    """The path and query of a request, exactly as they came over the wire."""
    query: bytes = scope["query_string"]
    target: bytes = scope["raw_path"] + (b"?" + query if query else b"")
    return target.decode("latin-1")


class Journal:
    """Puts `opc-request-id` on every answer of an application, and notes what was answered."""

    def __init__(self, app: ASGIApp, requests: list[ReceivedRequest]) -> None:
        self._app = app
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        request_id = headers.get("opc-request-id", "")
        if not _REQUEST_ID.fullmatch(request_id):
            request_id = uuid4().hex

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["opc-request-id"] = request_id
                # Noted first: a test that has its answer finds its request here.
                self._requests.append(
                    ReceivedRequest(
                        scope["method"], target_of(scope), dict(headers), message["status"]
                    )
                )
            await send(message)

        await self._app(scope, receive, send_and_note)
