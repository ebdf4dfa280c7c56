"""When an end counts: decided from look to look, by a clock of the test's own."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import PaginationError, StillRunningError, TransportError, WorkbenchError
from aidp_workbench.runs.settling import Settling
from aidp_workbench.runs.waiting import looks
from aidp_workbench_api.models import TaskRunSummary
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def run(key: str, status: str | None = "SUCCESS", task: str | None = None) -> TaskRunSummary:
    return TaskRunSummary.from_dict(
        {"key": key, "taskKey": task or key, "jobRunKey": "j", "state": {"status": status}}
    )


class Script:
    """Lists what each look finds, the last of them again and again; its clock moves in pauses."""

    def __init__(self, *found: Sequence[TaskRunSummary] | WorkbenchError) -> None:
        self.found = found
        self.looks = 0
        self.now = 0.0
        self.pauses: list[float] = []

    def wait(self, interval: float = 10, **options: Any) -> list[str]:
        """Keys of the runs when the wait ended."""
        settling = Settling[TaskRunSummary](interval, now=lambda: self.now, **options)
        for _ in looks(settling, self.listing, None, sleep=self.sleep):
            pass
        return [str(one.key) for one in settling.runs]

    def listing(self) -> Iterable[TaskRunSummary]:
        found = self.found[min(self.looks, len(self.found) - 1)]
        self.looks += 1
        if isinstance(found, WorkbenchError):
            raise found
        return found

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


GOING, WELL, FAILED = run("a", "RUNNING"), run("a"), run("a", "FAILED")


def test_the_pauses_are_as_long_as_asked_and_end_with_the_time() -> None:
    script = Script([GOING])
    with pytest.raises(StillRunningError, match="1 of 1 runs still going after 100 s"):
        script.wait(30, timeout=100)
    assert script.pauses == [30, 30, 30, 10]


@pytest.mark.parametrize(
    ("end", "options", "seconds"),
    [
        (WELL, {}, 30),
        (FAILED, {}, 600),
        (WELL, {"timeout": 3600}, 30),
        (WELL, {"timeout": 50}, 5),
        (FAILED, {"timeout": 50}, 43),
        (FAILED, {"timeout": 3600}, 600),
        (WELL, {"settle": 45}, 45),
        (FAILED, {"settle": 45}, 45),
        (WELL, {"settle": 0}, 0),
    ],
)
def test_an_end_counts_once_it_has_lasted(
    end: TaskRunSummary, options: dict[str, Any], seconds: float
) -> None:
    script = Script([GOING], [end])
    script.wait(7, **options)
    assert script.now == 7 + seconds


def test_a_run_that_starts_while_an_end_settles_starts_the_wait_again() -> None:
    script = Script([WELL], [WELL], [WELL, run("b", "PENDING")], [WELL, run("b")])
    assert script.wait(settle=25) == ["a", "b"]
    assert script.now == 30 + 25


def test_a_failure_that_is_retried_ten_minutes_later_is_no_end() -> None:
    retry = TaskRunSummary.from_dict(
        {"key": "r", "taskKey": "a", "jobRunKey": "j", "retryAttempt": 1,
         "state": {"status": "SUCCESS"}}
    )  # fmt: skip
    script = Script(*[[FAILED]] * 60, [FAILED, retry])
    assert script.wait() == ["a", "r"]
    assert script.now == 600 + 30


def test_a_run_that_was_running_and_is_not_listed_is_waited_for() -> None:
    script = Script([WELL, run("b", "RUNNING")], [WELL], [WELL], [WELL, run("b")])
    assert script.wait(settle=0) == ["a", "b"]
    assert script.looks == 4
    gone = Script([WELL, run("b", "RUNNING")], [WELL])
    with pytest.raises(StillRunningError, match="1 run that was going is no longer listed"):
        gone.wait(timeout=600, settle=0)


def test_a_run_that_another_of_its_task_replaced_is_not_missing() -> None:
    script = Script([run("a0", "RUNNING", "a")], [run("a1", "SUCCESS", "a")])
    assert script.wait(settle=0) == ["a1"]


def test_a_run_that_is_listed_twice_is_no_end() -> None:
    script = Script([WELL, WELL], [WELL, run("b")])
    assert script.wait(settle=0) == ["a", "b"]
    twice = Script([WELL, WELL])
    with pytest.raises(StillRunningError):
        twice.wait(timeout=60, settle=0)


def test_pages_that_repeat_once_are_another_look_twice_an_error() -> None:
    repeated = PaginationError("two pages in a row have the same items")
    assert Script([GOING], repeated, [WELL]).wait(settle=0) == ["a"]
    with pytest.raises(PaginationError):
        Script([GOING], repeated, repeated).wait()


def lost() -> TransportError:
    error = TransportError(method="GET", path="/", attempts=1, reason="no such host", host="h")
    error.__cause__ = socket.gaierror(socket.EAI_NONAME, "no such host")
    return error


def test_a_host_that_does_not_exist_ends_it_only_before_the_first_look() -> None:
    assert Script([GOING], lost(), [WELL]).wait(settle=0) == ["a"]
    with pytest.raises(TransportError):
        Script(lost()).wait()


def test_an_error_that_stays_is_the_cause_when_the_time_is_up() -> None:
    with pytest.raises(StillRunningError, match=r"the last look failed: .*no such host") as caught:
        Script([GOING], lost()).wait(timeout=60)
    assert isinstance(caught.value.__cause__, TransportError)
    assert [one.key for one in caught.value.runs] == ["a"]
    assert Script([FAILED], lost()).wait(timeout=60) == ["a"]


STATUSES = st.sampled_from(["RUNNING", "SUCCESS", "FAILED", "NEW", None])
LOOKS = st.lists(st.lists(STATUSES, max_size=3), min_size=1, max_size=8)


@given(LOOKS, st.integers(0, 40), st.integers(5, 20))
def test_a_wait_ends_only_after_looks_that_found_the_same_end(
    found: list[list[str | None]], settle: int, interval: int
) -> None:
    script = Script(*[[run(str(at), one) for at, one in enumerate(look)] for look in found])
    try:
        script.wait(interval, settle=settle, timeout=100)
    except StillRunningError:
        assert script.now >= 100
        return
    seen = [found[min(at, len(found) - 1)] for at in range(script.looks)]
    assert seen[-1]
    assert set(seen[-1]) <= {"SUCCESS", "FAILED"}
    at, age = len(seen) - 1, 0.0
    while at and seen[at - 1] == seen[-1]:
        at -= 1
        age += script.pauses[at]
    assert age >= settle or script.now >= 100
