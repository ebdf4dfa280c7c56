"""Waiting for the end of a job run, and what ends it."""

from __future__ import annotations

import asyncio
import logging
import pickle
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
from aidp_workbench.runs.waiting import Change, Waiting
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunStatus, TaskRunSummary

from tests.conftest import KEYS
from tests.scripted_server import HANG_UP, Answer, Received, ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

ENDED = {
    "SUCCESS", "FAILED", "CANCELED", "SKIPPED", "INTERNAL_ERROR", "UPSTREAM_CANCELED",
    "UPSTREAM_FAILED", "EXCLUDED", "TIMED_OUT",
}  # fmt: skip


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


class Clock:
    """Stands in for `time` in the module that waits: it moves only when somebody moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """The server decides how much time passes."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("aidp_workbench.runs.waiting.time", clock)
    return clock


@pytest.fixture
def late(clock: Clock) -> Callable[[bytes], Answer]:
    """Gives an answer that comes an hour later."""

    def late(content: bytes) -> Answer:
        def answered(_: Received) -> bytes:
            clock.now += 3600
            return content

        return answered

    return late


@pytest.fixture(params=["sync", "asyncio", "trio"])
def wait(request: pytest.FixtureRequest, config_file: Path) -> Wait:
    """Waits for a scripted server, each attempt one request, and gives the statuses at the end."""
    once = RetryPolicy(attempts=1, wait_initial=0.001)

    def wait_for(*answers: Answer, **options: Any) -> list[str | None]:
        options = {"interval": 0.001} | options

        async def wait_async(base_url: str) -> list[TaskRunSummary]:
            async with connect(base_url=base_url, config_file=config_file, retry=once) as client:
                return await await_until_ended(list_task_runs, client=client, **KEYS, **options)

        with ScriptedServer(*answers) as server:
            if request.param == "sync":
                with connect(
                    base_url=server.base_url, config_file=config_file, retry=once
                ) as client:
                    runs = wait_until_ended(list_task_runs, client=client, **KEYS, **options)
            else:
                runs = anyio.run(wait_async, server.base_url, backend=request.param)
        return [status_of(run) for run in runs]

    return wait_for


def test_it_ends_when_every_task_run_has_ended(wait: Wait) -> None:
    looks = look("RUNNING"), look("SUCCESS", "PENDING"), look("SUCCESS", "SUCCESS")
    assert wait(*looks) == ["SUCCESS", "SUCCESS"]


def test_each_change_is_told_once(wait: Wait) -> None:
    changes: list[Change] = []
    looks = (
        look("QUEUED"), look("RUNNING", None), look("RUNNING", None), look("SUCCESS", "NEW_KIND"),
        look("SUCCESS", "SUCCESS"),
    )  # fmt: skip
    wait(*looks, on_change=changes.append)
    assert [(one.run.key, one.before, one.after, one.is_new) for one in changes] == [
        ("run0", None, "QUEUED", True),
        ("run0", "QUEUED", "RUNNING", False),
        ("run1", None, None, True),
        ("run0", "RUNNING", "SUCCESS", False),
        ("run1", None, "NEW_KIND", False),
        ("run1", "NEW_KIND", "SUCCESS", False),
    ]


@pytest.mark.parametrize("status", [*get_args(TaskRunStatus), "SOMETHING_NEW", "", None])
def test_only_these_statuses_are_the_end(status: str | None) -> None:
    assert has_ended(task_run(status)) == (status in ENDED)
    assert has_ended(task_run(status), blocked_is_final=True) == (status in {*ENDED, "BLOCKED"})
    assert has_failed(task_run(status)) == (status in ENDED - {"SUCCESS", "SKIPPED", "EXCLUDED"})


@pytest.mark.parametrize("look_", [look(), look("SUCCESS", "BLOCKED"), look(None), look("NEW")])
def test_what_has_not_ended_is_waited_for_until_the_time_is_up(
    wait: Wait, look_: bytes, late: Callable[[bytes], Answer]
) -> None:
    with pytest.raises(StillRunningError) as raised:
        wait(look_, look_, late(look_), timeout=60)
    assert isinstance(raised.value, TimeoutError)
    assert isinstance(raised.value, WorkbenchError)
    kept = pickle.loads(pickle.dumps(raised.value))
    assert [run.key for run in kept.runs] == [run.key for run in raised.value.runs]
    assert str(kept) == str(raised.value)
    assert "after 60 s" in str(kept)


def test_blocked_is_the_end_for_those_who_say_so(wait: Wait) -> None:
    assert wait(look("SUCCESS", "BLOCKED"), blocked_is_final=True) == ["SUCCESS", "BLOCKED"]


def test_an_error_of_timeout_says_how_much_was_going_on(wait: Wait) -> None:
    with pytest.raises(StillRunningError, match="2 of 3 task runs still going after 0 s"):
        wait(look("SUCCESS", "BLOCKED", "RUNNING"), timeout=0)
    with pytest.raises(StillRunningError, match="no task runs after 0 s"):
        wait(look(), timeout=0)


PASSING = [
    HANG_UP,
    answer(429, {"code": "TooManyRequests", "message": "slow down"}),
    answer(500, {"code": "InternalError", "message": "?"}),
    answer(503, "<html>"),
    answer(200, '{"items": [', content_type="application/json"),
]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_logged_and_waited_out(
    wait: Wait, fault: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="aidp_workbench")
    assert wait(fault, look("RUNNING"), fault, fault, look("SUCCESS")) == ["SUCCESS"]
    told = [r for r in caplog.messages if "task runs could not be listed" in r]
    assert len(told) == 3


def test_a_fault_that_stays_is_the_cause_when_the_time_is_up(
    wait: Wait, late: Callable[[bytes], Answer]
) -> None:
    with pytest.raises(StillRunningError, match=r"the last look failed: .*503") as raised:
        wait(look("RUNNING"), answer(503), late(answer(503)), timeout=60)
    assert isinstance(raised.value.__cause__, WorkbenchError)
    assert [run.key for run in raised.value.runs] == ["run0"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (answer(400, {"code": "InvalidParameter", "message": "no"}), BadRequestError),
        (answer(401, {"code": "NotAuthenticated", "message": "no"}), UnauthorizedError),
        (answer(404, {"code": "NotAuthorizedOrNotFound", "message": "no"}), NotFoundError),
        (answer(200, {"items": 3}), ResponseError),
    ],
)
def test_a_fault_that_does_not_pass_ends_it(
    wait: Wait, fault: bytes, error: type[WorkbenchError]
) -> None:
    with pytest.raises(error):
        wait(look("RUNNING"), fault, look("SUCCESS"))


def test_a_host_that_does_not_exist_ends_it_only_before_the_first_look() -> None:
    def lost() -> TransportError:
        error = TransportError(method="GET", path="/", attempts=1, reason="no such host", host="h")
        import socket

        error.__cause__ = socket.gaierror(socket.EAI_NONAME, "no such host")
        return error

    looks: list[TransportError | list[TaskRunSummary]] = [
        [task_run("RUNNING")], lost(), [task_run()]
    ]  # fmt: skip

    def listing() -> list[TaskRunSummary]:
        found = looks.pop(0)
        if isinstance(found, TransportError):
            raise found
        return found

    assert len(Waiting(0.001).through(listing)) == 1
    looks[:] = [lost()]
    with pytest.raises(TransportError):
        Waiting(0.001).through(listing)


def test_a_failure_counts_when_no_retry_is_listed_at_the_next_look(
    wait: Wait, late: Callable[[bytes], Answer]
) -> None:
    failed, retried, well = (
        {"key": str(attempt), "taskKey": "t", "retryAttempt": attempt, "state": {"status": status}}
        for attempt, status in ((0, "FAILED"), (1, "RUNNING"), (1, "SUCCESS"))
    )
    looks = [
        answer(200, {"items": items}) for items in ([failed], [failed, retried], [failed, well])
    ]
    assert wait(*looks) == ["FAILED", "SUCCESS"]
    assert wait(look("FAILED")) == ["FAILED"]
    assert wait(look("FAILED"), timeout=0) == ["FAILED"]
    assert wait(look("FAILED"), late(answer(503)), timeout=60) == ["FAILED"]


def test_a_task_run_that_is_listed_twice_counts_once() -> None:
    runs = Waiting(1).through(
        lambda: [task_run(key="a"), task_run(key="a"), task_run(), task_run()]
    )
    assert [run.key for run in runs if run.key] == ["a"]
    assert len(runs) == 3


def test_the_pauses_are_as_long_as_asked_and_end_with_the_time(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = list[float]()

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        clock.now += seconds

    monkeypatch.setattr(clock, "sleep", sleep)
    with pytest.raises(StillRunningError):
        Waiting(30, timeout=100).through(lambda: [task_run("RUNNING")])
    assert pauses == [30, 30, 30, 10]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancelling_ends_the_wait_at_once(backend: str) -> None:
    async def listing() -> AsyncGenerator[TaskRunSummary]:
        yield task_run("RUNNING")

    async def main() -> bool:
        with anyio.move_on_after(0.01) as scope:
            await Waiting(86400).athrough(listing)
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
    ],
)
def test_seconds_that_cannot_be_meant_are_refused_before_the_first_look(
    wrong: dict[str, Any],
) -> None:
    (name,) = wrong
    with pytest.raises(ArgumentError, match=name):
        wait_until_ended(list_task_runs, **wrong)
    with pytest.raises(ArgumentError, match=name):
        asyncio.run(await_until_ended(list_task_runs, **wrong))


@pytest.mark.parametrize("timeout", [None, 10**400, float("inf"), 86400])
def test_a_timeout_may_be_as_long_as_one_likes(wait: Wait, timeout: float | None) -> None:
    assert wait(look("RUNNING"), look("SUCCESS"), timeout=timeout) == ["SUCCESS"]


def test_an_error_of_the_callers_own_function_is_no_fault_of_the_service(wait: Wait) -> None:
    def refuse(_: Change) -> None:
        raise TransportError(method="GET", path="/", attempts=1, reason="of a caller", host="h")

    with pytest.raises(TransportError, match="of a caller"):
        wait(look("SUCCESS"), on_change=refuse)


def test_an_argument_that_cannot_be_meant_ends_it(wait: Wait) -> None:
    with pytest.raises(ArgumentError, match="limit"):
        wait(look("SUCCESS"), limit=5000)
    with pytest.raises(TypeError, match="job_run_kee"):
        wait(look("SUCCESS"), job_run_kee="k")


def test_only_the_last_attempt_of_a_task_counts() -> None:
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
