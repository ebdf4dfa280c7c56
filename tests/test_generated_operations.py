"""Generated operations of every kind, sync and async, without a line of overlay code."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.policy import HTTP
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from aidp_workbench import ArgumentError, connect, fetch

from tests.every_kind import NAME, generated
from tests.scripted_server import Received, ScriptedServer, answer

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

NO_CONTENT = answer(204)
KEYS: dict[str, Any] = {"thing_key": "a/b", "colour": "RED", "tags": ["x,y", "z"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("every_kind")


@pytest.fixture(scope="module")
def api(folder: Path) -> dict[str, ModuleType]:
    return generated(folder)


class Calls:
    """Calls an operation against a server; keeps the request that came there."""

    def __init__(self, api: dict[str, ModuleType], way: str, config_file: Path | None) -> None:
        self._api, self._way, self._config_file = api, way, config_file
        self.request = Received("", "", {})

    def __call__(self, operation: str, reply: bytes = NO_CONTENT, /, **arguments: Any) -> Any:
        with ScriptedServer(reply) as server:
            client = self._client(server.base_url)
            if self._way == "sync":
                with client:
                    response = self._api[operation].sync_detailed(client=client, **arguments)
            else:
                response = asyncio.run(self._async(operation, client, arguments))
        (self.request,) = server.requests
        return response

    async def _async(self, operation: str, client: Any, arguments: dict[str, Any]) -> Any:
        async with client:
            return await self._api[operation].asyncio_detailed(client=client, **arguments)

    def _client(self, base_url: str) -> Any:
        if self._config_file:
            return connect(base_url=base_url, config_file=self._config_file)
        return self._api["client"].Client(base_url=base_url)

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.request.target).query, keep_blank_values=True)


@pytest.fixture(params=["sync", "async"])
def call(request: pytest.FixtureRequest, api: dict[str, ModuleType]) -> Calls:
    return Calls(api, request.param, None)


@pytest.fixture(params=["sync", "async"])
def signed(request: pytest.FixtureRequest, api: Any, config_file: Path) -> Calls:
    return Calls(api, request.param, config_file)


THING = answer(200, {"one": "x"})


class TestParameters:
    def test_of_every_name_and_style_are_sent(self, call: Calls, api: Any) -> None:
        response = call(
            "get_thing",
            THING,
            **KEYS,
            operation="o",
            client_query="c",
            from_=datetime(2026, 4, 30, 2, tzinfo=timezone(timedelta(hours=2))),
            by="b",
            timeout=1.5,
            flag=True,
            either="BLUE",
            form=["a", "b"],
            space=[1, 2],
            pipe=["a", "b"],
            many=["a", "b"],
            deep=api["models"].Named(name="n"),
        )
        assert response.parsed.one == "x"
        assert urlsplit(call.request.target).path == "/things/a%2Fb/RED/x%2Cy,z"
        assert call.query == [
            ("operation", "o"),
            ("client", "c"),
            ("from", "2026-04-30T00:00:00Z"),
            ("by", "b"),
            ("timeout", "1.5"),
            ("limit", "10"),
            ("flag", "true"),
            ("either", "BLUE"),
            ("form", "a,b"),
            ("space", "1 2"),
            ("pipe", "a|b"),
            ("many", "a"),
            ("many", "b"),
            ("deep[name]", "n"),
        ]

    def test_in_headers_and_cookies_are_text(self, call: Calls) -> None:
        since = datetime(2026, 4, 30, tzinfo=UTC)
        arguments = {"should_update": False, "x_list": ["a", "b"], "x_since": since}
        call("get_thing", THING, **KEYS, **arguments, session="s")
        found = {name: call.request.headers[name] for name in ("should-update", "x-list", "cookie")}
        assert found == {"should-update": "false", "x-list": "a,b", "cookie": "session=s"}
        assert call.request.headers["x-since"] == "2026-04-30T00:00:00Z"

    def test_in_a_path_have_their_style(self, call: Calls) -> None:
        call("delete_thing", thing_key="k", colour="GREEN", tags=["a", "b"])
        assert call.request.target == "/things/k/GREEN/;tags=a,b"

    @pytest.mark.parametrize("wrong", ["2026-04-30", datetime(2026, 4, 30), 5])
    def test_that_are_no_times_with_a_zone_are_refused_by_name(self, api: Any, wrong: Any) -> None:
        client = api["client"].Client(base_url="http://127.0.0.1:9")
        with pytest.raises(api["errors"].ArgumentError, match=r"^from_ must be a datetime"):
            api["get_thing"].sync_detailed(client=client, **KEYS, from_=wrong)

    def test_have_the_bounds_of_their_operation(self, api: Any) -> None:
        assert api["get_thing"].BOUNDS == {"limit": (1, 25)}
        assert api["list_things"].BOUNDS == {}
        client = api["client"].Client(base_url="http://127.0.0.1:9")
        with pytest.raises(ArgumentError, match="limit must be from 1 to 25, not 26"):
            fetch(api["get_thing"], **KEYS, limit=26, client=client)


class TestBodies:
    def test_in_json_with_a_token_that_makes_them_safe_to_repeat(
        self, call: Calls, api: Any
    ) -> None:
        thing = api["models"].Thing(one="x", since=datetime(2026, 4, 30, tzinfo=UTC))
        response = call("create_thing", answer(201, {"one": "y"}), body=thing, body_query="q")
        assert (response.status_code, response.parsed.one) == (201, "y")
        assert json.loads(call.request.body) == {"one": "x", "since": "2026-04-30T00:00:00Z"}
        assert call.query == [("body", "q")]
        first = call.request.headers["opc-retry-token"]
        call("create_thing", answer(201, {}), body=thing)
        assert len({first, call.request.headers["opc-retry-token"], ""}) == 3
        call("create_thing", answer(201, {}), body=thing, opc_retry_token="mine")
        assert call.request.headers["opc-retry-token"] == "mine"

    def test_as_a_form(self, call: Calls, api: Any) -> None:
        named = api["models"].Named(name="n")
        form = api["models"].Form(text="ä&", flag=True, list_=[1, 2], object_=named)
        assert call("send_form", answer(202), body=form).parsed is None
        assert call.request.headers["content-type"] == "application/x-www-form-urlencoded"
        assert parse_qs(call.request.body.decode()) == {
            "text": ["ä&"],
            "flag": ["true"],
            "list": ["1", "2"],
            "object": ['{"name": "n"}'],
        }

    def test_in_several_parts(self, call: Calls, api: Any) -> None:
        file = api["types"].File(BytesIO(b"\0\xff"), "a.bin", "application/octet-stream")
        upload = api["models"].Upload(
            file=file,
            text="ä",
            flag=False,
            since=datetime(2026, 4, 30, tzinfo=UTC),
            object_=api["models"].Named(name="n"),
            list_=["a", "b"],
        )
        call("send_files", answer(202), body=upload)
        head = f"content-type: {call.request.headers['content-type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + call.request.body, policy=HTTP)
        found = [
            (part.get_param("name", header="content-disposition"), part.get_payload(decode=True))
            for part in parts.iter_parts()
        ]
        assert found == [
            ("file", b"\0\xff"),
            ("text", "ä".encode()),
            ("flag", b"false"),
            ("since", b"2026-04-30T00:00:00Z"),
            ("object", b'{"name": "n"}'),
            ("list", b"a"),
            ("list", b"b"),
        ]

    def test_that_are_files(self, call: Calls, api: Any) -> None:
        call("upload", body=api["types"].File(BytesIO(b"PK\0")))
        assert (call.request.method, call.request.body) == ("PUT", b"PK\0")
        assert call.request.headers["content-type"] == "application/zip"

    @pytest.mark.parametrize("operation", ["create_thing", "send_form", "send_files", "upload"])
    def test_of_every_kind_are_signed(self, signed: Calls, api: Any, operation: str) -> None:
        models = api["models"]
        body = {
            "create_thing": models.Thing(one="x"),
            "send_form": models.Form(text="x"),
            "send_files": models.Upload(text="x"),
            "upload": api["types"].File(BytesIO(b"x")),
        }[operation]
        reply = answer(201, {}) if operation == "create_thing" else answer(202)
        signed(operation, reply, body=body)
        signature = signed.request.headers["authorization"]
        assert "content-length content-type x-content-sha256" in signature
        assert int(signed.request.headers["content-length"]) == len(signed.request.body) > 0


class TestResponses:
    def test_that_are_files_or_texts_are_asked_for_and_read(self, call: Calls) -> None:
        reply = answer(200, b"PK\0\xff", content_type="application/zip")
        file = call("download", reply).parsed
        assert (file.payload.read(), file.mime_type) == (b"PK\0\xff", "application/zip")
        assert call.request.headers["accept"] == "application/zip, application/json"
        text = call("read_text", answer(200, "a,ä", content_type="text/csv; charset=utf-8"))
        assert text.parsed == "a,ä"
        assert call.request.headers["accept"] == "text/csv, application/json"

    @pytest.mark.parametrize("status", [202, 204, 200])
    def test_without_a_body_mean_that_it_is_done(self, call: Calls, status: int) -> None:
        reply = answer(status, content_type="application/json")
        response = call("delete_thing", reply, thing_key="k", colour="RED", tags=["a"])
        assert (response.status_code, response.parsed) == (status, None)

    def test_to_head_have_no_body(self, call: Calls) -> None:
        reply = answer(200, length=12, content_type="application/json")
        assert call("head_things", reply).parsed is None
        assert call.request.method == "HEAD"

    def test_of_another_success_are_read_as_the_one_that_is_described(
        self, call: Calls, api: Any
    ) -> None:
        assert call("get_thing", answer(203, {"one": "x"}), **KEYS).parsed.one == "x"
        body = api["models"].Thing()
        assert call("create_thing", answer(200, {"one": "x"}), body=body).parsed.one == "x"

    def test_can_be_lists_whose_errors_say_the_place(self, call: Calls, api: Any) -> None:
        found = call("list_things", answer(200, [{"name": "a"}, {"name": "b"}])).parsed
        assert [named.name for named in found] == ["a", "b"]
        for body, place in (
            ([{"name": "a"}, {"name": 5}], r"\[1\]\.name: expected a text, found a number"),
            ({}, "expected a list, found an object"),
            (None, "expected a list, found null"),
        ):
            reply = answer(200, json.dumps(body), content_type="application/json")
            with pytest.raises(api["errors"].ResponseError, match=f"^GET /things: {place}"):
                call("list_things", reply)


@pytest.mark.slow
def test_the_package_is_typed(api: Any, folder: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", NAME]
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout
