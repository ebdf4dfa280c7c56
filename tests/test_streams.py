"""The command line with a stdout or stderr that is closed, full, or not UTF-8."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_support import COMMAND, MODULES, run
from tests.programs import fork_server
from tests.scripted_server import ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.programs import Ran

ITEM = {"name": "Ä 数", "startTime": 1, "endTime": 9, "state": {"status": "ÜBER\x1b[2J"}}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(answer(200, {"items": [ITEM]})) as server:
        yield server


def run_redirected(how: str, *arguments: str) -> Ran:
    """Run it as a shell does with `how` behind the command."""
    with Path("/dev/full").open("w") as full:
        redirected: dict[str, dict[int, int | None]] = {
            ">&-": {1: None},
            "2>&-": {2: None},
            ">/dev/full": {1: full.fileno()},
        }
        server = fork_server(*MODULES)
        return server.run(*COMMAND[1:], *arguments, redirected=redirected[how])


@pytest.mark.parametrize("command", ["list", "failures", "watch", "timeline"])
def test_a_closed_stdout_is_reported_before_anything_is_fetched(
    server: ScriptedServer, reach: Any, command: str
) -> None:
    ran = run_redirected(">&-", "task-runs", command, *reach(server))
    assert ran.code == 3
    assert ran.err == ("aidp-workbench: error: the output cannot be written: stdout is closed\n")
    assert server.requests == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["task-runs", "list", "-h"]])
@pytest.mark.parametrize("how", [">&-", ">/dev/full"])
def test_help_that_cannot_be_written_is_no_traceback(how: str, arguments: list[str]) -> None:
    ran = run_redirected(how, *arguments)
    assert ran.code == 3
    assert ran.err.startswith("aidp-workbench: error: the output cannot be written: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("output", ["json", "csv", "table"])
def test_a_closed_stderr_changes_nothing(server: ScriptedServer, reach: Any, output: str) -> None:
    arguments = ("task-runs", "list", *reach(server), "--output", output, "--debug")
    closed = run_redirected("2>&-", *arguments)
    assert closed == run(*arguments)._replace(err="")


def test_an_error_does_not_appear_on_stdout_because_stderr_is_closed(reach: Any) -> None:
    with ScriptedServer(answer(404)) as server:
        assert run_redirected("2>&-", "task-runs", "list", *reach(server)) == (3, "", "")


@pytest.mark.parametrize("command", ["list --output table", "failures", "watch", "timeline"])
def test_ascii_gets_escapes(server: ScriptedServer, reach: Any, command: str) -> None:
    options = ["--timeout", "0"] if command == "watch" else []
    words = ("task-runs", *command.split(), *reach(server), *options)
    ran = run(*words, PYTHONIOENCODING="ascii", COLUMNS="80")
    assert ran.code == (124 if command == "watch" else 0)
    assert "Traceback" not in ran.err
    assert ran.out.isascii()
    if command != "failures":
        assert r"\xdcBER" in ran.out


@pytest.mark.slow
def test_a_picture_is_drawn_where_stdout_is_ascii(
    server: ScriptedServer, reach: Any, tmp_path: Path
) -> None:
    out = tmp_path / "数.svg"
    ran = run(
        *("task-runs", "timeline", *reach(server), "--out", str(out)), PYTHONIOENCODING="ascii"
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\\u6570.svg: 1 task run in 0.0s so far: 1 \\xdcBER\\x1b[2J\n")
    assert "ÜBER" in out.read_text("utf-8")
