"""Paging, apart from what a faulty server does to it."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import ArgumentError, apages, apaginate, connect, pages, paginate
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.types import UNSET

from tests.conftest import KEYS
from tests.scripted_server import ScriptedServer, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aidp_workbench_api import Client

    from tests.conftest import Drain


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    answers = page("a", "b", token="1", opc_request_id="R1"), page(token="2"), page("c")
    with ScriptedServer(*answers) as server:
        yield server


@pytest.fixture
def client(server: ScriptedServer, config_file: Path) -> Iterator[Client]:
    with connect(base_url=server.base_url, config_file=config_file) as client:
        yield client


def test_a_page_has_its_items_its_request_id_and_the_next_token(client: Client) -> None:
    first, second, third = pages(list_task_runs, client=client, **KEYS)
    assert [run.name for run in first.items] == ["a", "b"]
    assert (first.next_page, first.opc_request_id) == ("1", "R1")
    assert (second.items, second.next_page, second.opc_request_id) == ([], "2", None)
    assert third.next_page is None


def test_async_pages_are_the_same(server: ScriptedServer, config_file: Path) -> None:
    async def tokens() -> list[str | None]:
        async with connect(base_url=server.base_url, config_file=config_file) as client:
            found = apages(list_task_runs, client=client, **KEYS)
            return [page.next_page async for page in found]

    assert asyncio.run(tokens()) == ["1", "2", None]


def test_a_page_is_fetched_only_when_it_is_wanted(server: ScriptedServer, client: Client) -> None:
    runs = paginate(list_task_runs, client=client, **KEYS)
    assert server.requests == []
    assert [next(runs).name, next(runs).name] == ["a", "b"]
    assert len(server.requests) == 1


def test_a_listing_can_start_at_a_page(server: ScriptedServer, drain: Drain) -> None:
    drain(server.base_url, page="0")
    tokens = [re.findall(r"[?&]page=([^&]*)", request.target) for request in server.requests]
    assert tokens == [["0"], ["1"], ["2"]]


def test_each_page_is_asked_for_with_all_the_arguments(
    server: ScriptedServer, drain: Drain
) -> None:
    filters = ["FAILED", "CANCELED"]
    drain(server.base_url, status=filters, display_name="Ä + b", limit=7)
    path = "/20260430/aiDataPlatforms/platform/workspaces/workspace/taskRuns"
    arguments = {
        "jobRunKey=job-run",
        "displayName=%C3%84+%2B+b",
        "status=FAILED",
        "status=CANCELED",
        "limit=7",
    }
    for request, page_argument in zip(
        server.requests, [set(), {"page=1"}, {"page=2"}], strict=True
    ):
        assert request.target.partition("?")[0] == path
        sent = set(request.target.partition("?")[2].split("&"))
        assert arguments | page_argument <= sent
        assert {one for one in sent if one.startswith("page=")} == page_argument


def test_sort_by_and_limit_are_always_sent(server: ScriptedServer, drain: Drain) -> None:
    drain(server.base_url)
    for request in server.requests:
        assert {"sortBy=timeCreated", "limit=100"} <= set(request.target.split("&"))


def test_keys_are_percent_encoded_whole(server: ScriptedServer, drain: Drain) -> None:
    drain(server.base_url, workspace_key="a/b?c#d%20é")
    assert "/workspaces/a%2Fb%3Fc%23d%2520%C3%A9/taskRuns" in server.requests[0].target


NOT_MEANT: list[dict[str, Any]] = [
    {"job_run_key": None},
    {"job_run_key": ""},
    {"workspace_key": " \t"},
    {"ai_data_platform_id": None},
    {"display_name": None},
    {"page": ""},
    {"client": None},
    {"limit": 0},
    {"limit": 1001},
    {"limit": -5},
    {"limit": "100"},
    {"limit": True},
    {"limit": 10.0},
    {"workspace_key": ".."},
    {"ai_data_platform_id": "."},
    {"job_run_key": UNSET},
    {"status": []},
    {"status": ()},
    {"status": iter(["FAILED"])},
    {"status": [None]},
    {"status": ["TELEPORTED"]},
    {"status": [["FAILED"]]},
    {"status": "FAILED"},
    {"sort_by": "startTime"},
]


@pytest.mark.parametrize("wrong", NOT_MEANT)
def test_an_argument_that_cannot_be_meant_is_refused_before_anything_is_sent(
    server: ScriptedServer, client: Client, wrong: dict[str, Any]
) -> None:
    arguments: dict[str, Any] = {"client": client, **KEYS, **wrong}
    (name,) = wrong
    with pytest.raises(ArgumentError, match=name):
        paginate(list_task_runs, **arguments)
    with pytest.raises(ArgumentError, match=name):
        apaginate(list_task_runs, **arguments)
    assert server.requests == []


def test_positional_arguments_are_named_in_the_error(client: Client) -> None:
    with pytest.raises(ValueError, match="workspace_key must not be blank"):
        paginate(list_task_runs, "platform", "", job_run_key="k", client=client)


def test_unset_is_the_same_as_left_out(server: ScriptedServer, client: Client) -> None:
    runs = paginate(list_task_runs, client=client, display_name=UNSET, page=UNSET, **KEYS)
    assert len(list(runs)) == 3
    assert "displayName" not in server.requests[0].target


def test_a_misspelled_argument_is_a_type_error_at_once(client: Client) -> None:
    arguments: dict[str, Any] = {"client": client, **KEYS, "job_run_kee": "x"}
    with pytest.raises(TypeError, match="job_run_kee"):
        paginate(list_task_runs, **arguments)


def test_a_value_that_an_enum_lacks_is_answered_with_those_that_it_has(client: Client) -> None:
    arguments: dict[str, Any] = {"client": client, **KEYS, "status": ["TIMED_OUT"]}
    message = "status takes BLOCKED, .*, UPSTREAM_FAILED, not 'TIMED_OUT'"
    with pytest.raises(ArgumentError, match=message):
        paginate(list_task_runs, **arguments)


@pytest.mark.parametrize(
    "wrong", [{"job_run_key": "\ud800"}, {"opc_request_id": "é"}, {"display_name": "x" * 70_000}]
)
def test_an_argument_that_cannot_be_sent_is_an_argument_error(
    server: ScriptedServer, drain: Drain, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ArgumentError, match="list_task_runs"):
        drain(server.base_url, **wrong)
    assert server.requests == []


def test_two_listings_of_one_client_do_not_mix(config_file: Path) -> None:
    def by_token(received: Any) -> bytes:
        token = re.findall(r"[?&]page=([^&]*)", received.target)
        number = int(token[0]) if token else 0
        return page(str(number), token=str(number + 1)) if number < 9 else page("9")

    with (
        ScriptedServer(by_token) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        both = [paginate(list_task_runs, client=client, **KEYS) for _ in range(2)]
        assert [(a.name, b.name) for a, b in zip(*both, strict=True)] == [
            (str(number), str(number)) for number in range(10)
        ]
