"""What the comparison says about the official SDK and our client is true."""

from __future__ import annotations

import inspect
import re
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import oci
import pytest
from aidp_workbench import (
    ArgumentError,
    PaginationError,
    ResponseError,
    connect,
    paginate,
)
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conformance import clients
from tests.conftest import IMPATIENT, KEYS
from tests.scripted_server import Received, ScriptedServer, answer, page
from tools.service.credentials import make_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aidp_workbench_api.models import TaskRunSummary

COMPARISON = Path(__file__).parents[2] / "docs" / "comparison.md"


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    """A profile whose fingerprint is one; `oci` takes no other."""
    return make_credentials(tmp_path).config_file


def ours(server: ScriptedServer, config_file: Path, **arguments: Any) -> list[TaskRunSummary]:
    """All task runs, as our client lists them."""
    with connect(base_url=server.base_url, config_file=config_file, retry=IMPATIENT) as client:
        return list(paginate(list_task_runs, client=client, **KEYS | arguments))


def official(server: ScriptedServer, config_file: Path, **arguments: Any) -> Any:
    """One page, as the official SDK gives it."""
    with clients.sdk(server.base_url, config_file) as client:
        return client.list_task_runs(**KEYS | arguments).data


def official_listing(server: ScriptedServer, config_file: Path) -> Any:
    """All task runs, as the helper of the official SDK lists them."""
    with clients.sdk(server.base_url, config_file) as client:
        return oci.pagination.list_call_get_all_results(client.list_task_runs, **KEYS).data


def test_the_same_page_token_again_and_again(config_file: Path) -> None:
    same = page("a", token="1")
    with ScriptedServer(*[same] * 200, answer(404)) as server:
        with pytest.raises(oci.exceptions.ServiceError):
            official_listing(server, config_file)
        assert len(server.requests) == 201  # only the 404 has stopped it
    with ScriptedServer(same) as server:
        with pytest.raises(PaginationError):
            ours(server, config_file)
        assert len(server.requests) == 2


def test_a_status_that_it_does_not_know(config_file: Path) -> None:
    with ScriptedServer(answer(200, {"items": [{"state": {"status": "TELEPORTED"}}]})) as server:
        (theirs,) = official(server, config_file).items
        (our,) = ours(server, config_file)
    assert theirs.state.status == "UNKNOWN_ENUM_VALUE"
    assert "TELEPORTED" not in str(theirs)
    assert our.state
    assert our.state.status == "TELEPORTED"


def test_a_property_that_it_does_not_know(config_file: Path) -> None:
    with ScriptedServer(answer(200, {"items": [{"key": "k", "brandNew": 42}]})) as server:
        (theirs,) = official(server, config_file).items
        (our,) = ours(server, config_file)
    assert "42" not in str(vars(theirs))
    assert our.additional_properties == {"brandNew": 42}


def test_an_answer_without_items(config_file: Path) -> None:
    with ScriptedServer(answer(200, {})) as server:
        assert official(server, config_file).items is None
        with pytest.raises(TypeError):
            official_listing(server, config_file)
        with pytest.raises(ResponseError):
            ours(server, config_file)


def test_none_as_the_job_run_key(config_file: Path) -> None:
    with ScriptedServer(page("of another job run")) as server:
        (theirs,) = official(server, config_file, job_run_key=None).items
        assert theirs.name == "of another job run"
        assert "jobRunKey" not in server.requests.pop().target
        with pytest.raises(ArgumentError):
            ours(server, config_file, job_run_key=None)
        assert server.requests == []


def test_limit_5000(config_file: Path) -> None:
    with ScriptedServer(page()) as server:
        official(server, config_file, limit=5000)
        assert "limit=5000" in server.requests.pop().target
        with pytest.raises(ArgumentError):
            ours(server, config_file, limit=5000)
        assert server.requests == []


def test_retry_after(config_file: Path) -> None:
    arrived: list[float] = []

    def too_many_requests(_: Received) -> bytes:
        arrived.append(time.monotonic())
        return answer(429, {"code": "TooManyRequests", "message": "Slowly."}, retry_after="3")

    def task_runs(_: Received) -> bytes:
        arrived.append(time.monotonic())
        return page("a")

    for listing in (official, ours):
        with ScriptedServer(too_many_requests, task_runs) as server:
            listing(server, config_file)
    first, second, our_first, our_second = arrived
    assert second - first < 2.5
    assert our_second - our_first >= 3


def test_asyncio() -> None:
    functions = vars(clients.WorkflowClient).values()
    assert len(functions) > 10
    assert not any(inspect.iscoroutinefunction(function) for function in functions)
    assert inspect.iscoroutinefunction(list_task_runs.asyncio_detailed)


def test_types() -> None:
    packages = {"aidp_python_client": False, "oci": False}
    packages |= {"aidp_workbench": True, "aidp_workbench_api": True}
    for package, is_typed in packages.items():
        spec = find_spec(package)
        assert spec
        assert spec.submodule_search_locations
        folder = Path(spec.submodule_search_locations[0])
        assert (folder / "py.typed").exists() is is_typed
        if not is_typed:
            assert not list(folder.rglob("*.pyi"))
    assert not inspect.get_annotations(clients.WorkflowClient.list_task_runs)


def test_every_row_of_the_table_is_shown_here_or_measured() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", COMPARISON.read_text(), re.MULTILINE)
    tests = {"test_" + "_".join(re.findall(r"\w+", row.lower())): row for row in rows}
    shown = {name for name in globals() if name.startswith("test_")} & tests.keys()
    assert len(shown) == 9
    assert {tests[name] for name in tests.keys() - shown} == {
        "installed, on disk",
        "process start to the first 100 task runs",
        "CPU to list 100,000 task runs",
        "peak memory over 1,000,000 task runs",
        "500 job runs at 40 ms latency",
        "`--help` of the command line",
    }


# The command line, of which the table does not speak

LIST = "workflow", "list-task-runs", "workspace", "--job-run-key", "job-run"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(page("a")) as server:
        yield server


@pytest.fixture
def cli(server: ScriptedServer, config_file: Path, tmp_path: Path) -> Iterator[clients.Cli]:
    with clients.cli(server.base_url, config_file, tmp_path) as cli:
        yield cli


def test_the_cli_has_no_status_filter(
    server: ScriptedServer, cli: clients.Cli, config_file: Path
) -> None:
    refused = cli.run("platform", *LIST, "--status", "FAILED")
    assert refused.code == 2
    assert "Unknown option '--status'" in refused.errors
    assert server.requests == []
    ours(server, config_file, status=["FAILED"])
    assert "status=FAILED" in server.requests[0].target


def test_the_cli_reads_keys_as_json(
    server: ScriptedServer, cli: clients.Cli, config_file: Path
) -> None:
    for key in ("null", "00", "1e3"):
        cli.run("platform", *LIST[:-1], key)
        ours(server, config_file, job_run_key=key)
    keys = [re.findall(r"[?&]jobRunKey=([^&]*)", request.target) for request in server.requests]
    assert keys == [[], ["null"], ["00"], ["00"], ["1000.0"], ["1e3"]]


def test_the_cli_takes_no_endpoint_of_plain_http(
    server: ScriptedServer, cli: clients.Cli, config_file: Path
) -> None:
    refused = cli.run("platform", "--endpoint", server.base_url, *LIST)
    assert refused.code == 2
    assert "--endpoint must use https://" in refused.errors
    assert [run.name for run in ours(server, config_file)] == ["a"]
