"""Oracle's own clients list the same job run; every field of every item is compared with ours."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import oci
import pytest
from aidp_workbench import apaginate, connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conformance import clients
from tests.conformance.comparing import Comparison
from tools.service import JobRun, Service, TaskRun, Workspace, sample_workspace, serve
from tools.service import server as service_server
from tools.service.data import JOB_RUN_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SDK, CLI = "official SDK", "official CLI"

# Where an official client gives something else than ours: the field, what ours gives and what
# theirs gives, and why. Any other difference fails a test, and so does one that no longer occurs.
DIFFERENCES = {
    (SDK, "any field", "absent", "None"): "null and absent are one",
    (SDK, "state.status", "'TELEPORTED'", "'UNKNOWN_ENUM_VALUE'"): "a new status loses its text",
    (SDK, "brandNew", "'x'", "absent"): "a new property is dropped",
    (SDK, "state.brandNew", "'y'", "absent"): "a new property is dropped",
}

TASK_RUNS = 2_500
TOMORROW = "job-run-of-tomorrow"


@dataclass(frozen=True)
class JobRunOfTomorrow(JobRun):
    """Its task runs have a status and properties that no client knows yet."""

    def task_run(self, position: int) -> TaskRun:
        run = super().task_run(position) | {"brandNew": "x"}
        if run.get("state"):
            run["state"] |= {"brandNew": "y"}
            if position % 2:
                run["state"]["status"] = "TELEPORTED"
        return run


def workspace_with_tomorrow(task_runs: int) -> Workspace:
    workspace = sample_workspace(task_runs)
    tomorrow = JobRunOfTomorrow(TOMORROW, 250)
    return replace(workspace, job_runs={**workspace.job_runs, TOMORROW: tomorrow})


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service_server, "sample_workspace", workspace_with_tomorrow)
        with serve(TASK_RUNS) as service:
            yield service


@pytest.fixture(scope="module")
def cli(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[clients.Cli]:
    directory = tmp_path_factory.mktemp("cli")
    with clients.cli(service.base_url, service.config_file, directory) as cli:
        yield cli


# Listing


def list_with_ours(service: Service, job_run: str, **query: Any) -> list[Any]:
    with connect(base_url=service.base_url, config_file=service.config_file) as client:
        keys = keys_of(service, job_run)
        return list(paginate(list_task_runs, client=client, **keys, **query))


def list_with_ours_async(service: Service, job_run: str, **query: Any) -> list[Any]:
    async def collect() -> list[Any]:
        async with connect(base_url=service.base_url, config_file=service.config_file) as client:
            keys = keys_of(service, job_run)
            found = apaginate(list_task_runs, client=client, **keys, **query)
            return [run async for run in found]

    return asyncio.run(collect())


def list_with_sdk(service: Service, job_run: str, **query: Any) -> list[Any]:
    with clients.sdk(service.base_url, service.config_file) as client:
        everything = oci.pagination.list_call_get_all_results(
            client.list_task_runs, **keys_of(service, job_run), **query
        )
    runs: list[Any] = everything.data
    return runs


def list_with_cli(service: Service, cli: clients.Cli, job_run: str, **query: Any) -> list[Any]:
    """Page by page: the command line can list no more than one."""
    options = {"--job-run-key": job_run}
    options |= {f"--{name.replace('_', '-')}": str(value) for name, value in query.items()}
    runs: list[Any] = []
    while True:
        arguments = [word for option in options.items() for word in option]
        command = "workflow", "list-task-runs", service.workspace_key, *arguments
        outcome = cli.run(service.ai_data_platform_id, *command)
        assert (outcome.code, outcome.errors) == (0, "")
        assert outcome.connections == {cli.base_url.removeprefix("https://")}
        runs += outcome.answer["data"]["items"]
        if "opc-next-page" not in outcome.answer["headers"]:
            return runs
        options["--page"] = outcome.answer["headers"]["opc-next-page"]


def keys_of(service: Service, job_run: str) -> dict[str, Any]:
    return {
        "ai_data_platform_id": service.ai_data_platform_id,
        "workspace_key": service.workspace_key,
        "job_run_key": job_run,
    }


# What it shows

PAGE_SIZES = pytest.mark.parametrize("limit", [100, 1000])
JOB_RUNS = {JOB_RUN_KEY: TASK_RUNS, TOMORROW: 250}


@PAGE_SIZES
@pytest.mark.parametrize("listing", [list_with_ours, list_with_ours_async])
def test_our_client_gives_what_the_service_holds(
    service: Service, listing: Callable[..., list[Any]], limit: int
) -> None:
    comparison = Comparison("aidp-workbench", DIFFERENCES)
    for job_run in JOB_RUNS:
        held = workspace_with_tomorrow(TASK_RUNS).job_runs[job_run]
        comparison.add(listing(service, job_run, limit=limit), reversed(list(held)))
    comparison.check()


@PAGE_SIZES
def test_the_official_sdk_differs_as_declared(service: Service, limit: int) -> None:
    comparison = Comparison(SDK, DIFFERENCES)
    for job_run in JOB_RUNS:
        ours = list_with_ours(service, job_run, limit=limit)
        comparison.add(ours, list_with_sdk(service, job_run, limit=limit))
    comparison.check()


@PAGE_SIZES
def test_the_official_cli_differs_as_declared(
    service: Service, cli: clients.Cli, limit: int
) -> None:
    comparison = Comparison(CLI, DIFFERENCES)
    for job_run in JOB_RUNS:
        ours = list_with_ours(service, job_run, limit=limit)
        comparison.add(ours, list_with_cli(service, cli, job_run, limit=limit))
    comparison.check()


QUERIES: list[dict[str, Any]] = [
    {"status": ["FAILED", "UPSTREAM_FAILED"]},
    {"display_name": "R&D: 100% + tax = total?"},
    {"display_name": "Cafe\u0301 re\u0301sume\u0301"},
    {"sort_by": "status", "sort_order": "DESC"},
    {"parent_job_run_key": "71c3a5e7-9b0d-4f2e-8c6a-4d5e6f708192", "sort_by": "displayName"},
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_filter_and_order_select_the_same(
    service: Service, cli: clients.Cli, query: dict[str, Any]
) -> None:
    ours = list_with_ours(service, JOB_RUN_KEY, limit=1000, **query)
    assert 0 < len(ours) <= TASK_RUNS
    comparison = Comparison(SDK, DIFFERENCES)
    comparison.add(ours, list_with_sdk(service, JOB_RUN_KEY, limit=1000, **query))
    comparison.check(is_complete=False)
    if "status" not in query:  # the command line has no such option
        comparison = Comparison(CLI, DIFFERENCES)
        comparison.add(ours, list_with_cli(service, cli, JOB_RUN_KEY, limit=1000, **query))
        comparison.check(is_complete=False)
