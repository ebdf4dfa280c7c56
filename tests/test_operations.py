"""An operation is given as its generated module; what else people pass is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import aidp_workbench
import pytest
from aidp_workbench import (
    ArgumentError,
    NotFoundError,
    ResponseError,
    afetch,
    apages,
    apaginate,
    apaginate_many,
    connect,
    fetch,
    pages,
    paginate,
    paginate_many,
    runs,
)
from aidp_workbench_api import Client, api
from aidp_workbench_api.api import task_runs
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunSummary

from tests import get_run
from tests.conftest import IMPATIENT, KEYS
from tests.scripted_server import ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("name", ["sync_detailed", "asyncio_detailed"])
def test_a_function_of_version_0_2_still_works_and_names_its_successor(
    config_file: Path, name: str
) -> None:
    function: Any = getattr(list_task_runs, name)
    advice = f"pass the module list_task_runs instead of its function {name}"
    with (
        ScriptedServer(page("a")) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        many = [
            partial(one, function, "job_run_key", []) for one in (paginate_many, apaginate_many)
        ]
        for start in (paginate, pages, apaginate, apages):
            with pytest.warns(DeprecationWarning, match=advice) as caught:
                found: Any = start(function, client=client, **KEYS)
            assert [warning.filename for warning in caught] == [__file__]
            if isinstance(found, Iterator):
                assert len(list(found)) == 1
        for start_many in many:
            with pytest.warns(DeprecationWarning, match=advice) as caught:
                start_many(client=client, ai_data_platform_id="p", workspace_key="w")
            assert [warning.filename for warning in caught] == [__file__]


class Similar:
    sync_detailed = asyncio_detailed = 5


NO_OPERATIONS: list[Any] = [
    api, task_runs, Client, Similar, Similar(), print, "list_task_runs", None, lambda: None, 5,
    SimpleNamespace(sync_detailed=fetch), SimpleNamespace(asyncio_detailed=fetch),
]  # fmt: skip


@pytest.mark.parametrize("given", NO_OPERATIONS, ids=lambda given: type(given).__name__)
def test_what_is_no_operation_is_refused_with_what_to_pass(given: Any) -> None:
    for start in (paginate, apaginate, pages, apages, fetch):
        with pytest.raises(TypeError, match="pass an operation, a module in aidp_workbench_api"):
            start(given)
    for start_many in (paginate_many, apaginate_many):
        with pytest.raises(TypeError, match="pass an operation, a module in aidp_workbench_api"):
            start_many(given, "job_run_key", ["a"])


@pytest.mark.parametrize("name", ["sync", "asyncio", "_get_kwargs"])
def test_another_function_of_an_operation_is_answered_with_its_module(name: str) -> None:
    function: Any = getattr(list_task_runs, name)
    with pytest.raises(TypeError, match=f"module list_task_runs instead of its function {name}"):
        paginate(function)


@pytest.fixture(params=["sync", "async"])
def fetch_run(request: pytest.FixtureRequest, config_file: Path) -> Callable[..., Any]:
    def fetch_sync(base_url: str, **arguments: Any) -> Any:
        with connect(base_url=base_url, config_file=config_file, retry=IMPATIENT) as client:
            return fetch(get_run, client=client, **arguments)

    def fetch_async(base_url: str, **arguments: Any) -> Any:
        async def run() -> Any:
            async with connect(
                base_url=base_url, config_file=config_file, retry=IMPATIENT
            ) as client:
                return await afetch(get_run, client=client, **arguments)

        return asyncio.run(run())

    return fetch_sync if request.param == "sync" else fetch_async


def test_fetch_returns_the_model_itself(fetch_run: Callable[..., Any]) -> None:
    with ScriptedServer(answer(200, {"name": "a"})) as server:
        run = fetch_run(server.base_url, key="k", operation="o", concurrency=5)
    assert isinstance(run, TaskRunSummary)
    assert run.name == "a"
    assert server.requests[0].target == "/runs/k?operation=o&concurrency=5"


@pytest.mark.parametrize(
    "wrong", [{"key": ""}, {"key": ".."}, {"key": None}, {"key": 5}, {"operation": True}]
)
def test_fetch_refuses_the_arguments_that_a_listing_refuses(
    fetch_run: Callable[..., Any], wrong: dict[str, Any]
) -> None:
    (name,) = wrong
    with ScriptedServer(answer(200, {})) as server, pytest.raises(ArgumentError, match=name):
        fetch_run(server.base_url, **{"key": "k", "operation": "o"} | wrong)
    assert server.requests == []


def test_each_kind_of_operation_is_answered_with_the_function_for_it(config_file: Path) -> None:
    client = connect(base_url="http://127.0.0.1:9", config_file=config_file)
    listing: Any = list_task_runs
    single: Any = get_run
    with pytest.raises(TypeError, match="list_task_runs returns pages: use paginate"):
        fetch(listing, client=client, **KEYS)
    with pytest.raises(TypeError, match="get_run takes no page: use fetch"):
        paginate(single, client=client, key="k", operation="o")


def test_fetch_raises_the_errors_of_a_listing(fetch_run: Callable[..., Any]) -> None:
    with ScriptedServer(answer(404)) as server, pytest.raises(NotFoundError):
        fetch_run(server.base_url, key="k", operation="o")
    error = answer(200, {"code": "Odd", "message": "an error"}, opc_request_id="R1")
    with ScriptedServer(error) as server, pytest.raises(ResponseError, match="Odd") as caught:
        fetch_run(server.base_url, key="k", operation="o")
    assert caught.value.opc_request_id == "R1"
    with ScriptedServer(answer(202, {"a": 1})) as server, pytest.raises(ResponseError):
        fetch_run(server.base_url, key="k", operation="o")


@pytest.mark.parametrize("key", ["\ud800", "k" * 70_000], ids=["no UTF-8", "too long"])
def test_what_has_no_place_in_a_url_is_an_argument_error(
    fetch_run: Callable[..., Any], key: str
) -> None:
    with pytest.raises(ArgumentError, match="get_run: "):
        fetch_run("http://127.0.0.1:9", key=key, operation="o")


def test_an_error_of_a_hook_passes_through_unchanged(config_file: Path) -> None:
    def hook(request: object) -> None:
        raise RuntimeError("of the caller")

    client = connect(base_url="http://127.0.0.1:9", config_file=config_file)
    client.get_httpx_client().event_hooks = {"request": [hook]}
    with client, pytest.raises(RuntimeError, match="of the caller"):
        list(paginate(list_task_runs, client=client, **KEYS))


def test_fetch_of_an_answer_without_a_body_is_none(fetch_run: Callable[..., Any]) -> None:
    with ScriptedServer(answer(204)) as server:
        assert fetch_run(server.base_url, key="k", operation="o") is None


MOVED = {
    "await_until_ended", "duration", "has_ended", "has_failed", "last_attempts", "moment",
    "status_of", "wait_until_ended",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(MOVED))
def test_a_name_of_version_0_2_says_where_it_went(name: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"aidp_workbench.{name} is aidp_workbench.runs."):
        moved = getattr(aidp_workbench, name)
    assert moved in [getattr(runs, name) for name in runs.__all__]
    assert name not in aidp_workbench.__all__
