"""The local endpoint answers every list and get operation of a spec, from its schemas alone."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.requests import Request

from tests.every_kind import SPEC as EVERY_KIND
from tools.openapi.parse import parse_file
from tools.service import sample_workspace
from tools.service.contract import SPEC, Contract
from tools.service.errors import ApiError
from tools.service.holdings import Holdings
from tools.service.pages import PageTokens
from tools.service.resources import Resources
from tools.service.values import Values

WORKSPACE = sample_workspace(12)
BASE = f"/20260430/aiDataPlatforms/{WORKSPACE.ai_data_platform_id}/workspaces/{WORKSPACE.key}"
BELOW = "/20260430/aiDataPlatforms/{aiDataPlatformId}/workspaces/{workspaceKey}"

# What a maintainer adds: a list of clusters, one cluster, and its nodes.
ADDED = f"""\
  {BELOW}/clusters:
    get:
      operationId: listClusters
      parameters: &keys
        - $ref: "#/components/parameters/AiDataPlatformId"
        - $ref: "#/components/parameters/WorkspaceKey"
        - {{ name: size, in: query, schema: {{ type: integer }} }}
        - {{ name: kind, in: query, schema: {{ type: array, items: {{ type: string }} }} }}
        - {{ name: displayName, in: query, schema: {{ type: string }} }}
        - {{ name: isShared, in: query, schema: {{ type: boolean }} }}
        - {{ name: timeCreated, in: query, schema: {{ type: string, format: date-time }} }}
        - {{ name: limit, in: query, schema: {{ type: integer, minimum: 1, maximum: 25 }} }}
        - $ref: "#/components/parameters/Page"
      responses:
        "200":
          description: A page of clusters.
          headers:
            opc-next-page: {{ $ref: "#/components/headers/OpcNextPage" }}
          content:
            application/json: {{ schema: {{ $ref: "#/components/schemas/ClusterCollection" }} }}
  {BELOW}/clusters/{{clusterKey}}:
    delete: {{ operationId: deleteCluster, responses: {{ "204": {{ description: Gone. }} }} }}
    get:
      operationId: getCluster
      responses:
        "200":
          description: A cluster.
          content:
            application/json: {{ schema: {{ $ref: "#/components/schemas/Cluster" }} }}
    parameters: &one
      - $ref: "#/components/parameters/AiDataPlatformId"
      - $ref: "#/components/parameters/WorkspaceKey"
      - {{ name: clusterKey, in: path, required: true, schema: {{ type: string }} }}
  {BELOW}/clusters/{{clusterKey}}/nodes/{{nodeId}}:
    parameters:
      - $ref: "#/components/parameters/AiDataPlatformId"
      - $ref: "#/components/parameters/WorkspaceKey"
      - {{ name: clusterKey, in: path, required: true, schema: {{ type: string }} }}
      - {{ name: nodeId, in: path, required: true, schema: {{ type: integer, minimum: 1 }} }}
    get:
      operationId: getNode
      responses:
        "200":
          description: A node.
          content:
            application/json:
              schema:
                type: object
                required: [id, clusterKey]
                properties: {{ id: {{ type: integer }}, clusterKey: {{ type: string }} }}
  {BELOW}/clusters/{{clusterKey}}/log:
    parameters: *one
    get:
      operationId: getLog
      responses:
        "200": {{ description: Text., content: {{ text/plain: {{ schema: {{ type: string }} }} }} }}
"""
SCHEMAS = """\
    ClusterCollection:
      type: object
      required: [items]
      properties:
        items: { type: array, items: { $ref: "#/components/schemas/Cluster" } }
    Cluster:
      type: object
      required: [kind]
      properties:
        key: { type: [string, "null"] }
        workspaceKey: { type: string }
        displayName: { type: [string, "null"], maxLength: 40 }
        size: { type: integer, minimum: 3, multipleOf: 2 }
        kind: { type: string, enum: [SMALL, LARGE] }
        isShared: { type: [boolean, "null"] }
        timeCreated: { type: string, format: date-time }
        tags: { type: object, additionalProperties: { type: string } }
        parent: { anyOf: [{ $ref: "#/components/schemas/Cluster" }, { type: "null" }] }
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Asks for a path and a query; gives the body and the headers of the answer."""
    spec = tmp_path_factory.mktemp("spec") / "spec.yaml"
    text = SPEC.read_text(encoding="utf-8").replace("paths:\n", "paths:\n" + ADDED, 1)
    spec.write_text(text.replace("\n  schemas:\n", "\n  schemas:\n" + SCHEMAS, 1), encoding="utf-8")
    contract, tokens = Contract(spec), PageTokens(b"secret")
    held = Holdings(WORKSPACE, tokens)
    resources = Resources(contract.content, held.known, tokens, held.own, held.answers)

    def ask(path: str, query: str = "", method: str = "GET") -> tuple[Any, Mapping[str, str]]:
        scope = {"type": "http", "method": method, "headers": [], "query_string": query.encode()}
        call = contract.check(Request({**scope, "raw_path": f"{BASE}{path}".encode()}), b"")
        response = resources.answer(call)
        body = bytes(response.body).decode()
        is_json = response.headers["content-type"] == "application/json"
        return json.loads(body) if is_json else body, response.headers

    return ask


def everything(ask: Any, path: str, query: str = "") -> list[Any]:
    items: list[Any] = []
    token = ""
    while True:
        body, headers = ask(path, f"{query}{token}")
        items += body["items"]
        if "opc-next-page" not in headers:
            return items
        token = f"&page={headers['opc-next-page']}"


def refused(ask: Any, *request: str) -> tuple[int, str]:
    with pytest.raises(ApiError) as caught:
        ask(*request)
    return caught.value.status, caught.value.message


def test_pages_hold_everything_once_and_the_same_each_time(ask: Any) -> None:
    first = everything(ask, "/clusters", "limit=25")
    assert (
        first
        == everything(ask, "/clusters", "limit=7")
        == ask("/clusters")[0]["items"] + first[100:]
    )
    assert len(first) == 250
    assert len({one["key"] for one in first}) == 250
    assert any(one["displayName"] is None for one in first if "displayName" in one)
    assert any("displayName" not in one for one in first)


def test_the_page_token_of_another_query_is_refused(ask: Any) -> None:
    token = ask("/clusters", "limit=5")[1]["opc-next-page"]
    assert refused(ask, "/clusters", f"kind=LARGE&page={token}")[0] == 400
    assert refused(ask, "/clusters", "page=forged")[0] == 400
    assert refused(ask, "/clusters", "limit=26")[0] == 400


@pytest.mark.parametrize("name", ["size", "kind", "displayName", "isShared", "timeCreated"])
def test_a_parameter_that_names_a_property_filters_by_equality(ask: Any, name: str) -> None:
    every = everything(ask, "/clusters", "limit=25")
    value = every[0][name]
    text = value if isinstance(value, str) else json.dumps(value)
    found = everything(ask, "/clusters", f"{name}={text}&limit=25")
    assert found == [one for one in every if one.get(name) == value]
    assert 0 < len(found) < len(every)


def test_a_filter_of_several_values_takes_each_of_them(ask: Any) -> None:
    assert len(everything(ask, "/clusters", "kind=SMALL&kind=LARGE&limit=25")) == 250
    assert ask("/clusters", "kind=HUGE")[0] == {"items": []}


def test_what_is_listed_can_be_got(ask: Any) -> None:
    for one in everything(ask, "/clusters", "limit=25")[:12]:
        assert ask(f"/clusters/{one['key']}")[0] == one
        assert one.get("workspaceKey", WORKSPACE.key) == WORKSPACE.key


def test_an_unknown_key_is_not_found(ask: Any) -> None:
    assert refused(ask, "/clusters/x") == (
        404,
        "Authorization failed or requested resource not found: clusterKey",
    )
    assert refused(ask, "/clusters/x/nodes/1")[0] == 404
    assert refused(ask, "/taskRuns/x")[0] == 404


def test_what_is_below_a_thing_follows_from_its_key(ask: Any) -> None:
    first, second = (one["key"] for one in ask("/clusters")[0]["items"][:2])
    assert ask(f"/clusters/{first}/nodes/7")[0] == {"id": 7, "clusterKey": first}
    assert ask(f"/clusters/{second}/nodes/7")[0] == {"id": 7, "clusterKey": second}
    assert refused(ask, f"/clusters/{first}/nodes/251")[0] == 404
    assert refused(ask, f"/clusters/{first}/nodes/x")[0] == 400


def test_text_is_returned_as_text(ask: Any) -> None:
    key = ask("/clusters")[0]["items"][0]["key"]
    body, headers = ask(f"/clusters/{key}/log")
    assert body
    assert headers["content-type"].startswith("text/plain")


def test_a_get_of_a_task_run_returns_the_listed_one(ask: Any) -> None:
    runs = ask("/taskRuns", f"jobRunKey={next(iter(WORKSPACE.job_runs))}")[0]["items"]
    assert len(runs) == 12
    for run in runs:
        assert ask(f"/taskRuns/{run['key']}")[0] | run == ask(f"/taskRuns/{run['key']}")[0]


def test_what_is_no_get_is_not_implemented(ask: Any) -> None:
    key = ask("/clusters")[0]["items"][0]["key"]
    status, message = refused(ask, f"/clusters/{key}", "", "DELETE")
    assert status == 501
    assert "deleteCluster" in message


SCHEMAS_OF_EVERY_KIND = parse_file(EVERY_KIND).content


@pytest.mark.parametrize("name", SCHEMAS_OF_EVERY_KIND["components"]["schemas"])
def test_a_schema_of_every_kind_has_a_valid_value_at_each_position(name: str) -> None:
    values = Values(SCHEMAS_OF_EVERY_KIND, {})
    schema = {"$ref": f"#/components/schemas/{name}"}
    for position in range(20):
        value = values.make(schema, name, position)
        assert [*values.errors(schema, value)] == []
        assert value == values.make(schema, name, position)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^[A-Z]{3}-[0-9]+$", "maxLength": 12},
        {"type": "string", "minLength": 80},
        {"type": "string", "maxLength": 1},
        {"type": "string", "format": "date"},
        {"type": "string", "format": "uuid"},
        {"type": "integer", "exclusiveMinimum": 4, "maximum": 9, "multipleOf": 3},
        {"type": "integer", "maximum": -7},
        {"type": "number", "minimum": 0.5, "maximum": 0.9},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        {"type": "array", "items": {"type": "integer"}, "minItems": 4, "uniqueItems": True},
        {"type": "array", "maxItems": 0},
        {"type": "object", "minProperties": 3},
        {"type": "object", "required": ["a"], "additionalProperties": {"type": "boolean"}},
        {"allOf": [{"type": "object", "properties": {"a": {"const": 1}}}, {"required": ["a"]}]},
        {"oneOf": [{"type": "integer"}, {"type": "string"}]},
        {"type": ["null", "boolean"]},
        {"enum": [None, "A"]},
        {},
        True,
    ],
    ids=str,
)
def test_a_schema_with_bounds_has_a_valid_value_at_each_position(schema: Any) -> None:
    values = Values({"openapi": "3.1.0"}, {})
    for position in range(20):
        assert [*values.errors(schema, values.make(schema, "name", position))] == []
