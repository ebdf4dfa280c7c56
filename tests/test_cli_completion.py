"""Names that the shell offers: of the workspace, and never an error, a prompt or a long wait."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench.cli.app import app
from aidp_workbench.cli.names import completion

from tests.cli_support import where
from tests.scripted_server import HANG_UP, Received, ScriptedServer, answer
from tests.workbench import Workbench

if TYPE_CHECKING:
    from pathlib import Path

JOBS = [
    "nightly_load",
    "nightly-report",
    "cleanup",
    "売上集計",
    "$(reboot)",
    "a b",
    "-x",
    "n;ls",
    "",
]


@pytest.fixture
def completed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What bash is offered after these words."""

    def complete(*words: str) -> list[str]:
        monkeypatch.setenv("_AIDP_WORKBENCH_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", " ".join(["aidp-workbench", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        with pytest.raises(SystemExit):
            app(prog_name="aidp-workbench")
        out, err = capsys.readouterr()
        assert err == ""
        return [line for line in out.splitlines() if line]

    return complete


@pytest.mark.parametrize("command", [("job-runs", "list"), ("task-runs", "list", "--latest")])
@pytest.mark.parametrize(
    ("begin", "names"),
    [
        ("", ["cleanup", "nightly-report", "nightly_load", "売上集計"]),
        ("nightly", ["nightly-report", "nightly_load"]),
        ("売", ["売上集計"]),
        ("x", []),
    ],
)
def test_the_names_of_jobs_are_offered_if_a_shell_may_insert_them(
    completed: Any, config_file: Path, command: tuple[str, ...], begin: str, names: list[str]
) -> None:
    jobs = [{"key": str(number), "name": name} for number, name in enumerate(JOBS)]
    with Workbench(jobs=jobs) as server:
        assert completed(*command, *where(server, config_file), "--job", begin) == names
    assert len(server.requests) == 1


@pytest.mark.parametrize("faulty", [HANG_UP, answer(404), answer(503), answer(200, "no JSON")])
def test_after_an_error_nothing_is_offered(
    completed: Any, config_file: Path, faulty: bytes
) -> None:
    with ScriptedServer(faulty) as server:
        assert completed("job-runs", "list", *where(server, config_file), "--job", "n") == []
    assert len(server.requests) <= 2


def test_without_credentials_nothing_is_offered(completed: Any) -> None:
    assert completed("job-runs", "list", "--job", "n") == []


def test_a_service_that_does_not_answer_is_not_waited_for(
    completed: Any, config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "_SECONDS", 0.05)
    over = Event()

    def late(_: Received) -> bytes:
        over.wait(60)
        return HANG_UP

    with ScriptedServer(late) as server:
        assert completed("job-runs", "list", *where(server, config_file), "--job", "n") == []
        over.set()
