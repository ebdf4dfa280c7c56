"""Paging, apart from what a faulty server does to it."""

from __future__ import annotations

import asyncio
import re
import traceback
from contextlib import aclosing
from enum import Enum
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from aidp_workbench import (
    ArgumentError,
    Page,
    PaginationError,
    ResponseError,
    TransportError,
    WorkbenchError,
    apages,
    apaginate,
    aunique,
    connect,
    pages,
    paginate,
    unique,
)
from aidp_workbench_api import Client
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.types import UNSET, Response, Unset
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import KEYS
from tests.scripted_server import HANG_UP, ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from aidp_workbench_api.models import TaskRunSummary

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


class Color(str, Enum):  # noqa: UP042  # its text is Color.RED, as before Python 3.11
    """An enum of another program, with a value equal to a status."""

    RED = "FAILED"


INVALID: list[dict[str, Any]] = [
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
    {"job_run_key": b"key"},
    {"job_run_key": True},
    {"job_run_key": 5},
    {"job_run_key": ["key"]},
    {"job_run_key": Color.RED},
    {"workspace_key": UUID(int=1)},
    {"status": [Color.RED]},
    {"status": {"FAILED"}},
    {"sort_by": ["status"]},
    {"opc_request_id": 5},
    {"client": "client"},
]


@pytest.mark.parametrize("wrong", INVALID)
def test_an_invalid_argument_is_refused_before_anything_is_sent(
    server: ScriptedServer, client: Client, wrong: dict[str, Any]
) -> None:
    arguments: dict[str, Any] = {"client": client, **KEYS, **wrong}
    (name,) = wrong
    with pytest.raises(ArgumentError, match=name):
        paginate(list_task_runs, **arguments)
    with pytest.raises(ArgumentError, match=name):
        apaginate(list_task_runs, **arguments)
    assert server.requests == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"display_name": None}, "must not be None; leave it out if it is not needed"),
        ({"display_name": " "}, "must not be blank; leave it out if it is not needed"),
        ({"status": []}, "must not be empty; leave it out if it is not needed"),
        ({"job_run_key": None}, "must not be None"),
        ({"job_run_key": UNSET}, "must not be UNSET"),
        ({"job_run_key": ""}, "must not be blank"),
        ({"job_run_key": " "}, "must not be blank"),
    ],
)
def test_what_may_be_left_out_is_said(client: Client, wrong: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"client": client, **KEYS, **wrong}
    (name,) = wrong
    with pytest.raises(ArgumentError, match=f"^{name} {message}$"):
        paginate(list_task_runs, **arguments)


class Key(str):
    """Text of another library, such as `numpy.str_`."""

    __slots__ = ()


def test_text_may_be_of_a_subclass(client: Client, server: ScriptedServer) -> None:
    arguments: dict[str, Any] = {"client": client, **KEYS, "job_run_key": Key("run")}
    assert len(list(paginate(list_task_runs, **arguments))) == 3
    assert "jobRunKey=run" in server.requests[0].target


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


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"status": "FAILED"}, r"status must be a list, such as \['FAILED'\], not 'FAILED'"),
        ({"job_run_key": b"key"}, "job_run_key must be text, not b'key'"),
        ({"limit": "9"}, "limit must be a whole number, not '9'"),
        ({"limit": 1001}, "limit must be from 1 to 1000, not 1001"),
        ({"client": 5}, "client must be AuthenticatedClient, not 5"),
    ],
)
def test_a_refused_argument_says_what_to_pass(
    client: Client, wrong: dict[str, Any], message: str
) -> None:
    arguments: dict[str, Any] = {"client": client, **KEYS, **wrong}
    with pytest.raises(ArgumentError, match=message):
        paginate(list_task_runs, **arguments)


def test_pages_that_repeat_their_items_end_a_listing_after_what_came(drain: Drain) -> None:
    seen: list[TaskRunSummary] = []
    answers = page("a", token="1"), page("b", token="2"), page("b", token="3"), page("c")
    with (
        ScriptedServer(*answers) as server,
        pytest.raises(PaginationError, match="two pages in a row have the same items") as caught,
    ):
        drain(server.base_url, seen=seen)
    assert [run.name for run in seen] == ["a", "b", "b"]
    assert len(server.requests) == 3
    assert (caught.value.resume_page, caught.value.pages_before) == ("3", 3)
    with ScriptedServer(page("c")) as server:
        assert [run.name for run in drain(server.base_url, page="3")] == ["c"]


@pytest.mark.parametrize(
    "answers",
    [
        (page(token="1"), page(token="2"), page("a")),
        (page("a", token="1"), page("b", token="2"), page("a")),
        (page("a", token="1"), page("a")),
    ],
)
def test_empty_pages_and_items_that_come_back_later_end_nothing(
    drain: Drain, answers: tuple[bytes, ...]
) -> None:
    with ScriptedServer(*answers) as server:
        drain(server.base_url)
    assert len(server.requests) == len(answers)


def test_items_without_a_key_may_look_the_same(drain: Drain) -> None:
    same = [answer(200, {"items": [{"name": "a"}]}, opc_next_page=f"{n}") for n in range(3)]
    with ScriptedServer(*same, page("b")) as server:
        assert [run.name for run in drain(server.base_url)] == ["a", "a", "a", "b"]


def test_a_token_that_is_too_long_to_send_is_an_error_after_its_page(drain: Drain) -> None:
    seen: list[TaskRunSummary] = []
    with (
        ScriptedServer(page("a", token="t" * 63_000)) as server,
        pytest.raises(PaginationError, match="list_task_runs: ") as caught,
    ):
        # what of the URL is not the token makes it longer than may be
        drain(server.base_url, seen=seen, display_name="n" * 3_000)
    assert [run.name for run in seen] == ["a"]
    assert len(server.requests) == 1
    assert caught.value.pages_before == 1
    assert caught.value.resume_page == "t" * 63_000
    assert len(str(caught.value)) < 2_000


def test_a_page_of_far_more_items_than_can_be_asked_for_is_an_error(drain: Drain) -> None:
    many = answer(200, {"items": [{}] * 10_001})
    with ScriptedServer(many) as server, pytest.raises(ResponseError, match="10,001 items"):
        drain(server.base_url)


def test_the_traceback_of_an_error_is_that_of_the_caller_and_of_the_listing(drain: Drain) -> None:
    for fault, kind in ((answer(404), WorkbenchError), (HANG_UP, TransportError)):
        with ScriptedServer(page("a", token="1"), fault) as server, pytest.raises(kind) as caught:
            drain(server.base_url)
        frames = traceback.extract_tb(caught.value.__traceback__)
        ours = [frame.filename for frame in frames if "aidp_workbench" in frame.filename]
        assert {Path(name).parent.name for name in ours} == {"listing"}
        assert len(ours) <= 3
        printed = "".join(traceback.format_exception(caught.value))
        assert "site-packages" not in printed
        assert "drain" in printed
    assert caught.value.__cause__ is not None


def test_unique_leaves_out_what_has_come(config_file: Path) -> None:
    def keyed(*keys: str | None, token: str | None = None) -> bytes:
        headers: dict[str, Any] = {} if token is None else {"opc_next_page": token}
        return answer(200, {"items": [{"key": key} for key in keys]}, **headers)

    async def keys_of_async(url: str) -> list[object]:
        async with connect(base_url=url, config_file=config_file) as client:
            found = aunique(apaginate(list_task_runs, client=client, **KEYS))
            return [run.key async for run in found]

    answers = keyed("a", None, "b", token="1"), keyed("b", "c", token="2"), keyed(None, "a", "d")
    with ScriptedServer(*answers, *answers) as server:
        with connect(base_url=server.base_url, config_file=config_file) as client:
            found = unique(paginate(list_task_runs, client=client, **KEYS))
            assert [run.key for run in found] == ["a", None, "b", "c", None, "d"]
        assert asyncio.run(keys_of_async(server.base_url)) == ["a", None, "b", "c", None, "d"]


def test_closing_aunique_closes_the_listing() -> None:
    async def listing() -> AsyncGenerator[Any]:
        try:
            while True:
                yield SimpleNamespace(key="a")
        finally:
            closed.append(True)

    async def look() -> None:
        async with aclosing(aunique(listing())) as found:
            assert (await anext(found)).key == "a"
        assert closed == [True]

    closed: list[bool] = []
    asyncio.run(look())


PAGES = st.lists(
    st.tuples(st.lists(st.sampled_from("abc"), max_size=2), st.sampled_from(["1", "2", "3", ""])),
    min_size=1,
    max_size=6,
)


@given(PAGES, st.sampled_from([UNSET, "1", "9"]))
def test_a_listing_gives_every_page_and_asks_for_each_token_once(
    found: list[tuple[list[str], str]], first: str | Unset
) -> None:
    asked: list[str | Unset] = []

    def sync_detailed(*, client: Any, page: Any = UNSET) -> Any:
        items, token = found[min(len(asked), len(found) - 1)]
        asked.append(page)
        return Response(HTTPStatus.OK, b"", {"opc-next-page": token}, SimpleNamespace(items=items))

    async def asyncio_detailed(*, client: Any, page: Any = UNSET) -> Any: ...

    operation: Any = SimpleNamespace(sync_detailed=sync_detailed, asyncio_detailed=asyncio_detailed)
    given_pages: list[Page[Any]] = []
    error: PaginationError | None = None
    try:
        given_pages.extend(pages(operation, client="client", page=first))
    except PaginationError as caught:
        error = caught
    assert len(set(asked)) == len(asked) <= len(found) + 1
    came = [found[min(at, len(found) - 1)] for at in range(len(asked))]
    assert [one.items for one in given_pages] == [items for items, _ in came[: len(given_pages)]]
    if error is None:
        assert given_pages[-1].next_page is None
        assert len(given_pages) == len(asked)
    else:
        assert len(given_pages) >= len(asked) - 1
        assert error.pages_before == len(given_pages)


def test_with_a_client_that_connect_did_not_make_an_error_is_not_taken_for_a_page() -> None:
    refusal = answer(404, {"code": "NotFound", "message": "no such run"}, opc_request_id="r")
    with (
        ScriptedServer(refusal) as server,
        Client(base_url=server.base_url) as client,
        pytest.raises(ResponseError, match="NotFound: no such run") as caught,
    ):
        list(paginate(list_task_runs, client=client, **KEYS))
    assert caught.value.opc_request_id == "r"
