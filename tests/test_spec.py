"""The spec says what Oracle's page says, and keeps the rules that the overlays count on."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.documents import Document, facts
from tests.our_spec import our_spec
from tools.openapi.validation import check
from tools.paths import SPEC

FILTERS = (
    "PENDING RUNNING SKIPPED INTERNAL_ERROR BLOCKED SUCCESS FAILED CANCELED"
    " UPSTREAM_CANCELED UPSTREAM_FAILED EXCLUDED"
)
STATUSES = (
    "PENDING QUEUED RUNNING SKIPPED INTERNAL_ERROR BLOCKED SUCCESS FAILED CANCELING CANCELED"
    " UPSTREAM_CANCELED UPSTREAM_FAILED EXCLUDED TIMED_OUT PAUSED_MAINTENANCE"
)
# Oracle's page "Get task runs"; `!` marks what it calls required.
PAGE = f"""\
get /20260430/aiDataPlatforms/{{aiDataPlatformId}}/workspaces/{{workspaceKey}}/taskRuns
path aiDataPlatformId! string
path workspaceKey! string
query displayName string minLength=1 maxLength=255
query jobRunKey! string
query limit integer minimum=1 maximum=1000 default=100
query page string minLength=1
query parentJobRunKey string
query rootJobRunKey string
query sortBy string default=timeCreated enum=timeCreated displayName status
query sortOrder string enum=ASC DESC
query status array of string enum={FILTERS}
header opc-request-id string pattern=^[A-Za-z0-9_-]+$
200 application/json TaskRunCollection, opc-next-page string, opc-request-id string
400 application/json Error, opc-request-id string
401 application/json Error, opc-request-id string
404 application/json Error, opc-request-id string
429 application/json Error, opc-request-id string
500 application/json Error, opc-request-id string
default application/json Error, opc-request-id string
TaskRunCollection.items! array of TaskRunSummary
TaskRunSummary.clusterValidationStartTime integer format=int64
TaskRunSummary.endTime integer format=int64
TaskRunSummary.externalId string
TaskRunSummary.jobRunKey string
TaskRunSummary.key string
TaskRunSummary.name string
TaskRunSummary.parentJobRunKey string
TaskRunSummary.retryAttempt integer format=int32
TaskRunSummary.rootJobRunKey string
TaskRunSummary.startTime integer format=int64
TaskRunSummary.state State
TaskRunSummary.taskKey string minLength=1 maxLength=100
State.errorTrace string
State.isUserCanceledOrTimedOut boolean default=False
State.stateMessage string
State.status string enum={STATUSES}
Error.code! string
Error.message! string
"""

# A fault, and how to cause it: the place of a value, and its new value or None for none.
FAULTS: dict[str, tuple[str, object]] = {
    "listTaskRuns: takes a page": ("parameters/Page/name", "token"),
    "listTaskRuns: takes no empty page": ("parameters/Page/schema/minLength", None),
    "listTaskRuns: takes a limit": ("parameters/Limit/name", "size"),
    "listTaskRuns: takes a whole limit from 1": ("parameters/Limit/schema/minimum", 0),
    "listTaskRuns: has a largest limit": ("parameters/Limit/schema/maximum", None),
    "listTaskRuns: has a default limit": ("parameters/Limit/schema/default", None),
    "listTaskRuns: returns opc-next-page": ("operation/responses/200/headers/opc-next-page", None),
    "listTaskRuns: always returns items": ("schemas/TaskRunCollection/required", None),
    "listTaskRuns: returns opc-request-id with 401": ("responses/Unauthorized/headers", None),
    "listTaskRuns: declares the default error": (
        "operation/responses/default",
        {"$ref": "#/components/responses/NotFound"},
    ),
    "listTaskRuns: has one tag": ("operation/tags", ["Task runs", "Runs"]),
    "taskRuns: has an operationId": ("operation/operationId", None),
    "State.status is a closed enum": ("schemas/State/properties/status/anyOf/1", None),
    "State.status cannot be null": ("schemas/State/properties/status/anyOf/2", None),
    "TaskRunSummary.state cannot be null": (
        "schemas/TaskRunSummary/properties/state/anyOf/1",
        None,
    ),
    "TaskRunSummary.name cannot be null": (
        "schemas/TaskRunSummary/properties/name/type",
        "string",
    ),
    "TaskRunSummary.endTime is in milliseconds by its description or its x-format alone": (
        "schemas/TaskRunSummary/properties/endTime/x-format",
        None,
    ),
    "Error.message cannot be null": ("schemas/Error/required", ["code"]),
    "State has no properties": ("schemas/State/properties", None),
    "Error requires what it does not describe": ("schemas/Error/required", ["cod", "message"]),
    "SortOrder does not name each of its values": ("schemas/SortOrder/x-enum-varnames", ["UP"]),
    "notAllowed: 400 is not of type 'string'": ("examples/InvalidLimit/value/code", 400),
    "notAllowed: Unevaluated properties are not allowed ('mesage' was unexpected)": (
        "examples/InvalidLimit/value/mesage",
        "Too many.",
    ),
}


@pytest.fixture
def content() -> Any:
    return copy.deepcopy(our_spec().content)


def task_runs(content: Any) -> Any:
    """The path item of `listTaskRuns`."""
    (path,) = (path for path in content["paths"] if path.endswith("/taskRuns"))
    return content["paths"][path]


def test_the_spec_is_openapi_3_1() -> None:
    check(SPEC)


def test_the_spec_says_all_that_oracles_page_says(content: Any) -> None:
    # The spec may say more: what the service has learned since.
    operation, *_ = page = [fact for line in PAGE.splitlines() for fact in facts(line)]
    assert set(page) - Document(content).facts(operation) == set()


def test_the_page_is_not_said_by_a_spec_with_less(content: Any) -> None:
    content["components"]["schemas"]["TaskRunStatus"]["enum"].remove("SKIPPED")
    page = {fact for line in PAGE.splitlines() for fact in facts(line)}
    operation = PAGE.splitlines()[0]
    assert page - Document(content).facts(operation) == {"State.status string enum=SKIPPED"}


def test_the_spec_keeps_every_rule_of_this_project(content: Any) -> None:
    document = Document(content)
    assert "listTaskRuns" in document.list_operations()
    assert document.faults() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_spec_is_found(content: Any, fault: str) -> None:
    place, value = FAULTS[fault]
    *steps, last = place.split("/")
    node: Any = {**content["components"], "operation": task_runs(content)["get"]}
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if value is None:
        del node[int(last) if isinstance(node, list) else last]
    else:
        node[last] = value
    assert any(found.endswith(fault) for found in Document(content).faults())


def test_every_fault_of_a_spec_is_listed_however_incomplete_it_is(content: Any) -> None:
    schemas = content["components"]["schemas"]
    del schemas["SortOrder"]["type"]
    schemas["Empty"] = {"type": "object"}
    content["paths"]["/a"] = {"get": {}}
    content["paths"]["/b"] = {"get": {"operationId": "listB", "responses": {"200": {}}}}
    content["paths"]["/b"]["parameters"] = [{"name": "page", "in": "query"}]
    assert {
        "get /a: has an operationId",
        "get /a: has one tag",
        "get /a: declares the default error",
        "listB: returns opc-request-id with 200",
        "listB: returns opc-next-page",
        "listB: takes no empty page",
        "listB: has a largest limit",
        "Empty has no properties",
    } <= set(Document(content).faults())


def test_every_reference_that_leads_nowhere_is_listed(content: Any) -> None:
    task_runs(content)["get"]["parameters"].append({"$ref": "#/components/parameters/Pege"})
    del content["components"]["schemas"]["State"]
    assert set(Document(content).faults()) == {
        "#/components/parameters/Pege leads nowhere",
        "#/components/schemas/State leads nowhere",
    }
