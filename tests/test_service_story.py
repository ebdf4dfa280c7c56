"""The story of the local endpoint: nightly jobs, what failed, was repaired, or still runs."""

from __future__ import annotations

import gzip
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import NotFoundError, ServiceError, connect, fetch, paginate
from aidp_workbench_api.api.job_runs import get_job_run, list_job_runs
from aidp_workbench_api.api.jobs import get_job, list_jobs
from aidp_workbench_api.api.task_runs import (
    fetch_output,
    get_task_run,
    list_task_run_retries,
    list_task_runs,
)
from aidp_workbench_api.api.workspaces import list_workspaces
from aidp_workbench_api.models import FetchOutputDetails, JobRunSummary

from tests.our_spec import our_spec
from tools.service import Service, sample_workspace, serve
from tools.service.data import JobRun as SampleJobRun
from tools.service.sample_job_runs import job_run_item
from tools.service.story import Story, tell
from tools.service.story.story import last_night
from tools.service.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 26, 17, 42, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
FAILED = ("FAILED", "TIMED_OUT")


@pytest.fixture(scope="module")
def story() -> Story:
    return tell(NOW)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serve(workspace=sample_workspace(12, NOW)) as service:
        yield service


@pytest.fixture(scope="module")
def ask(service: Service) -> Iterator[Callable[..., Any]]:
    """Calls an operation: all items of a list, or the one thing that a get returns."""
    keys: Any = {
        "ai_data_platform_id": service.ai_data_platform_id,
        "workspace_key": service.workspace_key,
    }
    with connect(base_url=service.base_url, config_file=service.config_file) as client:

        def ask(operation: Any, **arguments: Any) -> Any:
            is_list = operation.__name__.rpartition(".")[2].startswith("list_")
            given = {**keys, **arguments, "client": client}
            return list(paginate(operation, **given)) if is_list else fetch(operation, **given)

        yield ask


def one(runs: list[JobRunSummary], name: str, status: str) -> JobRunSummary:
    return next(run for run in runs if run.job_name == name and run.state.status == status)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["Job", "JobRun", "TaskRun", "TaskRunRetry", "TaskRunOutput"])
def test_everything_in_the_story_is_as_the_spec_says(story: Story, kind: str) -> None:
    values = Values(our_spec().content, {})
    # One of each job and status: the others differ in their times alone.
    job_runs = {(run["name"], run["state"]["status"]): run for run in story.job_runs.values()}
    task_runs = {(run.item["name"], run.status): run for run in story.task_runs.values()}
    items: dict[str, list[Any]] = {
        "Job": [*story.jobs.values()],
        "JobRun": [*job_runs.values()],
        "TaskRun": [run.item for run in task_runs.values()],
        "TaskRunRetry": [retry for run in task_runs.values() for retry in run.retries],
        "TaskRunOutput": [output for run in task_runs.values() for output in run.outputs.values()],
    }
    assert items[kind]
    schema = {"$ref": f"#/components/schemas/{kind}"}
    assert [error for item in items[kind] for error in values.errors(schema, item)] == []


@pytest.mark.parametrize("hour", [0, 2, 4, 5, 23])
def test_last_night_is_over_whenever_the_service_starts(hour: int) -> None:
    now = NOW.replace(hour=hour)
    by_day = {"hourly_clickstream", "archive_events"}
    nightly = [run for run in tell(now).job_runs.values() if run["name"] not in by_day]
    assert timedelta(hours=3) <= now - last_night(now) < timedelta(hours=27)
    assert max(run["endTime"] for run in nightly) <= now.timestamp() * 1000
    assert {run["state"]["status"] for run in nightly} == {
        "SUCCESS", "FAILED", "TIMED_OUT", "CANCELED"
    }  # fmt: skip


def test_what_failed_since_yesterday_is_what_went_wrong_last_night(story: Story) -> None:
    created = YESTERDAY.isoformat()
    failed = [
        run["name"]
        for run in story.job_runs.values()
        if run["timeCreated"] >= created and run["state"]["status"] in FAILED
    ]
    assert sorted(failed) == [
        "hourly_clickstream", "nightly_load", "nightly_reports", "regional_report",
        "train_forecast",
    ]  # fmt: skip


def test_lists_and_gets_agree(ask: Callable[..., Any]) -> None:
    runs = ask(list_job_runs, limit=40)
    assert len(runs) > 100
    assert len({run.key for run in runs}) == len(runs)
    assert runs == sorted(runs, key=lambda run: run.time_created, reverse=True)
    for listed in runs[::9]:
        found = ask(get_job_run, job_run_key=listed.key).to_dict()
        assert {**found, **listed.to_dict()} == found
    for job in ask(list_jobs):
        found = ask(get_job, job_key=job.key).to_dict()
        assert {**found, **job.to_dict()} == found


def test_job_runs_are_filtered_by_job_status_name_and_time(ask: Callable[..., Any]) -> None:
    jobs = {job.name: job.key for job in ask(list_jobs)}
    keys = [jobs["nightly_load"], jobs["nightly_customers"]]
    assert len(ask(list_job_runs, job_key=keys)) == 20
    assert len(ask(list_job_runs, job_key=keys, status=["FAILED"])) == 3
    assert {run.name for run in ask(list_job_runs, display_name="train_forecast")} == {
        "train_forecast"
    }
    since, until = NOW.replace(hour=2, minute=0), NOW.replace(hour=2, minute=40)
    times = {
        "time_created_greater_than_or_equal_to": since,
        "time_created_less_than_or_equal_to": until,
    }
    created = [run.time_created for run in ask(list_job_runs, **times)]
    assert (created[0], created[-1]) == (until, since)
    assert ask(list_job_runs, job_key=["unknown"]) == []


def test_job_runs_are_sorted_in_both_orders(ask: Callable[..., Any]) -> None:
    names = [run.name for run in ask(list_job_runs, sort_by="displayName")]
    assert names == sorted(names)
    statuses = [run.state.status for run in ask(list_job_runs, sort_by="status", sort_order="DESC")]
    assert statuses == sorted(statuses, reverse=True)
    oldest_first = ask(list_job_runs, sort_order="ASC")
    assert oldest_first[::-1] == ask(list_job_runs)


def test_jobs_and_workspaces_are_found_by_a_part_of_their_name(
    ask: Callable[..., Any], service: Service
) -> None:
    assert {job.name for job in ask(list_jobs, display_name_contains="_load")} == {"nightly_load"}
    assert len(ask(list_jobs, created_by="Ana Souza")) == len(ask(list_jobs))
    with connect(base_url=service.base_url, config_file=service.config_file) as client:
        where: Any = {"ai_data_platform_id": service.ai_data_platform_id, "client": client}
        active = list(paginate(list_workspaces, lifecycle_state="active", **where))
        (sandbox,) = paginate(list_workspaces, display_name_contains="Sand", **where)
        assert service.workspace_key in [workspace.key for workspace in active]
        other: Any = {**where, "workspace_key": sandbox.key}
        assert list(paginate(list_job_runs, **other)) == []
        with pytest.raises(NotFoundError):
            list(paginate(list_task_runs, job_run_key=service.job_run_key, **other))


def test_a_failed_job_run_says_which_task_failed_and_why(ask: Callable[..., Any]) -> None:
    run = one(ask(list_job_runs), "nightly_load", "FAILED")
    assert run.state
    assert run.state.state_message == "Task load_orders failed."
    tasks = {task.name: task for task in ask(list_task_runs, job_run_key=run.key)}
    assert {name: task.state.status for name, task in tasks.items()} == {
        "extract_orders": "SUCCESS", "validate_orders": "SUCCESS", "load_orders": "FAILED",
        "publish_dashboards": "UPSTREAM_FAILED", "notify_team": "SUCCESS",
    }  # fmt: skip
    assert "ORA-01653" in tasks["load_orders"].state.error_trace
    assert (
        tasks["load_orders"].end_time
        == ask(get_task_run, task_run_key=tasks["load_orders"].key).end_time
    )


def test_a_repaired_job_run_has_its_history_and_the_task_runs_that_count(
    ask: Callable[..., Any],
) -> None:
    key = ask(list_job_runs, display_name="nightly_customers")[0].key
    run = ask(get_job_run, job_run_key=key, should_include_task_run_summaries=True)
    assert (run.state.status, run.repair_key) == ("SUCCESS", 1)
    assert run.repaired_tasks == ["dedupe_customers", "load_customers"]
    original, repair = run.repair_history
    assert (original.state.status, repair.type_) == ("FAILED", "REPAIR")
    assert run.task_to_task_run_map == repair.task_to_task_run_map != original.task_to_task_run_map
    listed = {one.key: one.to_dict() for one in ask(list_task_runs, job_run_key=key)}
    assert run.task_run_summary_map == listed
    assert len(listed) == 5
    statuses = {listed[key]["state"]["status"] for key in run.task_to_task_run_map.values()}
    assert statuses == {"SUCCESS"}
    before = ask(get_job_run, job_run_key=key, repair_key=0)
    assert before.repair_history == [original]
    assert "taskRunSummaryMap" not in before


def test_retries_are_in_a_task_run_if_asked_for_and_in_a_list(
    ask: Callable[..., Any],
) -> None:
    run = ask(list_job_runs, display_name="nightly_inventory")[0]
    task = ask(list_task_runs, job_run_key=run.key, display_name="sync_inventory")[0]
    assert (task.state.status, task.retry_attempt) == ("SUCCESS", 2)
    found = ask(get_task_run, task_run_key=task.key, should_include_task_run_retries=True)
    assert "retries" not in ask(get_task_run, task_run_key=task.key)
    listed = ask(list_task_run_retries, task_run_key=task.key, sort_order="ASC")
    assert [one.key for one in found.retries] == [one.key for one in listed]
    assert {one.task_run_key for one in found.retries} == {task.key}
    assert {one.task_run_id for one in listed} == {task.key}
    assert ["503" in one.state.error_trace for one in listed] == [True, True]
    assert listed[0].end_time < listed[1].start_time < task.start_time


def test_a_nested_job_run_names_its_parent_and_the_task_run_that_started_it(
    ask: Callable[..., Any],
) -> None:
    runs = ask(list_job_runs)
    parent = one(runs, "nightly_reports", "FAILED")
    nested = ask(get_job_run, job_run_key=one(runs, "regional_report", "FAILED").key)
    assert nested.parent_job_run_key == nested.root_job_run_key == parent.key
    started_by = ask(get_task_run, task_run_key=nested.parent_task_run_key)
    assert (started_by.name, started_by.state.status) == ("report_apac", "FAILED")
    assert started_by.task["jobKey"] == nested.job_key
    (failed, *_) = ask(list_task_runs, job_run_key=nested.key, status=["FAILED"])
    assert failed.parent_job_run_key == parent.key


def test_some_job_runs_have_not_ended(ask: Callable[..., Any]) -> None:
    unfinished = ask(list_job_runs, status=["RUNNING", "QUEUED"])
    names = {run.name: run.state.status for run in unfinished}
    assert names == {
        "hourly_clickstream": "RUNNING", "archive_events": "QUEUED", "backfill_history": "RUNNING"
    }  # fmt: skip
    assert not any(run.end_time for run in unfinished)


def test_the_output_of_a_task_run_is_fetched(ask: Callable[..., Any], story: Story) -> None:
    def fetched(task: str, status: str, key: Any = None) -> Any:
        run = next(
            run for run in reversed([*story.task_runs.values()])
            if (run.item["name"], run.status) == (task, status)
        )  # fmt: skip
        body = FetchOutputDetails(output_key=key) if key else FetchOutputDetails()
        return ask(fetch_output, task_run_key=run.item["key"], body=body)

    failed = fetched("load_orders", "FAILED")
    assert "batch 31 of 64" in failed.data[0].value
    assert "ORA-01653" in failed.error_trace
    assert fetched("ingest_clicks", "FAILED").is_truncated
    packed = fetched("dedupe_customers", "SUCCESS").data[0]
    text = gzip.decompress(b64decode(packed.value)).decode()
    assert text.startswith("dedupe_customers: started")
    assert packed.length == str(len(text.encode()))
    assert fetched("publish_dashboards", "UPSTREAM_FAILED").data == []
    retry = next(one for run in story.task_runs.values() for one in run.retries)
    attempt = ask(
        fetch_output,
        task_run_key=retry["taskRunKey"],
        body=FetchOutputDetails(output_key=retry["outputKey"]),
    )
    assert attempt.key == retry["outputKey"]
    with pytest.raises(NotFoundError, match="outputKey"):
        fetched("load_orders", "FAILED", "unknown")
    with pytest.raises(ServiceError, match=r"body: 'x+' is too long"):
        fetched("load_orders", "FAILED", "x" * 101)


@pytest.mark.parametrize(
    ("operation", "keys"),
    [
        (get_job, {"job_key": "x"}),
        (get_job_run, {"job_run_key": "x"}),
        (get_task_run, {"task_run_key": "x"}),
        (list_task_run_retries, {"task_run_key": "x"}),
        (fetch_output, {"task_run_key": "x", "body": FetchOutputDetails()}),
    ],
)
def test_an_unknown_key_is_not_found(ask: Callable[..., Any], operation: Any, keys: Any) -> None:
    with pytest.raises(NotFoundError):
        ask(operation, **keys)


def test_the_sample_job_runs_are_listed_and_fit_their_task_runs(
    ask: Callable[..., Any], service: Service
) -> None:
    run = ask(get_job_run, job_run_key=service.job_run_key)
    assert (run.name, run.state.status) == ("backfill_history", "RUNNING")
    for task in ask(list_task_runs, job_run_key=service.job_run_key):
        found = ask(get_task_run, task_run_key=task.key).to_dict()
        assert {**found, **task.to_dict(), "name": found["name"]} == found
    nested = [
        ask(get_job_run, job_run_key=one.key)
        for one in ask(list_job_runs, display_name="backfill_history")
    ]
    assert {one.root_job_run_key for one in nested} == {service.job_run_key}


def test_a_short_sample_job_run_has_ended() -> None:
    for size, status in ((3, "SUCCESS"), (1, "FAILED"), (0, "SUCCESS")):
        item = job_run_item(SampleJobRun("key", size))
        assert item["state"] == {"status": status}
        assert item["endTime"] >= item["startTime"]
