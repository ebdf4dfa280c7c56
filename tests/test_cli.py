"""The command line: what it prints on terminals and in pipes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING, Any, get_args

import aidp_workbench
import pytest
from aidp_workbench.cli.failures.grouping import group
from aidp_workbench.cli.failures.normalise import normalised
from aidp_workbench.cli.output.spreadsheet import without_formula
from aidp_workbench.cli.output.text import fit, pad, visible, width
from aidp_workbench.cli.output.trace import cause_line
from aidp_workbench_api.models import TaskRunStatus, TaskRunStatusFilter, TaskRunSummary
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.cli_support import COMMAND, MODULES, run, run_here, run_in_terminal
from tests.programs import fork_server
from tests.scripted_server import Received, ScriptedServer, answer, page
from tools.service import Service, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMANDS = ("list", "failures", "watch", "timeline")


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serve(task_runs=1200) as service:
        yield service


@pytest.fixture
def real(service: Service) -> list[str]:
    """The options that lead to the job run of the service."""
    return [
        *("--base-url", service.base_url, "--config-file", str(service.config_file)),
        *("--platform", service.ai_data_platform_id, "--workspace", service.workspace_key),
        *("--job-run", service.job_run_key),
    ]


def task_run(name: str = "load", status: str = "FAILED", **more: Any) -> dict[str, Any]:
    trace = more.pop("trace", None)
    return {"name": name, "state": {"status": status, "errorTrace": trace}} | more


def items(*runs: Any, **headers: str) -> bytes:
    return answer(200, {"items": list(runs)}, length=None, **headers)


# What a listing is


def test_json_lines_have_every_task_run_with_all_that_the_service_said(
    service: Service, real: list[str]
) -> None:
    ran = run("task-runs", "list", *real)
    assert [json.loads(line) for line in ran.lines] == service.task_runs[::-1]
    assert (ran.code, ran.err) == (0, "")


def test_json_is_one_array(service: Service, real: list[str]) -> None:
    ran = run("task-runs", "list", *real, "--output", "json", "--sort-order", "asc")
    assert json.loads(ran.out) == service.task_runs


@pytest.mark.parametrize(
    ("output", "nothing"), [("json", "[]\n"), ("jsonl", ""), ("table", "0 task runs\n")]
)
def test_no_task_runs_are_no_error(reach: Any, output: str, nothing: str) -> None:
    with ScriptedServer(page()) as server:
        assert run("task-runs", "list", *reach(server), "--output", output) == (0, nothing, "")


def test_unknown_properties_are_kept_and_nothing_in_json_moves_a_cursor(reach: Any) -> None:
    sent = task_run("a\x1b[2J\x9b1A\u202e\x7f\ud800\u2028", "TELEPORTED", colour={"of": ["x"]})
    with ScriptedServer(items(sent)) as server:
        ran = run("task-runs", "list", *reach(server))
    assert json.loads(ran.out) == sent
    assert ran.out.rstrip("\n").isprintable()


def test_csv_has_the_values_of_every_task_run(service: Service, real: list[str]) -> None:
    ran = run("task-runs", "list", *real, "--output", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert len(rows) == len(service.task_runs)
    for row, sent in zip(rows, service.task_runs[::-1], strict=True):
        state = sent.get("state") or {}
        for name, value in row.items():
            had = state.get(name[6:]) if name.startswith("state.") else sent.get(name)
            text = "" if had is None else had if isinstance(had, str) else json.dumps(had)
            assert value == without_formula(text)


def test_limit_is_how_many_task_runs_come(service: Service, real: list[str]) -> None:
    assert len(run("task-runs", "list", *real, "--limit", "7").lines) == 7
    assert "limit=7" in service.requests[-1].target
    assert len(run("task-runs", "list", *real, "--limit", "501").lines) == 501
    assert len(run("task-runs", "list", *real, "--limit", "5000").lines) == 1200


def test_every_status_can_be_asked_for(service: Service, real: list[str]) -> None:
    for asked in (["FAILED", "INTERNAL_ERROR"], ["timed_out", "FAILED"], ["TIMED_OUT"]):
        options = [word for status in asked for word in ("--status", status)]
        found = [json.loads(line) for line in run("task-runs", "list", *real, *options).lines]
        wanted = {status.upper() for status in asked}
        all_runs = service.task_runs[::-1]
        assert found == [r for r in all_runs if (r.get("state") or {}).get("status") in wanted]


def test_filters_and_order_reach_the_service(reach: Any) -> None:
    with ScriptedServer(page()) as server:
        run(
            *("task-runs", "list", *reach(server), "--name", "a b", "--parent-job-run", "pj"),
            *("--root-job-run", "rj", "--sort-by", "DISPLAYNAME", "--sort-order", "desc"),
            *("--status", "failed"),
        )
    for word in (
        *("jobRunKey=j", "displayName=a+b", "parentJobRunKey=pj", "rootJobRunKey=rj"),
        *("sortBy=displayName", "sortOrder=DESC", "status=FAILED"),
    ):
        assert word in server.requests[0].target.replace("%20", "+")


def test_platform_and_workspace_may_come_from_the_environment(config_file: Path) -> None:
    with ScriptedServer(page("a")) as server:
        ran = run(
            *("task-runs", "list", "--job-run", "j", "--base-url", server.base_url),
            AIDP_PLATFORM_ID="plat",
            AIDP_WORKSPACE_KEY="work",
            OCI_CONFIG_FILE=str(config_file),
        )
    assert ran.lines == ['{"key":"a","name":"a"}']
    assert "/aiDataPlatforms/plat/workspaces/work/" in server.requests[0].target


# On a terminal


@pytest.mark.parametrize("columns", [60, 120])
def test_a_table_fits_the_terminal(real: list[str], columns: int) -> None:
    shown = run_in_terminal("task-runs", "list", *real, "--limit", "60", columns=columns)
    assert shown.code == 0
    assert "\n60 task runs: " in shown.text
    assert max(map(cell_len, shown.lines)) <= columns
    assert any("ValueError: " in line for line in shown.lines)
    assert all(status in shown.text for status in ("SUCCESS", "UPSTREAM_CANCELED", "売上集計"))
    assert "\x1b[32mSUCCESS" in shown.raw


def test_a_long_listing_says_how_far_it_is_and_cleans_up(real: list[str]) -> None:
    shown = run_in_terminal("task-runs", "list", *real)
    assert "1,000 task runs so far…" in shown.raw
    assert "so far" not in shown.text
    assert "\n1,200 task runs: " in shown.text


def test_nothing_about_progress_is_in_a_pipe(real: list[str]) -> None:
    ran = run("task-runs", "list", *real, "--output", "table")
    assert ran.err == ""
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("setting", ["NO_COLOR=1", "TERM=dumb"])
def test_colours_can_be_switched_off(real: list[str], setting: str) -> None:
    arguments = ("task-runs", "list", *real, "--limit", "30")
    plain = run_in_terminal(*arguments, columns=80, **dict([setting.split("=")]))
    assert plain.text == run_in_terminal(*arguments).text
    assert not re.search(r"\x1b\[[\d;]*m", plain.raw)


@pytest.mark.parametrize(("command", "columns"), [("list", 60), ("list", 100), ("failures", 60)])
def test_hostile_text_does_not_move_the_cursor(reach: Any, command: str, columns: int) -> None:
    hostile = "\u202eg a\x1b[2J\x1b]0;t\x07b\rc\nd\te\x9b31mf\u2028h\u200fi\x00\ud800"
    trace = f"Error: {hostile}\x1b[1A"
    more: dict[str, Any] = {
        "state": {"status": "\x1b[31mFAILED", "errorTrace": trace},
        "taskKey": hostile,
    }
    runs = [task_run(hostile, trace=trace), task_run("b", **more)]
    with ScriptedServer(items(*runs)) as server:
        shown = run_in_terminal("task-runs", command, *reach(server), columns=columns)
    assert all(line.isprintable() for line in shown.lines)
    assert "a\\x1b[2J" in shown.text
    assert "\\u202eg" in shown.text


def test_each_row_is_a_line_of_its_own_whatever_the_name(reach: Any) -> None:
    family = "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}" * 40
    names = ["数据清洗" * 30, family, "e\u0301" * 200, "تحميل" * 30, "❤\ufe0f" * 60, ""]
    with ScriptedServer(items(*(task_run(name, "SUCCESS") for name in names))) as server:
        shown = run_in_terminal("task-runs", "list", *reach(server), columns=60)
    assert len(shown.lines) == len(names) + 1
    assert all(line.startswith("SUCCESS  ") for line in shown.lines[:-1])
    assert all(cell_len(line) <= 60 for line in shown.lines[:-1])


def test_times_are_local_with_the_zone_unless_utc_is_asked_for(reach: Any) -> None:
    run_ = task_run("a", "SUCCESS", startTime=1_777_514_402_000, endTime=1_777_514_500_000)
    odd = [task_run("b", startTime=10**20), task_run("c", startTime=253_402_300_799_000)]
    with ScriptedServer(items(run_, *odd)) as server:
        arguments = ("task-runs", "list", *reach(server), "--output", "table")
        local = run(*arguments, TZ="Asia/Kolkata").lines
        utc = run(*arguments, "--utc", TZ="Asia/Kolkata").lines
    assert local[1].split() == ["SUCCESS", "2026-04-30", "07:30:02+05:30", "1m38s", "a"]
    assert utc[1].split() == ["SUCCESS", "2026-04-30", "02:00:02Z", "1m38s", "a"]
    assert local[2].split() == ["FAILED", "b"]


def test_other_encodings_get_escapes(reach: Any) -> None:
    plain = {"PYTHONIOENCODING": "ascii"}
    with ScriptedServer(items(task_run("é数"))) as server:
        table = run("task-runs", "list", *reach(server), "--output", "table", **plain)
        lines = run("task-runs", "list", *reach(server), **plain)
    assert "\\xe9\\u6570" in table.out
    assert json.loads(lines.out)["name"] == "é数"


# As it arrives


@pytest.mark.parametrize("output", ["json", "csv", "table"])
def test_the_first_rows_come_before_the_second_page_is_answered(reach: Any, output: str) -> None:
    seen = Event()

    def second(_: Received) -> bytes:
        return page("second") if seen.wait(60) else answer(404)

    with ScriptedServer(page("first", token="t"), second) as server:
        command = (*COMMAND[1:], "task-runs", "list", *reach(server), "--output", output)
        with fork_server(*MODULES).piped(*command) as running:
            while b"first" not in running.stdout.readline():
                pass
            seen.set()
            ran = running.finish()
    assert "second" in ran.out
    assert ran.code == 0


@pytest.mark.parametrize("output", ["jsonl", "table"])
def test_a_closed_pipe_ends_it_quietly(real: list[str], output: str) -> None:
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [*COMMAND, "task-runs", "list", *real, "--output", output],
        stdout=writer,
        stderr=subprocess.PIPE,
    )
    os.close(writer)
    assert os.read(reader, 1)
    os.close(reader)
    _, err = process.communicate()
    assert (process.returncode, err) == (141, b"")


def test_head_gets_its_line(real: list[str]) -> None:
    shell = 'set -o pipefail; "$@" | head -1'
    ran = run("task-runs", "list", *real, command=("bash", "-c", shell, "sh", *COMMAND))
    assert (ran.code, ran.err, len(ran.lines)) == (141, "", 1)
    assert json.loads(ran.out)


@pytest.mark.parametrize("output", ["json", "table"])
def test_an_error_in_the_middle_leaves_what_was_printed(reach: Any, output: str) -> None:
    faulty = answer(200, {"items": "none"}, opc_request_id="r2")
    with ScriptedServer(page("first", "second", token="t"), faulty) as server:
        ran = run("task-runs", "list", *reach(server), "--output", output)
    assert ran.code == 3
    assert "first" in ran.out
    assert "second" in ran.out
    assert ran.err.count("\n") == 1
    assert "items: expected a list, found a text [opc-request-id r2]" in ran.err
    assert "incomplete: it ends after 2 items" in ran.err
    assert "page=" not in ran.err
    if output == "json":
        with pytest.raises(ValueError, match="delimiter"):
            json.loads(ran.out)


def test_a_full_disk_is_reported(real: list[str]) -> None:
    shell = 'exec "$@" > /dev/full'
    ran = run("task-runs", "list", *real, command=("bash", "-c", shell, "sh", *COMMAND))
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "the output cannot be written: " in ran.err


# Errors


ERROR = {"code": "Code", "message": "words\nof the service"}


@pytest.mark.parametrize(
    ("faulty", "code", "advice"),
    [
        (answer(401, ERROR, opc_request_id="r1"), 4, "oci session authenticate"),
        (answer(404, ERROR, opc_request_id="r1"), 3, "--workspace"),
        (answer(400, ERROR, opc_request_id="r1"), 3, "Check the options"),
        (answer(200, {"no": "items"}, opc_request_id="r1"), 3, "Oracle's support"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    reach: Any, faulty: bytes, code: int, advice: str
) -> None:
    with ScriptedServer(faulty) as server:
        ran = run("task-runs", "list", *reach(server))
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("aidp-workbench: error: GET /20260430/")
    assert ran.err.count("\n") == 1
    assert "[opc-request-id r1]" in ran.err
    assert advice in ran.err


@pytest.mark.parametrize("command", COMMANDS[1:])
def test_every_command_reports_errors_like_that(reach: Any, command: str) -> None:
    with ScriptedServer(answer(404, ERROR)) as server:
        ran = run("task-runs", command, *reach(server))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("aidp-workbench: error: GET /20260430/")
    assert ran.err.count("\n") == 1


def test_pages_that_loop_are_an_error(reach: Any) -> None:
    with ScriptedServer(page("a", token="t"), page("b", token="t")) as server:
        ran = run("task-runs", "list", *reach(server))
    assert ran.code == 3
    assert "came twice" in ran.err


def test_a_message_has_one_full_stop_at_its_end(reach: Any) -> None:
    message = "Authorization failed or requested resource not found."
    for said in (message, message.rstrip(".")):
        with ScriptedServer(answer(404, {"code": "NotFound", "message": said})) as server:
            ran = run("task-runs", "list", *reach(server))
        assert f"NotFound: {message} Check --platform, " in ran.err
        assert ".." not in ran.err


def test_a_404_names_the_older_version_of_the_api_as_a_possible_reason(reach: Any) -> None:
    with ScriptedServer(answer(404, ERROR)) as server:
        ran = run("task-runs", "list", *reach(server))
    assert ran.err.count("20240831") == 1
    assert "If the tenancy has only the older API, add --api-version 20240831." in ran.err


def test_control_characters_of_an_error_do_not_reach_the_terminal(reach: Any) -> None:
    hostile = {"code": "\x1b[2J", "message": "a\x1b[2J\x9b1A\u202e\rb"}
    with ScriptedServer(answer(400, hostile)) as server:
        shown = run_in_terminal("task-runs", "list", *reach(server), "--debug")
    assert "error: GET /2026" in shown.text
    assert all(line.isprintable() for line in shown.lines)


def test_the_output_that_cannot_be_written_is_named(reach: Any, tmp_path: Path) -> None:
    with ScriptedServer(page()) as server:
        out = str(tmp_path / "lost" / "run.svg")
        ran = run("task-runs", "timeline", *reach(server), "--out", out)
    assert ran == (
        3,
        "",
        f"aidp-workbench: error: the output cannot be written: no such folder: {tmp_path}/lost\n",
    )
    assert server.requests == []


KEYS = ("--platform", "p", "--workspace", "w", "--job-run", "j")
TWO_JOB_RUNS = [[command, *KEYS, "--job-run", "k"] for command in COMMANDS]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["lost"], 2, "Usage: "),
        (
            ["list"],
            2,
            "no job run: give its key, or --latest, or --job NAME --latest.",
        ),
        (["list", *KEYS, "--status", "LOST"], 2, "'LOST' is not one of BLOCKED, CANCELED"),
        (["list", *KEYS, "--sort-by", "x"], 2, "not one of displayName, status, timeCreated"),
        (["list", *KEYS, "--output", "xml"], 2, "--output"),
        (["list", *KEYS, "-o", "xml"], 2, "'jsonl', 'csv'"),
        (["list", *KEYS, "--limit", "0"], 2, "it must be a whole number from 1 on, not '0'."),
        (["list", *KEYS, "--limit", "1.5"], 2, "it must be a whole number from 1 on, not '1.5'."),
        (["watch", *KEYS, "--interval", "x"], 2, "a number of seconds from 1 on, not 'x'."),
        (["watch", *KEYS, "--interval", "nan"], 2, "a number of seconds from 1 on, not 'nan'."),
        (["watch", *KEYS, "--timeout", "-1"], 2, "a number of seconds from 0 on, not '-1'."),
        (["watch", *KEYS, "--timeout", "inf"], 2, "a number of seconds from 0 on, not 'inf'."),
        *((one, 2, "'--job-run': one at a time, not j, k.") for one in TWO_JOB_RUNS),
        (["list", *KEYS, "--config-file", "/lost"], 4, "/lost: No such file"),
        (["list", *KEYS, "--auth", "resource_principal", "--profile", "x"], 4, "takes no profile"),
    ],
)
def test_wrong_usage_and_wrong_configuration_have_different_exit_codes(
    arguments: list[str], code: int, message: str
) -> None:
    ran = run("task-runs", *arguments)
    assert ran.code == code
    assert message in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_a_wrong_argument_is_named_as_an_option(reach: Any, config_file: Path) -> None:
    with ScriptedServer(page()) as server:
        ran = run("task-runs", "list", *reach(server), "--name", " ")
    assert ran.code == 2
    assert ran.err.startswith("aidp-workbench: error: --name must not be blank")
    config_file.write_text(config_file.read_text().replace("region=us-ashburn-1\n", ""))
    ran = run("task-runs", "list", "--config-file", str(config_file), *KEYS)
    assert ran.code == 4
    assert "--region" in ran.err


def test_debug_shows_the_traceback_and_the_retries_but_no_secrets(
    reach: Any, config_file: Path
) -> None:
    busy = answer(503, ERROR, retry_after="0")
    with ScriptedServer(busy, answer(404, ERROR)) as server:
        ran = run("task-runs", "list", *reach(server), "--debug")
    assert ran.code == 3
    assert "attempt 1 of 8 failed" in ran.err
    assert "Traceback (most recent call last)" in ran.err
    assert "PRIVATE KEY" not in ran.err
    assert "Signature" not in ran.err
    assert ran.err.splitlines()[-1].startswith("aidp-workbench: error: ")


def test_a_terminal_shows_why_it_waits(reach: Any) -> None:
    with ScriptedServer(answer(503, ERROR, retry_after="0"), page("a")) as server:
        shown = run_in_terminal("task-runs", "list", *reach(server))
    assert "attempt 1 of 8 failed" in shown.raw
    assert "attempt" not in shown.text


# What failed

PYTHON = 'Traceback (most recent call last):\n  File "a.py", line {}, in f\n    g()\n{}'


@pytest.mark.parametrize(
    ("trace", "line"),
    [
        ("", ""),
        ("\n \n", ""),
        ("just words\n", "just words"),
        (PYTHON.format(1, "ValueError: no\n"), "ValueError: no"),
        (PYTHON.format(1, "ValueError: two\nlines"), "ValueError: two"),
        (f"{PYTHON.format(1, 'KeyError: 1')}\n\nDuring …:\n\n{PYTHON.format(2, 'A: b')}", "A: b"),
        (
            "a.B: first\n\tat a.C\nCaused by: d.E: inner\n\tat x\nCaused by: f.G: last\n",
            "f.G: last",
        ),
        ("a.B: first\n\tat a.C(D.java:1)", "a.B: first"),
        (
            PYTHON.format(1, "py4j.protocol.Py4JJavaError: An error occurred while calling o1.x.")
            + "\n: org.apache.spark.SparkException: aborted\n\tat a.B",
            "org.apache.spark.SparkException: aborted",
        ),
        ("Traceback (most recent call last):\n  File x", "File x"),
        ("Traceback (most recent call last):", "Traceback (most recent call last):"),
    ],
)
def test_the_line_of_a_trace_that_names_the_cause(trace: str, line: str) -> None:
    assert cause_line(trace) == line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ValueError: 3 rows in 'a'", "ValueError: 4711 rows in 'b c'"),
        ('no table "A"."B" at 0x7f3a', 'no table "C"."D" at 0x1'),
        ("lost 3f0c5f0e-6d1b-4c36-9a51-7e2b8d94c0aa", "lost 0b9d4c1e-52a7-4f0b-8f6e-3a1d5c7e9b24"),
        ("no ocid1.bucket.oc1..aaa here", "no ocid1.bucket.oc1..b7 here"),
        ("E: at 2026-04-30 02:00:01.5", "E: at 2026-05-01 12:30:59.25"),
        ("E: can't read 'x'", "E: can't read 'it\\'s'"),
    ],
)
def test_equal_causes_are_equal(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.SQLException: ORA-01653: no", "a.SQLException: ORA-00942: no"),
        ("E: HTTP 404", "E: HTTP 503"),
        ("OSError: [Errno 2] x", "OSError: [Errno 13] x"),
        ("command ended with exit code 1", "command ended with exit code 137"),
        ("KeyError: 'a'", "ValueError: 'a'"),
        ("S3Error: x", "S4Error: x"),
    ],
)
def test_other_causes_are_not(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize("part", ["'\\", "'\\'", "\"'`", "a", "ocid1.", "E0-", "http/1."])
def test_grouping_takes_time_in_proportion_to_the_length(part: str) -> None:
    # In proportion to its square, this would take many minutes.
    assert normalised(f"ValueError: {part * (100_000 // len(part))}").startswith("ValueError: ")


@given(st.text())
def test_normalising_again_changes_no_grouping(line: str) -> None:
    assert normalised(normalised(line)).count("\n") == normalised(line).count("\n")
    cause_line(line)


def test_failures_are_grouped_and_the_most_frequent_cause_comes_first(reach: Any) -> None:
    bad = [
        task_run(f"rare {n}", trace=PYTHON.format(n, f"OSError: [Errno {n}] x")) for n in (2, 13)
    ]
    loud = [task_run(f"t{n}", trace=PYTHON.format(n, f"ValueError: {n} rows")) for n in range(12)]
    quiet = [task_run("slow", "TIMED_OUT"), task_run("after", "UPSTREAM_FAILED")]
    with ScriptedServer(items(*bad, *loud, *quiet)) as server:
        ran = run("task-runs", "failures", *reach(server))
        shown = run_in_terminal("task-runs", "failures", *reach(server))
    assert ran.code == shown.code == 1
    assert ran.lines[0] == "12 × ValueError: # rows"  # noqa: RUF001  # as printed
    assert [line for line in ran.lines if "Traceback" in line] == [
        "    Traceback (most recent call last):"
    ] * 3
    assert all(f"  t{n}" in ran.out for n in range(12))
    assert "TIMED_OUT, no trace" in ran.out
    assert "15 of 16 task runs failed for 4 causes" in ran.out
    assert ran.lines[-1] == "Not counted: 1 UPSTREAM_FAILED"
    assert "and 2 more" in shown.text


@pytest.mark.parametrize(
    ("runs", "failed", "retried", "others"),
    [
        ([], 0, {}, {}),
        ([("SUCCESS", 0)], 0, {}, {}),
        ([("FAILED", 0), ("SUCCESS", 1)], 0, {"succeeded on a retry": 1}, {}),
        ([("SUCCESS", 1), ("TIMED_OUT", 0)], 0, {"succeeded on a retry": 1}, {}),
        ([("FAILED", 0), ("RUNNING", 1)], 0, {"retried, not successful so far": 1}, {}),
        ([("FAILED", 0), ("INTERNAL_ERROR", 1)], 1, {"failed again": 1}, {}),
        ([("FAILED", 0), ("SUCCESS", 1), ("FAILED", 1)], 1, {"failed again": 1}, {}),
        ([("UPSTREAM_FAILED", 0)], 0, {}, {"UPSTREAM_FAILED": 1}),
        ([("CANCELED", 0), ("NEW", 0)], 0, {}, {"CANCELED": 1}),
    ],
)
def test_only_the_last_attempt_of_a_task_counts(
    runs: list[tuple[str, int]], failed: int, retried: dict[str, int], others: dict[str, int]
) -> None:
    task = {"taskKey": "t", "jobRunKey": "j"}
    sent = [task_run("x", status, retryAttempt=attempt, **task) for status, attempt in runs]
    failures = group([TaskRunSummary.from_dict(one) for one in sent])
    assert (failures.count, failures.retried, failures.others) == (failed, retried, others)
    assert failures.found == bool(failed or "UPSTREAM_FAILED" in others)


def test_nothing_failed_is_exit_code_0(reach: Any) -> None:
    task = {"taskKey": "t", "jobRunKey": "j"}
    runs = [task_run("x", "SUCCESS", retryAttempt=1, **task), task_run("x", **task)]
    with ScriptedServer(items(*runs)) as server:
        ran = run("task-runs", "failures", *reach(server))
    counts = "Not counted: 1 attempt before a retry: 1 succeeded on a retry"
    assert ran == (0, f"Nothing failed in 2 task runs\n{counts}\n", "")


def test_no_failure_of_the_sample_workspace_is_lost(service: Service, real: list[str]) -> None:
    ran = run("task-runs", "failures", *real)
    failures = group([TaskRunSummary.from_dict(one) for one in service.task_runs])
    assert failures.count == 40
    assert ran.code == 1
    assert f"{failures.count} of 1,200 task runs failed" in ran.out
    for cause in failures.causes:
        for runs in cause.traces:
            assert all(visible(str(run.name or run.task_key)) in ran.out for run in runs)


# Text


@given(st.text(), st.integers(0, 40))
def test_text_is_cut_to_the_room_and_shows_what_hides(text: str, room: int) -> None:
    shown = fit(text, room)
    assert width(shown) <= room
    assert cell_len(shown) <= room
    assert all(one.isprintable() or one in "\u200c\u200d" for one in visible(text))
    assert width(pad(text, room)) == room
    if width(visible(text)) <= room:
        assert shown == visible(text)


# Starting


@pytest.mark.parametrize(
    "command",
    [
        *("config", "workspaces list", "jobs list", "failures"),
        *("job-runs list", "job-runs show", "job-runs watch"),
        *("task-runs list", "task-runs show", "task-runs output", "task-runs failures"),
        *("task-runs watch", "task-runs timeline"),
    ],
)
def test_every_command_has_help_with_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run_here(capsys, *command.split(), "--help").out
    assert shown.count(f"  aidp-workbench {command}") >= 2
    options = ("--profile", "--auth", "--debug", "--platform", "AIDP_PLATFORM_ID")
    assert all(option in shown for option in options)
    assert ("--utc" in shown) == (command != "config")


def test_help_has_the_commands_in_the_order_in_which_people_need_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = run_here(capsys, "--help").out
    commands = re.findall(r"^  ([a-z][a-z-]+)  ", shown, re.MULTILINE)
    assert commands == ["config", "workspaces", "jobs", "failures", "job-runs", "task-runs"]
    assert "5 some job runs could not be looked through" in " ".join(shown.split())


def test_help_lists_the_statuses_that_there_are() -> None:
    shown = run("task-runs", "list", "-h").out
    statuses = {*get_args(TaskRunStatus), *get_args(TaskRunStatusFilter)}
    assert f"One of {', '.join(sorted(statuses))}." in " ".join(shown.split())
    assert shown == run("task-runs", "list", "--help").out


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version") == (0, f"aidp-workbench {aidp_workbench.__version__}\n", "")


def test_help_imports_neither_the_client_nor_rich() -> None:
    code = (
        "import sys, atexit; from aidp_workbench.cli import main;"
        "sys.argv[1:] = ['task-runs', 'list', '--help'];"
        "heavy = {'httpx', 'aidp_workbench_api', 'rich'};"
        "atexit.register(lambda: print('imported', heavy & set(sys.modules))); main()"
    )
    assert run(command=(sys.executable, "-c", code)).lines[-1] == "imported set()"


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['typer'] = None; sys.argv[1:] = ['task-runs', 'list'];"
        "from aidp_workbench.cli import main; main()"
    )
    assert run(command=(sys.executable, "-c", code)) == (
        2,
        "",
        "aidp-workbench: error: the command line needs more packages: "
        "python3 -m pip install '.[cli]' in a clone of the repository\n",
    )


def test_the_shell_completes_commands_and_statuses() -> None:
    def completed(words: str) -> list[str]:
        code = (
            "import sys; sys.argv[0] = 'aidp-workbench'; import aidp_workbench.cli as c; c.main()"
        )
        return run(
            command=(sys.executable, "-c", code),
            _AIDP_WORKBENCH_COMPLETE="complete_bash",
            COMP_WORDS=words,
            COMP_CWORD=str(len(words.split(" ")) - 1),
        ).lines

    assert set(completed("aidp-workbench task-runs ")) == {*COMMANDS, "show", "output"}
    assert completed("aidp-workbench task-runs list --status CAN") == ["CANCELED", "CANCELING"]
    assert completed("aidp-workbench task-runs list --sort-o") == ["--sort-order"]
