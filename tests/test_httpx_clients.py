"""The clients of httpx that do less: what they send and keep is what httpx's own do."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest
from aidp_workbench import connect
from aidp_workbench.transport.httpx_clients import AsyncHttpxClient, HttpxClient
from aidp_workbench_api.api.task_runs import list_task_runs
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import KEYS
from tests.scripted_server import ScriptedServer, page

if TYPE_CHECKING:
    from pathlib import Path

BASE_URLS = [
    "https://host.example",
    "https://host.example/",
    "http://127.0.0.1:8080/gateway",
    "http://[::1]:8080/a%20b/",
    "https://bücher.example/ü",
]
# A letter, what a URL gives a meaning, what it escapes, and what is escaped already.
characters = st.sampled_from("aZ0/:?#[]@!$&'()*+,;= %\"<>\\^`{|}~ü☃\ud83d\x00\n")
known = st.sampled_from(["", "/", "%2F", "%zz", "..", "//", "http://other.example/"])
texts = st.text(characters) | known
values = texts | st.integers() | st.booleans() | st.none() | st.lists(texts, max_size=3)
params = st.none() | st.dictionaries(texts, values)
# What the operations of a generated client ask for.
encodable = st.text(characters.filter(lambda character: character != "\ud83d"), min_size=1)
segments = (encodable | st.sampled_from([".", "..", "..."])).map(partial(quote, safe=""))
paths = st.lists(segments, min_size=1).map("/".join).map("/{}".format)


def built(client: httpx.Client | httpx.AsyncClient, url: str, **options: Any) -> object:
    """The request that a client builds, if it does not refuse to."""
    try:
        request = client.build_request("GET", url, **options)
    except (httpx.InvalidURL, UnicodeError):
        return "refused"
    return request.method, request.url, request.url.raw_path, request.headers.raw


@example(base_url=BASE_URLS[0], url="//0", params={"": ""}, default={})
@given(
    base_url=st.sampled_from(BASE_URLS),
    url=texts | texts.map("/{}".format),
    params=params,
    default=st.sampled_from([{}, {"more": "1"}]),
)
def test_any_request_is_the_one_that_httpx_builds(
    base_url: str, url: str, params: Any, default: dict[str, str]
) -> None:
    check_request(url, params, base_url, default)


@example(base_url=BASE_URLS[0], url="/a", params={"page": 70_000 * "x"})
@given(
    base_url=st.sampled_from(BASE_URLS),
    url=paths,
    params=st.dictionaries(encodable, encodable | st.integers(), min_size=1),
)
def test_any_request_of_an_operation_is_the_one_that_httpx_builds(
    base_url: str, url: str, params: Any
) -> None:
    check_request(url, params, base_url, default={})


def check_request(url: str, params: Any, base_url: str, default: dict[str, str]) -> None:
    options: Any = {"base_url": base_url, "params": default, "transport": httpx.BaseTransport()}
    expected = built(httpx.Client(**options), url, params=params)
    assert built(HttpxClient(**options), url, params=params) == expected
    assert built(AsyncHttpxClient(**options), url, params=params) == expected


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_cookie_of_the_service_is_kept_and_sent_back(
    config_file: Path, asynchronous: bool
) -> None:
    async def ask_twice() -> None:
        async with client:
            for _ in range(2):
                await list_task_runs.asyncio_detailed(client=client, **KEYS)

    with ScriptedServer(page("a", set_cookie="route=7; Path=/"), page("a")) as server:
        client = connect(base_url=server.base_url, config_file=config_file)
        if asynchronous:
            asyncio.run(ask_twice())
        else:
            with client:
                for _ in range(2):
                    list_task_runs.sync_detailed(client=client, **KEYS)
    assert "cookie" not in server.requests[0].headers
    assert server.requests[1].headers["cookie"] == "route=7"
