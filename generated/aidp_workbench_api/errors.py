"""The root of every error, and what the models and operations of this package raise."""

from typing import Self

import httpx

from .types import Unset

_LONGEST_PAGE = 2000  # characters of a page token that a message shows


class WorkbenchError(Exception):
    """Root of every error of this client.

    Attributes:
        resume_page: Where a listing that this error ended can resume: the token of the page that
            failed, to be passed as `page=`. `None` means from the first page.
        pages_before: How many pages that listing had returned before.
        items_before: How many items they held.
    """

    resume_page: str | None = None
    pages_before: int = 0
    items_before: int = 0

    def __str__(self) -> str:
        text = self._message()
        if self.pages_before:
            # A token may have tens of thousands of characters.
            is_short = len(self.resume_page or "") <= _LONGEST_PAGE
            page = f"page={self.resume_page!r}" if is_short else "page=error.resume_page"
            text += (
                f" (after {self.pages_before} pages with {self.items_before} items;"
                f" resume with {page})"
            )
        # What a service says must not forge a line of a log, or move a terminal's cursor.
        return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)

    def _message(self) -> str:
        return super().__str__()


class ResponseError(WorkbenchError):
    """A successful response is not what the API describes.

    Attributes:
        reason: What is wrong.
        place: Where in the body of the answer, such as `items[3].state`; empty if all of it is.
        method: HTTP method of the request.
        path: Path of its URL, without the query.
        opc_request_id: Oracle's identifier of it, to quote when asking for help.
    """

    method: str | None = None
    path: str | None = None
    opc_request_id: str | None = None

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place

    @classmethod
    def unexpected(cls, place: str, expected: str, value: object) -> Self:
        """At `place` there is `value` instead of what is expected; UNSET if there is nothing."""
        return cls(f"expected {expected}, found {_KINDS.get(type(value), 'a number')}", place)

    def inside(self, parent: str) -> Self:
        """This error, seen from the object or list that holds the wrong value as `parent`."""
        dot = "." if self.place and not self.place.startswith("[") else ""
        self.place = f"{parent}{dot}{self.place}"
        return self

    def answering(self, response: httpx.Response) -> Self:
        """This error, about `response`."""
        self.method = response.request.method
        self.path = response.request.url.path
        self.opc_request_id = response.headers.get("opc-request-id")
        return self

    def _message(self) -> str:
        text = f"{self.place}: {self.reason}" if self.place else self.reason
        if self.method:
            text = f"{self.method} {self.path}: {text}"
        return f"{text} [opc-request-id {self.opc_request_id}]" if self.opc_request_id else text


_KINDS: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "a boolean",
    type(None): "null",
    Unset: "nothing",
}


class Misfit(ResponseError):  # noqa: N818
    """A value is not of the type that the API says, in a place where it can be set aside."""


class ArgumentError(WorkbenchError, ValueError):
    """An argument is invalid. Nothing was sent."""


class UnexpectedStatus(WorkbenchError):  # noqa: N818
    """A status that the API does not describe, if `Client.raise_on_unexpected_status` is set."""

    def __init__(self, status_code: int, content: bytes) -> None:
        said = content[:200].decode(errors="replace")
        super().__init__(f"unexpected status {status_code}: {said}")
        self.status_code = status_code
        self.content = content


__all__ = ["ArgumentError", "ResponseError", "UnexpectedStatus", "WorkbenchError"]
