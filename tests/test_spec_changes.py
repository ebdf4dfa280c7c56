"""A change of the API is boring: edit the spec, generate, and the overlays serve it as they are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from tests.documents import Document
from tests.scripted_server import ScriptedServer, answer
from tests.test_generate import PACKAGE, PARTS, SPEC, copy_project, generate, tree
from tools.openapi.parse import parse_file
from tools.service.credentials import make_credentials

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

MAYFLIES_PATH = "/20260430/aiDataPlatforms/{aiDataPlatformId}/workspaces/{workspaceKey}/mayflies"
MAYFLIES = """
get:
  operationId: listMayflies
  tags: [Mayflies]
  summary: Get mayflies
  parameters:
    - $ref: "#/components/parameters/AiDataPlatformId"
    - $ref: "#/components/parameters/WorkspaceKey"
    - $ref: "#/components/parameters/Limit"
    - $ref: "#/components/parameters/Page"
    - $ref: "#/components/parameters/OpcRequestId"
  responses:
    "200":
      description: A page of mayflies.
      headers:
        opc-next-page: { $ref: "#/components/headers/OpcNextPage" }
        opc-request-id: { $ref: "#/components/headers/OpcRequestId" }
      content:
        application/json:
          schema: { $ref: "#/components/schemas/MayflyCollection" }
    default: { $ref: "#/components/responses/UnknownError" }
"""
MAYFLY_PATH = f"{MAYFLIES_PATH}/{{operation}}"
MAYFLY = """
get:
  operationId: getMayfly
  tags: [Mayflies]
  summary: Get mayfly
  parameters:
    - $ref: "#/components/parameters/AiDataPlatformId"
    - $ref: "#/components/parameters/WorkspaceKey"
    - { name: operation, in: path, required: true, schema: { type: string } }
    - { name: concurrency, in: query, schema: { type: integer } }
    - { name: args, in: query, schema: { type: string } }
    - $ref: "#/components/parameters/OpcRequestId"
  responses:
    "200":
      description: A mayfly.
      headers:
        opc-request-id: { $ref: "#/components/headers/OpcRequestId" }
      content:
        application/json:
          schema: { $ref: "#/components/schemas/MayflySummary" }
    default: { $ref: "#/components/responses/UnknownError" }
"""
MAYFLY_SCHEMAS = """
MayflyCollection:
  type: object
  required: [items]
  properties:
    items:
      type: array
      items: { $ref: "#/components/schemas/MayflySummary" }
MayflySummary:
  type: object
  properties:
    key: { type: [string, "null"] }
    name: { type: [string, "null"] }
"""
MAYFLY_KEY = """
name: mayflyKey
in: query
schema: { type: string }
"""

# Names that the API will hardly ever have, so that they stand beside whatever it has.
LOOK = """
import inspect, json
from typing import get_args
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunStatus, TaskRunStatusFilter, TaskRunSummary

run = TaskRunSummary.from_dict({"mayflyMillis": 1250, "state": {"status": "MAYFLY"}})
print(json.dumps({
    "file": list_task_runs.__file__,
    "parameters": list(inspect.signature(list_task_runs.sync_detailed).parameters),
    "filter": "MAYFLY" in get_args(TaskRunStatusFilter),
    "status": run.state.status in get_args(TaskRunStatus),
    "mayfly_millis": run.mayfly_millis,
}))
"""
LIST_MAYFLIES = """
import asyncio, json, sys
from aidp_workbench import apaginate, connect, paginate
from aidp_workbench_api.api.mayflies import list_mayflies

base_url, config_file = sys.argv[1:]
keys = {"ai_data_platform_id": "platform", "workspace_key": "workspace"}

async def names():
    async with connect(base_url=base_url, config_file=config_file) as client:
        runs = apaginate(list_mayflies, client=client, **keys)
        return [run.name async for run in runs]

with connect(base_url=base_url, config_file=config_file) as client:
    runs = paginate(list_mayflies, client=client, **keys)
    print(json.dumps([[run.name for run in runs], asyncio.run(names())]))
"""
FETCH_MAYFLY = """
import asyncio, json, sys
from aidp_workbench import ArgumentError, afetch, connect, fetch, pages
from aidp_workbench_api.api.mayflies import get_mayfly, list_mayflies

base_url, config_file = sys.argv[1:]
keys = {"ai_data_platform_id": "platform", "workspace_key": "workspace"}

async def name():
    async with connect(base_url=base_url, config_file=config_file) as client:
        mayfly = await afetch(get_mayfly, client=client, operation="b/2", concurrency=7, **keys)
        return mayfly.name

def refused(call, *arguments, **wrong):
    try:
        call(*arguments, **{"client": client, **keys, **wrong})
    except (ArgumentError, TypeError) as error:
        return f"{type(error).__name__}: {error}"

with connect(base_url=base_url, config_file=config_file) as client:
    print(json.dumps([
        fetch(get_mayfly, client=client, operation="a", **keys).name,
        asyncio.run(name()),
        refused(fetch, get_mayfly, operation=".."),
        refused(fetch, get_mayfly, operation=" "),
        refused(fetch, get_mayfly, operation="a", workspace_key=None),
        refused(fetch, list_mayflies),
        refused(pages, get_mayfly, operation="a"),
    ]))
"""
LIST_TASK_RUNS = """
import json
from aidp_workbench import connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs
from tools.local_service import local_service

with local_service("--task-runs", "7", "--port", "0") as service:
    with connect(base_url=service["base_url"], config_file=service["config_file"]) as client:
        keys = {name: service[name] for name in
                ("ai_data_platform_id", "workspace_key", "job_run_key")}
        runs = list(paginate(list_task_runs, client=client, limit=3, **keys))
        some = list(paginate(list_task_runs, client=client, mayfly_key="key", **keys))
        none = list(paginate(list_task_runs, client=client, status=["MAYFLY"], **keys))
print(json.dumps([len(runs), len(some) > 0, len(none)]))
"""
TYPED = """
from collections.abc import AsyncGenerator, Iterator
from typing import assert_type

from aidp_workbench import apaginate, connect, fetch, paginate
from aidp_workbench_api.api.mayflies import get_mayfly, list_mayflies
from aidp_workbench_api.models import MayflySummary

client = connect("us-ashburn-1")
assert_type(
    paginate(list_mayflies, "platform", "workspace", client=client, limit=10),
    Iterator[MayflySummary],
)
assert_type(
    apaginate(list_mayflies, "platform", "workspace", client=client),
    AsyncGenerator[MayflySummary],
)
assert_type(
    fetch(get_mayfly, "platform", "workspace", "operation", concurrency=7, client=client),
    MayflySummary,
)
paginate(list_mayflies, "platform", client=client)
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, generated from a spec with four changes."""
    folder = tmp_path_factory.mktemp("changed")
    project = copy_project(folder, *PARTS, "overlays/aidp_workbench")
    before = tree(project / "overlays")
    edit_spec(project / SPEC)
    finished = generate(project)
    assert finished.code == 0, finished.err
    assert tree(project / "overlays") == before
    return project


def edit_spec(path: Path) -> None:
    yaml = YAML()
    document = yaml.load(path)
    schemas, paths = document["components"]["schemas"], document["paths"]
    (task_runs,) = (path for path in paths if path.endswith("/taskRuns"))
    paths[task_runs]["get"]["parameters"].append(yaml.load(MAYFLY_KEY))
    for name in ("TaskRunStatus", "TaskRunStatusFilter"):
        schemas[name]["enum"].append("MAYFLY")
    schemas["TaskRunSummary"]["properties"]["mayflyMillis"] = {"type": ["integer", "null"]}
    paths[MAYFLIES_PATH] = yaml.load(MAYFLIES)
    paths[MAYFLY_PATH] = yaml.load(MAYFLY)
    schemas.update(yaml.load(MAYFLY_SCHEMAS))
    yaml.dump(document, path)


def run(project: Path, program: str, *arguments: str) -> Any:
    """What `program` prints, as JSON, if run with the packages of `project`."""
    path = [str(project / part) for part in ("generated", "overlays", ".")]
    finished = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    return json.loads(finished.stdout)


def test_the_changed_spec_keeps_every_rule_of_this_project(changed: Path) -> None:
    document = Document(parse_file(changed / SPEC).content)
    assert {"listTaskRuns", "listMayflies"} <= set(document.list_operations())
    assert document.faults() == []


def test_the_client_has_what_the_spec_has(changed: Path) -> None:
    found = run(changed, LOOK)
    assert found["file"].startswith(str(changed / PACKAGE))
    assert "mayfly_key" in found["parameters"]
    assert (found["filter"], found["status"]) == (True, True)
    assert found["mayfly_millis"] == 1250


def test_the_overlays_page_through_a_new_list_operation(changed: Path, tmp_path: Path) -> None:
    first = answer(200, {"items": [{"name": "a"}, {"name": "b"}]}, opc_next_page="t/2")
    last = answer(200, {"items": [{"name": "c"}]})
    config_file = make_credentials(tmp_path).config_file
    with ScriptedServer(first, last, first, last) as server:
        sync_and_async = run(changed, LIST_MAYFLIES, server.base_url, str(config_file))
    assert sync_and_async == [["a", "b", "c"], ["a", "b", "c"]]
    targets = [request.target for request in server.requests]
    path = "/20260430/aiDataPlatforms/platform/workspaces/workspace/mayflies?limit=100"
    assert targets == [path, f"{path}&page=t%2F2"] * 2
    for request in server.requests:
        assert request.headers["authorization"].startswith('Signature algorithm="rsa-sha256",')


def test_fetch_gets_one_thing_by_a_new_operation(changed: Path, tmp_path: Path) -> None:
    config_file = make_credentials(tmp_path).config_file
    with ScriptedServer(answer(200, {"name": "a"}), answer(200, {"name": "b"})) as server:
        found = run(changed, FETCH_MAYFLY, server.base_url, str(config_file))
    assert found == [
        "a",
        "b",
        "ArgumentError: operation must be a key, not '..'",
        "ArgumentError: operation must not be blank",
        "ArgumentError: workspace_key must not be None",
        "TypeError: list_mayflies returns pages: use paginate",
        "TypeError: get_mayfly takes no page: use fetch",
    ]
    targets = [request.target for request in server.requests]
    path = "/20260430/aiDataPlatforms/platform/workspaces/workspace/mayflies"
    assert targets == [f"{path}/a", f"{path}/b%2F2?concurrency=7"]


def test_the_local_service_takes_what_the_spec_has(changed: Path) -> None:
    everything, some, none = run(changed, LIST_TASK_RUNS)
    assert (everything, some, none) == (7, True, 0)


@pytest.mark.slow
def test_mypy_knows_the_items_and_the_arguments_of_a_new_list_operation(changed: Path) -> None:
    (changed / "typed.py").write_text(TYPED)
    finished = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "typed.py"],
        cwd=changed,
        env={**os.environ, "MYPYPATH": os.pathsep.join(["generated", "overlays"])},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    errors = [line for line in finished.stdout.splitlines() if ": error: " in line]
    (missing,) = errors
    assert f"typed.py:{len(TYPED.splitlines())}: " in missing
    assert "workspace_key" in finished.stdout
