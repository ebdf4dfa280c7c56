"""The draft of an operation in the style of our spec, from Oracle's document."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.documents import Document as Rules
from tests.our_spec import our_spec
from tools.adopt.__main__ import main
from tools.adopt.operation import draft
from tools.adopt.text import as_yaml
from tools.generate.generator import generate
from tools.openapi.document import Document
from tools.openapi.validation import check
from tools.upstream.convert import read_document
from tools.upstream.selection import operations

CLUSTERS = "/20260430/aiDataPlatforms/{aiDataPlatformId}/clusters"
ORACLE: dict[str, Any] = yaml.safe_load("""
openapi: 3.0.4
info: { title: Oracle's, version: "1" }
servers: [{ url: https://example.com/20260430 }]
paths:
  /aiDataPlatforms/{aiDataPlatformId}/clusters:
    parameters:
      - { name: aiDataPlatformId, in: path, required: true, schema: { type: string } }
    post:
      operationId: FindClusters
      summary: Find clusters
      description: Oracle's own words.
      deprecated: true
      parameters:
        - name: limit
          in: query
          description: d
          schema: { type: integer, minimum: 1, maximum: 9, default: 5 }
        - { name: page, in: query, schema: { type: string, minLength: 1 } }
        - { name: opc-request-id, in: header, schema: { type: string } }
        - { name: sortOrder, in: query, schema: { type: string, enum: [DESC, ASC] } }
        - { name: sort-by, in: query, schema: { type: string, enum: [a, b], default: a } }
        - { name: tag, in: query, explode: true, schema: { type: array, items: { type: string } } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties: { size: { type: string, enum: [S, M] }, name: { type: string } }
      responses:
        "200":
          description: d
          headers:
            opc-next-page: { schema: { type: string } }
            ETag: { schema: { type: string } }
            opc-total: { schema: { type: integer, description: d } }
          content:
            application/json: { schema: { $ref: "#/components/schemas/Clusters" } }
        "404": { description: d }
        "409":
          description: d
          content:
            application/json: { schema: { $ref: "#/components/schemas/Error" } }
        x-note: n
    get: { responses: { "204": { description: d } } }
components:
  schemas:
    Error: { type: object, properties: { other: { type: string } } }
    Clusters:
      type: object
      required: [items]
      properties: { items: { type: array, items: { $ref: "#/components/schemas/Cluster" } } }
    Cluster:
      allOf:
        - { type: object, required: [key], properties: { key: { type: string, maxLength: 9 } } }
        - type: object
          required: [kind]
          properties:
            kind: { type: string, enum: [BIG, SMALL] }
            unit: { type: string, enum: [X, null] }
            state: { $ref: "#/components/schemas/State" }
            parent: { $ref: "#/components/schemas/Cluster" }
            network: { type: object, properties: { ip: { type: string, title: Their words } } }
            tags: { type: object, additionalProperties: { type: string } }
            config: { type: object }
            startTime: { type: integer, format: int64, description: In epoch milliseconds. }
            nodes: { type: array, items: { type: object, properties: { n: { type: integer } } } }
    State: { type: object, properties: { status: { type: string } } }
""")


def drafted(name: str = "FindClusters") -> dict[str, Any]:
    theirs = Document("theirs", ORACLE)
    (operation,) = [one for one in operations(theirs) if one.name == name]
    text = as_yaml(draft(operation, theirs, our_spec()), name)
    result: dict[str, Any] = yaml.safe_load(text)
    return result


def merged(*drafts: dict[str, Any]) -> dict[str, Any]:
    """Our spec with these drafts pasted."""
    content = copy.deepcopy(our_spec().content)
    for one in drafts:
        for path, item in one["paths"].items():
            content["paths"].setdefault(path, {}).update(item)
        content["components"]["schemas"].update(one.get("components", {}).get("schemas", {}))
    return content


def reference(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}


def test_an_operation_has_our_names_and_no_words_of_oracles() -> None:
    operation = drafted()["paths"][CLUSTERS]["post"]
    assert operation["operationId"] == "findClusters"
    assert operation["summary"] == "Find clusters"
    assert (operation["description"], operation["tags"], operation["deprecated"]) == (
        "TODO",
        ["TODO"],
        True,
    )
    assert "words" not in json.dumps(drafted())


def test_parameters_that_ours_has_are_referred_to_and_others_written_out() -> None:
    parameters = drafted()["paths"][CLUSTERS]["post"]["parameters"]
    order = {"allOf": [reference("schemas", "FindClustersSortBy")], "default": "a"}
    assert parameters == [
        reference("parameters", "AiDataPlatformId"),
        {
            "name": "limit",
            "in": "query",
            "description": "TODO",
            "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5},
        },
        reference("parameters", "Page"),
        reference("parameters", "OpcRequestId"),
        reference("parameters", "SortOrder"),
        {"name": "sort-by", "in": "query", "description": "TODO", "schema": order},
        {
            "name": "tag",
            "in": "query",
            "description": "TODO",
            "style": "form",
            "explode": True,
            "schema": {"type": "array", "items": {"type": "string"}},
        },
    ]


def test_errors_and_headers_that_ours_has_are_referred_to() -> None:
    responses = drafted()["paths"][CLUSTERS]["post"]["responses"]
    assert responses["404"] == reference("responses", "NotFound")
    assert responses["default"] == reference("responses", "UnknownError")
    request_id = {"opc-request-id": reference("headers", "OpcRequestId")}
    assert responses["409"] == {
        "description": "TODO",
        "headers": request_id,
        "content": {"application/json": {"schema": reference("schemas", "Error")}},
    }
    assert responses["200"]["headers"] == {
        "ETag": reference("headers", "ETag"),
        "opc-next-page": reference("headers", "OpcNextPage"),
        "opc-total": {"description": "TODO", "schema": {"type": "integer"}},
        **request_id,
    }
    assert [*responses] == ["200", "404", "409", "default"]


def test_schemas_are_as_ours_are() -> None:
    schemas = drafted()["components"]["schemas"]
    null = {"type": "null"}
    assert [*schemas] == [
        "FindClustersSortBy",
        "FindClustersDetails",
        "FindClustersDetailsSize",
        "Clusters",
        "Cluster",
        "ClusterKind",
        "ClusterUnit",
        "ClusterNetwork",
        "ClusterTags",
        "ClusterConfig",
        "ClusterNodesItem",
    ]
    assert schemas["FindClustersDetails"]["properties"] == {
        "size": reference("schemas", "FindClustersDetailsSize"),
        "name": {"type": "string", "description": "TODO"},
    }
    assert schemas["Cluster"]["required"] == ["key", "kind"]
    properties = schemas["Cluster"]["properties"]
    assert properties == {
        "key": {"type": "string", "maxLength": 9, "description": "TODO"},
        "kind": {
            "description": "TODO",
            "anyOf": [reference("schemas", "ClusterKind"), {"type": "string"}],
        },
        "unit": {
            "description": "TODO",
            "anyOf": [reference("schemas", "ClusterUnit"), {"type": "string"}, null],
        },
        "state": {"anyOf": [reference("schemas", "State"), null]},
        "parent": {"anyOf": [reference("schemas", "Cluster"), null]},
        "network": {"anyOf": [reference("schemas", "ClusterNetwork"), null]},
        "tags": {"anyOf": [reference("schemas", "ClusterTags"), null]},
        "config": {"anyOf": [reference("schemas", "ClusterConfig"), null]},
        "startTime": {
            "type": ["integer", "null"],
            "format": "int64",
            "x-format": "epoch-milliseconds",
            "description": "TODO, in milliseconds since 1970-01-01 UTC.",
        },
        "nodes": {
            "type": ["array", "null"],
            "items": reference("schemas", "ClusterNodesItem"),
            "description": "TODO",
        },
    }
    assert schemas["ClusterTags"]["additionalProperties"] == {"type": ["string", "null"]}
    assert schemas["ClusterConfig"]["additionalProperties"] is True
    assert schemas["ClusterUnit"]["enum"] == ["X"]


def test_a_draft_keeps_the_rules_of_the_spec(tmp_path: Path) -> None:
    content = merged(drafted(), drafted(""))
    file = tmp_path / "spec.json"
    file.write_text(json.dumps(content))
    check(file)
    assert Rules(content).faults() == []


def test_the_text_is_laid_out_as_our_spec_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, output = tmp_path / "oracle.json", tmp_path / "draft.yaml"
    file.write_text(json.dumps(ORACLE))
    assert main([str(file), "find-clusters"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# A draft from Oracle's document (FindClusters). Each TODO wants our")
    for lines in (
        f"paths:\n  {CLUSTERS}:\n    post:\n      operationId: findClusters\n",
        '        - { $ref: "#/components/parameters/AiDataPlatformId" }\n        - name: limit\n',
        "          schema: { type: integer, minimum: 1, maximum: 9, default: 5 }\n",
        '        "404": { $ref: "#/components/responses/NotFound" }\n',
        "      required: [items]\n",
        '          type: [integer, "null"]\n',
        "\n\n    ClusterKind:\n      type: string\n",
        "      description: TODO\n      enum: [BIG, SMALL]\n",
    ):
        assert lines in text
    assert main([str(file), f"POST {CLUSTERS}", "--output", str(output)]) == 0
    assert output.read_text() == text


def test_an_operation_that_there_is_not_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "oracle.json"
    file.write_text(json.dumps(ORACLE))
    assert main([str(file), "FindCluster"]) == 2
    assert "no operation FindCluster; perhaps FindClusters" in capsys.readouterr().err
    assert main([str(file), "x"]) == 2
    assert capsys.readouterr().err.endswith("no operation x\n")


@pytest.mark.slow
def test_every_operation_can_be_drafted_and_generated(tmp_path: Path) -> None:
    theirs = read_document(Path(__file__).with_name("oracle_swagger.yaml"))
    content = our_spec().content
    paths = content["paths"]
    first = {path: item for path, item in paths.items() if path.endswith("/taskRuns")}
    ours = Document("ours", {**content, "paths": first})
    drafts = [
        yaml.safe_load(as_yaml(draft(one, theirs, ours), one.name)) for one in operations(theirs)
    ]
    file = tmp_path / "spec.json"
    file.write_text(json.dumps(merged(*drafts)))
    check(file)
    generate(file, tmp_path / "aidp_workbench_api")
    assert (tmp_path / "aidp_workbench_api/api/todo/list_recent_job_runs.py").exists()
