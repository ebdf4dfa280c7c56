"""While a slow caller is busy with a page, the next one is fetched."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from concurrent.futures import CancelledError
from contextlib import aclosing, closing
from contextvars import copy_context
from typing import TYPE_CHECKING

import pytest
from aidp_workbench import NotFoundError, Page, RetryPolicy, apages, apaginate, connect, pages
from aidp_workbench.listing.prefetch import Background, start_task
from aidp_workbench.transport.cancellation import cancelled
from aidp_workbench.transport.clock import Clock
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conftest import IMPATIENT, KEYS, Retries
from tests.scripted_server import Received, ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aidp_workbench_api import Client
    from aidp_workbench_api.models import TaskRunSummary


def number(received: Received) -> int:
    token = re.findall(r"[?&]page=([^&]*)", received.target)
    return int(token[0]) if token else 0


class Pages:
    """Ten pages; reports when each is requested."""

    def __init__(self) -> None:
        self.asked = [threading.Event() for _ in range(10)]

    def __call__(self, received: Received) -> bytes:
        here = number(received)
        self.asked[here].set()
        return page(str(here), token=str(here + 1)) if here < 9 else page("9")


def client_of(server: ScriptedServer, config_file: Path, retry: RetryPolicy = IMPATIENT) -> Client:
    return connect(base_url=server.base_url, config_file=config_file, retry=retry)


def test_the_third_page_comes_while_the_caller_has_the_second(config_file: Path) -> None:
    ten = Pages()
    with ScriptedServer(ten) as server, client_of(server, config_file) as client:
        with closing(pages(list_task_runs, client=client, **KEYS)) as found:
            next(found)
            assert not ten.asked[1].wait(0.2)
            next(found)
            assert ten.asked[2].wait(60)
            assert not ten.asked[3].wait(0.2)
            assert [run.items[0].name for run in found] == [str(n) for n in range(2, 10)]
        assert len(server.requests) == 10


def test_the_third_page_comes_while_the_async_caller_has_the_second(config_file: Path) -> None:
    async def look() -> list[object]:
        async with (
            client_of(server, config_file) as client,
            aclosing(apages(list_task_runs, client=client, **KEYS)) as found,
        ):
            await anext(found)
            assert not await asyncio.to_thread(ten.asked[1].wait, 0.2)
            await anext(found)
            assert await asyncio.to_thread(ten.asked[2].wait, 60)
            assert not await asyncio.to_thread(ten.asked[3].wait, 0.2)
            return [one.items[0].name async for one in found]

    ten = Pages()
    with ScriptedServer(ten) as server:
        assert asyncio.run(look()) == [str(n) for n in range(2, 10)]
        assert len(server.requests) == 10


def test_after_the_last_page_nothing_more_is_requested(config_file: Path) -> None:
    with ScriptedServer(Pages()) as server, client_of(server, config_file) as client:
        found = pages(list_task_runs, client=client, **KEYS)
        assert [unhurried(found) for _ in range(10)] == [str(n) for n in range(10)]
        time.sleep(0.1)  # for an eleventh request, which must not come
        assert list(found) == []
        assert [number(one) for one in server.requests] == list(range(10))


def test_after_the_last_page_nothing_more_is_requested_for_an_async_caller(
    config_file: Path,
) -> None:
    async def look() -> None:
        async with client_of(server, config_file) as client:
            found = apages(list_task_runs, client=client, **KEYS)
            for here in range(10):
                assert (await anext(found)).items[0].name == str(here)
                await asyncio.sleep(0.02)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert [one async for one in found] == []

    with ScriptedServer(Pages()) as server:
        asyncio.run(look())
        assert [number(one) for one in server.requests] == list(range(10))


def unhurried(found: Iterator[Page[TaskRunSummary]]) -> object:
    name = next(found).items[0].name
    time.sleep(0.02)
    return name


def fail_at_3(received: Received) -> bytes:
    here = number(received)
    return answer(404) if here == 3 else page(str(here), token=str(here + 1))


def test_an_error_is_raised_where_the_caller_meets_it(config_file: Path) -> None:
    with ScriptedServer(fail_at_3) as server, client_of(server, config_file) as client:
        found = pages(list_task_runs, client=client, **KEYS)
        assert [unhurried(found) for _ in range(3)] == ["0", "1", "2"]
        with pytest.raises(NotFoundError) as caught:
            next(found)
    error = caught.value
    assert (error.resume_page, error.pages_before, error.items_before) == ("3", 3, 3)


def test_an_error_is_raised_where_the_async_caller_meets_it(config_file: Path) -> None:
    async def look() -> None:
        async with client_of(server, config_file) as client:
            found = apages(list_task_runs, client=client, **KEYS)
            for name in "012":
                assert (await anext(found)).items[0].name == name
                await asyncio.sleep(0.05)
            with pytest.raises(NotFoundError) as caught:
                await anext(found)
            assert (caught.value.resume_page, caught.value.pages_before) == ("3", 3)

    with ScriptedServer(fail_at_3) as server:
        asyncio.run(look())


class BusyAtTwo(Pages):
    def __call__(self, received: Received) -> bytes:
        if number(received) == 2:
            self.asked[2].set()
            return answer(503)
        return super().__call__(received)


# Who is not stopped waits for longer than a test may take.
PATIENT = RetryPolicy(wait_initial=30)


@pytest.mark.parametrize("when", ["during an attempt", "between attempts"])
def test_a_caller_who_leaves_ends_the_attempts_for_the_next_page(
    config_file: Path, retries: Retries, when: str
) -> None:
    busy = BusyAtTwo()
    before = set(threading.enumerate())
    with ScriptedServer(busy) as server, client_of(server, config_file, PATIENT) as client:
        with closing(pages(list_task_runs, client=client, **KEYS)) as found:
            next(found)
            time.sleep(0.02)
            next(found)
            assert (busy.asked[2] if when == "during an attempt" else retries).wait()
        ours = {one for one in threading.enumerate() if "serve_forever" not in one.name} - before
        for thread in ours:
            thread.join(20)
            assert not thread.is_alive()
        assert len(server.requests) == 3


def test_an_async_caller_who_leaves_ends_the_attempts_for_the_next_page(
    config_file: Path, retries: Retries
) -> None:
    async def look() -> None:
        async with client_of(server, config_file, PATIENT) as client:
            async with aclosing(apages(list_task_runs, client=client, **KEYS)) as found:
                await anext(found)
                await asyncio.sleep(0.02)
                await anext(found)
                assert await asyncio.to_thread(retries.wait)
            assert len(asyncio.all_tasks()) == 1

    busy = BusyAtTwo()
    with ScriptedServer(busy) as server:
        asyncio.run(look())
        assert len(server.requests) == 3


def test_a_fetch_in_the_background_keeps_no_program_running() -> None:
    assert Background(lambda: threading.current_thread().daemon).result(60)


class Woken(threading.Event):
    """An event that is set while somebody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        self.set()
        return True


def test_a_pause_ends_when_the_call_is_cancelled() -> None:
    event = Woken()

    def pause() -> None:
        cancelled.set(event)
        Clock().sleep(3600)

    with pytest.raises(CancelledError):
        copy_context().run(pause)
    assert event.waits == [3600]


def test_a_pause_lasts_as_long_as_asked() -> None:
    before = time.monotonic()
    Clock().sleep(0.01)
    assert time.monotonic() - before >= 0.01


def test_a_fast_caller_gets_no_thread(config_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        """Does not advance."""

        @staticmethod
        def perf_counter() -> float:
            return 0.0

    monkeypatch.setattr("aidp_workbench.listing.pagination.time", Stopped)
    monkeypatch.setattr("aidp_workbench.listing.pagination.Background", None)
    with ScriptedServer(Pages()) as server, client_of(server, config_file) as client:
        found = pages(list_task_runs, client=client, **KEYS)
        assert [one.items[0].name for one in found] == [str(n) for n in range(10)]


def test_under_trio_pages_come_one_by_one(config_file: Path) -> None:
    trio = pytest.importorskip("trio")

    async def look() -> list[object]:
        async with client_of(server, config_file) as client:
            found = apages(list_task_runs, client=client, **KEYS)
            return [one.items[0].name async for one in found]

    with ScriptedServer(Pages()) as server:
        assert trio.run(look) == [str(n) for n in range(10)]


def test_under_trio_no_page_is_fetched_in_the_background() -> None:
    trio = pytest.importorskip("trio")

    async def fetch() -> None: ...

    async def look() -> object:
        return start_task(fetch)

    assert trio.run(look) is None


def test_a_listing_that_is_left_under_trio_closes_its_pages(config_file: Path) -> None:
    trio = pytest.importorskip("trio")

    async def look() -> object:
        async with (
            client_of(server, config_file) as client,
            aclosing(apaginate(list_task_runs, client=client, **KEYS)) as runs,
        ):
            return (await anext(runs)).key

    with ScriptedServer(Pages()) as server:
        assert trio.run(look) == "0"  # trio warns of generators that are left open
