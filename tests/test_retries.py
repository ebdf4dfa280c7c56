"""When a request is sent again, and how long the wait is."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import httpcore
import httpx
import pytest
from aidp_workbench import (
    ArgumentError,
    RetryPolicy,
    ServiceError,
    TooManyRequestsError,
    TransportError,
    WorkbenchError,
)
from aidp_workbench.auth.oci_auth import OciAuth
from aidp_workbench.transport.call import Call
from aidp_workbench.transport.retry import is_transient, retry_after
from aidp_workbench.transport.throttle import Throttle
from aidp_workbench.transport.transport import WorkbenchTransport

from tests.fake_clock import FakeClock
from tests.scripted_server import HANG_UP, Received, ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Drain


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    clock = FakeClock()
    monkeypatch.setattr("aidp_workbench.transport.transport.Clock", lambda: clock)
    return clock


class TestTheDefaults:
    """Those of Oracle's SDKs: 8 attempts, waits of 1, 2, 4 … 30 s, each with up to 1 s more."""

    def test_are_eight_attempts_with_doubled_waits(self, drain: Drain, clock: FakeClock) -> None:
        with ScriptedServer(answer(503)) as server, pytest.raises(ServiceError) as caught:
            drain(server.base_url, retry=RetryPolicy())
        assert len(server.requests) == caught.value.attempts == 8
        for waited, least in zip(clock.sleeps, [1, 2, 4, 8, 16, 30, 30], strict=True):
            assert least <= waited <= min(least + 1, 30)

    def test_spread_clients_out(self, drain: Drain, clock: FakeClock) -> None:
        with ScriptedServer(answer(503)) as server, pytest.raises(ServiceError):
            drain(server.base_url, retry=RetryPolicy(attempts=6))
        assert len({waited % 1 for waited in clock.sleeps}) == 5

    def test_stop_before_600_seconds(self, drain: Drain, clock: FakeClock) -> None:
        with ScriptedServer(answer(503)) as server, pytest.raises(ServiceError):
            drain(server.base_url, retry=RetryPolicy(attempts=10_000))
        assert 600 - 30 < sum(clock.sleeps) <= 600


@pytest.mark.parametrize("fault", [answer(status) for status in (429, 500, 502, 503, 504, 520)])
def test_transient_errors_are_retried(drain: Drain, clock: FakeClock, fault: bytes) -> None:
    with ScriptedServer(fault, fault, page("a")) as server:
        assert len(drain(server.base_url)) == 1


def test_an_incorrect_state_is_repeated_as_oracles_sdk_does(drain: Drain, clock: FakeClock) -> None:
    conflict = answer(409, {"code": "IncorrectState", "message": "changing"})
    with ScriptedServer(conflict, page("a")) as server:
        assert len(drain(server.base_url)) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 501])
def test_permanent_errors_are_not_retried(drain: Drain, status: int) -> None:
    code = "Conflict" if status == 409 else "IncorrectState"
    refusal = answer(status, {"code": code, "message": "no"})
    with ScriptedServer(refusal) as server, pytest.raises(ServiceError):
        drain(server.base_url)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), ("Mon, 23 Nov 2026 10:00:09 GMT", 9)],
)
def test_retry_after_makes_the_wait_longer(
    drain: Drain, clock: FakeClock, value: str, seconds: float
) -> None:
    busy = answer(429, retry_after=value, date="Mon, 23 Nov 2026 10:00:00 GMT")
    with ScriptedServer(busy, page("a")) as server:
        assert len(drain(server.base_url)) == 1
    assert sum(clock.sleeps) == seconds


PAST = "Mon, 23 Nov 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "value"), [(429, "0"), (503, "0"), (503, "1"), (429, PAST), (503, PAST)]
)
def test_retry_after_never_makes_the_wait_shorter(
    drain: Drain, clock: FakeClock, status: int, value: str
) -> None:
    busy = answer(status, retry_after=value, date="Mon, 23 Nov 2026 10:00:00 GMT")
    with ScriptedServer(busy) as server, pytest.raises(ServiceError) as caught:
        drain(server.base_url, retry=RetryPolicy())
    assert caught.value.attempts == 8
    assert sum(clock.sleeps) > 1 + 2 + 4 + 8 + 16 + 30


@pytest.mark.parametrize("value", ["", "soon", "-1", "1.5", "٣", "Mon, 99 Nov 2026"])
def test_an_absurd_retry_after_is_ignored(value: str) -> None:
    assert retry_after({"retry-after": value, "date": "Mon, 23 Nov 2026 10:00:00 GMT"}) is None


@pytest.mark.parametrize("value", ["9" * 30, "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_retry_after_of_years_ends_the_call_whatever_the_policy(
    drain: Drain, clock: FakeClock, value: str
) -> None:
    busy = answer(503, retry_after=value, date="Mon, 23 Nov 2026 10:00:00 GMT")
    with ScriptedServer(busy) as server, pytest.raises(ServiceError) as caught:
        drain(server.base_url, retry=RetryPolicy(timeout=float("inf")))
    assert caught.value.attempts == 1


def test_a_retry_after_date_without_a_date_is_ignored_as_our_clock_may_be_off() -> None:
    assert retry_after({"retry-after": formatdate(time.time() + 100, usegmt=True)}) is None


def test_a_retry_after_beyond_the_total_time_ends_the_call_at_once(
    drain: Drain, clock: FakeClock
) -> None:
    busy = answer(429, {"code": "TooManyRequests", "message": "later"}, retry_after="86400")
    with ScriptedServer(busy) as server, pytest.raises(ServiceError) as caught:
        drain(server.base_url, retry=RetryPolicy())
    assert (caught.value.retry_after, caught.value.attempts) == (86400, 1)
    assert clock.sleeps == []


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_is_not_safe_to_repeat_is_sent_once(config_file: Path, method: str) -> None:
    transport = WorkbenchTransport(OciAuth(config_file=config_file), RetryPolicy(wait_initial=0))
    with (
        ScriptedServer(answer(503)) as server,
        httpx.Client(transport=transport) as client,
        pytest.raises(ServiceError),
    ):
        client.request(method, server.base_url, json={})
    assert len(server.requests) == 1


def test_a_retry_token_makes_a_post_safe_to_repeat(config_file: Path) -> None:
    transport = WorkbenchTransport(OciAuth(config_file=config_file), RetryPolicy(wait_initial=0))
    with (
        ScriptedServer(answer(503), answer(200, {})) as server,
        httpx.Client(transport=transport) as client,
    ):
        client.post(server.base_url, json={}, headers={"opc-retry-token": "t"})
    assert [request.headers["opc-retry-token"] for request in server.requests] == ["t", "t"]


def test_a_retry_after_in_the_past_is_no_time() -> None:
    dates = {
        "retry-after": "Mon, 23 Nov 2026 09:00:00 GMT",
        "date": "Mon, 23 Nov 2026 10:00:00 GMT",
    }
    assert retry_after(dates) == 0


def test_a_repeated_body_is_whole_each_time(config_file: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"first "
        yield b"second"

    transport = WorkbenchTransport(OciAuth(config_file=config_file), RetryPolicy(wait_initial=0))
    with (
        ScriptedServer(answer(503), answer(503), answer(200, {})) as server,
        httpx.Client(transport=transport) as client,
    ):
        client.put(server.base_url, content=parts())
    digests = {request.headers["x-content-sha256"] for request in server.requests}
    assert len(server.requests) == 3
    assert len(digests) == 1


class TestWithoutAnAnswer:
    def test_the_error_says_what_happened_and_how_often(self, drain: Drain) -> None:
        with ScriptedServer(HANG_UP) as server, pytest.raises(TransportError) as caught:
            drain(server.base_url)
        error = caught.value
        assert isinstance(error.__cause__, httpcore.RemoteProtocolError)
        assert (error.method, error.attempts) == ("GET", 3)
        assert "RemoteProtocolError: Server disconnected" in str(error)
        assert "after 3 attempts" in str(error)

    def test_a_refused_connection_is_tried_again(self, drain: Drain) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(TransportError, match="ConnectError") as caught:
            drain(url)
        assert caught.value.attempts == 3

    def test_a_silent_server_is_a_timeout(self, config_file: Path) -> None:
        transport = WorkbenchTransport(OciAuth(config_file=config_file), RetryPolicy(attempts=1))
        with (
            socket.create_server(("127.0.0.1", 0)) as silent,
            httpx.Client(transport=transport, timeout=httpx.Timeout(60, read=0.1)) as client,
            pytest.raises(TransportError, match="ReadTimeout"),
        ):
            client.get(f"http://127.0.0.1:{silent.getsockname()[1]}/x")


def transport_error(cause: BaseException) -> TransportError:
    error = TransportError("GET", "/", 1, "reason", "host")
    error.__cause__ = httpcore.ConnectError("failed")
    error.__cause__.__cause__ = cause
    return error


def test_an_unknown_host_and_a_bad_certificate_are_not_tried_again() -> None:
    assert not is_transient(transport_error(socket.gaierror(socket.EAI_NONAME, "unknown")))
    assert not is_transient(transport_error(ssl.SSLCertVerificationError("self-signed")))
    assert is_transient(transport_error(socket.gaierror(socket.EAI_AGAIN, "try again")))
    assert is_transient(transport_error(ConnectionResetError()))


def test_a_cause_counts_also_where_it_was_not_named_as_one() -> None:
    error = TransportError("GET", "/", 1, "reason", "host")
    error.__cause__ = httpcore.ConnectError("failed")
    error.__cause__.__context__ = ssl.SSLCertVerificationError("self-signed")
    assert not is_transient(error)


def test_what_is_said_of_a_malformed_header_does_not_quote_it() -> None:
    call = Call(httpx.Request("GET", "http://host.example/x"), RetryPolicy(), FakeClock())
    error = call.error(httpcore.LocalProtocolError("Illegal header value b'Signature keyId=…'"))
    assert "the request is not HTTP" in str(error)
    assert "Signature" not in str(error)


def test_a_call_whose_turn_comes_too_late_fails_with_its_own_429_or_a_copy_of_the_last() -> None:
    clock = FakeClock()
    call = Call(httpx.Request("GET", "http://host.example/x"), RetryPolicy(), clock)
    last, own = (
        TooManyRequestsError(429, "TooManyRequests", "later", None, "GET", path, attempts=3)
        for path in ("/another", "/x")
    )
    copied = call.refused(last)
    assert (copied.path, copied.attempts, last.path, last.attempts) == ("/x", 0, "/another", 3)
    call.seconds_to_retry(own, Throttle(clock))
    assert call.refused(last) is own


def test_retries_are_logged_for_those_who_ask(
    drain: Drain, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "aidp_workbench")
    with ScriptedServer(answer(503, "busy"), page("a")) as server:
        drain(server.base_url)
    (record,) = (record for record in caplog.records if record.name == "aidp_workbench")
    assert record.getMessage().startswith("attempt 1 of 3 failed, next in 0.0 s: GET /2026")
    assert "503: busy" in record.getMessage()


def test_nothing_is_printed_and_nothing_secret_is_logged(
    drain: Drain, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with ScriptedServer(answer(503), page("a")) as server:
        drain(server.base_url)
    signatures = [request.headers["authorization"] for request in server.requests]
    assert len(signatures) == 2
    for signature in signatures:
        assert signature.partition('signature="')[2][:40] not in caplog.text
    assert capfd.readouterr() == ("", "")


class Trickle:
    """A server that keeps sending a byte now and then."""

    def __init__(self, start: bytes, again: bytes) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start, self._again = start, again
        self._stop = threading.Event()
        self.connections: list[socket.socket] = []
        self.was_left = threading.Event()  # once the client has closed a connection

    def _accept(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(OSError):
                connection = self._listener.accept()[0]
                self.connections.append(connection)
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(65536)
            connection.sendall(self._start)
            while not self._stop.wait(0.02):
                connection.sendall(self._again)
            return
        self.was_left.set()

    def __enter__(self) -> Trickle:
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


def get(url: str, config_file: Path, way: str, read_timeout: float) -> None:
    policy = RetryPolicy(timeout=0, wait_initial=0.001)
    transport = WorkbenchTransport(OciAuth(config_file=config_file), policy)
    timeout = httpx.Timeout(60, read=read_timeout)

    async def async_get() -> None:
        async with httpx.AsyncClient(transport=transport, timeout=timeout) as client:
            await client.get(url)

    if way == "async":
        asyncio.run(async_get())
    else:
        with httpx.Client(transport=transport, timeout=timeout) as client:
            client.get(url)


@pytest.mark.parametrize(
    ("way", "start", "again"),
    [
        ("sync", HEAD + b"content-length: 1000000\r\n\r\n", b" "),
        ("async", HEAD + b"content-length: 1000000\r\n\r\n", b" "),
        ("sync", HEAD + b"transfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        ("sync", HEAD, b"x"),
        ("async", HEAD, b"x"),
        ("sync", b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        ("async", b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    ],
    ids=[
        "body",
        "body, async",
        "chunks",
        "headers",
        "headers, async",
        "1xx",
        "1xx, async",
    ],
)
def test_an_answer_that_trickles_in_for_ever_is_given_up_when_the_total_time_is_over(
    config_file: Path, way: str, start: bytes, again: bytes
) -> None:
    with (
        Trickle(start, again) as server,
        pytest.raises(TransportError, match="ReadTimeout") as caught,
    ):
        get(server.base_url, config_file, way, read_timeout=0.3)
    assert caught.value.attempts == 1


def test_an_answer_that_comes_slowly_but_in_time_is_whole(config_file: Path) -> None:
    def slow(received: Received) -> bytes:
        time.sleep(0.1)
        return answer(200, {"items": []})

    with ScriptedServer(slow) as server:
        for way in ("sync", "async"):
            get(server.base_url, config_file, way, read_timeout=60)


class TestCancellation:
    """Stops at once, and leaves no connection behind."""

    def cancelled(self, url: str, config_file: Path, arrived: threading.Event) -> None:
        async def call() -> None:
            transport = WorkbenchTransport(OciAuth(config_file=config_file), RetryPolicy())
            async with httpx.AsyncClient(transport=transport) as client:
                call = asyncio.create_task(client.get(url))
                assert await asyncio.to_thread(arrived.wait, 60)
                await asyncio.sleep(0.05)
                call.cancel()
                await asyncio.wait_for(asyncio.gather(call, return_exceptions=True), 60)
                assert call.cancelled()

        asyncio.run(call())

    def test_while_it_waits_for_the_next_attempt(self, config_file: Path) -> None:
        arrived = threading.Event()

        def busy(received: Received) -> bytes:
            arrived.set()
            return answer(503)

        with ScriptedServer(busy) as server:
            self.cancelled(server.base_url, config_file, arrived)
        assert len(server.requests) == 1

    @pytest.mark.parametrize("start", [b"", HEAD + b"content-length: 1000000\r\n\r\n"])
    def test_while_it_waits_for_an_answer(self, config_file: Path, start: bytes) -> None:
        arrived = threading.Event()
        with Trickle(start, b" ") as server:
            answer_it = server._answer

            def answer_and_notify(connection: socket.socket) -> None:
                arrived.set()
                answer_it(connection)

            server._answer = answer_and_notify  # type: ignore[method-assign]
            self.cancelled(server.base_url, config_file, arrived)
            assert server.was_left.wait(30)
            assert len(server.connections) == 1


def test_ctrl_c_ends_a_wait_at_once(config_file: Path) -> None:
    script = (
        "import logging, sys, httpx; from aidp_workbench import connect;"
        "logging.basicConfig(level=logging.INFO);"
        "client = connect(base_url=sys.argv[1], config_file=sys.argv[2]).get_httpx_client();"
        "client.get('/x')"
    )
    with ScriptedServer(answer(503, retry_after="300")) as server:
        command = [sys.executable, "-c", script, server.base_url, str(config_file)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            while "next in 300" not in process.stderr.readline():
                pass
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in stderr
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"attempts": 0}, "attempts must be a whole number from 1 on, not 0"),
        ({"attempts": 1.5}, "attempts must be a whole number from 1 on, not 1.5"),
        ({"timeout": -1}, "timeout must be a number of seconds from 0 on, not -1"),
        ({"timeout": float("nan")}, "timeout must be a number of seconds from 0 on, not nan"),
        ({"wait_initial": None}, "wait_initial must be a number of seconds from 0 on, not None"),
        ({"wait_max": "30"}, "wait_max must be a number of seconds from 0 on, not '30'"),
    ],
    ids=str,
)
def test_an_invalid_policy_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{message}$"):
        RetryPolicy(**wrong)


def test_every_error_is_a_workbench_error() -> None:
    from aidp_workbench import errors

    found = (value for value in vars(errors).values() if isinstance(value, type))
    classes = [kind for kind in found if issubclass(kind, BaseException)]
    assert len(classes) > 10
    assert all(issubclass(kind, WorkbenchError) for kind in classes)
