"""Bodies are bounded while they are received, and a damaged one is requested again."""

from __future__ import annotations

import asyncio
import gc
import gzip
import tracemalloc
import weakref
from typing import TYPE_CHECKING

import pytest
from aidp_workbench import ServiceError, TransportError, connect
from aidp_workbench.transport.body import Body, BodyTooLargeError, DecodingError
from hypothesis import given
from hypothesis import strategies as st

from tests.scripted_server import ScriptedServer, answer, page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Drain

GZIP = [(b"Content-Encoding", b"gzip")]


def collected(
    content: bytes, size: int, headers: list[tuple[bytes, bytes]], limit: int = 10_000
) -> bytes:
    """What a body gives that is received in chunks of this size."""
    body = Body(headers, limit)
    for start in range(0, len(content), size):
        body.add(content[start : start + size])
    return body.content()


@given(st.binary(max_size=500), st.integers(1, 600))
def test_the_content_is_the_same_whatever_the_chunks(content: bytes, size: int) -> None:
    assert collected(content, size, []) == content
    assert collected(gzip.compress(content), size, GZIP) == content


@given(st.binary(max_size=100), st.integers(1, 200), st.data())
def test_a_truncated_gzip_is_damaged(content: bytes, size: int, data: st.DataObject) -> None:
    packed = gzip.compress(content)
    cut = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(DecodingError):
        collected(packed[:cut], size, GZIP)


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    "behind",
    [b"x", gzip.compress(b"of somebody else"), b"\0" * 500],
    ids=["a byte", "a gzip", "zeros"],
)
def test_data_after_the_end_of_gzip_is_damage(behind: bytes, size: int) -> None:
    with pytest.raises(DecodingError, match="after the end"):
        collected(gzip.compress(b"{}") + behind, size, GZIP)


@pytest.mark.parametrize("headers", [[], GZIP])
def test_a_body_may_be_as_large_as_the_limit_and_no_larger(
    headers: list[tuple[bytes, bytes]],
) -> None:
    exact, larger = (gzip.compress(one) if headers else one for one in (b"x" * 100, b"x" * 101))
    assert collected(exact, 10, headers, limit=100) == b"x" * 100
    with pytest.raises(BodyTooLargeError, match="larger than 100 bytes"):
        collected(larger, 10, headers, limit=100)


def test_a_gzip_bomb_is_not_decompressed_beyond_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(BodyTooLargeError):
            collected(bomb, len(bomb), GZIP, limit=1000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


def test_many_tiny_chunks_take_hardly_more_memory_than_the_body() -> None:
    body = Body([], 1_000_000)
    tracemalloc.start()
    try:
        for _ in range(100_000):
            body.add(b" ")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400_000


def test_an_encoding_that_was_not_requested_is_damage() -> None:
    with pytest.raises(DecodingError, match="br"):
        Body([(b"content-encoding", b"br")], 10)


@pytest.mark.parametrize(
    "damaged",
    [
        answer(200, b'{"items": [], "items": []}', content_type="application/json"),
        answer(200, gzip.compress(b'{"items": []}') + b"x", content_encoding="gzip"),
    ],
    ids=["a key twice", "a byte behind gzip"],
)
def test_a_damaged_body_is_requested_again(drain: Drain, damaged: bytes) -> None:
    with ScriptedServer(damaged, page("a")) as server:
        assert [run.key for run in drain(server.base_url)] == ["a"]
    assert len(server.requests) == 2


def test_damage_that_stays_is_a_transport_error(drain: Drain) -> None:
    damaged = answer(200, gzip.compress(b"{}") + b"x", content_encoding="gzip")
    with ScriptedServer(damaged) as server, pytest.raises(TransportError, match="end of gzip"):
        drain(server.base_url)


def test_a_huge_message_is_cut_and_says_by_how_much(drain: Drain) -> None:
    refusal = answer(400, {"code": "c" * 5000, "message": "m" * 1_000_000})
    with ScriptedServer(refusal) as server, pytest.raises(ServiceError) as caught:
        drain(server.base_url)
    assert caught.value.message == "m" * 2000 + "… (998,000 more characters)"
    assert len(str(caught.value)) < 4500


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_response_is_freed_without_the_garbage_collector(
    config_file: Path, *, asynchronous: bool
) -> None:
    freed: list[bool] = []

    def watch(response: object) -> None:
        weakref.finalize(response, freed.append, True)

    async def call(url: str) -> None:
        async with client:
            watch(await client.get_async_httpx_client().get(url))

    gc.collect()
    gc.disable()
    try:
        with ScriptedServer(page("a")) as server:
            client = connect(base_url=server.base_url, config_file=config_file)
            if asynchronous:
                asyncio.run(call(server.base_url))
            else:
                with client:
                    watch(client.get_httpx_client().get(server.base_url))
        assert freed == [True]
    finally:
        gc.enable()
