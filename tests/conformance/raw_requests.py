"""The raw requests of the official SDK and of ours, compared parameter by parameter."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import oci
import pytest
from aidp_workbench import ArgumentError, NotFoundError, connect, paginate
from aidp_workbench_api.models import FetchOutputDetails

from tests.conformance import clients
from tests.conformance.operations import (
    OPERATIONS,
    RENAMED,
    kind_of,
    parameters,
    their_parameters,
)
from tests.scripted_server import Received, ScriptedServer, answer
from tools.service.credentials import make_credentials

if TYPE_CHECKING:
    from pathlib import Path

# A value for each parameter of any operation.
VALUES: dict[str, Any] = {
    "ai_data_platform_id": "ocid1.aidataplatform.oc1.iad.a",
    "workspace_key": "w-1",
    "job_run_key": "run-1",
    "task_run_key": "task-run-1",
    "display_name": "R&D: 100% + tax = total? é",
    "display_name_contains": "load +",
    "status": ["FAILED", "QUEUED"],
    "path": "/Workspace/Shared/a b.job",
    "created_by": "Ana Souza",
    "updated_by": "山田",
    "parent_job_run_key": "a/b",
    "root_job_run_key": "a,b",
    "time_created_greater_than_or_equal_to": datetime(
        2026, 4, 30, 4, 0, 0, 123456, timezone(timedelta(hours=2))
    ),
    "time_created_less_than_or_equal_to": datetime(2026, 5, 1, tzinfo=UTC),
    "lifecycle_state": "ACTIVE",
    "type_": "USER",
    "is_private_network_enabled": False,
    "should_include_task_run_summaries": True,
    "should_include_task_run_retries": True,
    "repair_key": 2,
    "should_update_recent": True,
    "sort_by": "displayName",
    "sort_order": "ASC",
    "limit": 7,
    "page": "token/+==",
    "opc_request_id": "R-1",
    "opc_retry_token": "T-1",
}
# jobKey is a key in a path, and a list in a query.
LISTS = {("list_jobs", "job_key"), ("list_job_runs", "job_key")}

# Where the requests differ: what of the request, ours and theirs, and why. Anything else fails.
DIFFERENCES: dict[tuple[str, Any, Any], str] = {
    ("query limit", ("100",), ()): "ours sends the default of Oracle's page",
    ("query sortBy", ("timeCreated",), ()): "ours sends the default of Oracle's page",
    ("header content-type", None, "application/json"): "a GET has no body that would have a type",
    ("header should-update-recent", "true", "True"): "the SDK sends the text of Python",
}


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return make_credentials(tmp_path).config_file


def value_of(operation: str, name: str) -> Any:
    if name == "body":
        return FetchOutputDetails(output_key="output-1")
    if name == "job_key":
        return ["a", "b,c"] if (operation, name) in LISTS else "job-1"
    return VALUES[name]


def our_request(operation: str, arguments: dict[str, Any], config_file: Path) -> Received:
    with ScriptedServer(answer(404, {"code": "c", "message": "m"})) as server:
        client = connect(base_url=server.base_url, config_file=config_file)
        with client, suppress(NotFoundError):
            OPERATIONS[operation].sync_detailed(**arguments, client=client)
        (request,) = server.requests
    return request


def their_request(operation: str, arguments: dict[str, Any], config_file: Path) -> Received:
    given = {RENAMED.get(name, name): value for name, value in arguments.items()}
    if "body" in arguments:
        details = clients.sdk_models.FetchOutputDetails
        given[RENAMED["body"]] = details(output_key=arguments["body"].output_key)
    with ScriptedServer(answer(404, {"code": "c", "message": "m"})) as server:
        sdk = clients.sdk(server.base_url, config_file, kind_of(operation))
        with sdk as client, suppress(oci.exceptions.ServiceError):
            getattr(client, operation)(**given)
        (request,) = server.requests
    return request


def described(request: Received) -> dict[str, Any]:
    """What of a request counts, part by part."""
    url = urlsplit(request.target)
    parts: dict[str, Any] = {"method": request.method, "path": url.path}
    for name, value in parse_qsl(url.query, keep_blank_values=True):
        parts[f"query {name}"] = (*parts.get(f"query {name}", ()), value)
    named = ("accept", "content-type", "opc-request-id", "opc-retry-token", "should-update-recent")
    parts |= {f"header {name}": request.headers[name] for name in named if name in request.headers}
    return parts | ({"body": json.loads(request.body)} if request.body else {})


def differences(ours: Received, theirs: Received, name: str) -> list[tuple[str, Any, Any]]:
    """How two requests that were made with the parameter `name` differ."""
    our, their = described(ours), described(theirs)
    for made_up in {"opc_request_id", "opc_retry_token"} - {name}:
        header = f"header {made_up.replace('_', '-')}"
        assert (header in our) == (header in their)
        our[header] = their[header] = ""
    found = []
    for part in sorted(our.keys() | their.keys()):
        nothing: Any = () if part.startswith("query") else None
        pair = our.get(part, nothing), their.get(part, nothing)
        if pair[0] != pair[1]:
            found.append((part, *pair))
    return found


EACH_PARAMETER = [
    pytest.param(operation, name, id=f"{operation}-{name}")
    for operation in OPERATIONS
    for name, required in parameters(operation).items()
    if not required or name == "body"
]
seen: list[tuple[str, Any, Any]] = []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_has_the_parameters_of_the_sdk(operation: str) -> None:
    assert {*parameters(operation)} == their_parameters(operation)


@pytest.mark.parametrize(("operation", "name"), EACH_PARAMETER)
def test_a_parameter_is_sent_as_the_sdk_sends_it(
    operation: str, name: str, config_file: Path
) -> None:
    required = [one for one, needed in parameters(operation).items() if needed]
    arguments = {one: value_of(operation, one) for one in dict.fromkeys([*required, name])}
    ours = our_request(operation, arguments, config_file)
    theirs = their_request(operation, arguments, config_file)
    found = differences(ours, theirs, name)
    seen.extend(found)
    assert [one for one in found if one not in DIFFERENCES] == []
    assert is_sent(name, ours)


def is_sent(name: str, request: Received) -> bool:
    """Whether the parameter has reached the request at all."""
    sent = "".join(described(request)).replace("-", "").lower()
    return name.removesuffix("_").replace("_", "").lower() in sent


def test_each_declared_difference_still_occurs() -> None:
    if len(seen) < len(EACH_PARAMETER):
        pytest.skip("only some parameters were tried")
    assert [known for known in DIFFERENCES if known not in seen] == []
    print(f"{len(EACH_PARAMETER)} parameters of {len(OPERATIONS)} operations")


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.startswith("get_")])
def test_a_slash_in_a_key_stays_one_key_in_ours_alone(operation: str, config_file: Path) -> None:
    required = [one for one, needed in parameters(operation).items() if needed]
    arguments = {one: value_of(operation, one) for one in required}
    key = required[-1]
    arguments[key] = "a/b c"
    ours = our_request(operation, arguments, config_file).target
    theirs = their_request(operation, arguments, config_file).target
    assert urlsplit(ours).path.endswith("/a%2Fb%20c")
    assert urlsplit(theirs).path.endswith("/a/b%20c")


def test_a_time_without_a_zone_is_utc_for_the_sdk_and_refused_by_ours(config_file: Path) -> None:
    arguments = {
        "ai_data_platform_id": "p",
        "workspace_key": "w",
        "time_created_greater_than_or_equal_to": datetime(2026, 4, 30, 2),
    }
    theirs = described(their_request("list_job_runs", arguments, config_file))
    assert theirs["query timeCreatedGreaterThanOrEqualTo"] == ("2026-04-30T02:00:00Z",)
    with (
        ScriptedServer(answer(404)) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        with pytest.raises(ArgumentError, match="zone"):
            OPERATIONS["list_job_runs"].sync(**arguments, client=client)
        assert server.requests == []


def test_an_empty_filter_lists_everything_with_the_sdk_and_is_refused_by_ours(
    config_file: Path,
) -> None:
    arguments: dict[str, Any] = {"ai_data_platform_id": "p", "workspace_key": "w", "job_key": []}
    theirs = described(their_request("list_job_runs", arguments, config_file))
    assert "query jobKey" not in theirs
    with (
        ScriptedServer(answer(404)) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        with pytest.raises(ArgumentError, match="job_key"):
            list(paginate(OPERATIONS["list_job_runs"], **arguments, client=client))
        assert server.requests == []
