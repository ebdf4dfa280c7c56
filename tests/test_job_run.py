"""Waiting for a job run, and which of its task runs count."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import anyio
import pytest
from aidp_workbench import (
    ArgumentError,
    NotFoundError,
    RetryPolicy,
    StillRunningError,
    TransportError,
    connect,
)
from aidp_workbench.runs import (
    await_job_run,
    current_task_runs,
    latest_attempts,
    status_of,
    wait_for_job_run,
)
from aidp_workbench.runs.attempts import attempt_of
from aidp_workbench_api.models import JobRun, TaskRunRetry, TaskRunRetrySummary, TaskRunSummary

from tests.scripted_server import HANG_UP, Received, ScriptedServer, answer
from tests.workspace_server import job_run, task_run

if TYPE_CHECKING:
    from pathlib import Path

FIRST = task_run("first", "FAILED", -3, -2, task="t")
SECOND = task_run("second", "SUCCESS", -1, 0, task="t")


class Job:
    """A job run that has the next status at each look; its task runs are those of that look."""

    def __init__(self, *looks: tuple[str | None, list[Any]] | bytes) -> None:
        self.looks = list(looks)
        self.requests: list[str] = []
        self._task_runs: list[Any] = []

    def answer(self, received: Received) -> bytes:
        self.requests.append(received.target)
        if "/taskRuns?" in received.target:
            return answer(200, {"items": self._task_runs})
        look = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        if isinstance(look, bytes):
            return look
        status, self._task_runs = look
        return answer(200, job_run("key", status, -3))


class Wait(Protocol):
    def __call__(self, job: Job, **options: Any) -> tuple[JobRun, list[TaskRunSummary]]: ...


@pytest.fixture(params=["sync", "asyncio", "trio"])
def wait(request: pytest.FixtureRequest, config_file: Path) -> Wait:
    """Waits for the job run of a server, each attempt one request."""

    def wait_for(job: Job, **options: Any) -> tuple[JobRun, list[TaskRunSummary]]:
        once = RetryPolicy(attempts=1, wait_initial=0.001)
        settings: dict[str, Any] = {"config_file": config_file, "retry": once}
        where: dict[str, Any] = {"interval": 0.001, "job_run_key": "key"} | options

        async def wait_async(base_url: str) -> tuple[JobRun, list[TaskRunSummary]]:
            async with connect(base_url=base_url, **settings) as client:
                return await await_job_run(client, "platform", "workspace", **where)

        with ScriptedServer(job.answer) as server:
            if request.param != "sync":
                return anyio.run(partial(wait_async, server.base_url), backend=request.param)
            with connect(base_url=server.base_url, **settings) as client:
                return wait_for_job_run(client, "platform", "workspace", **where)

    return wait_for


def test_the_state_of_the_job_run_says_when_it_is_over(wait: Wait) -> None:
    job = Job(
        ("QUEUED", []),
        ("RUNNING", [FIRST]),  # its retry, or its repair, is yet to come
        ("RUNNING", [FIRST, SECOND]),  # another task run is yet to come
        ("NEW_KIND", [FIRST, SECOND]),
        (None, [FIRST, SECOND]),
        ("SUCCESS", [SECOND, FIRST]),
    )
    found, task_runs = wait(job)
    assert status_of(found) == "SUCCESS"
    assert [run.key for run in task_runs] == ["second", "first"]
    assert len(job.requests) == 7  # the task runs are listed once


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "CANCELED", "SUCCESS", "SKIPPED"])
def test_an_end_counts_at_once(wait: Wait, status: str) -> None:
    job = Job((status, [FIRST]))
    found, task_runs = wait(job)
    assert (status_of(found), [run.key for run in task_runs]) == (status, ["first"])
    assert len(job.requests) == 2


def test_a_task_run_that_is_listed_twice_is_given_once(wait: Wait) -> None:
    assert len(wait(Job(("SUCCESS", [FIRST, FIRST, SECOND])))[1]) == 2


def test_transient_errors_do_not_stop_the_wait(wait: Wait) -> None:
    fault = answer(503, "<html>")
    job = Job(fault, ("RUNNING", []), HANG_UP, ("FAILED", [FIRST]))
    serve, faults = job.answer, [HANG_UP, fault]

    def lists_at_the_third_look(received: Received) -> bytes:
        answered = serve(received)
        return faults.pop() if "/taskRuns?" in received.target and faults else answered

    job.answer = lists_at_the_third_look  # type: ignore[method-assign]
    found, task_runs = wait(job)
    assert (status_of(found), [run.key for run in task_runs]) == ("FAILED", ["first"])
    assert not faults


def test_a_job_run_that_does_not_exist_ends_the_wait(wait: Wait) -> None:
    with pytest.raises(NotFoundError):
        wait(Job(answer(404, {"code": "NotAuthorizedOrNotFound", "message": "no"})))


def test_a_job_run_that_still_runs_when_the_time_is_up_is_an_error(wait: Wait) -> None:
    with pytest.raises(StillRunningError, match="1 of 1 runs still going after 0 s") as raised:
        wait(Job(("RUNNING", [FIRST])), timeout=0)
    (last,) = raised.value.runs
    assert isinstance(last, JobRun)
    assert status_of(last) == "RUNNING"


def test_blocked_counts_as_ended_on_request(wait: Wait) -> None:
    found, task_runs = wait(Job(("BLOCKED", [FIRST])), blocked_is_final=True)
    assert (status_of(found), len(task_runs)) == ("BLOCKED", 1)


def test_each_change_of_the_job_run_and_of_its_task_runs_is_reported_once(wait: Wait) -> None:
    going = task_run("second", "RUNNING", -1, task="t")
    job = Job(("RUNNING", [FIRST]), ("RUNNING", [FIRST, going]), ("SUCCESS", [FIRST, SECOND]))
    changes: list[Any] = []
    wait(job, on_change=lambda run, before: changes.append((run.key, before, status_of(run))))
    assert changes == [
        ("key", None, "RUNNING"),
        ("first", None, "FAILED"),
        ("second", None, "RUNNING"),
        ("key", "RUNNING", "SUCCESS"),
        ("second", "RUNNING", "SUCCESS"),
    ]


def test_an_error_of_the_callers_own_function_is_no_fault_of_the_service(wait: Wait) -> None:
    def refuse(*_: Any) -> None:
        raise TransportError(method="GET", path="/", attempts=1, reason="of a caller", host="h")

    with pytest.raises(TransportError, match="of a caller"):
        wait(Job(("SUCCESS", [])), on_change=refuse)


@pytest.mark.parametrize(
    "wrong", [{"interval": 0}, {"timeout": -1}, {"job_run_key": ""}, {"job_run_key": ".."}]
)
def test_an_invalid_argument_is_refused_before_anything_is_sent(
    wait: Wait, wrong: dict[str, Any]
) -> None:
    job = Job(("SUCCESS", []))
    with pytest.raises(ArgumentError, match=next(iter(wrong))):
        wait(job, **wrong)
    assert not job.requests


def runs(*found: dict[str, Any]) -> list[TaskRunSummary]:
    return [TaskRunSummary.from_dict({"jobRunKey": "j", **one}) for one in found]


def detail(task_to_task_run_map: dict[str, Any] | None) -> JobRun:
    return JobRun.from_dict(
        job_run("j", "SUCCESS", -3) | {"taskToTaskRunMap": task_to_task_run_map}
    )


OTHER = task_run("other", "SUCCESS", -3, -2)
# Without times nothing else tells the original and the repair of a task apart.
ORIGINAL = task_run("original", "FAILED", task="t")
REPAIR = task_run("repair", "SUCCESS", task="t")
RETRIES = [
    task_run(f"attempt{n}", status, task="t", retryAttempt=n)
    for n, status in enumerate(["FAILED", "FAILED", "SUCCESS"])
]


@pytest.mark.parametrize(
    ("mapping", "found", "counting"),
    [
        # each retry and each repair a task run of its own
        ({"t": "repair", "other": "other"}, [ORIGINAL, OTHER, REPAIR], ["other", "repair"]),
        ({"t": "repair"}, [REPAIR, ORIGINAL, OTHER], ["repair", "other"]),
        ({"t": "attempt2"}, RETRIES, ["attempt2"]),
        ({"t": "first"}, [FIRST, SECOND], ["first"]),  # it is for the service to say
        # one task run, with its retries beneath it
        (
            {"t": "first", "other": "other"},
            [FIRST | {"retryAttempt": 3}, OTHER],
            ["first", "other"],
        ),
        # the names of a map are not those of the task runs: its values are keys all the same
        ({"a task's id": "repair"}, [ORIGINAL, REPAIR], ["repair"]),
        # a task run that is not listed, and none at all
        ({"t": "not listed"}, [FIRST, SECOND], ["second"]),
        ({"t": None}, [FIRST, SECOND], ["second"]),
        ({}, RETRIES, ["attempt2"]),
        (None, [FIRST, SECOND, OTHER], ["second", "other"]),
        # of a nested job run, which has a map of its own
        ({"t": "repair"}, [ORIGINAL, REPAIR, FIRST | {"jobRunKey": "nested"}], ["repair", "first"]),
        # without task keys each stands for itself
        ({"t": "repair"}, [{"key": "a"}, {"key": "repair"}], ["a", "repair"]),
    ],
)
def test_the_map_of_the_job_run_says_which_task_runs_count(
    mapping: dict[str, Any] | None, found: list[dict[str, Any]], counting: list[str]
) -> None:
    current = current_task_runs(detail(mapping), iter(runs(*found)))
    assert [run.key for run in current] == counting


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([FIRST, task_run("repair", "PENDING", task="t")], ["repair"]),
        ([ORIGINAL, task_run("repair", "QUEUED", task="t")], ["repair"]),
        ([FIRST, task_run("side by side", "RUNNING", task="t")], ["first", "side by side"]),
        ([FIRST, task_run("unknown", None, task="t")], ["first", "unknown"]),
        ([task_run("no start", "FAILED", None, -2, task="t"), SECOND], ["second"]),
        ([task_run("upstream", "UPSTREAM_FAILED", task="t"), SECOND], ["second"]),
        ([SECOND, task_run("canceled", "CANCELED", task="t")], ["second"]),
        ([task_run("no cluster", "FAILED", task="t"), SECOND], ["no cluster", "second"]),
        ([task_run("upstream", "UPSTREAM_FAILED", task="t"), ORIGINAL], ["upstream", "original"]),
        ([task_run("going", "RUNNING", -2, task="t"), task_run("next", "PENDING", task="t")],
         ["going", "next"]),
    ],
)  # fmt: skip
def test_where_times_are_missing_the_status_says_which_run_came_first(
    found: list[dict[str, Any]], kept: list[str]
) -> None:
    assert [run.key for run in latest_attempts(runs(*found))] == kept


def test_the_last_of_the_retries_in_detail_counts() -> None:
    def retry(number: int, task_run: str) -> dict[str, Any]:
        key = f"{task_run}/{number}"
        return {"key": key, "name": key, "taskRunKey": task_run, "retryNumber": number}

    retries = [TaskRunRetry.from_dict(retry(*one)) for one in ((1, "a"), (2, "a"), (1, "b"))]
    assert [attempt_of(one) for one in retries] == [1, 2, 1]
    assert [one.key for one in latest_attempts(retries)] == ["a/2", "b/1"]
    listed = [
        TaskRunRetrySummary.from_dict({"key": str(n), "taskRunId": "a", "retryNumber": n})
        for n in (2, 1)
    ]
    assert [one.key for one in latest_attempts(listed)] == ["2"]
