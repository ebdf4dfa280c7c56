"""When a request is sent again, and how long to wait before."""

from __future__ import annotations

import logging
import random
import socket
import ssl
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx
from attrs import field, frozen, validators

from ..errors import ResponseError, ServiceError, TooManyRequestsError, TransportError
from .cancellation import cancelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenacity import RetryCallState

    from .throttle import Pace, Turn

logger = logging.getLogger("aidp_workbench")

# RFC 9110, 9.2.2: sending these twice does what sending them once does.
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


@frozen
class RetryPolicy:
    """How often and how patiently a request is repeated. The defaults are those of Oracle's SDKs.

    Timeouts, broken connections, damaged bodies, 429 and 5xx but 501 are repeated, for methods
    that are safe to repeat. A `Retry-After` of the service takes the place of the wait.

    Attributes:
        attempts: How often a request is sent at most; 1 never repeats.
        timeout: Seconds after which no further attempt starts.
        wait_initial: Seconds to wait after the first attempt; each further wait is twice as
            long. Up to `wait_initial` more is added at random, so that clients spread out.
        wait_max: Seconds to wait at most, unless the service asks for more.
    """

    attempts: int = field(default=8, validator=[validators.instance_of(int), validators.ge(1)])
    timeout: float = field(default=600.0, validator=validators.ge(0))
    wait_initial: float = field(default=1.0, validator=validators.ge(0))
    wait_max: float = field(default=30.0, validator=validators.ge(0))


def retry_arguments(
    policy: RetryPolicy, request: httpx.Request, pace: Pace, turn: Turn, elapsed: float
) -> dict[str, Any]:
    """How tenacity's `Retrying` and `AsyncRetrying` are to go on after `elapsed` seconds."""
    import tenacity  # only where something is repeated

    def wait(state: RetryCallState) -> float:
        error = _error(state)
        asked = getattr(error, "retry_after", None)
        seconds = backoff(policy, state.attempt_number) if asked is None else float(asked)
        if isinstance(error, TooManyRequestsError) and seconds < policy.timeout:
            pace.slow_down(turn, seconds)
            seconds = max(seconds, pace.take(turn))
        return seconds

    def log(state: RetryCallState) -> None:
        logger.info(
            "attempt %d of %d failed, next in %.1f s: %s",
            state.attempt_number,
            policy.attempts,
            state.upcoming_sleep,
            _error(state),
        )

    arguments: dict[str, Any] = {
        "stop": tenacity.stop_after_attempt(policy.attempts)
        | tenacity.stop_before_delay(max(0.0, policy.timeout - elapsed)),
        "wait": wait,
        "retry": tenacity.retry_if_exception(
            lambda error: request.method in _IDEMPOTENT and is_transient(error)
        ),
        "before_sleep": log,
        "reraise": True,
    }
    if (unwanted := cancelled.get()) is not None:
        arguments["stop"] |= tenacity.stop_when_event_set(unwanted)
        arguments["sleep"] = tenacity.sleep_using_event(unwanted)
    return arguments


def backoff(policy: RetryPolicy, attempt: int) -> float:
    """Seconds to wait after the attempt of this number, from 1; random within its bounds."""
    doubled = policy.wait_initial * 2.0 ** min(attempt - 1, 64)
    chance = random.uniform(0, policy.wait_initial)  # noqa: S311  # it spreads clients, no secret
    return min(doubled + chance, policy.wait_max)


def is_transient(error: BaseException) -> bool:
    """Whether the same request may succeed later."""
    match error:
        case ServiceError():
            return error.status == 429 or (error.status >= 500 and error.status != 501)
        case ResponseError():  # JSON that does not parse may have been damaged on its way
            return isinstance(error.__cause__, ValueError | RecursionError)
        case TransportError():
            return not any(_is_permanent(cause) for cause in causes(error))
        case _:
            return False


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a `retry-after` header asks to wait, in either of its forms; RFC 9110, 10.2.3.

    A date is held against the `date` of the response, so that this machine's clock does not
    matter.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    if (then := _timestamp(value)) is None:
        return None
    now = _timestamp(headers.get("date", "")) or time.time()
    return max(0.0, then - now)


def clock_offset(sent: Mapping[str, str], received: Mapping[str, str]) -> float | None:
    """Seconds by which this machine's clock is ahead, by the `date` headers of both sides."""
    ours, theirs = _timestamp(sent.get("date", "")), _timestamp(received.get("date", ""))
    return None if ours is None or theirs is None else ours - theirs


def _timestamp(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error, what caused it, what caused that, and so on."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is_permanent(error: BaseException) -> bool:
    """Whether a failure of the transport is one that waiting does not cure."""
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_NONAME
    return isinstance(
        error,
        ssl.SSLCertVerificationError
        | httpx.ProxyError
        | httpx.LocalProtocolError
        | httpx.UnsupportedProtocol,
    )
