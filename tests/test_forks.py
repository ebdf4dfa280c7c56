"""After a fork, parent and child never read each other's answers."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import RetryPolicy, apaginate, connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conftest import KEYS
from tests.keep_alive_server import KeepAliveServer
from tests.test_tls import Authority

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from multiprocessing.queues import SimpleQueue
    from pathlib import Path

    from aidp_workbench_api import Client

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here"),
    # The server has threads, which is what newer Pythons warn of; the children do not use them.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]
CHILDREN, LISTINGS = 3, 8


@pytest.fixture(params=["http", "https"])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[KeepAliveServer]:
    tls: ssl.SSLContext | None = None
    if request.param == "https":
        authority = Authority(tmp_path)
        tls = authority.server("localhost")
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with KeepAliveServer(tls=tls) as server:
        yield server


def sync_keys(client: Client, key: str) -> list[Any]:
    arguments = {**KEYS, "job_run_key": key}
    return [run.key for run in paginate(list_task_runs, client=client, **arguments)]


async def awaited_keys(client: Client, key: str) -> list[Any]:
    arguments = {**KEYS, "job_run_key": key}
    return [run.key async for run in apaginate(list_task_runs, client=client, **arguments)]


def async_keys(client: Client, key: str) -> list[Any]:
    return asyncio.run(awaited_keys(client, key))


@pytest.mark.parametrize("listed", [sync_keys, async_keys])
def test_children_and_parent_get_their_own_answers(
    server: KeepAliveServer, config_file: Path, listed: Callable[[Client, str], list[Any]]
) -> None:
    retry = RetryPolicy(attempts=1)
    client = connect(base_url=server.base_url, config_file=config_file, retry=retry)
    assert listed(client, "parent") == ["parent"]
    context = multiprocessing.get_context("fork")
    results: SimpleQueue[int] = context.SimpleQueue()

    def child(name: str) -> None:
        keys = [f"{name}/{number}" for number in range(LISTINGS)]
        results.put(sum(listed(client, key) == [key] for key in keys))

    children = [context.Process(target=child, args=(f"{number}",)) for number in range(CHILDREN)]
    for process in children:
        process.start()
    for number in range(LISTINGS):
        assert listed(client, f"parent/{number}") == [f"parent/{number}"]
    for process in children:
        process.join()
    assert [results.get() for _ in children] == [LISTINGS] * CHILDREN


def test_the_connection_of_the_parent_outlives_a_child_that_closes_its_client(
    server: KeepAliveServer, config_file: Path
) -> None:
    with connect(base_url=server.base_url, config_file=config_file) as client:
        assert sync_keys(client, "before") == ["before"]

        def child() -> None:
            assert sync_keys(client, "child") == ["child"]
            client.get_httpx_client().close()

        process = multiprocessing.get_context("fork").Process(target=child)
        process.start()
        process.join()
        assert process.exitcode == 0
        assert sync_keys(client, "after") == ["after"]
    assert len(server.connections) == 2


def test_a_child_does_not_warn_of_connections_that_its_parent_left_open(
    server: KeepAliveServer, config_file: Path
) -> None:
    client = connect(base_url=server.base_url, config_file=config_file)

    def child() -> None:
        gc.collect()
        with client, warnings.catch_warnings(record=True, action="always") as caught:
            assert sync_keys(client, "child") == ["child"]
            gc.collect()
        assert caught == []

    async def main() -> None:
        async with client:
            assert await awaited_keys(client, "parent") == ["parent"]
            process = multiprocessing.get_context("fork").Process(target=child)
            process.start()
            process.join()
            assert process.exitcode == 0

    asyncio.run(main())
