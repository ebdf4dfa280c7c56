"""Waiting for the end of a job run, and what ends it."""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, get_args

import anyio
import pytest
from aidp_workbench import (
    ArgumentError,
    BadRequestError,
    NotFoundError,
    ResponseError,
    RetryPolicy,
    StillRunningError,
    TransportError,
    UnauthorizedError,
    WorkbenchError,
    connect,
)
from aidp_workbench.runs import (
    await_until_ended,
    has_ended,
    has_failed,
    latest_attempts,
    status_of,
    wait_until_ended,
)
from aidp_workbench.runs.settling import Settling
from aidp_workbench.runs.statuses import Meaning, meaning_of
from aidp_workbench.runs.waiting import alooks
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunStatus, TaskRunSummary

from tests.conftest import KEYS
from tests.scripted_server import HANG_UP, Answer, Received, ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

ENDED_WELL = {"SUCCESS", "SKIPPED", "EXCLUDED"}
ENDED_BADLY = {
    "FAILED", "CANCELED", "INTERNAL_ERROR", "UPSTREAM_CANCELED", "UPSTREAM_FAILED", "TIMED_OUT",
}  # fmt: skip
NOT_ENDED = {"PENDING", "QUEUED", "RUNNING", "BLOCKED", "CANCELING", "PAUSED_MAINTENANCE"}
STATUSES = Path("overlays") / "aidp_workbench" / "runs" / "statuses.py"


def look(*statuses: str | None, **headers: str) -> bytes:
    """A page with a task run for each status: task0, task1 and so on."""
    items = [
        {"key": f"run{i}", "taskKey": f"task{i}", "state": status and {"status": status}}
        for i, status in enumerate(statuses)
    ]
    return answer(200, {"items": items}, length=None, **headers)


def task_run(status: str | None = "SUCCESS", **properties: Any) -> TaskRunSummary:
    state = {"state": {"status": status}} if status else {}
    return TaskRunSummary.from_dict(state | properties)


class Wait(Protocol):
    def __call__(self, *answers: Answer, **options: Any) -> list[str | None]: ...


@pytest.fixture(params=["sync", "asyncio", "trio"])
def wait(request: pytest.FixtureRequest, config_file: Path) -> Wait:
    """Waits for a scripted server, each attempt one request, and gives the statuses at the end."""
    once = RetryPolicy(attempts=1, wait_initial=0.001)

    def wait_for(*answers: Answer, **options: Any) -> list[str | None]:
        options = {"interval": 0.001, "settle": 0} | options
        settings: dict[str, Any] = {"config_file": config_file, "retry": once}
        if "client_timeout" in options:
            settings |= {"timeout": options.pop("client_timeout"), "retry": options.pop("retry")}

        async def wait_async(base_url: str) -> list[TaskRunSummary]:
            async with connect(base_url=base_url, **settings) as client:
                return await await_until_ended(list_task_runs, client=client, **KEYS, **options)

        with ScriptedServer(*answers) as server:
            if request.param == "sync":
                with connect(base_url=server.base_url, **settings) as client:
                    runs = wait_until_ended(list_task_runs, client=client, **KEYS, **options)
            else:
                runs = anyio.run(wait_async, server.base_url, backend=request.param)
        return [status_of(run) for run in runs]

    return wait_for


def test_it_ends_when_every_task_run_has_ended(wait: Wait) -> None:
    looks = look("RUNNING"), look("SUCCESS", "PENDING"), look("SUCCESS", "SUCCESS")
    assert wait(*looks) == ["SUCCESS", "SUCCESS"]


def test_each_change_is_reported_once(wait: Wait) -> None:
    changes: list[tuple[str, str | None, str | None]] = []

    def note(run: TaskRunSummary, before: str | None) -> None:
        changes.append((run.key or "", before, status_of(run)))

    looks = (
        look("QUEUED"), look("RUNNING", None), look("RUNNING", None), look("SUCCESS", "NEW_KIND"),
        look("SUCCESS", "SUCCESS"),
    )  # fmt: skip
    wait(*looks, on_change=note)
    assert changes == [
        ("run0", None, "QUEUED"),
        ("run0", "QUEUED", "RUNNING"),
        ("run1", None, None),
        ("run0", "RUNNING", "SUCCESS"),
        ("run1", None, "NEW_KIND"),
        ("run1", "NEW_KIND", "SUCCESS"),
    ]


@pytest.mark.parametrize("status", get_args(TaskRunStatus))
def test_every_status_of_the_spec_is_known_to_be_an_end_or_not(status: str) -> None:
    assert meaning_of(status) is not Meaning.UNKNOWN, f"say in {STATUSES} what {status} means"
    assert has_ended(task_run(status)) or not has_failed(task_run(status))


@pytest.mark.parametrize("status", [*sorted(ENDED_WELL | ENDED_BADLY | NOT_ENDED), "NEW", "", None])
def test_only_these_statuses_are_the_end(status: str | None) -> None:
    ended = status in ENDED_WELL | ENDED_BADLY
    assert has_ended(task_run(status)) == ended
    assert has_ended(task_run(status), blocked_is_final=True) == (ended or status == "BLOCKED")
    assert has_failed(task_run(status)) == (status in ENDED_BADLY)


@pytest.mark.parametrize("look_", [look(), look("SUCCESS", "BLOCKED"), look(None), look("NEW")])
def test_runs_that_have_not_ended_when_the_time_is_up_are_an_error(
    wait: Wait, look_: bytes
) -> None:
    with pytest.raises(StillRunningError) as raised:
        wait(look_, timeout=0)
    assert isinstance(raised.value, TimeoutError)
    assert isinstance(raised.value, WorkbenchError)
    kept = pickle.loads(pickle.dumps(raised.value))
    assert [run.key for run in kept.runs] == [run.key for run in raised.value.runs]
    assert str(kept) == str(raised.value)
    assert "after 0 s" in str(kept)


def test_blocked_counts_as_ended_on_request(wait: Wait) -> None:
    assert wait(look("SUCCESS", "BLOCKED"), blocked_is_final=True) == ["SUCCESS", "BLOCKED"]


def test_a_timeout_error_says_how_many_runs_were_still_running(wait: Wait) -> None:
    with pytest.raises(StillRunningError, match="2 of 3 runs still going after 0 s"):
        wait(look("SUCCESS", "BLOCKED", "RUNNING"), timeout=0)
    with pytest.raises(StillRunningError, match="no runs after 0 s"):
        wait(look(), timeout=0)


PASSING = [
    HANG_UP,
    answer(429, {"code": "TooManyRequests", "message": "slow down"}),
    answer(500, {"code": "InternalError", "message": "?"}),
    answer(503, "<html>"),
    answer(200, '{"items": [', content_type="application/json"),
]


@pytest.mark.parametrize("fault", PASSING)
def test_a_transient_error_is_logged_and_does_not_end_the_wait(
    wait: Wait, fault: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="aidp_workbench")
    assert wait(fault, look("RUNNING"), fault, fault, look("SUCCESS")) == ["SUCCESS"]
    logged = [r for r in caplog.messages if "runs could not be listed" in r]
    assert len(logged) == 3


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (answer(400, {"code": "InvalidParameter", "message": "no"}), BadRequestError),
        (answer(401, {"code": "NotAuthenticated", "message": "no"}), UnauthorizedError),
        (answer(404, {"code": "NotAuthorizedOrNotFound", "message": "no"}), NotFoundError),
        (answer(200, {"items": 3}), ResponseError),
    ],
)
def test_a_permanent_error_ends_the_wait(
    wait: Wait, fault: bytes, error: type[WorkbenchError]
) -> None:
    with pytest.raises(error):
        wait(look("RUNNING"), fault, look("SUCCESS"))


def test_a_retry_and_a_successor_that_come_while_an_end_settles_are_waited_for(wait: Wait) -> None:
    failed, going, well = (
        {"key": str(attempt), "taskKey": "t", "retryAttempt": attempt, "state": {"status": status}}
        for attempt, status in ((0, "FAILED"), (1, "RUNNING"), (1, "SUCCESS"))
    )
    looks = ([failed], [failed], [failed, going], [failed, well])
    answers = [answer(200, {"items": items}) for items in looks]
    times = {"settle": 0.5, "interval": 0.05}
    assert wait(*answers, **times) == ["FAILED", "SUCCESS"]
    successor = look("SUCCESS"), look("SUCCESS", "PENDING"), look("SUCCESS", "SUCCESS")
    assert wait(*successor, **times) == ["SUCCESS", "SUCCESS"]


def test_a_failure_is_reported_when_the_time_is_up_a_good_end_only_if_it_has_settled(
    wait: Wait,
) -> None:
    assert wait(look("FAILED"), timeout=0, settle=60) == ["FAILED"]
    with pytest.raises(StillRunningError, match="have ended, but not yet for 60 s") as raised:
        wait(look("SUCCESS"), timeout=0, settle=60)
    assert [run.key for run in raised.value.runs] == ["run0"]


def test_a_look_ends_one_read_timeout_after_the_time_is_up(wait: Wait) -> None:
    release = threading.Event()

    def hang(_: Received) -> bytes:
        release.wait(60)
        return look("SUCCESS")

    try:
        with pytest.raises(StillRunningError, match="no runs"):
            wait(hang, timeout=0, client_timeout=0.2, retry=RetryPolicy())
    finally:
        release.set()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancelling_ends_the_wait_at_once(backend: str) -> None:
    async def listing() -> AsyncGenerator[TaskRunSummary]:
        yield task_run("RUNNING")

    async def main() -> bool:
        with anyio.move_on_after(0.01) as scope:
            async for _ in alooks(Settling(86400), listing, None):
                pass
        return scope.cancelled_caught

    assert anyio.run(main, backend=backend)


@pytest.mark.parametrize(
    "wrong",
    [
        {"interval": 0},
        {"interval": -1},
        {"interval": float("nan")},
        {"interval": float("inf")},
        {"interval": "10"},
        {"interval": 10**400},
        {"interval": True},
        {"timeout": -1},
        {"timeout": float("nan")},
        {"timeout": "60"},
        {"settle": -1},
        {"settle": float("nan")},
        {"settle": "60"},
    ],
)
def test_invalid_seconds_are_refused_before_the_first_look(
    wrong: dict[str, Any],
) -> None:
    (name,) = wrong
    with pytest.raises(ArgumentError, match=name):
        wait_until_ended(list_task_runs, **wrong)
    with pytest.raises(ArgumentError, match=name):
        asyncio.run(await_until_ended(list_task_runs, **wrong))


@pytest.mark.parametrize("timeout", [None, 10**400, float("inf"), 86400])
def test_a_timeout_may_have_any_length(wait: Wait, timeout: float | None) -> None:
    assert wait(look("RUNNING"), look("SUCCESS"), timeout=timeout) == ["SUCCESS"]


def test_an_error_of_the_callers_own_function_is_no_fault_of_the_service(wait: Wait) -> None:
    def refuse(_: TaskRunSummary, __: str | None) -> None:
        raise TransportError(method="GET", path="/", attempts=1, reason="of a caller", host="h")

    with pytest.raises(TransportError, match="of a caller"):
        wait(look("SUCCESS"), on_change=refuse)


def test_an_invalid_argument_ends_it(wait: Wait) -> None:
    with pytest.raises(ArgumentError, match="limit"):
        wait(look("SUCCESS"), limit=5000)
    with pytest.raises(TypeError, match="job_run_kee"):
        wait(look("SUCCESS"), job_run_kee="k")


def test_only_the_latest_attempt_of_a_task_counts() -> None:
    def attempt(key: str, task: str | None, number: int | None, job: str = "j") -> TaskRunSummary:
        return task_run(key=key, taskKey=task, retryAttempt=number, jobRunKey=job)

    runs = [
        attempt("b1", "b", 1), attempt("a", "a", None), attempt("b0", "b", 0),
        attempt("other job", "b", 0, "k"), attempt("no task", None, 0), attempt("none", None, 3),
        attempt("c2", "c", 2), attempt("c2 too", "c", 2), attempt("c?", "c", None),
        attempt("d", "d", -5),
    ]  # fmt: skip
    kept = ["b1", "a", "other job", "no task", "none", "c2", "c2 too", "d"]
    assert [run.key for run in latest_attempts(iter(runs))] == kept


def timed(key: str, attempt: int, start: int | None, end: int | None) -> TaskRunSummary:
    return task_run(
        key=key, taskKey="t", jobRunKey="j", retryAttempt=attempt, startTime=start, endTime=end
    )


REPLACED: list[tuple[list[TaskRunSummary], list[str]]] = [
    # a repair begins again with attempt 0
    ([timed("a0", 0, 1, 2), timed("a1", 1, 3, 4), timed("repair", 0, 9, 10)], ["repair"]),
    ([timed("repair", 0, 5, 6), timed("a", 0, 1, 2)], ["repair"]),
    ([timed("a", 0, 1, None), timed("repair", 0, 5, None)], ["repair"]),
    # side by side, as the iterations of a loop
    ([timed("i1", 0, 1, 5), timed("i2", 0, 2, 3), timed("i3", 0, 1, 9)], ["i1", "i2", "i3"]),
    # a retry that waits for its start
    ([timed("a0", 0, 1, 2), timed("a1", 1, None, None)], ["a1"]),
    ([timed("a0", 0, 1, 5), timed("a1", 1, 4, 9)], ["a1"]),
    ([timed("a", 0, 1, 2), timed("same time", 0, 1, 2)], ["a", "same time"]),
    ([timed("skipped", 0, None, None), timed("a", 0, 1, 2)], ["skipped", "a"]),
]


@pytest.mark.parametrize(("runs", "kept"), REPLACED)
def test_a_later_run_of_a_task_replaces_those_before_it(
    runs: list[TaskRunSummary], kept: list[str]
) -> None:
    assert [run.key for run in latest_attempts(runs)] == kept
