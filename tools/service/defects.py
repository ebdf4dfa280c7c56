"""What the service itself may do wrong, by name: sending the request again is no cure for these."""

import time
from collections.abc import Collection
from email.utils import formatdate
from enum import StrEnum

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tools.service.errors import invalid_parameter, not_authenticated

CLOCK_AHEAD = 600  # seconds
TOKEN_LIFE = 5  # requests
_TOKENS_IN_LOOP = 3


class Defect(StrEnum):
    """Something that the service does wrong, for as long as it runs."""

    CLOCK_AHEAD = "its clock is 10 minutes ahead, so that it takes every signature for an old one"
    REPEATED_TOKEN = "the token of the next page is that of the page itself"
    LOOPING_TOKENS = "after the third token the first comes again"
    EXPIRING_TOKENS = "a page token is refused after 5 further requests"


class Defective:
    """An application with defects in what it answers."""

    def __init__(self, app: ASGIApp, defects: Collection[Defect]) -> None:
        self._app = app
        self._defects = frozenset(defects)
        self._requests = 0
        self._issued: dict[str, int] = {}
        """Page tokens, oldest first, and the number of the request that each first came with."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._requests += 1
        page = Request(scope).query_params.get("page")

        async def send_wrong(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._spoil(MutableHeaders(scope=message), page)
            await send(message)

        app = self._app
        if Defect.CLOCK_AHEAD in self._defects:
            app = not_authenticated("the date is more than 5 minutes off").response()
        elif Defect.EXPIRING_TOKENS in self._defects and self._is_expired(page):
            app = invalid_parameter("page: the token has expired").response()
        await app(scope, receive, send_wrong)

    def _is_expired(self, page: str | None) -> bool:
        return page in self._issued and self._requests - self._issued[page] > TOKEN_LIFE

    def _spoil(self, headers: MutableHeaders, page: str | None) -> None:
        if Defect.CLOCK_AHEAD in self._defects:
            headers["date"] = formatdate(time.time() + CLOCK_AHEAD, usegmt=True)
        if "opc-next-page" not in headers:
            return
        if Defect.REPEATED_TOKEN in self._defects and page is not None:
            headers["opc-next-page"] = page
        elif Defect.LOOPING_TOKENS in self._defects and len(self._issued) == _TOKENS_IN_LOOP:
            headers["opc-next-page"] = next(iter(self._issued))
        self._issued.setdefault(headers["opc-next-page"], self._requests)
