"""Every operation, called by both clients against the story of the local service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import aidp_workbench_api.models as our_models
import oci
import pytest
from aidp_workbench import connect, fetch, paginate
from aidp_workbench_api.model import Model
from aidp_workbench_api.models import FetchOutputDetails

from tests.conformance import clients
from tests.conformance.comparing import Comparison
from tests.conformance.operations import OPERATIONS, RENAMED, kind_of
from tools.service import Service, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

SDK = "official SDK"
DIFFERENCES = {(SDK, "any field", "absent", "None"): "null and absent are one"}

# Our enums, and the class and the property of the SDK that have the same values.
ENUMS = {
    "TaskRunStatus": ("State", "STATUS"),
    "JobRunLaunch": ("JobRun", "LAUNCHED"),
    "RepairType": ("RepairHistory", "TYPE"),
    "TaskType": ("Task", "TYPE"),
    "RunIf": ("Task", "RUN_IF"),
    "PauseStatus": ("Schedule", "PAUSE_STATUS"),
    "WorkspaceType": ("WorkspaceSummary", "TYPE"),
    "RunOutputType": ("RunOutputData", "TYPE"),
    "RunOutputCharset": ("RunOutputData", "CHARSET"),
    "RunOutputCompression": ("RunOutputData", "COMPRESSION"),
}
# Models that the SDK has no class for: maps, and the error.
WITHOUT_CLASS = {"Error", "SystemParameters", "TaskRunSummaryMap", "TaskToTaskRunMap"}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serve(250) as service:
        yield service


class Both:
    """Calls an operation with our client and with the SDK."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.comparison = Comparison(SDK, DIFFERENCES)

    def keys(self, operation: str) -> dict[str, Any]:
        keys = {"ai_data_platform_id": self.service.ai_data_platform_id}
        if operation != "list_workspaces":
            keys["workspace_key"] = self.service.workspace_key
        return keys

    def call(self, operation: str, **arguments: Any) -> list[Any]:
        """What ours gives, after it was compared with what the SDK gives."""
        given = {**self.keys(operation), **arguments}
        ours, theirs = self.ours(operation, given), self.theirs(operation, given)
        self.comparison.add(ours, theirs)
        return ours

    def ours(self, operation: str, given: dict[str, Any]) -> list[Any]:
        reach: Any = {"base_url": self.service.base_url, "config_file": self.service.config_file}
        with connect(**reach) as client:
            module = OPERATIONS[operation]
            if operation.startswith("list_"):
                return list(paginate(module, **given, client=client))
            return [fetch(module, **given, client=client)]

    def theirs(self, operation: str, given: dict[str, Any]) -> list[Any]:
        given = {RENAMED.get(name, name): value for name, value in given.items()}
        if body := given.get(RENAMED["body"]):
            key = body.output_key or None
            given[RENAMED["body"]] = clients.sdk_models.FetchOutputDetails(output_key=key)
        kind, config_file = kind_of(operation), self.service.config_file
        with clients.sdk(self.service.base_url, config_file, kind) as client:
            function = getattr(client, operation)
            if operation.startswith("list_"):
                found: list[Any] = oci.pagination.list_call_get_all_results(function, **given).data
                return found
            return [function(**given).data]


@pytest.fixture
def both(service: Service) -> Iterator[Both]:
    both = Both(service)
    yield both
    both.comparison.check()


def test_lists_give_the_same_items(both: Both) -> None:
    assert len(both.call("list_workspaces")) == 3
    assert len(both.call("list_jobs")) == 10
    assert len(both.call("list_jobs", display_name_contains="nightly", sort_by="displayName")) == 4
    runs = both.call("list_job_runs")
    assert len(runs) > 100
    nightly = [job.key for job in both.call("list_jobs", display_name="nightly_load")]
    assert len(both.call("list_job_runs", job_key=nightly, status=["FAILED"])) == 2
    assert (
        0
        < len(
            both.call("list_job_runs", time_created_greater_than_or_equal_to=runs[30].time_created)
        )
        <= len(runs)
    )


def test_details_give_the_same_things(both: Both) -> None:
    for job in both.ours("list_jobs", both.keys("list_jobs")):
        both.call("get_job", job_key=job.key)
    runs = both.ours("list_job_runs", both.keys("list_job_runs"))
    # One of each job and status: the others differ in their times alone.
    for run in {(run.name, run.state.status): run for run in runs}.values():
        both.call("get_job_run", job_run_key=run.key, should_include_task_run_summaries=True)
        for task_run in both.call("list_task_runs", job_run_key=run.key)[:5]:
            key = {"task_run_key": task_run.key}
            both.call("get_task_run", **key, should_include_task_run_retries=True)
            both.call("list_task_run_retries", **key)
            if run.name != "backfill_history":
                both.call("fetch_output", **key, body=FetchOutputDetails())


MODELS = [
    name
    for name, one in vars(our_models).items()
    if isinstance(one, type) and issubclass(one, Model) and name not in WITHOUT_CLASS
]


@pytest.mark.parametrize("name", MODELS)
def test_a_model_has_only_properties_that_the_sdk_has(name: str) -> None:
    theirs = getattr(clients.sdk_models, name)()
    ours = {one.name for one in getattr(our_models, name).schema_.properties}
    left_out = {*theirs.attribute_map.values()} - ours
    assert ours <= {*theirs.attribute_map.values()}
    print(f"{name}: {len(ours)} properties; in additional_properties: {sorted(left_out) or 'none'}")


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_has_the_values_of_the_sdk(name: str) -> None:
    kind, prefix = ENUMS[name]
    theirs = vars(getattr(clients.sdk_models, kind))
    values = {
        value
        for constant, value in theirs.items()
        if constant.startswith(f"{prefix}_") and isinstance(value, str)
    }
    assert {*get_args(getattr(our_models, name))} == values
