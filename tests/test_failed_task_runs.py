"""What failed in a workspace since then: every failure once, none missed, in few requests."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import (
    RetryPolicy,
    WorkbenchError,
    connect,
)
from aidp_workbench.runs import afailed_task_runs, failed_task_runs

from tests.conftest import IMPATIENT
from tests.scripted_server import HANG_UP, Received, answer
from tests.workspace_server import Workspace, at, job_run, task_run

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
