"""Many listings at the same time."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import Counter
from contextlib import aclosing, closing
from enum import Enum
from itertools import count
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
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Color(str, Enum):  # noqa: UP042  # its text is Color.RED, as before Python 3.11
    RED = "red"


WHERE: dict[str, Any] = {name: KEYS[name] for name in ("ai_data_platform_id", "workspace_key")}

Found = list[tuple[str, "Page[Any] | WorkbenchError"]]


def arguments_of(received: Received) -> tuple[str, int]:
    """Requested job run key and page number."""
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


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_a_retry_after_beyond_the_timeout_does_not_stop_the_others(
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
        (None, {}),
        (5, {}),
        (["a"], {"limit": 0}),
        (["a"], {"concurrency": 0}),
        (["a"], {"concurrency": 2.5}),
        (["a"], {"concurrency": True}),
    ],
)
def test_invalid_arguments_are_refused_before_anything_is_sent(
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


def test_keys_are_taken_from_an_iterator_as_their_listings_start(config_file: Path) -> None:
    taken: list[str] = []

    def endless() -> Iterator[str]:
        for number in count():
            taken.append(f"k{number}")
            yield taken[-1]

    async def first_five(url: str) -> list[str]:
        async with connect(base_url=url, config_file=config_file) as client:
            found = apaginate_many(list_task_runs, "job_run_key", endless(), client=client, **WHERE)
            async with aclosing(found):
                return [(await anext(found))[0] for _ in range(5)]

    with ScriptedServer(three_pages) as server:
        with connect(base_url=server.base_url, config_file=config_file) as client:
            found = paginate_many(
                list_task_runs, "job_run_key", endless(), client=client, concurrency=3, **WHERE
            )
            with closing(found):
                assert taken == []
                assert next(found)[0] in taken
                assert len(taken) == 3
        taken.clear()
        assert set(asyncio.run(first_five(server.base_url))) <= set(taken)
    assert len(taken) <= 40


def test_an_invalid_key_of_an_iterator_is_its_error_in_place_of_a_page(
    list_many: Callable[..., Found],
) -> None:
    keys: list[Any] = ["a", b"b", None, "", True, 5, ["c"], Color.RED, "d"]
    with ScriptedServer(three_pages) as server:
        found = list_many(server.base_url, iter(keys))
    errors = [one for key, one in found if key not in ("a", "d")]
    assert len(errors) == 7
    assert {type(error) for error in errors} == {ArgumentError}
    assert set(names([one for one in found if one[0] in ("a", "d")])) == {"a", "d"}
    assert len(server.requests) == 6


@pytest.mark.parametrize("wrong", [b"b", None, True, 5, ["c"], "", " "])
def test_an_invalid_key_of_a_list_is_refused_before_anything_is_sent(
    list_many: Callable[..., Found], wrong: Any
) -> None:
    with (
        ScriptedServer(three_pages) as server,
        pytest.raises(ArgumentError, match="job_run_key must"),
    ):
        list_many(server.base_url, ["a"] * 1000 + [wrong])
    assert server.requests == []


def test_the_error_of_a_key_source_is_raised_after_the_pages_that_came(config_file: Path) -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise OSError("the queue is gone")

    with (
        ScriptedServer(page("a")) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        found = paginate_many(
            list_task_runs, "job_run_key", broken(), client=client, concurrency=1, **WHERE
        )
        assert next(found)[0] == "a"
        with pytest.raises(OSError, match="the queue is gone"):
            next(found)


def test_a_cancelled_task_fails_only_its_own_listing(config_file: Path) -> None:
    async def cancel_one(url: str) -> Found:
        async with connect(base_url=url, config_file=config_file) as client:
            found = apaginate_many(
                list_task_runs, "job_run_key", ["a", "b"], client=client, concurrency=2, **WHERE
            )
            first = asyncio.ensure_future(anext(found))
            while len(tasks := asyncio.all_tasks() - {asyncio.current_task(), first}) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0)
            tasks.pop().cancel()
            return [await first, *[one async for one in found]]

    with ScriptedServer(three_pages) as server:
        listings = asyncio.run(cancel_one(server.base_url))
    (error,) = [one for _, one in listings if not isinstance(one, Page)]
    assert isinstance(error, WorkbenchError)
    assert len(listings) == 4
