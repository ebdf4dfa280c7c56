"""Connections are kept for the next request, and never used when that could go wrong."""

from __future__ import annotations

import asyncio
import gc
import math
import socket
import ssl
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpcore
import httpx
import pytest
from aidp_workbench import (
    ClientClosedError,
    OciAuth,
    ResponseError,
    RetryPolicy,
    TooManyRequestsError,
    TransportError,
    apaginate,
    connect,
    paginate,
)
from aidp_workbench.transport.clock import Clock
from aidp_workbench.transport.connections import AsyncConnection, Connection, ConnectionOptions
from aidp_workbench.transport.exchange import exchange
from aidp_workbench.transport.pools import MAX_CONNECTIONS, ConnectionPool
from aidp_workbench.transport.transport import WorkbenchTransport
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conftest import KEYS
from tests.fake_clock import FakeClock
from tests.keep_alive_server import KeepAliveServer, echo, keep_alive
from tests.scripted_server import HANG_UP, Received, ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aidp_workbench_api import Client

ONCE = RetryPolicy(attempts=1)
Lister = Any  # keys of task runs, by the requested job run key


@pytest.fixture(params=["sync", "async"])
def listing(request: pytest.FixtureRequest, config_file: Path) -> Callable[..., list[Any]]:
    """Lists several job runs in turn with one client; `between` runs before each but the first."""

    def listed(
        url: str, *keys: str, between: Callable[[], object] = lambda: None, **options: Any
    ) -> list[Any]:
        options = {"retry": ONCE, **options}
        client = connect(base_url=url, config_file=config_file, **options)
        found = []
        if request.param == "sync":
            with client:
                for number, key in enumerate(keys):
                    if number:
                        between()
                    found += [run.key for run in paginate(list_task_runs, **of(client, key))]
            return found

        async def main() -> None:
            async with client:
                for number, key in enumerate(keys):
                    if number:
                        between()
                    async for run in apaginate(list_task_runs, **of(client, key)):
                        found.append(run.key)

        asyncio.run(main())
        return found

    return listed


def of(client: Client, key: str) -> dict[str, Any]:
    return {**KEYS, "client": client, "job_run_key": key}


def test_a_connection_is_kept_for_the_next_request(listing: Lister) -> None:
    with KeepAliveServer() as server:
        assert listing(server.base_url, "a", "b", "c") == ["a", "b", "c"]
    assert len(server.connections) == 1


def test_an_idle_connection_that_the_server_ended_is_closed(listing: Lister) -> None:
    def end_or_check() -> None:
        if len(server.connections) == 1:
            server.connections[0].shutdown(socket.SHUT_WR)
        else:
            server.threads[0].join(30)  # until the client has closed its end
            assert not server.threads[0].is_alive()

    with KeepAliveServer() as server:
        assert listing(server.base_url, "a", "b", "c", between=end_or_check) == ["a", "b", "c"]
    assert len(server.connections) == 2


@pytest.mark.parametrize("how", ["closed", "reset"])
def test_an_idle_connection_that_the_server_ended_is_replaced_at_once(
    listing: Lister, how: str
) -> None:
    def end() -> None:
        connection = server.connections[-1]
        if how == "reset":
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        connection.shutdown(socket.SHUT_RD)
        server.threads[-1].join(60)

    with KeepAliveServer() as server:
        assert listing(server.base_url, "a", "b", "c", between=end) == ["a", "b", "c"]
    assert len(server.connections) == 3


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_connection_whose_response_is_refused_is_closed_at_once(
    config_file: Path, *, asynchronous: bool
) -> None:
    with KeepAliveServer() as server:
        client = connect(base_url=server.base_url, config_file=config_file, max_response_size=10)

        async def call_and_check() -> None:
            async with client:
                with pytest.raises(ResponseError) as kept:  # with the frames of the exchange
                    await list_task_runs.asyncio_detailed(**of(client, "a"))
                check(kept.value)

        def check(error: Exception) -> None:
            server.threads[0].join(30)  # until the client has closed its end
            assert not server.threads[0].is_alive()
            assert error.__traceback__

        if asynchronous:
            asyncio.run(call_and_check())
        else:
            with client:
                with pytest.raises(ResponseError) as kept:
                    list_task_runs.sync_detailed(**of(client, "a"))
                check(kept.value)


def test_a_connection_whose_exchange_is_interrupted_is_closed_at_once() -> None:
    kept: list[Connection] = []

    def interrupt() -> None:
        with pool.connection() as connection:
            kept.append(connection)
            exchange(connection, httpx.Request("GET", url), math.inf, 1000)
            raise InterruptedError

    with KeepAliveServer() as server:
        url = httpx.URL(f"{server.base_url}/?jobRunKey=a")
        options = ConnectionOptions(ssl.create_default_context(), None, Clock())
        origin = httpcore.Origin(url.raw_scheme, url.raw_host, url.port or 0)
        pool = ConnectionPool(lambda: Connection(origin, options))
        with pytest.raises(InterruptedError):
            interrupt()
        server.threads[0].join(30)  # until the client has closed its end
        assert not server.threads[0].is_alive()
    assert len(kept) == 1


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_client_forgets_connections_that_cannot_be_used_again(
    config_file: Path, *, asynchronous: bool
) -> None:
    def connections() -> list[object]:
        gc.collect()
        kinds = (Connection, AsyncConnection)
        return [one for one in gc.get_objects() if type(one) in kinds]

    async def call_twice() -> int:
        async with client:
            with pytest.raises(TransportError):
                await list_task_runs.asyncio_detailed(**of(client, "a"))
            await list_task_runs.asyncio_detailed(**of(client, "a"))
            return len(connections())

    before = connections()  # of other tests

    with ScriptedServer(HANG_UP, page("a")) as server:  # the second has `connection: close`
        client = connect(base_url=server.base_url, config_file=config_file, retry=ONCE)
        if asynchronous:
            assert asyncio.run(call_twice()) == len(before)
        else:
            with client:
                with pytest.raises(TransportError):
                    list_task_runs.sync_detailed(**of(client, "a"))
                list_task_runs.sync_detailed(**of(client, "a"))
                assert len(connections()) == len(before)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_the_oldest_idle_connection_is_closed_once_the_server_ended_it(
    config_file: Path, *, asynchronous: bool
) -> None:
    arrived, over = threading.Event(), threading.Event()

    def slow_first(query: dict[str, str]) -> bytes:
        if query["jobRunKey"] == "a":
            arrived.set()
            over.wait(60)
        return echo(query)

    def end() -> None:
        server.connections[1].shutdown(socket.SHUT_WR)  # it was idle before the other one

    def check() -> None:
        server.threads[1].join(30)  # until the client has closed its end
        assert not server.threads[1].is_alive()

    async def call_all() -> None:
        async with client:
            call = asyncio.ensure_future(list_task_runs.asyncio_detailed(**of(client, "a")))
            await asyncio.to_thread(arrived.wait, 60)
            await list_task_runs.asyncio_detailed(**of(client, "b"))
            over.set()
            await call
            end()
            await list_task_runs.asyncio_detailed(**of(client, "c"))
            check()

    with KeepAliveServer(slow_first) as server:
        client = connect(base_url=server.base_url, config_file=config_file)
        if asynchronous:
            asyncio.run(call_all())
        else:
            with client, ThreadPoolExecutor(1) as pool:
                first = pool.submit(list_task_runs.sync_detailed, **of(client, "a"))
                arrived.wait(60)
                list_task_runs.sync_detailed(**of(client, "b"))
                over.set()
                first.result()
                end()
                list_task_runs.sync_detailed(**of(client, "c"))
                check()
    assert len(server.connections) == 2


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_post_is_sent_on_a_new_connection_if_the_idle_one_has_ended(
    config_file: Path, *, asynchronous: bool
) -> None:
    transport = WorkbenchTransport(OciAuth(config_file=config_file), ONCE)

    def end() -> None:
        server.connections[0].shutdown(socket.SHUT_WR)

    async def get_and_post(url: str) -> None:
        async with httpx.AsyncClient(transport=transport) as client:
            await client.get(url)
            end()
            await client.post(url)

    with KeepAliveServer() as server:
        url = f"{server.base_url}/?jobRunKey=a"
        if asynchronous:
            asyncio.run(get_and_post(url))
        else:
            with httpx.Client(transport=transport) as client:
                client.get(url)
                end()
                client.post(url)
    assert server.requests == 2


def test_a_response_that_is_cut_on_a_kept_connection_is_a_failed_attempt(listing: Lister) -> None:
    def whole_then_cut(query: dict[str, str]) -> bytes | None:
        if query["jobRunKey"] == "a":
            return echo(query)
        server.connections[0].sendall(echo(query)[:-1])
        return None

    with KeepAliveServer(whole_then_cut) as server, pytest.raises(TransportError) as caught:
        listing(server.base_url, "a", "b")
    assert caught.value.attempts == 1
    assert server.requests == 2


def test_a_connection_that_is_closed_when_the_next_request_arrives_is_replaced_at_once(
    listing: Lister,
) -> None:
    answers = iter([echo, None, echo, None, echo])

    def answer_or_close(query: dict[str, str]) -> bytes | None:
        chosen = next(answers)
        return chosen(query) if chosen else None

    with KeepAliveServer(answer_or_close) as server:
        assert listing(server.base_url, "a", "b", "c") == ["a", "b", "c"]


def test_a_new_connection_that_is_closed_without_an_answer_is_a_failed_attempt(
    listing: Lister,
) -> None:
    with KeepAliveServer(lambda _: None) as server, pytest.raises(TransportError) as caught:
        listing(server.base_url, "a")
    assert caught.value.attempts == server.requests == 1


@pytest.mark.parametrize(("token", "requests"), [({}, 2), ({"opc-retry-token": "token"}, 3)])
def test_a_post_is_sent_again_on_a_new_connection_only_with_a_retry_token(
    config_file: Path, token: dict[str, str], requests: int
) -> None:
    answers = iter([echo, None, echo])

    def answer_or_close(query: dict[str, str]) -> bytes | None:
        chosen = next(answers)
        return chosen(query) if chosen else None

    transport = WorkbenchTransport(OciAuth(config_file=config_file), ONCE)
    with (
        KeepAliveServer(answer_or_close) as server,
        httpx.Client(transport=transport, base_url=server.base_url) as client,
    ):
        client.get("/?jobRunKey=a")
        try:
            client.post("/?jobRunKey=b", headers=token)
        except TransportError:
            assert not token
        else:
            assert token
    assert server.requests == requests


def test_successes_after_a_429_end_the_gaps_between_requests(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    monkeypatch.setattr("aidp_workbench.transport.transport.Clock", lambda: clock)
    busy = answer(429, {"code": "TooManyRequests", "message": "slow down"}, retry_after="1")
    with (
        ScriptedServer(busy, answer(200, {"items": []})) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        for _ in range(60):
            before = len(clock.sleeps)
            assert list(paginate(list_task_runs, **of(client, "a"))) == []
        assert len(clock.sleeps) == before
    assert len(server.requests) == 61


def test_what_comes_behind_an_answer_is_not_taken_for_the_next(listing: Lister) -> None:
    def twice(query: dict[str, str]) -> bytes:
        return echo(query) + keep_alive({"items": [{"key": "of another request"}]})

    with KeepAliveServer(twice) as server:
        assert listing(server.base_url, "a", "b", "c") == ["a", "b", "c"]


def test_cookies_are_neither_kept_nor_sent(listing: Lister) -> None:
    def with_cookie(received: Received) -> bytes:
        assert "cookie" not in received.headers
        return answer(200, {"items": []}, set_cookie="a=b; Path=/")

    with ScriptedServer(with_cookie) as server:
        assert listing(server.base_url, "a", "b") == []
    assert len(server.requests) == 2


def test_a_connection_error_names_the_host(listing: Lister) -> None:
    with ScriptedServer(HANG_UP) as server, pytest.raises(TransportError) as caught:
        listing(server.base_url, "a")
    host = server.base_url.removeprefix("http://")
    assert caught.value.host == host
    assert f"GET {host}/2026" in str(caught.value)


def test_more_tasks_than_connections_wait_without_losing_time_or_attempts(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = MAX_CONNECTIONS + 50
    together = threading.Semaphore(0)
    clock = FakeClock()
    monkeypatch.setattr("aidp_workbench.transport.transport.Clock", lambda: clock)
    refused: set[str] = set()

    def when_all_are_busy(query: dict[str, str]) -> bytes:
        if server.requests <= MAX_CONNECTIONS:
            if server.requests == MAX_CONNECTIONS:
                clock.time += 100
                together.release(MAX_CONNECTIONS)
            together.acquire(timeout=60)
        elif (key := query["jobRunKey"]) not in refused:
            refused.add(key)
            return keep_alive({}).replace(b"200 OK", b"503 Busy")
        return echo(query)

    async def main() -> list[list[Any]]:
        # Less time than the wait for a connection, which leaves none for a second attempt.
        retry = RetryPolicy(attempts=2, timeout=50, wait_initial=0)
        async with connect(
            base_url=server.base_url, config_file=config_file, retry=retry, timeout=1000
        ) as client:

            async def one(key: str) -> list[Any]:
                return [run.key async for run in apaginate(list_task_runs, **of(client, key))]

            return await asyncio.gather(*(one(f"{number}") for number in range(count)))

    with KeepAliveServer(when_all_are_busy) as server:
        assert asyncio.run(main()) == [[f"{number}"] for number in range(count)]
    assert len(server.connections) <= MAX_CONNECTIONS
    assert len(refused) == count - MAX_CONNECTIONS


class TestClose:
    def test_it_leaves_a_connection_alone_that_is_not_established(self) -> None:
        options = ConnectionOptions(ssl.create_default_context(), None, FakeClock())
        origin = httpcore.Origin(b"http", b"127.0.0.1", 9)
        pool = ConnectionPool(lambda: Connection(origin, options))
        with pool.connection() as connection:
            pool.close()
        assert connection.wire.stream is None

    def test_a_closed_client_says_so(self, config_file: Path) -> None:
        with KeepAliveServer() as server:
            client = connect(base_url=server.base_url, config_file=config_file)
            with client:
                pass
            with pytest.raises(ClientClosedError, match="connect"):
                list(paginate(list_task_runs, **of(client, "a")))
        assert server.requests == 0

    def test_after_it_nothing_is_sent_by_a_call_that_was_about_to_repeat(
        self, config_file: Path
    ) -> None:
        arrived, closed = threading.Event(), threading.Event()

        def busy(received: Received) -> bytes:
            arrived.set()
            assert closed.wait(60)
            return answer(503)

        errors: list[Exception] = []

        def call() -> None:
            try:
                list(paginate(list_task_runs, **of(client, "a")))
            except Exception as error:
                errors.append(error)

        with ScriptedServer(busy) as server:
            client = connect(base_url=server.base_url, config_file=config_file)
            with client:
                thread = threading.Thread(target=call)
                thread.start()
                assert arrived.wait(60)
            closed.set()
            thread.join(60)
        assert [type(error) for error in errors] == [ClientClosedError]
        assert len(server.requests) == 1

    @pytest.mark.parametrize("asynchronous", [False, True])
    def test_after_it_nothing_is_sent_by_a_call_that_waits_for_its_turn(
        self, config_file: Path, monkeypatch: pytest.MonkeyPatch, *, asynchronous: bool
    ) -> None:
        class ClosingClock(FakeClock):
            """Closes the client in the pause before the second request."""

            def sleep(self, seconds: float) -> None:
                client.get_httpx_client().close()
                super().sleep(seconds)

            async def asleep(self, seconds: float) -> None:
                await client.get_async_httpx_client().aclose()
                super().sleep(seconds)

        clock = ClosingClock()
        monkeypatch.setattr("aidp_workbench.transport.transport.Clock", lambda: clock)
        with KeepAliveServer() as server:
            client = connect(base_url=server.base_url, config_file=config_file, rate=1)

            async def call_twice() -> None:
                await list_task_runs.asyncio_detailed(**of(client, "a"))
                with pytest.raises(ClientClosedError):
                    await list_task_runs.asyncio_detailed(**of(client, "b"))

            if asynchronous:
                asyncio.run(call_twice())
            else:
                list_task_runs.sync_detailed(**of(client, "a"))
                with pytest.raises(ClientClosedError):
                    list_task_runs.sync_detailed(**of(client, "b"))
        assert server.requests == 1

    def test_it_ends_a_call_that_waits_for_an_answer(self, config_file: Path) -> None:
        arrived, over = threading.Event(), threading.Event()

        def silent(query: dict[str, str]) -> None:
            arrived.set()
            over.wait(60)

        async def main() -> None:
            async with connect(
                base_url=server.base_url, config_file=config_file, retry=ONCE
            ) as client:
                call = asyncio.ensure_future(list_task_runs.asyncio_detailed(**of(client, "a")))
                await asyncio.to_thread(arrived.wait, 60)
            with pytest.raises(ClientClosedError):
                await call

        with KeepAliveServer(silent) as server:
            asyncio.run(main())
            over.set()

    def test_it_ends_a_thread_that_waits_for_an_answer(self, config_file: Path) -> None:
        arrived, over = threading.Event(), threading.Event()
        errors: list[Exception] = []

        def silent(query: dict[str, str]) -> None:
            arrived.set()
            over.wait(60)

        def call() -> None:
            try:
                list_task_runs.sync_detailed(**of(client, "a"))
            except Exception as error:
                errors.append(error)

        with KeepAliveServer(silent) as server:
            client = connect(base_url=server.base_url, config_file=config_file, retry=ONCE)
            thread = threading.Thread(target=call)
            with client:
                thread.start()
                assert arrived.wait(60)
            thread.join(30)
            assert [type(error) for error in errors] == [ClientClosedError]
            over.set()


class TestEventLoops:
    def test_a_client_works_in_one_loop_after_the_other(self, config_file: Path) -> None:
        with KeepAliveServer() as server:
            client = connect(base_url=server.base_url, config_file=config_file, retry=ONCE)

            async def main(key: str) -> list[Any]:
                return [run.key async for run in apaginate(list_task_runs, **of(client, key))]

            for number in range(5):
                assert asyncio.run(main(f"{number}")) == [f"{number}"]
            # The connections of a loop are closed when it ends.
            assert len(server.connections) == 5
            for thread in server.threads:
                thread.join(60)
                assert not thread.is_alive()

    def test_a_client_works_in_several_loops_at_the_same_time(self, config_file: Path) -> None:
        with KeepAliveServer() as server:
            client = connect(base_url=server.base_url, config_file=config_file, retry=ONCE)
            found: list[bool] = []

            async def main(name: str) -> None:
                for number in range(20):
                    key = f"{name}/{number}"
                    runs = [run.key async for run in apaginate(list_task_runs, **of(client, key))]
                    found.append(runs == [key])

            threads = [
                threading.Thread(target=lambda name: asyncio.run(main(name)), args=(name,))
                for name in "abcd"
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert found == [True] * 80


class InterruptedClock(FakeClock):
    """Interrupts the first pause."""

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if len(self.sleeps) == 1:
            raise InterruptedError


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_call_that_was_interrupted_in_its_wait_holds_up_no_other(
    config_file: Path, monkeypatch: pytest.MonkeyPatch, *, asynchronous: bool
) -> None:
    clock = InterruptedClock()
    monkeypatch.setattr("aidp_workbench.transport.transport.Clock", lambda: clock)
    busy = answer(429, {"code": "TooManyRequests", "message": "slow down"}, retry_after="1")
    with ScriptedServer(busy, page("a")) as server:
        client = connect(base_url=server.base_url, config_file=config_file, retry=ONCE)

        def call() -> None:
            if asynchronous:
                asyncio.run(list_task_runs.asyncio_detailed(**of(client, "a")))
            else:
                list_task_runs.sync_detailed(**of(client, "a"))

        with pytest.raises(TooManyRequestsError):
            call()
        with pytest.raises(InterruptedError) as kept:  # with the frames of the call
            call()
        call()
    assert len(server.requests) == 2
    assert kept.value.__traceback__


def test_a_call_that_waits_behind_a_429_ends_in_time_with_the_429(config_file: Path) -> None:
    busy = answer(429, {"code": "TooManyRequests", "message": "slow down"}, retry_after="1")
    policy = RetryPolicy(timeout=1.5)
    lasted: list[float] = []

    async def main() -> list[BaseException | list[Any]]:
        async with connect(
            base_url=server.base_url, config_file=config_file, retry=policy, timeout=30
        ) as client:

            async def one(key: str) -> list[Any]:
                begin = time.monotonic()
                try:
                    return [run async for run in apaginate(list_task_runs, **of(client, key))]
                finally:
                    lasted.append(time.monotonic() - begin)

            calls = (one(f"{number}") for number in range(40))
            return await asyncio.gather(*calls, return_exceptions=True)

    with ScriptedServer(busy) as server:
        errors = asyncio.run(main())
    assert {str(getattr(error, "status", error)) for error in errors} == {"429"}
    # The promise: the policy's time and one read timeout.
    assert max(lasted) < 1.5 + 30
