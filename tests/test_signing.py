"""Signatures equal those of Oracle's own signer, and each attempt has a new one."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from contextlib import aclosing
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import oci.signer
import pytest
from aidp_workbench import OciAuth, ServiceError
from aidp_workbench.auth.signature import sign
from attrs import define
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import pem
from tests.scripted_server import ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from tests.conftest import Drain

DATE = "Thu, 05 Jan 2014 21:31:40 GMT"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
QUERIES = st.lists(st.tuples(TEXT, TEXT), max_size=5)


@define
class PreparedRequest:
    """What Oracle's signer reads of a request."""

    method: str
    url: str
    path_url: str
    headers: dict[str, str]
    body: bytes | None


@cache
def oracle_signer(key: RSAPrivateKey) -> oci.signer.Signer:
    return oci.signer.Signer("t", "u", "f", None, private_key_content=pem(key).decode())


def oracle_signed(request: httpx.Request, key: RSAPrivateKey) -> dict[str, str]:
    headers = {"date": DATE}
    if "content-type" in request.headers:
        headers["content-type"] = request.headers["content-type"]
    if request.content or request.method != "GET":
        headers["content-length"] = str(len(request.content))
    target = request.url.raw_path.decode()
    prepared = PreparedRequest(
        request.method, str(request.url), target, headers, request.content or None
    )
    oracle_signer(key)(prepared)
    return prepared.headers


def ours_signed(request: httpx.Request, key: RSAPrivateKey) -> dict[str, str]:
    return sign(
        request.method,
        request.url.raw_path.decode(),
        request.headers["host"],
        DATE,
        key_id="t/u/f",
        private_key=key,
        body=request.content,
        content_type=request.headers.get("content-type", "application/json"),
    )


@pytest.mark.slow
@settings(max_examples=2000)
@given(segments=st.lists(TEXT, max_size=4), query=QUERIES, port=st.sampled_from(["", ":8443"]))
def test_a_get_is_signed_as_by_oracle(
    private_key: RSAPrivateKey, segments: list[str], query: list[tuple[str, str]], port: str
) -> None:
    path = "/".join(quote(segment, safe="") for segment in segments)
    url = httpx.URL(f"https://host.example{port}/{path}", params=query)
    request = httpx.Request("GET", url)
    expected = oracle_signed(request, private_key)
    ours = ours_signed(request, private_key)
    assert ours == {"date": DATE, "authorization": expected["authorization"]}


@pytest.mark.parametrize(
    "target",
    ["/a b?c d", "/a%20b?c=d+e", "/%2F?x=%26&x=1&x=", "/é/漢字?ü=%C3%BC", "/?", "/a?b=c;d&e=~"],
)
def test_odd_targets_are_signed_as_by_oracle(private_key: RSAPrivateKey, target: str) -> None:
    request = httpx.Request("GET", f"https://host.example{target}")
    expected = oracle_signed(request, private_key)["authorization"]
    assert ours_signed(request, private_key)["authorization"] == expected


@given(
    method=st.sampled_from(["POST", "PUT", "PATCH"]),
    body=st.binary(max_size=200),
    content_type=st.sampled_from(["application/json", "text/plain; charset=utf-8", None]),
)
def test_a_body_is_signed_as_by_oracle(
    private_key: RSAPrivateKey, method: str, body: bytes, content_type: str | None
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    request = httpx.Request(method, "https://host.example/x", content=body, headers=headers)
    expected = oracle_signed(request, private_key)
    ours = ours_signed(request, private_key)
    assert ours == {name: expected[name] for name in ours}
    assert {"content-length", "content-type", "x-content-sha256"} < ours.keys()


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_methods_without_a_body_sign_none(private_key: RSAPrivateKey, method: str) -> None:
    request = httpx.Request(method, "https://host.example/x")
    ours = ours_signed(request, private_key)
    assert ours["authorization"] == oracle_signed(request, private_key)["authorization"]
    assert 'headers="date (request-target) host"' in ours["authorization"]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_body_that_comes_in_parts_is_signed_as_a_whole(
    config_file: Path, *, asynchronous: bool
) -> None:
    async def aparts() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    async def sign_async() -> httpx.Request:
        async with aclosing(auth.async_auth_flow(request)) as flow:
            return await anext(flow)

    auth = OciAuth(config_file=config_file)
    request = httpx.Request(
        "POST",
        "https://host.example/x",
        content=aparts() if asynchronous else iter([b"a", b"b"]),
        headers={"content-type": "text/plain"},
    )
    signed = asyncio.run(sign_async()) if asynchronous else next(auth.sync_auth_flow(request))
    digest = base64.b64encode(hashlib.sha256(b"ab").digest()).decode()
    assert signed.headers["x-content-sha256"] == digest
    assert signed.headers["content-length"] == "2"
    assert signed.headers["content-type"] == "text/plain"


def test_a_body_whose_type_is_not_stated_is_signed_and_sent_as_json(config_file: Path) -> None:
    request = httpx.Request("POST", "https://host.example/x", content=b"{}")
    signed = next(OciAuth(config_file=config_file).sync_auth_flow(request))
    assert signed.headers["content-type"] == "application/json"


def test_what_goes_over_the_wire_is_what_was_signed(
    drain: Drain, private_key: RSAPrivateKey
) -> None:
    with ScriptedServer(page("a", token="t&o k+e%n/="), page("b")) as server:
        drain(server.base_url, display_name="a b+c%d&e ü")
    assert len(server.requests) == 2
    for request in server.requests:
        signature = re.search(r'signature="([^"]+)"', request.headers["authorization"])
        assert signature
        text = (
            f"date: {request.headers['date']}\n"
            f"(request-target): get {request.target}\n"
            f"host: {request.headers['host']}"
        )
        private_key.public_key().verify(
            base64.b64decode(signature[1]), text.encode(), PKCS1v15(), SHA256()
        )
        assert (
            'keyId="ocid1.tenancy.oc1..t/ocid1.user.oc1..u/aa:bb"'
            in (request.headers["authorization"])
        )


def test_each_attempt_has_a_new_signature_and_a_new_request_id(
    drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    dates = iter(f"Mon, 23 Nov 2026 10:0{minute}:00 GMT" for minute in range(9))

    def clock(**_: Any) -> str:
        return next(dates)

    monkeypatch.setattr("aidp_workbench.auth.key_pair.formatdate", clock)
    with ScriptedServer(answer(503)) as server, pytest.raises(ServiceError):
        drain(server.base_url)
    sent = [request.headers for request in server.requests]
    assert len(sent) == 3
    for header in ("date", "authorization", "opc-request-id"):
        assert len({headers[header] for headers in sent}) == 3
    assert all(re.fullmatch(r"[0-9A-Fa-f]{32}", headers["opc-request-id"]) for headers in sent)


def test_a_request_id_of_the_caller_is_kept(drain: Drain) -> None:
    with ScriptedServer(answer(503), page("a")) as server:
        drain(server.base_url, opc_request_id="my-request_1")
    assert [request.headers["opc-request-id"] for request in server.requests] == [
        "my-request_1",
        "my-request_1",
    ]
