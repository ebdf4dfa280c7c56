"""When a request is sent again, and how long to wait before."""

from __future__ import annotations

import socket
import ssl
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpcore
from attrs import frozen

from ..errors import ArgumentError, ResponseError, ServiceError, TransportError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

# RFC 9110, 9.2.2: sending these twice does what sending them once does.
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
# Seconds; a call does not wait longer than a day, whatever its policy.
_LONGEST_WAIT = 86400.0


@frozen
class RetryPolicy:
    """How often and how long a request is retried. The defaults are those of Oracle's SDKs.

    Timeouts, broken connections, damaged bodies, 409 `IncorrectState`, 429 and 5xx but 501 are
    repeated, for methods that are safe to repeat and for requests with an `opc-retry-token`. A
    `Retry-After` can make a wait longer; only with 429, where all requests of the client then wait
    for each other, it takes the place of the wait.

    Attributes:
        attempts: How often a request is sent at most; 1 never repeats.
        timeout: Seconds from the start of a call after which no further attempt starts. The wait
            for a free connection does not count.
        wait_initial: Seconds to wait after the first attempt; each further wait is twice as
            long. Up to `wait_initial` more is added at random, so that clients spread out.
        wait_max: Seconds to wait at most, unless the service asks for more.

    Raises ArgumentError if there are no attempts, or a time is negative.
    """

    attempts: int = 8
    timeout: float = 600.0
    wait_initial: float = 1.0
    wait_max: float = 30.0

    def __attrs_post_init__(self) -> None:
        attempts: Any = self.attempts
        if not isinstance(attempts, int) or attempts < 1:
            raise ArgumentError(f"attempts must be a whole number from 1 on, not {attempts!r}")
        for name in ("timeout", "wait_initial", "wait_max"):
            value = getattr(self, name)
            if not isinstance(value, int | float) or not value >= 0:
                raise ArgumentError(f"{name} must be a number of seconds from 0 on, not {value!r}")


def delay(
    policy: RetryPolicy, attempt: int, elapsed: float, error: Exception, chance: float
) -> float | None:
    """Seconds from a failed attempt to the next; `None` if there should be no further attempt.

    Args:
        attempt: The number of the attempt that failed, from 1.
        elapsed: Seconds since the call started.
        error: Why it failed.
        chance: A random number from 0 to 1.
    """
    if attempt >= policy.attempts or not is_transient(error):
        return None
    doubled = policy.wait_initial * 2.0 ** min(attempt - 1, 64)
    seconds = min(doubled + chance * policy.wait_initial, policy.wait_max)
    if isinstance(error, ServiceError) and (asked := error.retry_after):
        # After a 429 the throttle spreads the requests; a service that is down needs more time.
        seconds = asked if error.status == 429 else max(seconds, asked)
    in_time = elapsed + seconds <= policy.timeout and seconds <= _LONGEST_WAIT
    return seconds if in_time else None


def is_repeatable(request: httpx.Request) -> bool:
    """Whether sending the request twice does what sending it once does."""
    return request.method in _IDEMPOTENT or "opc-retry-token" in request.headers


def is_transient(error: BaseException) -> bool:
    """Whether the same request may succeed later."""
    match error:
        case ServiceError():
            return (
                error.status == 429
                or (error.status >= 500 and error.status != 501)
                or (error.status == 409 and error.code == "IncorrectState")
            )
        case ResponseError():  # JSON that does not parse may have been damaged on its way
            return isinstance(error.__cause__, ValueError | RecursionError)
        case TransportError():
            return not any(_is_permanent(cause) for cause in causes(error))
        case _:
            return False


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a `retry-after` header asks to wait, in either of its forms; RFC 9110, 10.2.3.

    A date is compared with the `date` of the response, and ignored without it: this machine's clock
    may be wrong.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    then, now = _timestamp(value), _timestamp(headers.get("date", ""))
    return None if then is None or now is None else max(0.0, then - now)


def clock_offset(sent: Mapping[str, str], received: Mapping[str, str]) -> float | None:
    """Seconds by which this machine's clock is ahead, by the `date` headers of both sides."""
    ours, theirs = _timestamp(sent.get("date", "")), _timestamp(received.get("date", ""))
    return None if ours is None or theirs is None else ours - theirs


def _timestamp(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and the chain of its causes."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is_permanent(error: BaseException) -> bool:
    """Whether waiting cannot help."""
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_NONAME
    return isinstance(
        error,
        ssl.SSLCertVerificationError
        | httpcore.ProxyError
        | httpcore.LocalProtocolError
        | httpcore.UnsupportedProtocol,
    )
