"""The httpx transport of a client: signs, sends, retries, and raises every error."""

from __future__ import annotations

import math
import os
import ssl
from contextlib import aclosing, closing, suppress
from typing import TYPE_CHECKING

import httpx

from ..errors import ClientClosedError, WorkbenchError
from .call import Call
from .cancellation import raise_if_cancelled
from .clock import Clock
from .connections import ConnectionOptions
from .exchange import FAILURES, StaleConnectionError, aexchange, exchange
from .process import Process
from .response import Response, checked

if TYPE_CHECKING:
    from ..auth.oci_auth import OciAuth
    from .pools import AsyncConnectionPool, ConnectionPool
    from .retry import RetryPolicy

DEFAULT_MAX_RESPONSE_SIZE = 256 * 2**20  # bytes; a page of 1,000 task runs has about 1 MiB


class WorkbenchTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Serves both `httpx.Client` and `httpx.AsyncClient`.

    It returns only complete responses with a 2xx status and raises a `WorkbenchError` for anything
    else, so that a parser sees nothing but the service's own data. Redirects are errors, because
    a signature is valid for one host and path. Without `tls` only plain http works: no certificate
    is trusted.
    """

    def __init__(
        self,
        auth: OciAuth,
        retry: RetryPolicy,
        *,
        tls: ssl.SSLContext | None = None,
        max_response_size: int = DEFAULT_MAX_RESPONSE_SIZE,
        proxy: httpx.Proxy | None = None,
        rate: float | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._auth = auth
        self._retry = retry
        self._max_response_size = max_response_size
        self._clock = clock or Clock()
        tls = tls or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._proxy = proxy
        self._options = ConnectionOptions(tls, proxy, self._clock)
        self._rate = rate
        self._process = Process(self._options, rate)
        self._closed = self._async_closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        process = self._current()
        call = Call(request, self._retry, self._clock, self._proxy)
        try:
            while True:
                try:
                    return self._attempt(call, process)
                except WorkbenchError as error:
                    _raise_if_closed(closed=self._closed)
                    if (seconds := call.seconds_to_retry(error, process.throttle)) is None:
                        raise
                self._clock.sleep(seconds)
        finally:
            process.throttle.leave(call.slot)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        process = self._current()
        call = Call(request, self._retry, self._clock, self._proxy)
        try:
            while True:
                try:
                    return await self._async_attempt(call, process)
                except WorkbenchError as error:
                    _raise_if_closed(closed=self._async_closed)
                    if (seconds := call.seconds_to_retry(error, process.throttle)) is None:
                        raise
                await self._clock.asleep(seconds)
        finally:
            process.throttle.leave(call.slot)

    def close(self) -> None:
        self._closed = True
        self._current().close()

    async def aclose(self) -> None:
        self._async_closed = True
        await self._current().aclose()

    def __reduce__(self) -> str:
        raise TypeError("cannot pickle or copy a client: call connect() in each process")

    def _current(self) -> Process:
        """The state of this client in the current process, which may be a fork."""
        if self._process.pid != os.getpid():
            self._process = Process(self._options, self._rate, self._process)
        return self._process

    def _attempt(self, call: Call, process: Process) -> httpx.Response:
        raise_if_cancelled()
        while seconds := self._seconds_to_turn(call, process):
            self._clock.sleep(seconds)
        _raise_if_closed(closed=self._closed)
        pool = process.pool(call.request.url)
        with closing(self._auth.sync_auth_flow(call.request)) as flow:
            request = next(flow)
            while True:
                response = self._send(request, call, pool)
                try:
                    request = flow.send(response)
                except StopIteration:
                    break
        return _accepted(response, call, process)

    async def _async_attempt(self, call: Call, process: Process) -> httpx.Response:
        while seconds := self._seconds_to_turn(call, process):
            await self._clock.asleep(seconds)
        pool = await process.async_pool(call.request.url)
        begin = self._clock.now()
        async with pool.permits:
            if (waited := self._clock.now() - begin) > _NO_WAIT:
                call.extend(waited)
                while seconds := self._seconds_to_turn(call, process):
                    await self._clock.asleep(seconds)
            _raise_if_closed(closed=self._async_closed)
            async with aclosing(self._auth.async_auth_flow(call.request)) as flow:
                request = await anext(flow)
                while True:
                    response = await self._async_send(request, call, pool)
                    try:
                        request = await flow.asend(response)
                    except StopAsyncIteration:
                        break
        return _accepted(response, call, process)

    def _seconds_to_turn(self, call: Call, process: Process) -> float:
        seconds = process.throttle.seconds_to_wait(call.slot)
        if seconds == math.inf and process.throttle.refusal:
            raise call.refused(process.throttle.refusal)
        if seconds and process.throttle.is_pacing:
            call.extend(seconds)
        return seconds

    def _send(self, request: httpx.Request, call: Call, pool: ConnectionPool) -> Response:
        call.begin_attempt()
        try:
            with suppress(StaleConnectionError), pool.connection() as connection:
                return exchange(connection, request, call.end, self._max_response_size)
            with pool.connection(new=True) as connection:
                return exchange(connection, request, call.end, self._max_response_size)
        except FAILURES as error:
            raise call.error(error) from error

    async def _async_send(
        self, request: httpx.Request, call: Call, pool: AsyncConnectionPool
    ) -> Response:
        call.begin_attempt()
        try:
            with suppress(StaleConnectionError):
                async with pool.connection() as connection:
                    return await aexchange(connection, request, call.end, self._max_response_size)
            async with pool.connection(new=True) as connection:
                return await aexchange(connection, request, call.end, self._max_response_size)
        except FAILURES as error:
            raise call.error(error) from error


# Seconds; a shorter time is not a wait for a connection.
_NO_WAIT = 0.001


def _accepted(response: Response, call: Call, process: Process) -> Response:
    accepted = checked(response, call)
    process.throttle.speed_up(call.slot)
    return accepted


def _raise_if_closed(*, closed: bool) -> None:
    if closed:
        raise ClientClosedError
