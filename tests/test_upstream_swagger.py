"""Oracle's Swagger 2.0 document, converted with Node, which the tests install."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tools.openapi.parse import read_text
from tools.openapi.reader import read
from tools.upstream.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

ITEM = "response 200 property items[]"
SWAGGER = Path(__file__).with_name("oracle_swagger.yaml")


@pytest.fixture
def swagger() -> Any:
    """Oracle's document, which each test may change."""
    return read(read_text(SWAGGER), str(SWAGGER))


@pytest.fixture
def compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Compares a document with our spec: the exit code, and the report."""

    def compare(content: Any) -> tuple[int, Any]:
        file = tmp_path / "swagger.json"
        file.write_text(json.dumps(content))
        code = main([str(file), "--format", "json"])
        return code, json.loads(capsys.readouterr().out)

    return compare


def texts(changes: Any) -> list[str]:
    return [f"{one['location']}: {one['text']}" for one in changes]


def test_ours_is_what_oracle_says(swagger: Any, compared: Callable[..., Any]) -> None:
    code, report = compared(swagger)
    assert (code, texts(report["behind"]), texts(report["ahead"])) == (0, [], [])
    summaries = [one["summary"] for one in report["not_covered"]]
    assert summaries == ["Create a workspace", "Get latest job runs"]


def test_a_document_with_250_operations_more(swagger: Any, compared: Callable[..., Any]) -> None:
    for number in range(250):
        name = f"Thing{number}"
        texts = {f"p{one}": {"type": "string"} for one in range(20)}
        properties = {**texts, "state": {"$ref": "#/definitions/State"}}
        swagger["definitions"][name] = {"type": "object", "properties": properties}
        schema = {"$ref": f"#/definitions/{name}"}
        key = {"name": "key", "in": "path", "required": True, "type": "string"}
        swagger["paths"][f"/things{number}/{{key}}"] = {
            "get": {
                "operationId": f"Get{name}",
                "summary": f"Get a {name}",
                "parameters": [key],
                "responses": {"200": {"description": "d", "schema": schema}},
            }
        }
    code, report = compared(swagger)
    assert (code, report["behind"], report["ahead"]) == (0, [], [])
    assert len(report["not_covered"]) == 252


def test_each_later_change_is_reported_once(swagger: Any, compared: Callable[..., Any]) -> None:
    definitions, parameters = swagger["definitions"], swagger["parameters"]
    task_runs = swagger["paths"][
        "/aiDataPlatforms/{aiDataPlatformId}/workspaces/{workspaceKey}/taskRuns"
    ]["get"]
    parameters["LimitQueryParam"]["maximum"] = 500
    definitions["State"]["properties"] = definitions["State"]["properties"] | {
        "reason": {"type": "string"}
    }
    definitions["JobRunSummary"]["properties"]["launched"]["enum"].append("EVENT")
    definitions["JobRunSummary"]["properties"]["executionDuration"] = {"type": "string"}
    definitions["JobSummary"]["required"].append("name")
    task_runs["parameters"].append({"name": "taskKey", "in": "query", "type": "string"})
    task_runs["parameters"].remove({"name": "parentJobRunKey", "in": "query", "type": "string"})
    task_runs["responses"]["409"] = task_runs["responses"]["404"]
    code, report = compared(swagger)
    assert code == 1
    assert sorted(texts(report["behind"])) == [
        "query parameter limit: maximum lowered from 1000 to 500",
        "query parameter taskKey: added, optional",
        f"{ITEM}.executionDuration: type changed from integer (int64) to string",
        f"{ITEM}.launched: value EVENT added to the closed enum",
        f"{ITEM}.name: became required",
        f"{ITEM}.state.reason: added, optional",
        "response 409: added",
    ]
    assert texts(report["ahead"]) == ["query parameter parentJobRunKey: missing, was optional"]


def test_a_shared_body_and_a_file_are_read(swagger: Any, compared: Callable[..., Any]) -> None:
    fetch = swagger["paths"][
        "/aiDataPlatforms/{aiDataPlatformId}/workspaces/{workspaceKey}/taskRuns/{taskRunKey}"
        "/actions/fetchOutput"
    ]["post"]
    swagger["parameters"]["Body"] = fetch["parameters"][0]
    fetch["parameters"][0] = {"$ref": "#/parameters/Body"}
    swagger["paths"]["/file"] = {
        "get": {
            "produces": ["application/octet-stream"],
            "responses": {"200": {"description": "d", "schema": {"type": "file"}}},
        }
    }
    code, report = compared(swagger)
    assert (code, report["behind"], report["ahead"]) == (0, [], [])


def test_a_document_without_a_host(swagger: Any, compared: Callable[..., Any]) -> None:
    del swagger["host"], swagger["schemes"]
    code, report = compared(swagger)
    assert (code, report["behind"], report["ahead"]) == (0, [], [])


def test_what_the_converter_cannot_read_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "swagger.json"
    file.write_text(json.dumps({"swagger": "2.0", "paths": {"/a": {"get": {"parameters": 1}}}}))
    assert main([str(file)]) == 2
    assert "cannot be converted to OpenAPI 3" in capsys.readouterr().err
