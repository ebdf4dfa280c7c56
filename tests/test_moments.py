"""Times and durations of task runs, invalid ones included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aidp_workbench.runs import duration, to_datetime
from aidp_workbench_api.models import TaskRunSummary
from aidp_workbench_api.types import UNSET

NOW = datetime(2026, 4, 30, 2, 10, tzinfo=UTC)
START = 1_777_514_400_000  # 2026-04-30T02:00:00Z


def run(status: str | None = None, **times: Any) -> TaskRunSummary:
    state = {} if status is None else {"state": {"status": status}}
    return TaskRunSummary.from_dict(state | times)


def test_milliseconds_become_an_aware_time_in_utc() -> None:
    assert to_datetime(START + 7) == datetime(2026, 4, 30, 2, 0, 0, 7000, tzinfo=UTC)
    assert to_datetime(0) == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("absurd", [None, UNSET, -1, 10**17, 10**400, -(10**400)])
def test_no_time_and_an_absurd_time_are_none(absurd: Any) -> None:
    assert to_datetime(absurd) is None


def test_a_duration_goes_from_start_to_end() -> None:
    ended = run("SUCCESS", startTime=START, endTime=START + 1500)
    assert duration(ended) == duration(ended, NOW) == timedelta(seconds=1.5)
    assert duration(run("FAILED", startTime=START, endTime=START)) == timedelta()


@pytest.mark.parametrize("status", ["RUNNING", "CANCELING", "SOMETHING_NEW", None])
@pytest.mark.parametrize("end", [{}, {"endTime": None}])
def test_a_run_that_is_still_going_lasts_until_now(status: str | None, end: dict[str, Any]) -> None:
    going = run(status, startTime=START, **end)
    assert duration(going) is None
    assert duration(going, NOW) == timedelta(minutes=10)


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"endTime": START},
        {"startTime": START, "endTime": START - 1},
        {"startTime": START, "endTime": 10**400},
        {"startTime": -5, "endTime": START},
        {"startTime": 10**400},
        {"startTime": START + 3_600_000},
        {"startTime": "yesterday", "endTime": START},
    ],
)
def test_a_run_with_inconsistent_times_has_no_duration(times: dict[str, Any]) -> None:
    assert duration(run("RUNNING", **times), NOW) is None


def test_a_run_that_ended_without_saying_when_does_not_go_on() -> None:
    assert duration(run("FAILED", startTime=START), NOW) is None
