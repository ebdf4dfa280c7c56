"""Ctrl-C, cancellation and abandoned generators: what comes later is right, and nothing is left."""

from __future__ import annotations

import asyncio
import gc
import random
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import RetryPolicy, apaginate, connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conftest import KEYS
from tests.keep_alive_server import KeepAliveServer, keep_alive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aidp_workbench_api import Client

ITEMS = 20


def pages(query: dict[str, str]) -> bytes:
    """Three pages whose items say which job run and page they belong to."""
    number = int(query.get("page", "0"))
    items = [{"key": f"{query['jobRunKey']}/{number}/{item}"} for item in range(ITEMS)]
    more = {"opc_next_page": f"{number + 1}"} if number < 2 else {}
    return keep_alive({"items": items}, **more)


def expected(key: str) -> list[str]:
    return [f"{key}/{number}/{item}" for number in range(3) for item in range(ITEMS)]


def listed(client: Client, key: str) -> list[Any]:
    arguments = {**KEYS, "job_run_key": key}
    return [run.key for run in paginate(list_task_runs, client=client, **arguments)]


@pytest.fixture
def interrupts() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def open_files() -> int:
    files = Path("/proc/self/fd")
    return len(list(files.iterdir())) if files.is_dir() else 0


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("interrupts")
def test_2000_interrupts_at_random_moments_spoil_no_later_listing(config_file: Path) -> None:
    chance = random.Random(7)
    interrupted = wrong = 0
    with KeepAliveServer(pages) as server:
        before = open_files(), threading.active_count()
        with connect(
            base_url=server.base_url, config_file=config_file, retry=RetryPolicy(attempts=2)
        ) as client:
            for number in range(100_000):
                if interrupted == 2000:
                    break
                try:
                    # Again every second: Python drops one that comes in a finalizer.
                    signal.setitimer(signal.ITIMER_REAL, 0.0005 + chance.random() * 0.01, 1)
                    while True:
                        wrong += listed(client, f"{number}") != expected(f"{number}")
                except KeyboardInterrupt:
                    interrupted += 1
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
            assert listed(client, "last") == expected("last")
        gc.collect()
        # The server, in this process too, has a thread and a file for each connection.
        for connection in server.connections:
            connection.close()
    assert (interrupted, wrong) == (2000, 0)
    assert open_files() <= before[0]


@pytest.mark.slow
def test_cancelled_tasks_spoil_no_later_listing(config_file: Path) -> None:
    chance = random.Random(7)

    async def one(client: Client, key: str) -> bool:
        arguments = {**KEYS, "job_run_key": key}
        found = [run.key async for run in apaginate(list_task_runs, client=client, **arguments)]
        return found == expected(key)

    async def main() -> None:
        cancelled = 0
        async with connect(base_url=server.base_url, config_file=config_file) as client:
            for number in range(200):
                task = asyncio.ensure_future(one(client, f"{number}"))
                await asyncio.sleep(chance.random() * 0.01)
                task.cancel()
                try:
                    assert await task
                except asyncio.CancelledError:
                    cancelled += 1
            assert await one(client, "last")
        assert cancelled > 50

    with KeepAliveServer(pages) as server:
        asyncio.run(main())


def test_a_listing_that_is_left_in_the_middle_spoils_no_later_one(config_file: Path) -> None:
    with (
        KeepAliveServer(pages) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        for number in range(50):
            arguments = {**KEYS, "job_run_key": f"{number}"}
            runs = paginate(list_task_runs, client=client, **arguments)
            assert next(runs).key == f"{number}/0/0"
            del runs
            assert listed(client, "whole") == expected("whole")


def test_an_error_of_the_caller_passes_through_unchanged(config_file: Path) -> None:
    with (
        KeepAliveServer(pages) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        with pytest.raises(KeyError, match="of the caller"):
            fail_at_the_first(client)
        assert listed(client, "whole") == expected("whole")


def fail_at_the_first(client: Client) -> None:
    for _ in paginate(list_task_runs, client=client, **KEYS):
        raise KeyError("of the caller")
