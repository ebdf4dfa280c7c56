"""`job-runs show` and `watch`, `task-runs show`: one run, with what belongs to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import connect
from aidp_workbench.cli.connection import Workspace
from aidp_workbench.cli.watch.watch import watch_job_run

from tests.cli_support import run_here, run_in_terminal, where
from tests.scripted_server import Received, answer
from tests.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.programs import Ran

START = 1_777_514_400_000  # 2026-04-30T02:00:00Z
TIMES = {"startTime": START, "endTime": START + 90_000}
JOB_RUNS: list[dict[str, Any]] = [
    {"key": "r2", "name": "second", "jobKey": "j", "jobName": "load", "launched": "SCHEDULED",
     "state": {"status": "FAILED", "stateMessage": "Task b failed", "errorTrace": "E: x\n\tat y"},
     "parameters": [{"name": "day", "value": "30"}, {"name": "empty"}], "new": [1],
     "repairHistory": [{"type": "ORIGINAL", "key": 0}, {"type": "REPAIR", "key": 1}],
     "repairedTasks": ["b"], **TIMES},
    {"key": "r1", "name": "first", "jobKey": "j", "state": {"status": "SUCCESS"}},
    {"key": "r0", "name": "twice", "jobKey": "j", "state": None},
    {"key": "r9", "name": "twice", "jobKey": "j"},
]  # fmt: skip
TASK_RUNS: list[dict[str, Any]] = [
    {"key": "t1", "name": "a", "taskKey": "a", "jobRunKey": "r2", "retryAttempt": 0,
     "state": {"status": "SUCCESS"}, **TIMES},
    {"key": "t2", "name": "b", "taskKey": "b", "jobRunKey": "r2", "retryAttempt": 1,
     "state": {"status": "FAILED", "errorTrace": "E: no\x1b[2J\n\tat z"}, "new": 1, **TIMES},
    {"key": "t3", "name": "loop", "taskKey": "c", "jobRunKey": "r2", **TIMES},
    {"key": "t4", "name": "loop", "taskKey": "d", "jobRunKey": "r2", **TIMES},
]  # fmt: skip
ATTEMPTS = [
    {"key": "x", "name": "b", "retryNumber": 1, "state": {"status": "TIMED_OUT"}, "new": 2, **TIMES}
]


@pytest.fixture
def workbench() -> Iterator[Workbench]:
    details = {"taskRuns/t2/retries": {"items": ATTEMPTS}, "taskRuns/t1/retries": {"items": []}}
    jobs = [{"key": "j", "name": "load"}]
    with Workbench(details, jobs=jobs, jobRuns=JOB_RUNS, taskRuns=TASK_RUNS) as server:
        yield server


@pytest.fixture
def cli(workbench: Workbench, config_file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*words: str) -> Ran:
        return run_here(capsys, *words, *where(workbench, config_file))

    return call


@pytest.mark.parametrize("words", [("r2",), ("--latest",), ("--job", "load", "--latest")])
def test_a_job_run_is_shown_with_its_task_runs(cli: Any, words: tuple[str, ...]) -> None:
    ran = cli("job-runs", "show", *words, "-o", "table", "--utc")
    assert (ran.code, ran.err) == (0, "")
    facts = {line[:10].strip(): line[12:] for line in ran.lines[: ran.lines.index("")]}
    assert facts.items() >= {
        "status": "FAILED", "job": "load", "key": "r2", "launched": "SCHEDULED", "repairs": "1",
        "repaired": "b", "parameters": "day=30, empty=", "started": "2026-04-30 02:00:00Z",
        "ended": "2026-04-30 02:01:30Z", "took": "1m30s", "message": "Task b failed",
    }.items()  # fmt: skip
    assert "    E: x" in ran.lines
    assert [line.split()[-1] for line in ran.lines if line.startswith("FAILED")] == ["b"]
    assert ran.lines[-1] == "4 task runs: 2 no status, 1 SUCCESS, 1 FAILED"


def test_json_of_a_job_run_has_all_that_the_service_said(cli: Any) -> None:
    assert json.loads(cli("job-runs", "show", "r2").out) == JOB_RUNS[0] | {"taskRuns": TASK_RUNS}


def test_a_job_run_may_be_given_by_its_name(cli: Any) -> None:
    assert json.loads(cli("job-runs", "show", "first").out)["key"] == "r1"
    ran = cli("job-runs", "show", "twice")
    assert (ran.code, ran.out) == (2, "")
    problem = "several job runs are called 'twice'; give the key, or --job NAME --latest: r0, r9"
    assert problem in ran.err


@pytest.mark.parametrize("key", ["lost", "x" * 300])
def test_an_unknown_key_is_not_found(cli: Any, key: str) -> None:
    for words in (("job-runs", "show"), ("job-runs", "watch"), ("task-runs", "show")):
        ran = cli(*words, key)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert "NotAuthorizedOrNotFound" in ran.err


def test_a_task_run_is_shown_with_its_trace_and_its_attempts(cli: Any) -> None:
    ran = cli("task-runs", "show", "t2", "-o", "table", "--utc")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0].split() == ["status", "FAILED"]
    assert "    E: no\\x1b[2J" in ran.lines
    assert ran.lines[-2].split() == ["TIMED_OUT", "2026-04-30", "02:00:00Z", "1m30s", "1", "b"]
    assert ran.lines[-1] == "1 attempt: 1 TIMED_OUT"
    assert "attempt" not in cli("task-runs", "show", "t1", "-o", "table").out


def test_json_of_a_task_run_has_all_that_the_service_said(cli: Any) -> None:
    shown = json.loads(cli("task-runs", "show", "t2").out)
    assert shown == TASK_RUNS[1] | {"attempts": ATTEMPTS}


@pytest.mark.parametrize("words", [("--job-run", "r2"), ("--job", "load", "--latest")])
@pytest.mark.parametrize("name", ["b", "t2"])
def test_a_task_run_may_be_given_by_its_name_in_a_job_run(
    cli: Any, name: str, words: tuple[str, ...]
) -> None:
    assert json.loads(cli("task-runs", "show", name, *words).out)["key"] == "t2"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("loop", "KEY: several task runs are called 'loop'; give the key: t3, t4"),
        ("Loop", "KEY: there is no task run 'Loop'. Is it loop?"),
        ("xyz", "KEY: there is no task run 'xyz'. There are 4 in that job run."),
    ],
)
def test_an_unknown_or_ambiguous_name_lists_candidates(cli: Any, name: str, problem: str) -> None:
    ran = cli("task-runs", "output", name, "--job-run", "r2")
    assert (ran.code, ran.out) == (2, "")
    assert problem in ran.err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("job-runs", "show"), "no job run: give its key"),
        (("job-runs", "show", "a", "b"), "one at a time, not a, b."),
        (("job-runs", "show", "a", "--latest"), "not both."),
        (("task-runs", "show", "a", "--job", "load"), "--job needs --latest"),
    ],
)
def test_a_choice_that_is_none_is_refused(cli: Any, words: tuple[str, ...], problem: str) -> None:
    ran = cli(*words)
    assert ran.code == 2
    assert problem in " ".join(ran.err.split())


# Watching a job run


class Changing(Workbench):
    """A job run that has each of these statuses in turn, then the last one for good."""

    def __init__(self, *statuses: str) -> None:
        super().__init__(taskRuns=TASK_RUNS[:2])
        self._statuses = iter(statuses)
        self._last = ""

    def _answer(self, received: Received) -> bytes:
        if "/jobRuns/" not in received.target:
            return super()._answer(received)
        self._last = next(self._statuses, self._last)
        return answer(200, JOB_RUNS[0] | {"state": {"status": self._last}})


@pytest.mark.parametrize(
    ("status", "code"), [("SUCCESS", 0), ("FAILED", 1), ("CANCELED", 1), ("SKIPPED", 0)]
)
def test_a_watch_follows_the_state_of_the_job_run(
    config_file: Path, capsys: pytest.CaptureFixture[str], status: str, code: int
) -> None:
    with (
        Changing("RUNNING", status) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        workspace = Workspace(client, "p", "w")
        assert watch_job_run(workspace, "r2", utc=True, interval=0.001) == code
    assert [line[22:] for line in capsys.readouterr().out.splitlines()] == [
        "job run second  RUNNING",
        "a  SUCCESS",
        "b, retry 1  FAILED",
        f"job run second  RUNNING → {status}",
        "2 task runs: 1 SUCCESS, 1 FAILED",
    ]


def test_the_code_of_a_watch_is_that_of_the_command(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Changing("FAILED") as server:
        ran = run_here(capsys, "job-runs", "watch", "r2", *where(server, config_file))
    assert (ran.code, ran.err) == (1, "")


def test_a_watch_ends_when_the_time_is_up(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Changing("QUEUED") as server:
        words = ("job-runs", "watch", "r2", "--timeout", "0")
        ran = run_here(capsys, *words, *where(server, config_file))
    assert (ran.code, "still going after 0 s" in ran.err) == (124, True)


def test_a_terminal_shows_the_state_of_the_job_run(config_file: Path) -> None:
    with Changing("FAILED") as server:
        shown = run_in_terminal("job-runs", "watch", "r2", *where(server, config_file))
    assert shown.code == 1
    assert "Job run r2  FAILED" in shown.text
