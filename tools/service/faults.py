"""What may happen to an answer on its way, and which request it happens to.

`proxy.py` does it; here is the plan, and the answers that are made up or damaged.
"""

import gzip
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formatdate
from enum import StrEnum
from random import Random
from typing import NamedTuple


class Kind(StrEnum):
    """A fault. All but `TOO_MANY_WAIT_LONG` are gone when the request is sent again."""

    REFUSED = "connection refused for 30 ms"
    RESET = "reset before any byte"
    RESET_IN_HEADERS = "reset in the headers"
    RESET_IN_BODY = "reset in the body"
    CUT_BODY = "closed in the body"
    STALL = "no byte for a while"
    SLOW = "a few bytes at a time"
    CUT_GZIP = "cut gzip"
    GARBAGE = "garbage as JSON"
    TOO_MANY = "429"
    TOO_MANY_SECONDS = "429 with retry-after in seconds"
    TOO_MANY_DATE = "429 with retry-after as a date"
    TOO_MANY_ABSURD = "429 with an absurd retry-after"
    TOO_MANY_WAIT_LONG = "429 with a retry-after of a day"
    INTERNAL_SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    SERVICE_UNAVAILABLE = "503"
    GATEWAY_TIMEOUT = "504"
    UNKNOWN_STATUS = "520"


# The other one ends a call, as it asks for a longer wait than a client has.
PASSING = tuple(kind for kind in Kind if kind is not Kind.TOO_MANY_WAIT_LONG)

_ABSURD = ("soon", "-1", "1e9", "0.5", "", "NaN", "1, 2", "\u00b2", "Thu, 32 Nov 2026 99:99:99 GMT")


@dataclass(frozen=True)
class Faults:
    """Which requests meet which fault: it follows from the seed and the number of the request.

    Raises `ValueError` if the rate is not from 0 to 1.
    """

    seed: int
    rate: float = 0.3
    """The share of requests that meet one."""
    kinds: Sequence[Kind] = PASSING
    stall: float = 3.0
    """Seconds until the late answer of a `STALL`."""

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise ValueError("the rate must be from 0 to 1")

    def kind(self, number: int) -> Kind | None:
        """The fault of the request of this number, counted from 0, if it meets one."""
        random = Random(f"{self.seed}/{number}")
        return random.choice(self.kinds) if random.random() < self.rate else None

    def details(self, number: int) -> Random:
        """What decides how the fault of this request is in detail."""
        return Random(f"{self.seed}/{number}/details")


class Answer(NamedTuple):
    """An answer as it goes over the wire; the head ends with its empty line."""

    head: bytes
    body: bytes


def made_up(kind: Kind, random: Random) -> Answer | None:
    """The answer that a gateway gives in place of the service, if this fault is one."""
    match kind:
        case Kind.TOO_MANY:
            return _too_many()
        case Kind.TOO_MANY_SECONDS:
            return _too_many(str(random.randint(0, 1)))
        case Kind.TOO_MANY_DATE:
            return _too_many(formatdate(time.time() + random.randint(0, 1), usegmt=True))
        case Kind.TOO_MANY_ABSURD:
            return _too_many(random.choice(_ABSURD))
        case Kind.TOO_MANY_WAIT_LONG:
            return _too_many("86400")
        case Kind.INTERNAL_SERVER_ERROR:
            return _error("500 Internal Server Error", "InternalServerError")
        case Kind.BAD_GATEWAY:
            page = b"<html><body><h1>502 Bad Gateway</h1></body></html>\r\n"
            return _answer("502 Bad Gateway", page, "text/html")
        case Kind.SERVICE_UNAVAILABLE:
            return _error("503 Service Unavailable", "ServiceUnavailable")
        case Kind.GATEWAY_TIMEOUT:
            return _answer("504 Gateway Timeout", b"upstream request timeout", "text/plain")
        case Kind.UNKNOWN_STATUS:
            return _answer("520 ", b"")
        case _:
            return None


def damaged(answer: Answer, kind: Kind, random: Random) -> Answer:
    """The answer of the service, with a damaged body where `kind` asks for one."""
    match kind:
        case Kind.CUT_GZIP:
            packed = gzip.compress(answer.body)
            return _with_body(answer, _begun(packed, random), b"content-encoding: gzip\r\n")
        case Kind.GARBAGE:
            return _with_body(answer, _begun(answer.body, random) + b"\0<!--")
        case _:
            return answer


def _begun(content: bytes, random: Random) -> bytes:
    """The beginning of some bytes: at least one, if there is one, but never all."""
    return content[: random.randrange(1, max(2, len(content)))]


def _with_body(answer: Answer, body: bytes, headers: bytes = b"") -> Answer:
    length = b"\r\ncontent-length: %d\r\n" % len(body) + headers
    head = re.sub(rb"\r\ncontent-length: *\d+\r\n", length, answer.head, flags=re.IGNORECASE)
    return Answer(head, body)


def _too_many(retry_after: str | None = None) -> Answer:
    headers = () if retry_after is None else (f"retry-after: {retry_after}",)
    return _error("429 Too Many Requests", "TooManyRequests", *headers)


def _error(status: str, code: str, *headers: str) -> Answer:
    """An error with the body of all OCI services."""
    body = json.dumps({"code": code, "message": "Made up by the plan of faults."}).encode()
    return _answer(status, body, "application/json", *headers)


def _answer(status: str, body: bytes, media_type: str | None = None, *headers: str) -> Answer:
    lines = [f"HTTP/1.1 {status}", f"date: {formatdate(usegmt=True)}", *headers]
    if media_type is not None:
        lines.append(f"content-type: {media_type}")
    lines.append(f"content-length: {len(body)}")
    return Answer("\r\n".join([*lines, "", ""]).encode("latin-1"), body)
