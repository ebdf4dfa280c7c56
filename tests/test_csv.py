"""CSV of the command line: safe to open in a spreadsheet, exact on request."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from aidp_workbench.cli.output.kinds import TASK_RUNS
from aidp_workbench.cli.output.spreadsheet import Csv, without_formula
from aidp_workbench_api.models import TaskRunSummary
from hypothesis import given
from hypothesis import strategies as st

from tests.cli_support import run, run_in_terminal
from tests.scripted_server import ScriptedServer, answer


def names(text: str) -> list[str]:
    return [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def written(*names: str, exact: bool = False) -> str:
    stream = io.StringIO()
    writer = Csv(stream, TASK_RUNS.properties, exact=exact)
    writer.start()
    writer.write([TaskRunSummary.from_dict({"name": name}) for name in names])
    writer.end()
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tx",
        "\rx",
        " =1+1",
        "\u00a0=1",
        "\ufeff=1",
        "\x00=1",
        "＝1+1",  # noqa: RUF001
        "＠x",  # noqa: RUF001
        "=",
        "-",
        "--1",
        "-1-1",
        "+49 30 123",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert without_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "a=1", "a\t=b", "-1", "+1", "-0.5", "-1e5", "1.5E-7", "0", "x-y", "'=1", '"=1"']
)
def test_texts_and_numbers_stay_as_they_are(text: str) -> None:
    assert without_formula(text) == text


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    safe = without_formula(text)
    assert safe.endswith(text)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or safe[1:2].isdigit()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_reader_of_csv_gets_every_value_back(texts: list[str]) -> None:
    assert names(written(*texts, exact=True)) == texts
    assert names(written(*texts)) == [without_formula(text) for text in texts]


def test_numbers_of_the_service_stay_numbers() -> None:
    stream = io.StringIO()
    Csv(stream, TASK_RUNS.properties).write(
        [TaskRunSummary.from_dict({"startTime": -1, "retryAttempt": -2})]
    )
    assert stream.getvalue() == ",,,,,,,-2,,-1,,,,,\r\n"


@pytest.fixture
def sent(reach: Any) -> Any:
    item = {"name": "=1+1", "state": {"status": "FAILED", "errorTrace": "-x"}}
    with ScriptedServer(answer(200, {"items": [item]})) as server:
        yield [*("task-runs", "list", *reach(server)), "--output", "csv"]


def test_the_command_is_safe_by_default_and_exact_on_request(sent: list[str]) -> None:
    safe, exact = run(*sent), run(*sent, "--csv-exact")
    assert (safe.code, exact.code) == (0, 0)
    for ran, name, trace in ((safe, "'=1+1", "'-x"), (exact, "=1+1", "-x")):
        (row,) = csv.DictReader(io.StringIO(ran.out, newline=""))
        assert (row["name"], row["state.errorTrace"]) == (name, trace)
    assert "'=1+1" in run_in_terminal(*sent).text


@pytest.mark.parametrize("output", [[], ["-o", "json"]])
def test_exact_is_for_csv_alone(reach: Any, output: list[str]) -> None:
    with ScriptedServer(answer(200, {"items": []})) as server:
        ran = run("task-runs", "list", *reach(server), *output, "--csv-exact")
    assert (ran.code, ran.out) == (2, "")
    assert "--csv-exact: it needs --output csv." in ran.err
    assert server.requests == []
