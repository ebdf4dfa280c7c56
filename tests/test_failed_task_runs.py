"""What failed in a workspace since then: every failure once, none missed, in few requests."""

from __future__ import annotations

import asyncio
import re
import urllib.parse
from collections import Counter
from contextlib import aclosing
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import (
    ArgumentError,
    NotFoundError,
    ResponseError,
    RetryPolicy,
    WorkbenchError,
    connect,
)
from aidp_workbench.runs import afailed_task_runs, failed_task_runs

from tests.conftest import IMPATIENT
from tests.scripted_server import HANG_UP, Received, answer
from tests.workspace_server import Workspace, at, job_run, milliseconds, task_run

if TYPE_CHECKING:
    from pathlib import Path

SINCE = at(-18)

# What is reported of a failure: keys of job run and task run, None, or the type of the error.
Pairs = list[tuple[str, Any]]


class Collect:
    """Collects the pairs of a workspace, and the requests that they took."""

    def __init__(self, kind: str, config_file: Path) -> None:
        self.requests: list[Received] = []
        self._kind = kind
        self._config_file = config_file

    def __call__(
        self, workspace: Workspace, retry: RetryPolicy = IMPATIENT, **options: Any
    ) -> Pairs:
        settings: dict[str, Any] = {"config_file": self._config_file, "retry": retry}
        options = {"since": SINCE} | options
        found: list[Any] = []

        async def collect(base_url: str) -> None:
            async with connect(base_url=base_url, **settings) as client:
                pairs = afailed_task_runs(client, "platform", "workspace", **options)
                found.extend([pair async for pair in pairs])

        with workspace.serve() as server:
            if self._kind == "async":
                asyncio.run(collect(server.base_url))
            else:
                with connect(base_url=server.base_url, **settings) as client:
                    found.extend(failed_task_runs(client, "platform", "workspace", **options))
        self.requests = server.requests
        return sorted(((run.key, _named(task_run)) for run, task_run in found), key=str)


def _named(task_run: Any) -> Any:
    if task_run is None:
        return None
    return type(task_run) if isinstance(task_run, WorkbenchError) else task_run.key


@pytest.fixture(params=["sync", "async"])
def collect(request: pytest.FixtureRequest, config_file: Path) -> Collect:
    return Collect(request.param, config_file)


def nightly(workspace: Workspace) -> Pairs:
    """Fill in 400 job runs of 50 jobs, of which 68 failed since; gives what failed."""
    expected: Pairs = []

    def add(key: str, status: str, *task_runs: dict[str, Any], **properties: Any) -> None:
        number = len(workspace.job_runs)
        times: dict[str, Any] = {
            "start": -17 - number / 400,
            "end": -16.0,
            "job": f"job{number % 50}",
        }
        workspace.add(job_run(key, status, **times | properties), *task_runs)

    def failed(key: str, *tasks: str, status: str = "FAILED", start: float = -17) -> Any:
        expected.extend((key, f"{key}/{task}") for task in tasks)
        return [task_run(f"{key}/{task}", status, start, start + 0.1) for task in tasks]

    for number in range(52):
        key = f"slow{number}"
        start = -30 if number < 9 else -17.5  # before `since`
        add(key, "TIMED_OUT", *failed(key, "merge", status="TIMED_OUT", start=start), start=start)
    for number in range(5):
        add(f"no cluster{number}", "TIMED_OUT")
        expected.append((f"no cluster{number}", None))
    first = task_run("retried/0", "FAILED", -17, -16.9, task="t")
    add("retried", "FAILED", first, failed("retried", "1")[0] | {"taskKey": "t", "retryAttempt": 1})
    first = task_run("repaired/0", "FAILED", -17, -16.9, task="t")
    again = failed("repaired", "again", start=-16.5)[0] | {"taskKey": "t"}
    add("repaired", "FAILED", first, again, task_run("repaired/ok", "SUCCESS", -17, -16))
    add("outer", "FAILED", *failed("outer", "start inner"))
    inner = {"parentJobRunKey": "outer", "rootJobRunKey": "outer"}
    add("inner", "FAILED", *(one | inner for one in failed("inner", "load")))
    add("loop", "FAILED", *(one | {"taskKey": "each"} for one in failed("loop", "1", "2")))
    add("two", "FAILED", *failed("two", "a"), *failed("two", "b", status="UPSTREAM_FAILED"))
    add("canceled", "CANCELED", *failed("canceled", "a", status="CANCELED"))
    add("no end", "INTERNAL_ERROR", *failed("no end", "a", status="INTERNAL_ERROR"), end=None)
    ok = task_run("well in the end/1", "SUCCESS", -16.5, -16, task="a", retryAttempt=1)
    add("well in the end", "FAILED", task_run("first", "FAILED", -17, -16.9, task="a"), ok)
    expected.append(("well in the end", None))
    add("skipped", "UPSTREAM_CANCELED")
    expected.append(("skipped", None))
    add("retries beneath", "FAILED", failed("retries beneath", "a")[0] | {"retryAttempt": 3})

    before = task_run("going/before", "FAILED", -30, -29)
    add("going", "RUNNING", before, *failed("going", "a"), start=-30, end=None)
    for number in range(30):
        key = f"before{number}"
        add(key, "FAILED", task_run(f"{key}/a", "FAILED", -30, -29), start=-30, end=-19)
    for number in range(400 - len(workspace.job_runs)):
        first = task_run(f"well{number}/0", "FAILED", -17, -16.9, task="a")
        add(f"well{number}", "SUCCESS", first, task_run(f"well{number}/1", "SUCCESS", -16.9, -16))
    return sorted(expected, key=str)


def test_every_failure_is_given_once_in_70_requests(collect: Collect) -> None:
    workspace = Workspace()
    expected = nightly(workspace)
    assert collect(workspace) == expected
    recent = (one for one in workspace.job_runs if "before" not in one["key"])
    statuses = Counter(one["state"]["status"] for one in recent)
    assert len(workspace.job_runs) == 400
    assert statuses.total() - statuses["SUCCESS"] - statuses["RUNNING"] == 68
    assert statuses["TIMED_OUT"] == 57
    assert len(collect.requests) == 70


@pytest.mark.slow
def test_faults_lose_no_failure_and_repeat_none(collect: Collect) -> None:
    workspace = Workspace()
    expected = nightly(workspace)
    faults = iter(
        [HANG_UP, answer(500, {"code": "InternalError", "message": "?"}), answer(503, "<html>")] * 9
    )
    too_many = answer(429, {"code": "TooManyRequests", "message": "slow down"})
    seen: set[str] = set()

    def fault(received: Received) -> bytes | None:
        if received.target in seen:
            return None
        seen.add(received.target)
        if len(seen) == 30:
            return too_many
        return next(faults, None) if len(seen) % 3 == 0 else None

    workspace.fault = fault
    assert collect(workspace) == expected


def refused(job_run: str, answered: bytes = answer(404, "<html>")) -> Any:
    """A fault of the listings of one job run."""
    return lambda received: answered if f"jobRunKey={job_run}&" in received.target else None


def test_a_job_run_that_cannot_be_listed_is_an_error_beside_the_others(collect: Collect) -> None:
    workspace = Workspace()
    workspace.add(job_run("one", "FAILED", -3, -2), task_run("a", "FAILED", -3, -2))
    workspace.add(job_run("two", "FAILED", -3, -2), task_run("b", "FAILED", -3, -2))
    workspace.fault = refused("one")
    assert collect(workspace) == [("one", NotFoundError), ("two", "b")]


def test_what_was_found_before_the_listing_of_a_job_run_failed_is_given_with_the_error(
    collect: Collect,
) -> None:
    workspace = Workspace()
    runs = [task_run(key, "FAILED", -3, -2) for key in ("a", "b")]
    workspace.add(job_run("one", "FAILED", -3, -2), *runs)
    workspace.page_size = 1

    def fail(received: Received) -> bytes | None:
        is_second = "/taskRuns?" in received.target and "page=1" in received.target
        return answer(200, {"items": 3}) if is_second else None

    workspace.fault = fail
    assert collect(workspace) == [("one", "a"), ("one", ResponseError)]


def test_job_runs_that_cannot_be_listed_raise_after_those_of_the_pages_before(
    config_file: Path,
) -> None:
    workspace = Workspace()
    for hours in (1, 2):
        key = f"{hours} hours ago"
        workspace.add(job_run(key, "FAILED", -hours, -hours), task_run(key, "FAILED"))
    workspace.page_size = 1

    def fail(received: Received) -> bytes | None:
        return (
            answer(404, "<html>")
            if "/jobRuns?" in received.target and "page=1" in received.target
            else None
        )

    workspace.fault = fail
    with (
        workspace.serve() as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        pairs = failed_task_runs(client, "platform", "workspace", since=SINCE)
        assert _named(next(pairs)[1]) == "1 hours ago"
        with pytest.raises(NotFoundError) as raised:
            next(pairs)
    assert raised.value.resume_page == "1"


@pytest.mark.parametrize(
    ("times", "counts"),
    [
        ({"start": -5, "end": -4}, True),
        ({"start": -30, "end": -18}, True),  # the very start of the period
        ({"start": -30, "end": -18.001}, False),
        ({"start": -5, "end": -2}, True),  # its very end
        ({"start": -5, "end": -1.999}, False),
        ({"start": -1, "end": -0.5}, False),
        ({"start": -7 * 24 - 18, "end": -4}, True),
        ({"start": -7 * 24 - 18.001, "end": -4}, False),  # created before the lookback
        # without a time of the end: between the start and the last change
        ({"start": -30, "end": None, "timeUpdated": at(-17).isoformat()}, True),
        ({"start": -30, "end": None, "timeUpdated": at(-19).isoformat()}, False),
        ({"start": -30, "end": None, "timeUpdated": at(0).isoformat()}, True),
        ({"start": -30, "end": None, "timeUpdated": None}, True),
        ({"start": -30, "endTime": 0, "timeUpdated": at(-17).isoformat()}, True),
        ({"start": -30, "end": -31, "timeUpdated": at(-17).isoformat()}, True),
        ({"start": -30, "startTime": 0, "endTime": 0, "timeUpdated": None}, True),
        ({"start": -30, "startTime": None, "end": -4}, True),
        ({"start": -5, "startTime": milliseconds(-1), "timeUpdated": None}, False),
    ],
)
def test_a_job_run_that_failed_counts_if_it_ended_in_the_period(
    collect: Collect, times: dict[str, Any], counts: bool
) -> None:
    workspace = Workspace()
    # Long before: what counts is the end of the job run.
    workspace.add(job_run("one", "TIMED_OUT", **times), task_run("a", "FAILED", -40, -39))
    assert collect(workspace, until=at(-2)) == ([("one", "a")] if counts else [])
    assert len(collect.requests) == (2 if counts else 1)


@pytest.mark.parametrize("status", ["RUNNING", "QUEUED", "CANCELING", "NEW_KIND", None])
def test_of_a_job_run_that_has_not_ended_count_task_runs_that_ended_in_the_period(
    collect: Collect, status: str | None
) -> None:
    workspace = Workspace()
    workspace.add(
        job_run("going", status, -30),
        task_run("before", "FAILED", -30, -19),
        task_run("in", "TIMED_OUT", -30, -17),
        task_run("no end", "FAILED", -30),
        task_run("no time", "UPSTREAM_FAILED"),
        task_run("after", "FAILED", -5, -1),
        task_run("later", "FAILED", -1),
        task_run("going", "RUNNING", -5),
        task_run("well", "SUCCESS", -5, -4),
        task_run("first", "FAILED", -5, -4, task="again"),
        task_run("again", "PENDING", task="again"),
    )
    workspace.add(job_run("well so far", status, -3), task_run("ok", "SUCCESS", -3, -2))
    found = [("going", "in"), ("going", "no end"), ("going", "no time")]
    assert collect(workspace, until=at(-2)) == found


def test_task_runs_of_nested_job_runs_are_given_with_their_own(collect: Collect) -> None:
    """Also by a service that lists them with the job runs above as well."""
    workspace = Workspace()
    nested = [
        {"jobRunKey": "inner", **task_run("failed", "FAILED", -2, -1)},
        {"jobRunKey": "inner", **task_run("retried", "FAILED", -2, -1, task="t")},
        {"jobRunKey": "inner", **task_run("retry", "SUCCESS", -1, 0, task="t")},
    ]
    workspace.add(job_run("inner", "FAILED", -2, 0, job="nested"), *nested)
    workspace.add(job_run("middle", "FAILED", -3, 0), *nested, task_run("start inner", "FAILED"))
    workspace.add(job_run("outer", "FAILED", -4, 0), *nested)
    assert collect(workspace) == [("inner", "failed"), ("middle", "start inner"), ("outer", None)]
    # A nested job run that is not asked for hides no failure, and is given once.
    found = collect(workspace, job="job")
    assert found.count(("middle", "failed")) + found.count(("outer", "failed")) == 1
    assert ("middle", "start inner") in found


def test_job_runs_that_are_pushed_to_the_next_page_are_looked_through_once(
    collect: Collect,
) -> None:
    workspace = Workspace()
    for hours in range(1, 6):
        key = f"{hours} hours ago"
        workspace.add(job_run(key, "FAILED", -hours, 0), task_run(f"{key}/a", "FAILED", -hours, 0))
    workspace.page_size = 2
    new = iter(range(3))

    def create(received: Received) -> None:
        if "/jobRuns?" in received.target and (number := next(new, None)) is not None:
            workspace.add(job_run(f"new{number}", "SUCCESS", number, number))

    workspace.fault = create
    keys = [f"{hours} hours ago" for hours in range(1, 6)]
    assert collect(workspace) == [(key, f"{key}/a") for key in keys]
    listed = Counter(received.target for received in collect.requests)
    assert not [target for target in listed if "/taskRuns?" in target and listed[target] > 1]


def test_task_runs_that_share_a_key_with_those_of_another_job_run_are_not_lost(
    collect: Collect,
) -> None:
    workspace = Workspace()
    for key in ("one", "two"):
        twice = [task_run("same", "FAILED", -2, -1)] * 2
        workspace.add(job_run(key, "FAILED", -2, -1), *twice)
        workspace.add(job_run(f"{key}*", "FAILED", -2, -1), *[task_run("", "FAILED", task="t")] * 2)
    assert collect(workspace) == [("one", "same"), ("one*", ""), ("one*", ""),
                                  ("two", "same"), ("two*", ""), ("two*", "")]  # fmt: skip


def test_only_runs_of_the_jobs_that_are_named(collect: Collect) -> None:
    workspace = Workspace()
    for job in ("a", "b", "c,d"):
        workspace.add(job_run(f"of {job}", "FAILED", -2, -1, job=job), task_run(job, "FAILED"))
    assert collect(workspace, job="c,d") == [("of c,d", "c,d")]
    assert collect(workspace, job=iter(["a", "b"])) == [("of a", "a"), ("of b", "b")]


def test_the_lookback_says_how_old_a_job_run_may_be(collect: Collect) -> None:
    workspace = Workspace()
    workspace.add(job_run("old", "FAILED", -24 * 60, -1), task_run("a", "FAILED"))
    assert collect(workspace) == []
    assert collect(workspace, lookback=timedelta(days=60)) == [("old", "a")]
    assert collect(workspace, lookback=timedelta(days=10**6)) == [("old", "a")]
    assert "timeCreatedGreaterThan" not in collect.requests[0].target
    new_york = timezone(timedelta(hours=-5))
    assert collect(workspace, since=SINCE.astimezone(new_york), lookback=timedelta(0)) == []
    (first,) = re.findall("timeCreatedGreaterThanOrEqualTo=([^&]*)", collect.requests[0].target)
    assert urllib.parse.unquote(first) == "2026-04-29T18:00:00Z"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"since": datetime(2026, 4, 30)}, "since must be a datetime with a time zone"),
        ({"since": "yesterday"}, "since must be a datetime with a time zone, not 'yesterday'"),
        ({"since": None}, "since must be a datetime"),
        ({"since": datetime.max.replace(tzinfo=timezone(-timedelta(hours=5)))}, "since must be in"),
        ({"until": datetime(2026, 4, 30)}, "until must be a datetime with a time zone"),
        ({"until": at(-19)}, "until must not be before since"),
        ({"lookback": timedelta(days=-1)}, "lookback must be a timedelta of 0 or more"),
        ({"lookback": 7}, "lookback must be a timedelta of 0 or more, not 7"),
        ({"job": ""}, "job must be the key of a job, or several keys, not ''"),
        ({"job": []}, "job must be"),
        ({"job": ["a", " "]}, "job must be"),
        ({"job": 5}, "job must be"),
        ({"workspace_key": ""}, "workspace_key must not be blank"),
    ],
)
def test_an_invalid_argument_is_refused_at_once(
    config_file: Path, wrong: dict[str, Any], message: str
) -> None:
    where: dict[str, Any] = {"ai_data_platform_id": "p", "workspace_key": "w", "since": SINCE}
    with connect(base_url="http://127.0.0.1:1", config_file=config_file) as client:
        for function in (failed_task_runs, afailed_task_runs):
            with pytest.raises(ArgumentError, match=message):
                function(client, **where | wrong)


def test_it_can_be_left_early(config_file: Path) -> None:
    workspace = Workspace()
    nightly(workspace)

    async def first(base_url: str) -> Any:
        async with connect(base_url=base_url, config_file=config_file) as client:
            pairs = afailed_task_runs(client, "platform", "workspace", since=SINCE)
            async with aclosing(pairs):
                found = await anext(pairs)
            assert len(asyncio.all_tasks()) == 1
        return found

    with workspace.serve() as server:
        asyncio.run(first(server.base_url))
        with connect(base_url=server.base_url, config_file=config_file) as client:
            next(failed_task_runs(client, "platform", "workspace", since=SINCE))
        assert len(server.requests) <= 2 * (1 + 2 * 32)
