"""Listings of the command line: workspaces, jobs and job runs; the latest, and names for keys."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_support import run_here, where
from tests.scripted_server import ScriptedServer, answer
from tests.workbench import Workbench

if TYPE_CHECKING:
    from pathlib import Path

    from tests.programs import Ran

NIGHTLY = "0 0 2 * * ? Europe/Berlin".split()  # noqa: SIM905  # as it is shown
PAUSED = "0 0 5 * * ? (paused)".split()  # noqa: SIM905
START = 1_777_514_400_000  # 2026-04-30T02:00:00Z
JOBS: list[dict[str, Any]] = [
    {"key": "j1", "name": "nightly_load", "path": "/Shared/nightly", "new": {"a": 1},
     "schedule": {"quartzCronExpression": "0 0 2 * * ?", "timezoneId": "Europe/Berlin"}},
    {"key": "j2", "name": "nightly_report", "path": "/Shared/report",
     "schedule": {"quartzCronExpression": "0 0 5 * * ?", "pauseStatus": "PAUSED"}},
    {"key": "j3", "name": "cleanup", "path": "/Shared/a"},
    {"key": "j4", "name": "cleanup", "path": "/Shared/b"},
]  # fmt: skip
JOB_RUNS: list[dict[str, Any]] = [
    {"key": "r3", "name": "run 3", "jobKey": "j2", "jobName": "nightly_report",
     "state": {"status": "RUNNING"}, "startTime": START},
    {"key": "r2", "name": "run 2", "jobKey": "j1", "jobName": "nightly_load", "launched": "MANUAL",
     "state": {"status": "TIMED_OUT", "stateMessage": "Too slow"}, "startTime": START,
     "endTime": START + 90_000},
    {"key": "r1", "name": "run 1", "jobKey": "j1", "jobName": "nightly_load",
     "state": {"status": "SUCCESS"}, "startTime": START, "endTime": START + 61_000},
]  # fmt: skip
WORKSPACES: list[dict[str, Any]] = [
    {"key": "w1", "displayName": "Sales", "type": "USER", "lifecycleState": "ACTIVE",
     "timeCreated": "2026-04-30T02:00:00Z"},
]  # fmt: skip

Command = "Callable[..., Ran]"


@pytest.fixture
def workbench() -> Any:
    with Workbench(jobs=JOBS, jobRuns=JOB_RUNS, workspaces=WORKSPACES) as server:
        yield server


@pytest.fixture
def cli(workbench: Workbench, config_file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on the workbench, on workspace `w` unless it has none."""

    def call(*words: str, workspace: str | None = "w") -> Ran:
        return run_here(capsys, *words, *where(workbench, config_file, workspace))

    return call


@pytest.mark.parametrize(
    ("command", "items"), [("jobs", JOBS), ("job-runs", JOB_RUNS), ("workspaces", WORKSPACES)]
)
def test_machine_formats_have_all_that_the_service_said(
    cli: Any, command: str, items: list[dict[str, Any]]
) -> None:
    workspace = None if command == "workspaces" else "w"
    lines = cli(command, "list", workspace=workspace)
    assert [json.loads(line) for line in lines.lines] == items
    assert (lines.code, lines.err) == (0, "")
    assert json.loads(cli(command, "list", "-o", "json", workspace=workspace).out) == items
    rows = cli(command, "list", "-o", "csv", workspace=workspace).out
    assert [row["key"] for row in csv.DictReader(io.StringIO(rows))] == [
        one["key"] for one in items
    ]


def test_csv_has_the_properties_of_inner_objects(cli: Any) -> None:
    (row, *_) = csv.DictReader(io.StringIO(cli("jobs", "list", "-o", "csv").out))
    assert row["schedule.quartzCronExpression"] == "0 0 2 * * ?"
    assert "schedule" not in row


def test_tables_have_the_keys_that_other_commands_take(cli: Any) -> None:
    jobs = cli("jobs", "list", "-o", "table").lines
    assert jobs[0].split() == ["KEY", "SCHEDULE", "NAME"]
    assert jobs[1].split() == [
        "j1",
        *NIGHTLY,
        "nightly_load",
    ]
    assert jobs[2].split() == ["j2", *PAUSED, "nightly_report"]
    assert jobs[-1] == "4 jobs"
    runs = cli("job-runs", "list", "-o", "table", "--utc").lines
    assert runs[0].split() == ["STATUS", "STARTED", "TOOK", "KEY", "NAME"]
    start = ["2026-04-30", "02:00:00Z"]
    assert runs[2].split() == ["TIMED_OUT", *start, "1m30s", "r2", "nightly_load"]
    assert runs[3].strip() == "Too slow"
    assert runs[-1] == "3 job runs: 1 RUNNING, 1 TIMED_OUT, 1 SUCCESS"
    (_, workspace, total) = cli("workspaces", "list", "-o", "table", "--utc", workspace=None).lines
    assert workspace.split() == ["w1", "ACTIVE", *start, "Sales"]
    assert total == "1 workspace"


def test_filters_reach_the_service(cli: Any, workbench: Workbench) -> None:
    cli(
        *("job-runs", "list", "--job", "nightly_load", "--job", "j2", "--status", "failed"),
        *("--since", "2026-04-30T02:00:00+02:00", "--until", "2026-05-01T00:00:00Z"),
        *("--name", "run 1", "--sort-by", "status", "--sort-order", "asc", "--limit", "7"),
    )
    target = workbench.targets[-1]
    for part in (
        *("jobKey=j1&jobKey=j2", "status=FAILED", "displayName=run+1", "sortBy=status"),
        *("timeCreatedGreaterThanOrEqualTo=2026-04-30T00:00:00", "sortOrder=ASC", "limit=7"),
        "timeCreatedLessThanOrEqualTo=2026-05-01T00:00:00",
    ):
        assert part in target


def test_a_status_that_the_service_cannot_filter_by_is_picked_out(cli: Any) -> None:
    found = cli("job-runs", "list", "--status", "TIMED_OUT", "--limit", "5").lines
    assert [json.loads(line)["key"] for line in found] == ["r2"]


# Names in place of keys


@pytest.mark.parametrize("job", ["nightly_load", "j1"])
def test_a_job_is_given_by_its_name_or_its_key(cli: Any, job: str) -> None:
    found = cli("job-runs", "list", "--job", job).lines
    assert [json.loads(line)["key"] for line in found] == ["r2", "r1"]


@pytest.mark.parametrize(
    ("job", "problem"),
    [
        (
            "cleanup",
            "several jobs are called 'cleanup'; give the key: j3 (/Shared/a), j4 (/Shared/b)",
        ),
        ("nightly", "there is no job 'nightly'. Is it nightly_load or nightly_report?"),
        ("Nightly_Laod", "there is no job 'Nightly_Laod'. Is it nightly_load"),
        ("xyz", "there is no job 'xyz'. There are 4: aidp-workbench jobs list"),
        (" ", "there is no job ' '. There are 4"),
        ("x" * 300, "There are 4"),
    ],
)
def test_an_unknown_or_ambiguous_name_lists_candidates(cli: Any, job: str, problem: str) -> None:
    ran = cli("job-runs", "list", "--job", job)
    assert (ran.code, ran.out) == (2, "")
    assert problem in ran.err
    assert ran.err.startswith("aidp-workbench: error: --job: ")
    assert ran.err.count("\n") == 1


def test_a_workspace_without_jobs_says_so(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workbench() as server:
        options = where(server, config_file)
        ran = run_here(capsys, "job-runs", "list", "--job", "x", *options)
        latest = run_here(capsys, "task-runs", "list", "--latest", *options)
    assert "You may see none in this workspace" in ran.err
    assert (latest.code, "--latest: there is no job run" in latest.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (["--job", "nightly_load", "--latest"], "r2"),
        (["--job", "j2", "--latest"], "r3"),
        (["--latest"], "r3"),
        (["--job-run", "r1"], "r1"),
    ],
)
def test_the_latest_job_run_is_found(
    cli: Any, workbench: Workbench, options: list[str], key: str
) -> None:
    assert cli("task-runs", "list", *options).code == 0
    assert f"jobRunKey={key}" in workbench.targets[-1]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([], "no job run: give its key, or --latest, or --job NAME --latest."),
        (["--job", "a"], "--job needs --latest: give its key"),
        (["--job-run", "r", "--latest"], "give the key of a job run, or --latest, not both."),
        (["--latest", "--job", "a", "--job", "b"], "one at a time, not a, b."),
    ],
)
def test_a_choice_that_is_none_is_refused_before_anything_is_sent(
    cli: Any, workbench: Workbench, options: list[str], problem: str
) -> None:
    ran = cli("task-runs", "list", *options)
    assert ran.code == 2
    assert problem in " ".join(ran.err.split())
    assert workbench.requests == []


def test_the_key_of_a_workspace_that_is_given_by_its_name_is_reported(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workbench(workspaces=[*WORKSPACES, {"key": "x", "displayName": "other"}]) as server:
        options = where(server, config_file, "Sales")
        ran = run_here(capsys, "job-runs", "show", "r", *options)
        unknown = run_here(capsys, "job-runs", "show", "r", *where(server, config_file, "lost"))
    key = "--workspace takes a key, and 'Sales' is the name of a workspace whose key is w1"
    assert (ran.code, key in ran.err) == (2, True)
    assert (unknown.code, "--workspace takes" in unknown.err) == (3, False)


# Platform and workspace


def test_platform_and_workspace_may_come_from_the_profile(
    workbench: Workbench, config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with config_file.open("a") as file:
        file.write("aidp_platform_id=from-profile\naidp_workspace_key = w\n")
    options = ("--base-url", workbench.base_url, "--config-file", str(config_file))
    assert run_here(capsys, "jobs", "list", *options).code == 0
    assert "/aiDataPlatforms/from-profile/workspaces/w/jobs?" in workbench.requests[-1].target
    run_here(capsys, "jobs", "list", *options, "--platform", "other")
    assert "/aiDataPlatforms/other/workspaces/w/jobs?" in workbench.requests[-1].target
    shown = run_here(capsys, "config", "--config-file", str(config_file), "--workspace", "x").lines
    settings = {line.split()[0]: line.split(maxsplit=2)[1:] for line in shown}
    assert settings["platform"] == ["from-profile", f"profile DEFAULT of {config_file}"]
    assert settings["workspace"] == ["x", "--workspace"]


def test_the_environment_comes_before_the_profile(
    workbench: Workbench,
    config_file: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with config_file.open("a") as file:
        file.write("aidp_platform_id=from-profile\naidp_workspace_key=from-profile\n")
    monkeypatch.setenv("AIDP_WORKSPACE_KEY", "w")
    options = ("--base-url", workbench.base_url, "--config-file", str(config_file))
    assert run_here(capsys, "jobs", "list", *options).code == 0
    assert "/from-profile/workspaces/w/jobs?" in workbench.requests[-1].target


def test_where_a_missing_one_may_be_given_is_named(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run_here(capsys, "jobs", "list", "--config-file", str(config_file))
    place = f"to [DEFAULT] of {config_file}"
    assert ran == (
        2,
        "",
        "aidp-workbench: error: no platform: give --platform, or set AIDP_PLATFORM_ID (or"
        f" AIDP_INSTANCE_ID, INSTANCE_ID), or add aidp_platform_id=… {place}; no workspace: give"
        f" --workspace, or set AIDP_WORKSPACE_KEY, or add aidp_workspace_key=… {place}. See"
        " --help.\n",
    )


def test_an_error_of_a_lookup_is_reported_like_any_other(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = answer(404, {"code": "NotAuthorizedOrNotFound", "message": "no"})
    with ScriptedServer(refused) as server:
        ran = run_here(capsys, "job-runs", "list", "--job", "a", *where(server, config_file))
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "/workspaces/w/jobs" in ran.err
