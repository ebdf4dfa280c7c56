"""Operations of the API beside "Get task runs": what they send, and what they read."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from aidp_workbench import ArgumentError, afetch, connect, fetch, paginate
from aidp_workbench_api.api.job_runs import get_job_run, list_job_runs
from aidp_workbench_api.api.jobs import get_job, list_jobs
from aidp_workbench_api.api.task_runs import fetch_output, list_task_run_retries
from aidp_workbench_api.api.workspaces import list_workspaces
from aidp_workbench_api.models import DependsOn, FetchOutputDetails

from tests.conftest import IMPATIENT
from tests.scripted_server import ScriptedServer, answer

if TYPE_CHECKING:
    from pathlib import Path

    from aidp_workbench_api import Client

KEYS: dict[str, Any] = {"ai_data_platform_id": "p", "workspace_key": "w"}
BASE = "/20260430/aiDataPlatforms/p/workspaces"


def client_of(server: ScriptedServer, config_file: Path) -> Client:
    return connect(base_url=server.base_url, config_file=config_file, retry=IMPATIENT)


@pytest.mark.parametrize("is_async", [False, True])
def test_fetching_an_output_is_repeated_with_the_same_retry_token(
    config_file: Path, is_async: bool
) -> None:
    output = answer(200, {"data": [{"type": "TEXT_PLAIN", "value": "4 rows", "length": "6"}]})
    body = FetchOutputDetails(output_key="o")

    async def afetch_output(client: Client) -> Any:
        async with client:
            return await afetch(fetch_output, **KEYS, task_run_key="t", body=body, client=client)

    with ScriptedServer(answer(503), output) as server:
        client = client_of(server, config_file)
        if is_async:
            found = asyncio.run(afetch_output(client))
        else:
            with client:
                found = fetch(fetch_output, **KEYS, task_run_key="t", body=body, client=client)
    first, second = server.requests
    assert first.target == second.target == f"{BASE}/w/taskRuns/t/actions/fetchOutput"
    assert json.loads(first.body) == json.loads(second.body) == {"outputKey": "o"}
    assert first.headers["opc-retry-token"] == second.headers["opc-retry-token"] != ""
    assert "x-content-sha256" in first.headers["authorization"]
    assert [part.value for part in found.data] == ["4 rows"]


def test_job_runs_are_asked_for_by_job_status_and_time(config_file: Path) -> None:
    since = datetime(2026, 11, 25, 3, tzinfo=timezone(timedelta(hours=2)))
    created: Any = {"time_created_greater_than_or_equal_to": since}
    listed = answer(200, {"items": [{"key": "r"}]})
    with ScriptedServer(listed) as server, client_of(server, config_file) as client:
        (run,) = paginate(
            list_job_runs,
            **KEYS,
            job_key=["a", "b,c"],
            status=["FAILED"],
            **created,
            client=client,
        )
        naive: Any = {"time_created_greater_than_or_equal_to": since.replace(tzinfo=None)}
        with pytest.raises(ArgumentError, match="zone"):
            list_job_runs.sync(**KEYS, **naive, client=client)
    (request,) = server.requests
    assert urlsplit(request.target).path == f"{BASE}/w/jobRuns"
    assert parse_qsl(urlsplit(request.target).query) == [
        ("jobKey", "a"),
        ("jobKey", "b,c"),
        ("status", "FAILED"),
        ("timeCreatedGreaterThanOrEqualTo", "2026-11-25T01:00:00Z"),
        ("sortBy", "timeCreated"),
        ("limit", "100"),
    ]
    assert run.key == "r"


def test_what_has_no_default_is_sent_only_if_it_is_given(config_file: Path) -> None:
    body = {"key": "k", "name": "n", "jobKey": "j"}
    answers = [*[answer(200, body)] * 3, answer(200, {"items": []})]
    with ScriptedServer(*answers) as server, client_of(server, config_file) as client:
        fetch(get_job_run, **KEYS, job_run_key="k", client=client)
        options: Any = {"should_include_task_run_summaries": True, "repair_key": 2}
        fetch(get_job_run, **KEYS, job_run_key="k", client=client, **options)
        fetch(get_job, **KEYS, job_key="j", should_update_recent=False, client=client)
        assert list(paginate(list_workspaces, "p", client=client)) == []
    plain, asked, job, workspaces = server.requests
    assert plain.target == f"{BASE}/w/jobRuns/k"
    assert "should-update-recent" not in plain.headers
    assert asked.target == f"{plain.target}?shouldIncludeTaskRunSummaries=true&repairKey=2"
    assert job.headers["should-update-recent"] == "false"
    assert "isPrivateNetworkEnabled" not in workspaces.target


def test_a_job_run_is_read_whatever_form_the_service_gives_it(config_file: Path) -> None:
    body = {
        "key": "k", "name": "n", "jobKey": "j", "launched": "BY_EVENT",
        "tasks": [
            {"type": "NOTEBOOK_TASK", "taskKey": "a", "notebookPath": "/a.ipynb"},
            {"type": "NEW_TASK", "taskKey": "b", "dependsOn": ["a"]},
            {"taskKey": "c", "dependsOn": [{"taskKey": "b", "outcome": "true"}]},
        ],
        "taskToTaskRunMap": {"a": "run-a", "b": None},
        "taskRunSummaryMap": {"run-a": {"key": "run-a"}, "run-b": "text"},
        "repairHistory": [{"key": 0, "type": "ORIGINAL"}, {"key": 3, "type": "LATER"}],
        "timeCreated": "2026-11-25T02:00:00Z",
        "clusterSpec": {"existingClusterKey": "c"},
    }  # fmt: skip
    with ScriptedServer(answer(200, body)) as server, client_of(server, config_file) as client:
        run = fetch(get_job_run, **KEYS, job_run_key="k", client=client)
    assert run.launched == "BY_EVENT"
    assert run.tasks
    assert run.tasks[0].additional_properties == {"notebookPath": "/a.ipynb"}
    assert [one.depends_on for one in run.tasks[1:]] == [["a"], [DependsOn("b", "true")]]
    assert dict(run.task_to_task_run_map or {}) == body["taskToTaskRunMap"]
    assert dict(run.task_run_summary_map or {}) == body["taskRunSummaryMap"]
    assert [one.type_ for one in run.repair_history or ()] == ["ORIGINAL", "LATER"]
    assert run.time_created == datetime(2026, 11, 25, 2, tzinfo=UTC)
    assert run.additional_properties == {"clusterSpec": body["clusterSpec"]}
    assert run.to_dict() == body


def test_retries_and_jobs_are_listed_page_by_page(config_file: Path) -> None:
    pages = [answer(200, {"items": [{"key": "1"}]}, opc_next_page="t"), answer(200, {"items": []})]
    with ScriptedServer(*pages * 2) as server, client_of(server, config_file) as client:
        retries = paginate(list_task_run_retries, **KEYS, task_run_key="t/1", client=client)
        assert [one.key for one in retries] == ["1"]
        jobs = paginate(list_jobs, **KEYS, display_name_contains="load", client=client)
        assert [one.key for one in jobs] == ["1"]
    paths = [urlsplit(request.target).path for request in server.requests]
    assert paths == [f"{BASE}/w/taskRuns/t%2F1/retries"] * 2 + [f"{BASE}/w/jobs"] * 2
