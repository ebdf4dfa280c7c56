"""A second list operation and a get: written into the spec, generated, and called as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.documents import Document
from tests.test_generate import PARTS, SPEC, copy_project, generate, replace, tree
from tests.test_spec_changes import run
from tools.openapi.parse import parse_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

WORKSPACE = "/20260430/aiDataPlatforms/{aiDataPlatformId}/workspaces/{workspaceKey}"
OPERATIONS = f"""\
paths:
  {WORKSPACE}/clusters:
    get:
      operationId: listClusters
      tags: [Clusters]
      summary: List clusters
      parameters:
        - $ref: "#/components/parameters/AiDataPlatformId"
        - $ref: "#/components/parameters/WorkspaceKey"
        - {{ name: size, in: query, schema: {{ $ref: "#/components/schemas/ClusterSize" }} }}
        - name: limit
          in: query
          schema: {{ type: integer, minimum: 1, maximum: 40, default: 20 }}
        - $ref: "#/components/parameters/Page"
        - $ref: "#/components/parameters/OpcRequestId"
      responses:
        "200":
          description: A page of clusters.
          headers:
            opc-next-page: {{ $ref: "#/components/headers/OpcNextPage" }}
            opc-request-id: {{ $ref: "#/components/headers/OpcRequestId" }}
          content:
            application/json: {{ schema: {{ $ref: "#/components/schemas/ClusterCollection" }} }}
        default: {{ $ref: "#/components/responses/UnknownError" }}
  {WORKSPACE}/clusters/{{clusterKey}}:
    get:
      operationId: getCluster
      tags: [Clusters]
      summary: Get cluster
      parameters:
        - $ref: "#/components/parameters/AiDataPlatformId"
        - $ref: "#/components/parameters/WorkspaceKey"
        - {{ name: clusterKey, in: path, required: true, schema: {{ type: string }} }}
        - $ref: "#/components/parameters/OpcRequestId"
      responses:
        "200":
          description: A cluster.
          headers:
            opc-request-id: {{ $ref: "#/components/headers/OpcRequestId" }}
          content:
            application/json: {{ schema: {{ $ref: "#/components/schemas/Cluster" }} }}
        default: {{ $ref: "#/components/responses/UnknownError" }}
"""
SCHEMAS = """\

  schemas:
    ClusterCollection:
      type: object
      required: [items]
      properties:
        items: { type: array, items: { $ref: "#/components/schemas/ClusterSummary" } }
    ClusterSummary:
      type: object
      required: [key]
      properties:
        key: { type: string }
        name: { type: [string, "null"] }
        size:
          anyOf:
            - { $ref: "#/components/schemas/ClusterSize" }
            - { type: string }
            - { type: "null" }
    Cluster:
      type: object
      required: [key]
      properties:
        key: { type: string }
        name: { type: [string, "null"] }
        nodes: { type: [array, "null"], items: { type: string } }
    ClusterSize:
      type: string
      enum: [SMALL, LARGE]
"""
CALL = """
import asyncio, json
from aidp_workbench import NotFoundError, afetch, apaginate, connect, fetch, paginate
from aidp_workbench_api.api.clusters import get_cluster, list_clusters
from tools.local_service import local_service

async def call(settings, keys):
    async with connect(**settings) as client:
        found = [one async for one in apaginate(list_clusters, client=client, **keys)]
        return found, await afetch(get_cluster, client=client, cluster_key=found[0].key, **keys)

with local_service("--task-runs", "1") as service:
    settings = {name: service[name] for name in ("base_url", "config_file")}
    keys = {name: service[name] for name in ("ai_data_platform_id", "workspace_key")}
    with connect(**settings) as client:
        found = list(paginate(list_clusters, client=client, **keys))
        large = list(paginate(list_clusters, client=client, limit=40, size="LARGE", **keys))
        one = fetch(get_cluster, client=client, cluster_key=found[0].key, **keys)
        try:
            fetch(get_cluster, client=client, cluster_key="unknown", **keys)
            unknown = "found"
        except NotFoundError as error:
            unknown = error.code
    again, same = asyncio.run(call(settings, keys))
print(json.dumps({
    "clusters": [one.to_dict() for one in found],
    "large": [one.to_dict() for one in large],
    "one": one.to_dict(),
    "unknown": unknown,
    "async": found == again and one == same,
}))
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with two operations more, generated from its spec."""
    project = copy_project(tmp_path_factory.mktemp("grown"), *PARTS, "overlays/aidp_workbench")
    before = tree(project / "overlays")
    replace(project / SPEC, "paths:\n", OPERATIONS)
    replace(project / SPEC, "\n  schemas:\n", SCHEMAS)
    finished = generate(project)
    assert finished.code == 0, finished.err
    assert tree(project / "overlays") == before
    return project


def test_the_new_operations_keep_every_rule_of_this_project(grown: Path) -> None:
    document = Document(parse_file(grown / SPEC).content)
    assert "listClusters" in document.list_operations()
    assert "getCluster" not in document.list_operations()
    assert document.faults() == []


def test_the_new_operations_are_called_like_any_other(grown: Path) -> None:
    found: dict[str, Any] = run(grown, CALL)
    clusters = found["clusters"]
    assert len({cluster["key"] for cluster in clusters}) == len(clusters) > 40
    assert found["large"] == [one for one in clusters if one.get("size") == "LARGE"] != []
    assert {name: found["one"][name] for name in ("key", "name")} == {
        name: clusters[0][name] for name in ("key", "name")
    }
    assert found["one"]["nodes"]
    assert found["unknown"] == "NotAuthorizedOrNotFound"
    assert found["async"]
