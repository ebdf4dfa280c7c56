"""`task-runs watch`: what it shows on a terminal and elsewhere, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import NotFoundError, RetryPolicy, connect
from aidp_workbench.cli.connection import Workspace
from aidp_workbench.cli.output.console import stdout_console
from aidp_workbench.cli.watch.lines import Lines as WatchLines
from aidp_workbench.cli.watch.watch import watch_until_ended
from aidp_workbench_api.models import TaskRunSummary

from tests.cli_support import MODULES, read_terminal, terminal
from tests.conftest import KEYS
from tests.programs import fork_server
from tests.scripted_server import HANG_UP, Answer, Received, ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = 1_777_514_400_000  # 2026-04-30T02:00:00Z

WATCH = """
import sys
from aidp_workbench import RetryPolicy, connect
from aidp_workbench.cli.connection import Workspace
from aidp_workbench.cli.streams import prepare_streams
from aidp_workbench.cli.watch.watch import watch_until_ended
prepare_streams()
client = connect(
    base_url=sys.argv[1], config_file=sys.argv[2], retry=RetryPolicy(attempts=1, wait_initial=0.001)
)
with client:
    workspace = Workspace(client, "platform", "workspace")
    sys.exit(watch_until_ended(workspace, "job-run", utc=True, interval=0.05, settle=0))
"""


def task_run(number: int, status: str | None, attempt: int = 0, **properties: Any) -> Any:
    return {
        "key": f"{number}/{attempt}", "name": f"task {number}", "taskKey": f"t{number}",
        "retryAttempt": attempt, "startTime": START + number * 1000,
        "state": status and {"status": status},
    } | properties  # fmt: skip


def look(*items: Any) -> bytes:
    return answer(200, {"items": list(items)})


def watch(config_file: Path, *answers: Answer, **options: Any) -> int:
    with (
        ScriptedServer(*answers) as server,
        connect(
            base_url=server.base_url,
            config_file=config_file,
            retry=RetryPolicy(attempts=1, wait_initial=0.001),
        ) as client,
    ):
        settings = {"interval": 0.001, "settle": 0, "utc": True} | options
        return watch_until_ended(Workspace(client, "p", "w"), "job-run", **settings)


class Lines:
    """What was printed, without the times."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self) -> list[str]:
        lines = self._capsys.readouterr().out.splitlines()
        assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  ", line) for line in lines)
        return [line[22:] for line in lines]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    return Lines(capsys)


def test_each_change_has_a_line_of_its_own(config_file: Path, lines: Lines) -> None:
    looks = (
        look(task_run(1, "QUEUED")),
        look(task_run(1, "RUNNING"), task_run(2, None)),
        look(task_run(1, "SUCCESS"), task_run(2, "SUCCESS")),
    )
    assert watch(config_file, *looks) == 0
    assert lines() == [
        "task 1  QUEUED",
        "task 1  QUEUED → RUNNING",
        "task 2  no status",
        "task 1  RUNNING → SUCCESS",
        "task 2  no status → SUCCESS",
        "2 task runs: 2 SUCCESS",
    ]


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        (["SUCCESS", "SKIPPED", "EXCLUDED"], 0),
        (["SUCCESS", "FAILED"], 1),
        (["TIMED_OUT"], 1),
        (["INTERNAL_ERROR"], 1),
        (["UPSTREAM_FAILED"], 1),
        (["CANCELED"], 1),
        (["SUCCESS", "BLOCKED"], 1),
    ],
)
def test_the_exit_code_says_whether_all_went_well(
    config_file: Path, statuses: list[str], code: int
) -> None:
    runs = [task_run(number, status) for number, status in enumerate(statuses)]
    assert watch(config_file, look(*runs), blocked_is_final=True) == code


def test_a_failure_before_a_successful_retry_does_not_count(
    config_file: Path, lines: Lines
) -> None:
    failed, going, well = (
        task_run(1, "FAILED"), task_run(1, "RUNNING", 1), task_run(1, "SUCCESS", 1)
    )  # fmt: skip
    assert (
        watch(config_file, look(failed), look(failed, going), look(failed, well), settle=0.3) == 0
    )
    assert "task 1, retry 1  RUNNING → SUCCESS" in lines()


def test_124_when_the_time_is_up(config_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = look(task_run(1, "BLOCKED"), task_run(2, "SUCCESS"))
    assert watch(config_file, runs, timeout=0.01) == 124
    shown = capsys.readouterr()
    assert shown.err == "aidp-workbench: 1 of 2 runs still going after 0.01 s\n"
    assert shown.out.endswith("2 task runs: 1 BLOCKED, 1 SUCCESS\n")


def test_a_transient_error_is_shown_and_the_watch_continues(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert watch(config_file, HANG_UP, answer(503), look(task_run(1, "SUCCESS"))) == 0
    assert len(re.findall("runs could not be listed, next look in", capsys.readouterr().err)) == 2


class Clock:
    """A clock that does not advance until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_says_once_that_there_are_no_task_runs_yet(config_file: Path, lines: Lines) -> None:
    assert watch(config_file, look(), look(), look(task_run(1, "SUCCESS"))) == 0
    assert lines() == [
        "no task runs yet; waiting for the first",
        "task 1  SUCCESS",
        "1 task run: 1 SUCCESS",
    ]


def test_after_10_minutes_without_a_change_it_says_that_it_is_still_there(lines: Lines) -> None:
    runs = [TaskRunSummary.from_dict(task_run(n, one)) for n, one in enumerate(("RUNNING", None))]
    clock = Clock()
    view = WatchLines(stdout_console(), utc=True, clock=clock)
    for clock.now in (0.0, 60.0, 599.0):
        view.seen([])
    assert lines() == ["no task runs yet; waiting for the first"]
    for clock.now in (600.0, 1199.0, 1200.0):
        view.seen(runs)
    assert lines() == ["still watching 2 task runs: 1 RUNNING, 1 no status"] * 2


def test_an_error_that_stays_ends_it(config_file: Path) -> None:
    with pytest.raises(NotFoundError):
        watch(config_file, look(task_run(1, "RUNNING")), answer(404))


def test_names_cannot_move_the_cursor_or_break_a_line(config_file: Path, lines: Lines) -> None:
    run = task_run(1, "\x1b[2JNEW", name="a\nb\x1b[31m\u202e" + "数据👩\u200d💻")
    done = task_run(1, "SUCCESS", name="x")
    assert watch(config_file, look(run), look(done)) == 0
    first, second, *_ = lines()
    assert first == r"a\nb\x1b[31m\u202e数据👩" + "\u200d💻" + r"  \x1b[2JNEW"
    assert second == r"x  \x1b[2JNEW → SUCCESS"


class Terminal:
    """A watch that runs on a terminal, and what it has written there."""

    def __init__(
        self, *arguments: str, columns: int = 80, rows: int = 24, **environment: str
    ) -> None:
        self.written = ""
        settings = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        with terminal(columns, rows) as (self._leader, theirs):
            self.process = fork_server(*MODULES).start(
                *("-c", WATCH, *arguments),
                streams=(theirs, theirs, theirs),
                environment=settings | environment,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while read := read_terminal(self._leader):
            self.written += read.decode("utf-8", "replace")

    def wait_for(self, text: str) -> None:
        end = time.monotonic() + 60
        while text not in self.written:
            assert time.monotonic() < end, self.written
            time.sleep(0.01)

    def wait(self) -> int:
        code = self.process.wait()
        self._reader.join(60)
        os.close(self._leader)
        return code

    def frames(self) -> list[str]:
        """Each picture that was drawn, without colours."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.written)
        return [
            re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", one)
            for one in re.split(r"\x1b\[2K(?:\x1b\[1A\x1b\[2K)*", plain)
        ]


def going_then_failed(server_looks: int) -> Callable[[Received], bytes]:
    """60 task runs that run for as many looks, and then one of them fails."""
    looks = 0

    def answered(_: Received) -> bytes:
        nonlocal looks
        looks += 1
        is_over = looks > server_looks
        runs = [task_run(n, "SUCCESS" if is_over else "RUNNING") for n in range(58)]
        failed = task_run(58, "FAILED", name="数据清洗 \x1b[2J" + "long " * 40)
        queued = task_run(59, "SKIPPED" if is_over else "QUEUED")
        return look(*runs, failed, queued)

    return answered


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 12), (20, 5)])
def test_a_terminal_shows_counts_and_what_runs_or_failed_newest_first(
    config_file: Path, columns: int, rows: int
) -> None:
    with ScriptedServer(going_then_failed(3)) as server:
        terminal = Terminal(server.base_url, str(config_file), columns=columns, rows=rows)
        assert terminal.wait() == 1
    frames = [frame for frame in terminal.frames() if "58 RUNNING" in frame]
    assert frames
    for frame in frames:
        lines = frame.split("\n")
        assert len(lines) <= rows
        assert lines[0].startswith("Job run job-run")
    if columns >= 60:
        drawn = frames[-1]
        assert "60 task runs" in drawn
        assert "1 QUEUED" in drawn
        failed, newest, next_ = (
            drawn.index("FAILED  "),
            drawn.index("task 57"),
            drawn.index("task 56"),
        )
        assert failed < newest < next_
        assert "\\x1b[2J" in drawn
        assert "more that run or have failed" in drawn
    last = terminal.frames()[-1]
    assert "58 SUCCESS" in last
    assert "\x1b[?25h" in terminal.written.rpartition("\x1b[?25l")[2]  # the cursor is back


def test_colours_can_be_switched_off(config_file: Path) -> None:
    with ScriptedServer(going_then_failed(1)) as server:
        terminal = Terminal(server.base_url, str(config_file), NO_COLOR="1")
        assert terminal.wait() == 1
    assert not re.search(r"\x1b\[[0-9;]*m", terminal.written)


def test_a_dumb_terminal_gets_lines(config_file: Path) -> None:
    with ScriptedServer(look(task_run(1, "SUCCESS"))) as server:
        terminal = Terminal(server.base_url, str(config_file), TERM="dumb")
        assert terminal.wait() == 0
    assert "task 1  SUCCESS" in terminal.written
    assert "\x1b" not in terminal.written


def test_ctrl_c_ends_it_quietly(config_file: Path) -> None:
    with ScriptedServer(look(task_run(1, "RUNNING"))) as server:
        terminal = Terminal(server.base_url, str(config_file))
        terminal.wait_for("1 RUNNING")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.wait() == 130
    assert "Traceback" not in terminal.written
    assert "\x1b[?25h" in terminal.written


def test_an_encoding_without_arrows_is_no_obstacle(config_file: Path) -> None:
    runs = [look(task_run(1, one, name="Ä 数")) for one in ("RUNNING", "SUCCESS")]
    with ScriptedServer(*runs) as server:
        done = subprocess.run(
            [sys.executable, "-c", WATCH, server.base_url, str(config_file)],
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            stdout=subprocess.PIPE,
            check=True,
        )
    assert rb"\xc4 \u6570  RUNNING -> SUCCESS" in done.stdout


def test_the_job_run_is_the_one_asked_for(config_file: Path) -> None:
    with (
        ScriptedServer(look(task_run(1, "SUCCESS"))) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        watch_until_ended(Workspace(client, "p", "w"), "job-run", utc=True, interval=1, settle=0)
    assert f"jobRunKey={KEYS['job_run_key']}" in server.requests[0].target
