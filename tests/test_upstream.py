"""Oracle's document compared with ours: which is behind, in what, and what is meant."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.our_spec import our_spec
from tools.openapi.document import Document
from tools.openapi.errors import SpecError
from tools.paths import DELIBERATE, SPEC
from tools.upstream.__main__ import main
from tools.upstream.convert import read_document
from tools.upstream.findings import Findings, changes_between, examine, read_deliberate
from tools.upstream.selection import select

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.specdiff.model import Change

SWAGGER = Path(__file__).with_name("oracle_swagger.yaml")
WORKSPACE = "/20260430/aiDataPlatforms/{aiDataPlatformId}/workspaces/{workspaceKey}"
TASK_RUNS = f"{WORKSPACE}/taskRuns"
FETCH = f"{TASK_RUNS}/{{taskRunKey}}/actions/fetchOutput"


def part(*paths: str) -> Document:
    """Our spec with these paths alone, which is faster to compare."""
    spec = our_spec()
    kept = {path: spec.content["paths"][path] for path in paths}
    return Document("ours", {**spec.content, "paths": kept}, spec.text)


OURS = part(TASK_RUNS, FETCH)
LIST, POST = (OURS.content["paths"][path][m] for path, m in ((TASK_RUNS, "get"), (FETCH, "post")))
MEANT = read_deliberate(DELIBERATE.read_text(), "deliberate")


class Oracle:
    """Oracle's document: at first it says what ours does, until a test changes it."""

    def __init__(self) -> None:
        self.content = copy.deepcopy(OURS.content)
        self.paths = self.content["paths"]
        self.schemas = self.content["components"]["schemas"]
        self.list = self.paths[TASK_RUNS]["get"]
        self.post = self.paths[FETCH]["post"]

    def parameter(self, name: str) -> Any:
        """A parameter of the list operation, of its own even if it is shared."""
        parameters = self.list["parameters"]
        for index, one in enumerate(parameters):
            found = copy.deepcopy(Document("", self.content).resolve(one)[0])
            if found["name"] == name:
                parameters[index] = found
                return found
        raise LookupError(name)

    def properties(self, schema: str) -> Any:
        return self.schemas[schema]["properties"]

    def compared(self) -> Findings:
        return examine(OURS, Document("theirs", self.content), MEANT)


def said(changes: list[Change]) -> list[str]:
    return [f"{one.location}: {one.text}" for one in changes]


def lower_maximum(oracle: Oracle) -> None:
    oracle.parameter("limit")["schema"]["maximum"] = 500


def add_status(oracle: Oracle) -> None:
    oracle.schemas["TaskRunStatus"]["enum"].append("PAUSED_BY_USER")


def add_filter_status(oracle: Oracle) -> None:
    oracle.schemas["TaskRunStatusFilter"]["enum"].append("TIMED_OUT")


def add_property(oracle: Oracle) -> None:
    oracle.properties("State")["reason"] = {"type": "string"}


def add_parameter(oracle: Oracle) -> None:
    oracle.list["parameters"].append({"name": "taskKey", "in": "query", "schema": {}})


def remove_parameter(oracle: Oracle) -> None:
    oracle.list["parameters"].remove(oracle.parameter("rootJobRunKey"))


def change_type(oracle: Oracle) -> None:
    oracle.properties("TaskRunSummary")["retryAttempt"] = {"type": "string"}


def change_type_in_request(oracle: Oracle) -> None:
    oracle.properties("FetchOutputDetails")["outputKey"] = {"type": "integer"}


def remove_operation(oracle: Oracle) -> None:
    del oracle.paths[FETCH]


def require_parameter(oracle: Oracle) -> None:
    oracle.parameter("displayName")["required"] = True


def require_in_request(oracle: Oracle) -> None:
    oracle.schemas["FetchOutputDetails"]["required"] = ["outputKey"]


def require_in_response(oracle: Oracle) -> None:
    oracle.schemas["State"]["required"] = ["status"]


def add_response(oracle: Oracle) -> None:
    oracle.post["responses"]["409"] = {"description": "Conflict."}


def add_header(oracle: Oracle) -> None:
    oracle.list["responses"]["200"]["headers"]["opc-total"] = {"schema": {"type": "integer"}}


def deprecate(oracle: Oracle) -> None:
    oracle.list["deprecated"] = True


def remove_value(oracle: Oracle) -> None:
    oracle.schemas["TaskRunStatusFilter"]["enum"].remove("QUEUED")


RUN = "response 200 property items[]"
STATUS = f"{RUN}.state.status"


@pytest.mark.parametrize(
    ("change", "side", "expected"),
    [
        (lower_maximum, "behind", "query parameter limit: maximum lowered from 1000 to 500"),
        (add_status, "behind", f"{STATUS}: value PAUSED_BY_USER added to the open enum"),
        (
            add_filter_status,
            "behind",
            "query parameter status[]: value TIMED_OUT added to the closed enum",
        ),
        (add_property, "behind", "response 200 property items[].state.reason: added, optional"),
        (add_parameter, "behind", "query parameter taskKey: added, optional"),
        (remove_parameter, "ahead", "query parameter rootJobRunKey: missing, was optional"),
        (
            change_type,
            "behind",
            f"{RUN}.retryAttempt: type changed from integer (int32) to string",
        ),
        (
            change_type_in_request,
            "behind",
            "request body property outputKey: type changed from string to integer",
        ),
        (remove_operation, "ahead", "operation: missing"),
        (require_parameter, "behind", "query parameter displayName: became required"),
        (require_in_request, "behind", "request body property outputKey: became required"),
        (require_in_response, "behind", f"{STATUS}: became required"),
        (add_response, "behind", "response 409: added"),
        (add_header, "behind", "response 200 header opc-total: added, optional"),
        (deprecate, "behind", "operation: deprecated"),
        (
            remove_value,
            "ahead",
            "query parameter status[]: value QUEUED missing from the closed enum",
        ),
    ],
)
def test_a_later_change_is_reported_once_and_nothing_else(
    change: Callable[[Oracle], None], side: str, expected: str
) -> None:
    oracle = Oracle()
    change(oracle)
    found = oracle.compared()
    assert {"behind": said(found.behind), "ahead": said(found.ahead)} == {
        "behind": [],
        "ahead": [],
        side: [expected],
    }


def test_what_is_no_change_of_the_api_is_not_reported() -> None:
    oracle = Oracle()
    oracle.content["info"] = {"title": "Another", "version": "1"}
    oracle.content["servers"] = [{"url": "https://elsewhere.example"}]
    oracle.content["security"] = []
    oracle.list.update(operationId="ListTaskRuns", tags=["x"], summary="s", description="d")
    oracle.list["x-oracle"] = True
    oracle.properties("State")["status"]["description"] = "d"
    oracle.schemas["NotUsed"] = {"type": "object"}
    found = oracle.compared()
    assert (found.behind, found.ahead, found.deliberate) == ([], [], [])


def test_the_base_path_and_the_names_of_variables_make_no_difference() -> None:
    oracle = Oracle()
    oracle.content["servers"] = [{"url": "https://a.example/20260430"}, {"url": "/20260430/"}]
    moved = {}
    for path, item in oracle.paths.items():
        short = path.removeprefix("/20260430").replace("aiDataPlatformId", "instanceId")
        moved[short] = item
    oracle.content["paths"] = moved
    oracle.content["components"]["parameters"]["AiDataPlatformId"]["name"] = "instanceId"
    found = oracle.compared()
    assert (found.behind, found.ahead, found.not_covered) == ([], [], [])


def test_an_operation_that_moved_is_found_by_its_id_and_the_move_is_one_difference() -> None:
    oracle = Oracle()
    oracle.content["paths"] = {
        path.replace("/20260430/", "/20270101/"): item for path, item in oracle.paths.items()
    }
    oracle.list["operationId"] = "list_TaskRuns"
    lower_maximum(oracle)
    found = oracle.compared()
    assert said(found.behind) == [
        "path: changed from /20260430 to /20270101",
        "query parameter limit: maximum lowered from 1000 to 500",
    ]
    assert len(found.behind[0].places) == 2
    assert (found.ahead, found.not_covered) == ([], [])


def test_operations_that_ours_lacks_are_listed_with_their_summaries() -> None:
    oracle = Oracle()
    create = {"operationId": "CreateTaskRun", "summary": "Create\nit", "responses": {}}
    oracle.paths[TASK_RUNS]["post"] = create
    oracle.paths["/x"] = {"get": {"operationId": "GetX", "responses": {}}, "x-y": 1}
    found = oracle.compared()
    assert [(one.title, one.summary) for one in found.not_covered] == [
        (f"POST {TASK_RUNS}", "Create"),
        ("GET /x", "GetX"),
    ]
    assert (found.behind, found.ahead) == ([], [])


def test_what_ours_has_looser_on_purpose_is_counted_with_its_reason() -> None:
    oracle = Oracle()
    oracle.properties("State")["status"] = {"$ref": "#/components/schemas/TaskRunStatus"}
    oracle.properties("TaskRunSummary")["retryAttempt"] = {"type": "integer"}
    oracle.schemas["State"]["additionalProperties"] = False
    del oracle.parameter("opc-request-id")["schema"]["pattern"]
    found = oracle.compared()
    assert (found.behind, found.ahead) == ([], [])
    reasons = {reason.split(",")[0] for _, reason in found.deliberate}
    assert {one.id for one, _ in found.deliberate} == {
        "request-parameter-pattern-removed",
        "response-property-additional-properties-closed",
        "response-property-became-not-nullable",
        "response-property-enum-became-closed",
        "response-property-type-changed",
    }
    assert "OCI services send null for values that are absent" in reasons


def test_a_new_value_of_an_enum_that_only_oracle_has_closed_is_still_reported() -> None:
    oracle = Oracle()
    add_status(oracle)
    oracle.properties("State")["status"] = {"$ref": "#/components/schemas/TaskRunStatus"}
    assert len(oracle.compared().behind) == 1


@pytest.mark.parametrize(
    "text",
    ["- reason: r", "- rules: [a]", "- rules: []\n  reason: r", "x", "- rules: [a]\n  reason: ' '"],
)
def test_a_declaration_without_rules_or_reason_is_refused(text: str) -> None:
    with pytest.raises(SpecError, match="entry 1 is not a list of rules with a reason"):
        read_deliberate(text, "file")


def test_declarations_that_are_no_yaml_are_refused() -> None:
    with pytest.raises(SpecError, match="file: not YAML"):
        read_deliberate("[", "file")


def test_two_of_oracles_documents_are_compared_for_our_operations() -> None:
    old, new = Oracle(), Oracle()
    for oracle in (old, new):
        oracle.paths["/x"] = {"get": {"operationId": "GetX", "responses": {}}}
    lower_maximum(new)
    new.list["summary"] = "Other words"
    del new.paths["/x"]
    changes, operations = changes_between(
        Document("old", old.content), Document("new", new.content), OURS
    )
    assert [one.level for one in changes] == ["breaking", "docs"]
    assert said(changes)[0] == "query parameter limit: maximum lowered from 1000 to 500"
    assert operations == {f"GET {TASK_RUNS}", f"POST {FETCH}"}


def test_an_operation_that_the_newer_document_adds_is_a_change_if_ours_has_it() -> None:
    old, new = Oracle(), Oracle()
    remove_operation(old)
    changes, _ = changes_between(Document("", old.content), Document("", new.content), OURS)
    assert said(changes) == ["operation: added"]


def test_a_path_is_matched_before_an_operation_id() -> None:
    oracle = Oracle()
    oracle.list["operationId"], oracle.post["operationId"] = "fetchOutput", "listTaskRuns"
    selection = select(OURS, Document("", oracle.content))
    assert (selection.moved, selection.not_covered) == ([], [])


def write(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content))
    return str(path)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_report_on_a_document_that_is_as_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert main([str(SPEC), "--format", form]) == 0
    out = capsys.readouterr().out
    if form == "json":
        assert (json.loads(out)["behind"], json.loads(out)["ahead"]) == ([], [])
    else:
        assert "Neither is behind." in out


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_report_on_a_document_that_has_moved(tmp_path: Path, form: str) -> None:
    content = copy.deepcopy(our_spec().content)
    content["components"]["parameters"]["Limit"]["schema"]["maximum"] = 500
    content["components"]["schemas"]["TaskRunStatusFilter"]["enum"].remove("QUEUED")
    content["paths"]["/x"] = {"get": {"summary": "Get\tx", "responses": {"200": {}}}}
    file, output = write(tmp_path / "oracle.json", content), tmp_path / "report"
    assert main([file, "--format", form, "--output", str(output)]) == 1
    text = output.read_text()
    if form == "json":
        found = json.loads(text)
        assert [one["id"] for one in found["behind"]] == ["request-parameter-max-decreased"]
        assert [one["text"] for one in found["ahead"]] == [
            "value QUEUED missing from the closed enum"
        ]
        assert found["not_covered"] == [{"operation": "GET /x", "id": "", "summary": "Get\tx"}]
    else:
        assert "Behind by 1, ahead by 1; Oracle's document has 1 more operation." in text
        assert text.count("maximum lowered from 1000 to 500") == 1
        assert "GET /x" in text


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_report_on_two_of_oracles_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    oracle = Oracle()
    old = write(tmp_path / "old.json", oracle.content)
    assert main([old, old, "--format", form]) == 0
    assert capsys.readouterr().out.startswith("No change: " if form == "text" else "{")
    oracle.list["summary"] = "Other words"
    assert main([old, write(tmp_path / "docs.json", oracle.content), "--format", form]) == 0
    add_parameter(oracle)
    assert main([old, write(tmp_path / "new.json", oracle.content), "--format", form]) == 1
    assert "new-optional-request-parameter" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not YAML"),
        ("{}", "not an OpenAPI document"),
        ('{"swagger": "1.2"}', "Swagger 1.2, not 2.0"),
        ('{"swagger": "2.0"}', "`paths` is no mapping"),
        ("", "the file is empty"),
    ],
)
def test_a_document_that_cannot_be_used_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, problem: str
) -> None:
    file = tmp_path / "oracle.json"
    file.write_text(text)
    assert main([str(file)]) == 2
    assert problem in capsys.readouterr().err
    assert main([str(tmp_path / "none.json")]) == 2


def test_references_to_bodies_among_the_parameters_are_bodies(tmp_path: Path) -> None:
    content = copy.deepcopy(OURS.content)
    body = {"$ref": "#/components/requestBodies/Body"}
    operation = content["paths"][FETCH]["post"]
    content["components"]["requestBodies"] = {"Body": operation.pop("requestBody")}
    operation["parameters"].append(body)
    document = read_document(Path(write(tmp_path / "oracle.json", content)))
    assert document.content["paths"][FETCH]["post"]["requestBody"] == body
    assert examine(OURS, document, MEANT).behind == []
