"""Whatever stands in a body: items whose fields have the declared types, or one clear error."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import typing
import zlib
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from aidp_workbench import (
    ConfigError,
    ResponseError,
    RetryPolicy,
    WorkbenchError,
    apaginate,
    connect,
    paginate,
)
from aidp_workbench_api import models
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import State, TaskRunStatus, TaskRunSummary
from aidp_workbench_api.types import UNSET
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import KEYS
from tests.scripted_server import Received, ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Drain

ONCE = RetryPolicy(attempts=1)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())  # with lone surrogates
    | st.sampled_from([*typing.get_args(TaskRunStatus), "", "TELEPORTED", 10**400, 1e400])
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)


def properties_of(model: type[Any], **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects with any choice of the model's properties, known and unknown, of any type."""
    names = list(model(**_each(model, None)).to_dict())
    known = st.fixed_dictionaries({}, optional=dict.fromkeys(names, anything) | values)
    return st.builds(lambda a, b: a | b, st.dictionaries(st.text(max_size=3), anything), known)


def _each(model: type[Any], value: Any) -> dict[str, Any]:
    """This value for every property of a model."""
    return {field.name: value for field in attrs.fields(model) if field.init}


states = st.none() | properties_of(State)
items = properties_of(TaskRunSummary, state=states)
bodies = anything | st.fixed_dictionaries({"items": anything | st.lists(items | anything)})


@pytest.fixture(scope="module")
def list_body(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Lists what a server answers with: `list_body(answer, way)`."""
    next_answer: list[bytes] = []

    def answer_it(received: Received) -> bytes:
        return next_answer[0]

    def list_it(the_answer: bytes, way: str) -> list[TaskRunSummary]:
        next_answer[:] = [the_answer]
        with connect(base_url=server.base_url, signer=lambda request: None, retry=ONCE) as client:
            if way == "direct":
                response = list_task_runs.sync_detailed(client=client, **KEYS)
                assert isinstance(response.parsed, models.TaskRunCollection)
                return response.parsed.items
            return list(paginate(list_task_runs, client=client, **KEYS))

    with ScriptedServer(answer_it) as server:
        yield list_it


def check_types(model: Any) -> None:
    """Every field holds a value of the type that it is annotated with."""
    hints = typing.get_type_hints(type(model), localns=vars(models))
    for field in attrs.fields(type(model)):
        value = getattr(model, field.name)
        declared = typing.get_args(hints[field.name]) or (hints[field.name],)
        if field.name == "additional_properties":
            assert isinstance(value, dict)
        else:
            assert type(value) in declared, (field.name, value)
            if isinstance(value, State):
                check_types(value)


bounded = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["paginate", "direct"])
@bounded
@given(body=bodies)
@example(body={"items": [{"state": {"status": 7, "errorTrace": []}, "startTime": "now"}]})
@example(body={"items": [{"key": "\ud800", "state": {"stateMessage": "\udfff"}}]})
@example(body={"items": [{"retryAttempt": True}, {"startTime": 1.0}, {"endTime": 10**400}]})
def test_any_json_gives_typed_items_without_a_loss_or_one_error(
    list_body: Callable[..., Any], way: str, body: Any
) -> None:
    text = json.dumps(body)
    try:
        runs = list_body(answer(200, text, content_type="application/json"), way)
    except ResponseError:
        return
    for run in runs:
        check_types(run)
    arrived = [run.to_dict() for run in runs]
    assert json.dumps(arrived, sort_keys=True) == json.dumps(body["items"], sort_keys=True)


content_types = st.sampled_from(
    ["application/json", "application/json; charset=utf-16", "text/html", "text/plain; charset=x"]
)
encodings = st.sampled_from(
    ["identity", "gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip", "?"]
)
packed = st.binary() | bodies.map(lambda body: gzip.compress(json.dumps(body).encode()))


@pytest.mark.slow
@pytest.mark.parametrize("way", ["paginate", "direct"])
@bounded
@given(
    body=st.binary() | packed,
    status=st.sampled_from([200, 201, 204, 206, 218, 299, 304, 400, 401, 404, 429, 500, 599, 999]),
    content_type=content_types,
    encoding=encodings,
)
@example(200, b'{"items": [' + b"[" * 100_000, "application/json", "identity").via("deep nesting")
@example(200, b'{"items": [{"startTime": ' + b"9" * 5_000 + b"}]}", "application/json", "identity")
@example(500, b'{"code": 1, "message": {"a": []}}', "application/json", "identity")
@example(404, b'{"code": "\\ud800", "message": "\\udfff"}', "application/json", "identity")
def test_any_bytes_with_any_status_are_items_or_an_error_that_can_be_shown(
    list_body: Callable[..., Any],
    way: str,
    status: int,
    body: bytes,
    content_type: str,
    encoding: str,
) -> None:
    raw = answer(status, body, content_type=content_type, content_encoding=encoding)
    try:
        runs = list_body(raw, way)
    except WorkbenchError as error:
        shown = str(error)
        assert shown.isprintable()
    else:
        for run in runs:
            check_types(run)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ([], "expected an object, found a list"),
        ({}, "items: expected a list, found nothing"),
        ({"items": None}, "items: expected a list, found null"),
        ({"items": {"0": {}}}, "items: expected a list, found an object"),
        ({"items": [{}, ""]}, "items[1]: expected an object, found a text"),
        ({"items": [[]]}, "items[0]: expected an object, found a list"),
        (
            {"items": [{}, {}, {"state": "FAILED"}]},
            "items[2].state: expected an object, found a text",
        ),
        ({"items": [{"state": False}]}, "items[0].state: expected an object, found a boolean"),
    ],
    ids=str,
)
def test_a_wrong_structure_names_the_place_and_the_request(
    drain: Drain, body: Any, place: str
) -> None:
    with (
        ScriptedServer(answer(200, body, opc_request_id="R7")) as server,
        pytest.raises(ResponseError) as caught,
    ):
        drain(server.base_url)
    path = "/20260430/aiDataPlatforms/platform/workspaces/workspace/taskRuns"
    assert str(caught.value) == f"GET {path}: {place} [opc-request-id R7]"
    assert len(server.requests) == 1


def test_a_value_of_another_type_is_kept_as_it_came(drain: Drain) -> None:
    item = {
        "name": 5,
        "retryAttempt": "1",
        "startTime": 1.5,
        "endTime": True,
        "state": {"status": 404, "errorTrace": ["line 1"], "isUserCanceledOrTimedOut": 0},
    }
    with ScriptedServer(answer(200, {"items": [item]})) as server:
        (run,) = drain(server.base_url)
    assert {run.name, run.retry_attempt, run.start_time, run.end_time} == {UNSET}
    assert run.additional_properties == {key: item[key] for key in item if key != "state"}
    assert run.state
    assert run.state.status is UNSET
    assert run.state.additional_properties == item["state"]
    assert run.to_dict() == item


class TestTheSizeOfAnAnswer:
    """Bounded once it is unpacked, whatever its headers say."""

    def drained(self, config_file: Path, server: ScriptedServer, limit: int, way: str) -> int:
        options: dict[str, Any] = {
            "base_url": server.base_url,
            "config_file": config_file,
            "max_response_size": limit,
        }

        async def count() -> int:
            async with connect(**options) as client:
                found = apaginate(list_task_runs, client=client, **KEYS)
                return len([run async for run in found])

        if way == "async":
            return asyncio.run(count())
        with connect(**options) as client:
            return len(list(paginate(list_task_runs, client=client, **KEYS)))

    @pytest.mark.parametrize("way", ["sync", "async"])
    @pytest.mark.parametrize("encoding", ["identity", "gzip"])
    def test_is_refused_above_the_limit_after_one_request(
        self, config_file: Path, way: str, encoding: str
    ) -> None:
        body = json.dumps({"items": [{"name": "a" * 100}] * 1000}).encode()
        packed = gzip.compress(body) if encoding == "gzip" else body
        page = answer(200, packed, content_type="application/json", content_encoding=encoding)
        with ScriptedServer(page) as server:
            assert self.drained(config_file, server, len(body), way) == 1000
            with pytest.raises(ResponseError, match=rf"larger than {len(body) - 1} bytes"):
                self.drained(config_file, server, len(body) - 1, way)
        assert len(server.requests) == 2

    def test_of_a_bomb_is_bounded_while_it_is_unpacked(self, config_file: Path) -> None:
        packer = zlib.compressobj(wbits=31)
        bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(64)) + packer.flush()
        page = answer(200, bomb, content_type="application/json", content_encoding="gzip")
        tracemalloc.start()
        try:
            with ScriptedServer(page) as server, pytest.raises(ResponseError, match="larger than"):
                self.drained(config_file, server, 2**20, "sync")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 20 * 2**20

    @pytest.mark.parametrize("limit", [0, -1, 1.5, True, "1"])
    def test_is_bounded_by_a_number_that_makes_sense(self, limit: Any) -> None:
        with pytest.raises(ConfigError, match="max_response_size"):
            connect("us-ashburn-1", signer=lambda request: None, max_response_size=limit)
