"""Random histories of a workspace: what is found is what they were made of."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import RetryPolicy, connect
from aidp_workbench.runs import afailed_task_runs, failed_task_runs
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scripted_server import HANG_UP, Received, ScriptedServer, answer
from tests.workspace_server import Workspace, at, job_run, task_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAILED = ["FAILED", "TIMED_OUT", "INTERNAL_ERROR", "CANCELED", "UPSTREAM_FAILED"]
WELL = ["SUCCESS", "SKIPPED", "EXCLUDED"]
GOING = ["RUNNING", "BLOCKED", "NEW_KIND", None]
SINCE, UNTIL, OLDEST = -24, -4, -24 - 7 * 24  # hours


@frozen
class Story:
    """What happened to a task: its task runs, and the one that counts, if that failed.

    `failed` has its key, and its start and end in hours; `None` for an end that is not known.
    """

    task_runs: list[dict[str, Any]]
    failed: dict[str, tuple[int, int | None]]


@st.composite
def stories(draw: st.DrawFn, task: str) -> Story:
    """Attempts of a task one after the other, each as a task run of its own or all in one."""
    outcomes: list[str | None] = [*draw(st.lists(st.sampled_from([*FAILED, *WELL]), max_size=3))]
    outcomes.append(draw(st.sampled_from([*FAILED, *WELL, *GOING])))
    clock = draw(st.integers(-60, -3))
    task_runs: list[dict[str, Any]] = []
    failed: dict[str, tuple[int, int | None]] = {}
    is_repair = draw(st.booleans())
    for number, status in enumerate(outcomes):
        start, end = clock, clock + draw(st.integers(1, 9))
        clock = end + draw(st.integers(0, 2))
        knows_end = status not in GOING and draw(st.integers(0, 5)) > 0
        run = task_run(
            f"{task}/{number}", status, start, end if knows_end else None, task=task,
            retryAttempt=0 if is_repair else number,
        )  # fmt: skip
        task_runs.append(run)
        failed = {}
        if status in FAILED:
            failed[run["key"]] = start, end if knows_end else None
    if draw(st.booleans()):
        task_runs = task_runs[-1:]  # its retries are beneath it
    return Story(draw(st.permutations(task_runs)), failed)


@frozen
class History:
    """A job run with the stories of its tasks."""

    job_run: dict[str, Any]
    stories: list[Story]
    start: int
    end: int | None

    def expected(self) -> list[str | None]:
        """Keys of the task runs that it gives; `None` for the job run itself."""
        status = self.job_run["state"]["status"]
        if status in WELL or not OLDEST <= self.start <= UNTIL:
            return []
        failed = {key: times for story in self.stories for key, times in story.failed.items()}
        if status in GOING:
            return [
                key
                for key, (start, end) in failed.items()
                if (start <= UNTIL if end is None else SINCE <= end <= UNTIL)
            ]
        if self.end is not None and not SINCE <= self.end <= UNTIL:
            return []
        return [*failed] or [None]


@st.composite
def histories(draw: st.DrawFn) -> list[History]:
    found: list[History] = []
    for number in range(draw(st.integers(0, 6))):
        key, status = f"j{number}", draw(st.sampled_from([*FAILED, *FAILED, *WELL, *GOING]))
        start = draw(st.integers(OLDEST - 2, 0))
        start = draw(st.sampled_from([start, OLDEST, SINCE, UNTIL, SINCE - 1, UNTIL + 1]))
        end = start + draw(st.integers(0, 30))
        end = draw(st.sampled_from([end, max(start, SINCE), max(start, UNTIL)]))
        known = None if status in GOING or draw(st.integers(0, 9)) == 0 else end
        tasks = [f"{key}/{task}" for task in range(draw(st.integers(0, 3)))]
        times = {"timeUpdated": None} if known is None else {}
        run = job_run(key, status, start, known, job=f"job{number % 2}", **times)
        found.append(History(run, [draw(stories(task)) for task in tasks], start, known))
    return found


class Answers:
    """Answers for the workspace of the moment."""

    workspace = Workspace()

    def __call__(self, received: Received) -> bytes:
        return self.workspace.answer(received)


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers()


@pytest.fixture(scope="module")
def base_url(answers: Answers) -> Iterator[str]:
    with ScriptedServer(answers) as server:
        yield server.base_url


FAULTS = [
    HANG_UP,
    answer(500, {"code": "InternalError", "message": "?"}),
    answer(429, {"code": "TooManyRequests", "message": "slow down"}),
]


@settings(max_examples=12)
@given(found=histories(), page_size=st.integers(1, 4), data=st.data())
def test_every_failure_is_given_once_and_nothing_else(
    answers: Answers, base_url: str, config_file: Path, found: list[History], page_size: int,
    data: st.DataObject,
) -> None:  # fmt: skip
    workspace = answers.workspace = Workspace()
    workspace.page_size = page_size
    for history in found:
        workspace.add(history.job_run, *(run for one in history.stories for run in one.task_runs))
    faults = iter(data.draw(st.lists(st.sampled_from([None, *FAULTS]), max_size=6)))
    workspace.fault = lambda _: next(faults, None)
    patient = RetryPolicy(attempts=8, wait_initial=0.001, wait_max=0.001)
    given_: list[Any] = []
    where: dict[str, Any] = {"since": at(SINCE), "until": at(UNTIL)}

    async def collect() -> None:
        async with connect(base_url=base_url, config_file=config_file, retry=patient) as client:
            given_.extend([one async for one in afailed_task_runs(client, "p", "w", **where)])

    if data.draw(st.booleans(), label="async"):
        asyncio.run(collect())
    else:
        with connect(base_url=base_url, config_file=config_file, retry=patient) as client:
            given_.extend(failed_task_runs(client, "p", "w", **where))
    expected = [(one.job_run["key"], key) for one in found for key in one.expected()]
    assert Counter((one.key, run and run.key) for one, run in given_) == Counter(expected)
