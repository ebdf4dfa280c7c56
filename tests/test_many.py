"""Many listings at the same time."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import Counter
from contextlib import aclosing, closing
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import (
    ArgumentError,
    NotFoundError,
    Page,
    RetryPolicy,
    WorkbenchError,
    apaginate_many,
    connect,
    paginate_many,
)
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conftest import IMPATIENT, KEYS, Retries
from tests.scripted_server import Received, ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHERE = {name: KEYS[name] for name in ("ai_data_platform_id", "workspace_key")}

Found = list[tuple[str, "Page[Any] | WorkbenchError"]]


def arguments_of(received: Received) -> tuple[str, int]:
    """Job run key and page number that were asked for."""
    key = re.findall(r"jobRunKey=([^&]*)", received.target)[0]
    token = re.findall(r"[?&]page=([^&]*)", received.target)
    return key, int(token[0]) if token else 0


def three_pages(received: Received) -> bytes:
    key, number = arguments_of(received)
    name = f"{key}/{number}"
    return page(name, token=str(number + 1)) if number < 2 else page(name)


@pytest.fixture(params=["threads", "tasks"])
def list_many(request: pytest.FixtureRequest, config_file: Path) -> Callable[..., Found]:
    """All that the listings of these keys give, in both ways."""

    def in_threads(url: str, keys: Any, retry: RetryPolicy = IMPATIENT, **more: Any) -> Found:
        with connect(base_url=url, config_file=config_file, retry=retry) as client:
            by = more.pop("by", "job_run_key")
            where: dict[str, Any] = {**WHERE, **more, "client": client}
            return list(paginate_many(list_task_runs, by, keys, **where))

    def in_tasks(url: str, keys: Any, retry: RetryPolicy = IMPATIENT, **more: Any) -> Found:
        async def run() -> Found:
            async with connect(base_url=url, config_file=config_file, retry=retry) as client:
                by = more.pop("by", "job_run_key")
                where: dict[str, Any] = {**WHERE, **more, "client": client}
                found = apaginate_many(list_task_runs, by, keys, **where)
                return [one async for one in found]

        return asyncio.run(run())

    return in_threads if request.param == "threads" else in_tasks


def names(found: Found) -> dict[str, list[object]]:
    """Names of the task runs that were found, by key, in the order in which they came."""
    result: dict[str, list[object]] = {}
    for key, one in found:
        assert isinstance(one, Page)
        result.setdefault(key, []).extend(run.name for run in one.items)
    return result


def test_every_listing_is_whole_and_in_order(list_many: Callable[..., Found]) -> None:
    keys = [f"k{number}" for number in range(40)]
    with ScriptedServer(three_pages) as server:
        found = list_many(server.base_url, iter(keys))
    assert names(found) == {key: [f"{key}/{number}" for number in range(3)] for key in keys}
    assert len(server.requests) == 120


def test_no_more_listings_run_than_may(list_many: Callable[..., Found]) -> None:
    running, most, lock = Counter[str](), [0], threading.Lock()
    as_many_as_may = threading.Event()

    def count(received: Received) -> bytes:
        with lock:
            running["now"] += 1
            most[0] = max(most[0], running["now"])
            if most[0] == 3:
                as_many_as_may.set()
        assert as_many_as_may.wait(60)
        time.sleep(0.02)  # for a fourth, which must not come
        with lock:
            running["now"] -= 1
        return three_pages(received)

    with ScriptedServer(count) as server:
        list_many(server.base_url, [f"k{number}" for number in range(12)], concurrency=3)
    assert most == [3]


def test_a_listing_that_fails_does_not_lose_the_others(list_many: Callable[..., Found]) -> None:
    def fail(received: Received) -> bytes:
        return answer(404) if arguments_of(received) == ("bad", 1) else three_pages(received)

    with ScriptedServer(fail) as server:
        found = list_many(server.base_url, ["a", "bad", "b"])
    first, failed = (one for key, one in found if key == "bad")
    assert isinstance(first, Page)
    assert isinstance(failed, NotFoundError)
    assert (failed.resume_page, failed.pages_before, failed.items_before) == ("1", 1, 1)
    others = names([one for one in found if one[0] != "bad"])
    assert others == {key: [f"{key}/{number}" for number in range(3)] for key in "ab"}


def test_one_page_of_each_listing_is_fetched_before_the_caller_takes_it(config_file: Path) -> None:
    with (
        ScriptedServer(three_pages) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        found = paginate_many(
            list_task_runs, "job_run_key", list("abcd"),
            client=client, **WHERE,
        )  # fmt: skip
        with closing(found):
            assert server.requests == []
            next(found)
            end = time.monotonic() + 60
            while len(server.requests) < 5 and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(0.1)  # for a sixth, which must not come
            assert len(server.requests) == 5  # the first of each, and the next of the one taken


def test_when_the_service_says_429_all_wait(
    list_many: Callable[..., Found], retries: Retries
) -> None:
    times: list[float] = []

    def busy(received: Received) -> bytes:
        times.append(time.monotonic())
        if len(times) == 1:
            return answer(429, {"code": "TooManyRequests", "message": "slow"}, retry_after="1")
        if len(times) == 2:
            assert retries.wait()
        return three_pages(received)

    keys = [f"k{number}" for number in range(8)]
    with ScriptedServer(busy) as server:
        found = list_many(server.base_url, keys, concurrency=2)
    assert names(found) == {key: [f"{key}/{number}" for number in range(3)] for key in keys}
    in_the_pause = [one for one in times[1:] if one < times[0] + 0.9]
    assert len(in_the_pause) <= 1  # it was on its way when the other was refused


class Limited:
    """A service that takes 20 requests a second, and 5 at once."""

    def __init__(self) -> None:
        self.refused = 0
        self._lock = threading.Lock()
        self._free = 5.0
        self._then = time.monotonic()

    def __call__(self, received: Received) -> bytes:
        with self._lock:
            now = time.monotonic()
            self._free = min(5.0, self._free + 20 * (now - self._then))
            self._then = now
            if self._free >= 1:
                self._free -= 1
                return page("a")
            self.refused += 1
            return answer(429, {"code": "TooManyRequests", "message": "slow"}, retry_after="1")


def test_many_listings_find_the_rate_that_the_service_allows(
    list_many: Callable[..., Found],
) -> None:
    limited = Limited()
    with ScriptedServer(limited) as server:
        keys = [f"k{number}" for number in range(60)]
        found = list_many(server.base_url, keys, RetryPolicy(attempts=5))
    assert [one for _, one in found if not isinstance(one, Page)] == []
    assert len(found) == 60
    assert limited.refused < 60


def test_a_retry_after_that_nobody_can_wait_for_does_not_stop_the_others(
    list_many: Callable[..., Found],
) -> None:
    def refuse_one(received: Received) -> bytes:
        if arguments_of(received)[0] == "bad":
            return answer(429, retry_after="86400")
        return three_pages(received)

    with ScriptedServer(refuse_one) as server:
        found = list_many(server.base_url, ["bad", "a", "b"], concurrency=1)
    assert isinstance(found[0][1], WorkbenchError)
    assert len(names(found[1:])) == 2


@pytest.mark.parametrize(
    ("keys", "more"),
    [
        (["a", ""], {}),
        (["a", None], {}),
        ("abc", {}),
        (["a"], {"limit": 0}),
        (["a"], {"concurrency": 0}),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
    list_many: Callable[..., Found], keys: Any, more: dict[str, Any]
) -> None:
    with ScriptedServer(three_pages) as server, pytest.raises(ArgumentError):
        list_many(server.base_url, keys, **more)
    assert server.requests == []


def test_no_keys_are_no_listings(list_many: Callable[..., Found]) -> None:
    assert list_many("http://127.0.0.1:9", []) == []


def test_leaving_early_ends_all(config_file: Path) -> None:
    async def leave(url: str) -> None:
        async with connect(base_url=url, config_file=config_file) as client:
            keys = [f"k{number}" for number in range(50)]
            found = apaginate_many(list_task_runs, "job_run_key", keys, client=client, **WHERE)
            async with aclosing(found):
                await anext(found)
            assert len(asyncio.all_tasks()) == 1

    with ScriptedServer(three_pages) as server:
        asyncio.run(leave(server.base_url))
        assert len(server.requests) < 40


@pytest.mark.parametrize("by", ["job_run_kee", "client"])
def test_an_argument_that_is_missing_or_given_twice_is_a_type_error(
    list_many: Callable[..., Found], by: str
) -> None:
    with ScriptedServer(three_pages) as server, pytest.raises(TypeError, match=by):
        list_many(server.base_url, ["a"], by=by)
