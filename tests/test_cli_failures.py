"""`failures`: what failed in a workspace, by cause and as rows, and what could not be looked at."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_support import run_here, where
from tests.scripted_server import ScriptedServer, answer
from tests.workbench import Workbench

if TYPE_CHECKING:
    from pathlib import Path

    from tests.programs import Ran
    from tests.scripted_server import Received

NOW = datetime.now(UTC)


def milliseconds(hours_ago: float) -> int:
    return int((NOW - timedelta(hours=hours_ago)).timestamp() * 1000)


def job_run(number: int, status: str, job: str = "load", **more: Any) -> dict[str, Any]:
    return {
        "key": f"r{number}", "name": f"run {number}", "jobKey": f"key of {job}", "jobName": job,
        "state": {"status": status}, "startTime": milliseconds(2), "endTime": milliseconds(1),
        "timeCreated": (NOW - timedelta(hours=2)).isoformat(),
    } | more  # fmt: skip


def task_run(run: str, name: str, status: str, trace: str | None = None, **more: Any) -> Any:
    return {
        "key": f"{run}-{name}", "name": name, "taskKey": name, "jobRunKey": run,
        "state": {"status": status, "errorTrace": trace}, "startTime": milliseconds(2),
        "endTime": milliseconds(1),
    } | more  # fmt: skip


JOB_RUNS = [
    job_run(1, "FAILED"),
    job_run(2, "TIMED_OUT", job="report", new="x"),
    job_run(3, "SUCCESS"),
    job_run(4, "FAILED", job="alone", state={"status": "FAILED", "stateMessage": "No cluster"}),
    job_run(5, "CANCELED", job="export"),
]
TASK_RUNS = [
    task_run("r1", "a", "FAILED", "ValueError: 3 rows"),
    task_run("r1", "b", "UPSTREAM_FAILED", startTime=None, endTime=None),
    task_run("r2", "c", "FAILED", "ValueError: 4 rows", retryAttempt=2, startTime=milliseconds(3)),
    task_run("r3", "d", "SUCCESS"),
    task_run("r5", "e", "CANCELED"),
]


@pytest.fixture
def cli(config_file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `failures` on the job runs and task runs above."""

    def call(*words: str, job_runs: Any = JOB_RUNS) -> Ran:
        with Workbench(jobs=JOBS, jobRuns=job_runs, taskRuns=TASK_RUNS) as server:
            return run_here(capsys, "failures", *words, *where(server, config_file))

    return call


JOBS = [{"key": "key of load", "name": "load"}, {"key": "key of report", "name": "report"}]


def test_failures_of_all_jobs_are_grouped_by_cause(cli: Any) -> None:
    ran = cli("--since", "1d", "--utc")
    assert (ran.code, ran.err) == (1, "")
    lines = ran.lines
    assert lines[0] == "2 × ValueError: # rows"  # noqa: RUF001  # as printed
    first = lines.index("    job run r1, task run r1-a")
    assert lines[first - 1].split()[0] == "FAILED"
    assert lines[first - 1].endswith("load / a")
    second = lines.index("    job run r2, task run r2-c")
    assert "  retry 2  report / c" in lines[second - 1]
    assert first < second  # the newest first
    assert "    ValueError: 3 rows" in lines
    assert "1 × No cluster" in lines  # noqa: RUF001
    assert "    job run r4" in lines
    assert any(line.startswith("3 failures in 3 job runs since 20") for line in lines)
    assert lines[-1] == "Also: 1 UPSTREAM_FAILED, 1 CANCELED"


@pytest.mark.parametrize("output", ["json", "jsonl"])
def test_json_has_a_row_for_each_with_all_that_the_service_said(cli: Any, output: str) -> None:
    ran = cli("--output", output)
    rows = json.loads(ran.out) if output == "json" else list(map(json.loads, ran.lines))
    assert ran.code == 1
    by_key = {row.get("key"): row for row in rows}
    assert set(by_key) == {"r1-a", "r1-b", "r2-c", "r5-e", None}
    assert by_key["r2-c"] == TASK_RUNS[2] | {
        "jobRun": JOB_RUNS[1],
        "cause": "ValueError: 4 rows",
    }
    assert by_key[None] == {
        "jobRunKey": "r4",
        "state": JOB_RUNS[3]["state"],
        "jobRun": JOB_RUNS[3],
        "cause": "No cluster",
    }


def test_csv_has_the_keys_of_task_run_and_job_run(cli: Any) -> None:
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(cli("-o", "csv").out))}
    assert rows["r2-c"]["jobRun.key"] == rows["r2-c"]["jobRunKey"] == "r2"
    assert rows["r2-c"]["jobRun.state.status"] == "TIMED_OUT"
    assert rows["r2-c"]["jobRun.jobName"] == "report"
    assert rows["r2-c"]["cause"] == "ValueError: 4 rows"
    assert rows[""]["jobRun.key"] == "r4"


def test_only_some_jobs_by_name(cli: Any) -> None:
    rows = list(map(json.loads, cli("--job", "report", "-o", "jsonl").lines))
    assert [row["key"] for row in rows] == ["r2-c"]
    assert cli("--job", "lost").code == 2


@pytest.mark.parametrize(("output", "nothing"), [("json", "[]\n"), ("jsonl", "")])
def test_nothing_failed_is_exit_code_0(cli: Any, output: str, nothing: str) -> None:
    well = [job_run(3, "SUCCESS")]
    assert cli("-o", output, job_runs=well) == (0, nothing, "")
    ran = cli("--since", "2026-04-30T02:00:00Z", "--utc", job_runs=well)
    assert ran == (0, "Nothing failed since 2026-04-30 02:00:00Z\n", "")


@pytest.mark.parametrize("job_runs", [JOB_RUNS, [job_run(9, "FAILED")]])
@pytest.mark.parametrize("output", ["table", "jsonl"])
def test_a_job_run_that_cannot_be_looked_through_is_named(
    config_file: Path,
    capsys: pytest.CaptureFixture[str],
    job_runs: list[dict[str, Any]],
    output: str,
) -> None:
    refused = answer(404, {"code": "NotAuthorizedOrNotFound", "message": "no\x1b[2J"})
    last = job_runs[0]["key"]

    class Refusing(Workbench):
        def _answer(self, received: Received) -> bytes:
            is_it = f"jobRunKey={last}" in received.target
            return refused if is_it else super()._answer(received)

    with Refusing(jobRuns=job_runs, taskRuns=TASK_RUNS) as server:
        ran = run_here(capsys, "failures", "-o", output, *where(server, config_file))
    assert ran.code == 5
    first, line = ran.err.splitlines()
    assert first == (
        "aidp-workbench: error: 1 job run could not be looked through, so this is incomplete:"
    )
    assert line.startswith(f"  load, job run {last}: GET /20260430/")
    assert "NotAuthorizedOrNotFound: no\\x1b[2J" in line
    assert ("r2-c" in ran.out) == (len(job_runs) > 1)


def test_an_error_of_the_whole_search_is_reported_like_any_other(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ScriptedServer(answer(400, {"code": "InvalidParameter", "message": "no"})) as server:
        ran = run_here(capsys, "failures", *where(server, config_file))
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--since", "last week"], "'last week' is no time. Write '2026-04-30 18:00'"),
        (["--since", "1h", "--until", "2h"], "is after --until"),
        (["--since", "9999-01-01"], "is in the future"),
        (["--csv-exact"], "it needs --output csv."),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_sent(
    config_file: Path, capsys: pytest.CaptureFixture[str], words: list[str], problem: str
) -> None:
    with Workbench() as server:
        ran = run_here(capsys, "failures", *words, *where(server, config_file))
    assert (ran.code, server.requests) == (2, [])
    assert problem in " ".join(ran.err.split())
