"""`--out` of `failures` and of `job-runs show`: a page in place of what they print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_support import run, run_here, where
from tests.page_samples import found, parsed, rows_of, text_of, texts
from tests.scripted_server import ScriptedServer, answer
from tests.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.programs import Ran

    Cli = Callable[..., Ran]

STARTED, ENDED = 1_777_514_400_000, 1_777_518_000_000  # 2026-04-30T02:00:00Z, 03:00:00Z
TIMES = {"startTime": STARTED, "endTime": ENDED}
SINCE = ("--since", "2026-04-30T00:00:00Z", "--until", "2026-05-01T00:00:00Z", "--utc")
JOBS = [{"key": "j1", "name": "load"}]
JOB_RUN = {
    "key": "r1",
    "name": "run 1",
    "jobKey": "j1",
    "jobName": "load",
    **TIMES,
    "state": {"status": "FAILED"},
    "timeCreated": "2026-04-30T02:00:00Z",
}
TASK_RUNS = [
    {
        "key": f"r1-{name}",
        "name": name,
        "taskKey": name,
        "jobRunKey": "r1",
        **TIMES,
        "state": {"status": status, "errorTrace": "ValueError: 3 rows" * (status == "FAILED")},
    }
    for name, status in (("extract", "SUCCESS"), ("clean", "FAILED"))
]


@pytest.fixture
def cli(config_file: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    def call(*words: str, server: Any = None) -> Ran:
        with server or Workbench(jobs=JOBS, jobRuns=[JOB_RUN], taskRuns=TASK_RUNS) as server:
            return run_here(capsys, *words, *where(server, config_file))

    return call


def test_what_failed_is_written_as_a_page(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    ran = cli("failures", *SINCE, "--job", "load", "--out", str(out))
    assert ran == (1, f"{out}: 1 failure in 1 job run\n", "")
    page = parsed(out.read_text("utf-8"))
    assert text_of(found(page, "header")[0]) == (
        "What failed From 2026-04-30 00:00:00Z until 2026-05-01 00:00:00Z"
        " Platform p Workspace w Only jobs load"
    )
    cause = "ValueError: 3 rows"
    assert rows_of(page) == [
        ["FAILED", "2026-04-30 02:00:00Z", "1h00m", "loadr1", "cleanr1-clean", cause]
    ]


def test_the_page_and_the_exit_code_say_what_could_not_be_looked_through(
    cli: Cli, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"

    def respond(received: Any) -> bytes:
        if "/jobRuns" in received.target:
            return answer(200, {"items": [JOB_RUN]})
        return answer(404, {"code": "NotAuthorizedOrNotFound", "message": "not found"})

    ran = cli("failures", *SINCE, "--out", str(out), server=ScriptedServer(respond))
    assert (ran.code, ran.out) == (5, f"{out}: 0 failures in 0 job runs\n")
    assert "1 job run could not be looked through" in ran.err
    (warning,) = found(parsed(out.read_text("utf-8")), "section", class_="warning")
    assert text_of(warning).endswith("load r1404 NotAuthorizedOrNotFound: not found")


def test_a_job_run_is_written_as_a_page(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "run.html"
    ran = cli("job-runs", "show", "r1", "--utc", "--out", str(out))
    assert ran == (0, f"{out}: 2 task runs: 1 SUCCESS, 1 FAILED\n", "")
    page = parsed(out.read_text("utf-8"))
    assert text_of(found(page, "title")[0]) == "load: FAILED"
    assert texts(found(page, "li", class_="number")) == ["1 SUCCESS", "1 FAILED"]


@pytest.mark.parametrize("command", [("failures",), ("job-runs", "show", "r1")])
@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("--out", "report.pdf"), 2, "'report.pdf' must end in .html."),
        (("--out", "no/report.html"), 3, "cannot be written: no such folder: no"),
        (("--out", "report.html", "-o", "json"), 2, "it takes the place of --output."),
    ],
)
def test_a_page_that_cannot_be_written_is_refused_before_anything_is_fetched(
    config_file: Path, command: Any, words: Any, code: int, problem: str
) -> None:
    with ScriptedServer() as server:
        ran = run(*command, *words, *where(server, config_file))
    assert ran.code == code
    assert problem in ran.err
    assert server.requests == []


def test_an_error_leaves_the_page_before_as_it_was(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("before", "utf-8")
    broken = ScriptedServer(answer(400, {"code": "InvalidParameter", "message": "no"}))
    assert cli("failures", *SINCE, "--out", str(out), server=broken).code == 3
    assert out.read_text("utf-8") == "before"
    assert not list(tmp_path.glob(".*.part"))
