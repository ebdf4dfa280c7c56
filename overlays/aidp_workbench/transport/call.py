"""One call of an operation: its request, its attempts and its deadline."""

from __future__ import annotations

import logging
import math
import os
import random
import ssl
from copy import copy
from typing import TYPE_CHECKING

import httpcore

from ..errors import TooManyRequestsError, TransportError
from .retry import causes, delay, is_repeatable
from .throttle import Slot
from .tls import certificate_advice

if TYPE_CHECKING:
    import httpx

    from ..errors import WorkbenchError
    from .clock import Clock
    from .retry import RetryPolicy
    from .throttle import Throttle

logger = logging.getLogger("aidp_workbench")


class Call:
    """What the sync and the async loop share.

    Attributes:
        attempts: How often the request was sent.
        slot: Its place in the throttle's queue. No attempt starts after `slot.deadline`.
    """

    def __init__(
        self,
        request: httpx.Request,
        policy: RetryPolicy,
        clock: Clock,
        proxy: httpx.Proxy | None = None,
    ) -> None:
        self.request = request
        self._proxy = proxy
        self.attempts = 0
        self._policy = policy
        self._clock = clock
        self._started = clock.now()
        self.slot = Slot(self._started + policy.timeout)
        self._error: WorkbenchError | None = None
        self._has_request_id = "opc-request-id" in request.headers

    @property
    def end(self) -> float:
        """When the last attempt must have its response: one read timeout after the deadline."""
        read: float | None = self.request.extensions.get("timeout", {}).get("read")
        return math.inf if read is None else self.slot.deadline + read

    def extend(self, seconds: float) -> None:
        """Extend the deadline by the time that the call waited for a connection."""
        self._started += seconds
        self.slot.deadline += seconds

    def begin_attempt(self) -> None:
        """Count an attempt, and set its `opc-request-id` unless the caller did."""
        self.attempts += 1
        if not self._has_request_id:
            self.request.headers["opc-request-id"] = os.urandom(16).hex()

    def seconds_to_retry(self, error: WorkbenchError, throttle: Throttle) -> float | None:
        """Seconds from a failed attempt to the next; `None` if there is no further attempt."""
        policy = self._policy
        seconds = None
        if is_repeatable(self.request):
            elapsed = self._clock.now() - self._started
            chance = random.random()  # noqa: S311  # it spreads clients, no secret
            seconds = delay(policy, self.attempts, elapsed, error, chance)
        if isinstance(error, TooManyRequestsError):
            pause = error.retry_after or seconds or policy.wait_initial
            if pause < policy.timeout:
                throttle.slow_down(self.slot, pause, error)
        if seconds is not None:
            logger.info(
                "attempt %d of %d failed, next in %.1f s: %s",
                self.attempts,
                policy.attempts,
                seconds,
                error,
            )
        self._error = error
        return seconds

    def refused(self, refusal: TooManyRequestsError) -> TooManyRequestsError:
        """This call's own 429, or else the one that made it wait too long."""
        if isinstance(self._error, TooManyRequestsError):
            return self._error
        error = copy(refusal)
        error.method, error.path = self.request.method, self.request.url.path
        error.attempts = self.attempts
        return error

    def error(self, cause: Exception) -> TransportError:
        """The error for a failure of the network."""
        reason = f"{type(cause).__name__}: {_reason(cause)}".rstrip(": ")
        if self._proxy:
            reason += f", through the proxy {self._proxy.url.netloc.decode('ascii')}"
        return TransportError(
            method=self.request.method,
            path=self.request.url.path,
            attempts=self.attempts,
            reason=reason,
            host=self.request.url.netloc.decode("ascii"),
        )


def _reason(error: Exception) -> str:
    """The text of an error; that of a malformed header would quote the signature."""
    if isinstance(error, httpcore.LocalProtocolError):
        return "the request is not HTTP"
    if isinstance(error, httpcore.TimeoutException):
        return str(error) or "timed out"  # its cause with asyncio is about a cancel scope
    # With asyncio only the cause has a text.
    text = next((text for cause in causes(error) if (text := str(cause))), "")
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes(error)):
        text += f"; {certificate_advice()}"
    return text
