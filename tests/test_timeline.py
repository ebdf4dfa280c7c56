"""`task-runs timeline`: what is drawn of a job run, in characters and as a picture."""

from __future__ import annotations

import os
import re
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest
from aidp_workbench import connect
from aidp_workbench.cli.connection import Workspace
from aidp_workbench.cli.output.status_style import StatusStyle, style_of
from aidp_workbench.cli.output.text import width
from aidp_workbench.cli.output.times import written_time
from aidp_workbench.cli.timeline.axis import ticks
from aidp_workbench.cli.timeline.draw import check_out
from aidp_workbench.cli.timeline.draw import draw as draw_timeline
from aidp_workbench.cli.timeline.picture import as_html, as_png, as_svg
from aidp_workbench.cli.timeline.text import drawn
from aidp_workbench.cli.timeline.timeline import Timeline, timeline
from aidp_workbench_api.models import TaskRunStatus, TaskRunSummary
from typer import BadParameter, Exit

from tests.scripted_server import ScriptedServer, answer
from tools.service.data import sample_workspace

START = 1_777_514_400_000  # 2026-04-30T02:00:00Z
NOW = datetime(2026, 4, 30, 2, 30, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def run(
    name: str | None,
    start: float | None = None,
    end: float | None = None,
    status: str | None = "SUCCESS",
    **properties: Any,
) -> TaskRunSummary:
    """A task run that goes from one minute to another."""
    times = {"startTime": start, "endTime": end}
    given = {key: int(START + at * 60_000) for key, at in times.items() if at is not None}
    state = {"state": {"status": status}} if status else {}
    names = {"name": name, "taskKey": name, "jobRunKey": "job"}
    return TaskRunSummary.from_dict(names | given | state | properties)


def drawing(*runs: TaskRunSummary, **options: Any) -> Timeline:
    return timeline(runs, **{"now": NOW} | options)


def lines(found: Timeline, columns: int = 80, encoding: str = "utf-8") -> list[str]:
    since = "2026-04-30 02:00:00Z"
    return [line.plain for line in drawn(found, columns=columns, since=since, encoding=encoding)]


def critical(found: Timeline) -> list[str]:
    return [bar.name for bar in found.bars if bar.is_critical]


def test_the_critical_stretch_is_what_ended_last_before_each_began() -> None:
    runs = [
        run("last", 10, 20), run("long but early", 0, 8), run("before", 6, 9.5), run("first", 1, 6),
        run("too late", 9, 11), run("short", 0, 2),
    ]  # fmt: skip
    found = drawing(*runs)
    assert critical(found) == ["first", "before", "last"]
    assert found.critical == "what determines the end: 3 task runs, 18m30s in all, 30s between them"


def test_the_critical_stretch_of_what_still_goes_on_ends_now() -> None:
    found = drawing(
        run("done", 0, 29), run("late", 20, None, "RUNNING"), run("x", 5, None, "RUNNING")
    )
    assert critical(found) == ["x"]


def test_bars_without_length_do_not_make_the_critical_stretch_loop() -> None:
    moment = [run(str(number), 5, 5) for number in range(4)]
    assert critical(drawing(*moment)) == ["0", "1", "2", "3"]
    assert critical(drawing(*moment, run("after", 5, 6))) == ["0", "1", "2", "3", "after"]
    assert critical(drawing(*moment, run("before", 0, 5))) == ["before"]


def test_rows_are_in_the_order_of_their_beginning_with_retries_under_their_task() -> None:
    runs = [
        run("b", 5, 6, retryAttempt=1), run("never", status="SKIPPED"), run("c", 3, 4),
        run("b", 1, 2, "FAILED", retryAttempt=0), run("a", 0, 9), run("d", 7, 8, retryAttempt=2),
    ]  # fmt: skip
    labels = [row.label for row in drawing(*runs).rows()]
    assert labels == ["a", "b", "  retry 1", "c", "d, retry 2", "never"]


def test_a_failure_that_was_retried_looks_different_from_one_that_counts() -> None:
    runs = [
        run("a", 0, 1, "FAILED", retryAttempt=0), run("a", 1, 2, "TIMED_OUT", retryAttempt=1),
        run("b", 0, 1, "FAILED"), run("c", 0, 1, None), run("d", 0, 1, "SOMETHING_NEW"),
    ]  # fmt: skip
    styles = {(bar.name, bar.attempt): bar.style for bar in drawing(*runs).bars}
    assert styles == {
        ("a", 0): StatusStyle.RETRIED,
        ("a", 1): StatusStyle.FAILED,
        ("b", 0): StatusStyle.FAILED,
        ("c", 0): StatusStyle.UNKNOWN,
        ("d", 0): StatusStyle.UNKNOWN,
    }
    assert StatusStyle.UNKNOWN not in {style_of(status) for status in get_args(TaskRunStatus)}


def test_nested_job_runs_are_indented_below_their_parent() -> None:
    runs = [
        run("grandchild", 2, 3, jobRunKey="g", parentJobRunKey="c", rootJobRunKey="job"),
        run("child", 1, 3, jobRunKey="c", parentJobRunKey="job", rootJobRunKey="job"),
        run("orphan", 1, 3, jobRunKey="o", parentJobRunKey="elsewhere", rootJobRunKey="job"),
        run("main", 0, 4, parentJobRunKey=None),
        run("other", 0, 4, jobRunKey="an other job run", rootJobRunKey="an other job run"),
    ]
    assert [row.label for row in drawing(*runs).rows()] == [
        "job run job", "  main",
        "  job run c", "    child",
        "    job run g", "      grandchild",
        "  job run o", "    orphan",
        "job run …ther job run", "  other",
    ]  # fmt: skip


def test_job_runs_that_are_nested_in_each_other_are_drawn_all_the_same() -> None:
    runs = [
        run("a", 0, 1, jobRunKey="a", parentJobRunKey="b"),
        run("b", 0, 1, jobRunKey="b", parentJobRunKey="a"),
    ]
    assert len(drawing(*runs).bars) == 2


def test_bars_in_characters() -> None:
    runs = [
        run("load", 1, 10, clusterValidationStartTime=START),
        run("check", 10, 20),
        run("aside", 2, 6, "FAILED", retryAttempt=0),
        run("aside", 7, 9, "CANCELED", retryAttempt=1),
        run("going", 15, None, "RUNNING"),
        run("waits", None, None, "PENDING", clusterValidationStartTime=START + 1_200_000),
        run("later", None, None, "BLOCKED"),
    ]
    assert lines(drawing(*runs, now=NOW - timedelta(minutes=5)), 60) == [
        "7 task runs in 25m00s so far: 2 SUCCESS, 1 FAILED, 1 CANCELED, 1 RUNNING, 1 PENDING, 1 "
        "BLOCKED",
        "◆ what determines the end: 2 task runs, 20m00s in all, 5m00s between them",
        "",
        "              since 2026-04-30 02:00:00Z",
        "              0          10m        20m",
        "◆ load        ·███████████          ┊        9m00s  SUCCESS",
        "  aside       ┊ ▒▒▒▒▒    ┊          ┊        4m00s  FAILED",
        "    ↳ retry 1 ┊      ▒▒▒▒┊          ┊        2m00s  CANCELED",
        "  check       ┊          ▒▒▒▒▒▒▒▒▒▒▒▒       10m00s  SUCCESS",
        "◆ going       ┊          ┊    ███████████▶ 10m00s+  RUNNING",
        "  waits       ┊          ┊          ·····▶  5m00s+  PENDING",
        "  later       ┊          ┊          ┊               BLOCKED",
        "",
        "█ determines the end   ▒ does not   · waits for its cluster",
        "▶ still going",
    ]


def test_ascii_where_the_encoding_has_nothing_better() -> None:
    runs = [run("数据", 0, 10), run("Ä…", 10, None, "RUNNING"), run("n" * 80, 1, 2, "NEW_数")]
    found = lines(drawing(*runs), encoding="ascii")
    assert "".join(found).isascii()
    assert any(line.startswith(r"* \u6570\u636e ") and "###" in line for line in found)
    assert any("~ " in line for line in found)


WIDE = [
    "数据清洗" * 20,
    "publish 🚀 dashboards 👩\u200d💻",
    "Cafe\u0301 re\u0301sume\u0301",
    "❤️" * 30,
    "تحميل البيانات",
    "a\x1b[2J\nb\u202e",
    "$\\frac{1}{0}$ & <b % {x}",
    "",
    " ",
    "\U000e0001" * 90,
    "x" * 5000,
    "\ud800",
]


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp437"])
def test_no_name_is_too_wide_or_breaks_a_line(columns: int, encoding: str) -> None:
    runs = [run(name, 1, 2 + number, "RUNNING") for number, name in enumerate(WIDE)]
    runs += [run(name, None, None, "S" * 50) for name in WIDE]
    found = lines(drawing(*runs), columns, encoding)
    chart = found[found.index("") + 1 :]
    for line in chart:
        assert width(line.replace("\u200e", "")) <= max(columns, 36)
        assert line.replace("\u200e", "").isprintable()
        line.encode(encoding)
    # The bars begin in the same column, however wide the terminal takes the names for.
    bars = [re.split("[█#▒=▶>]", line)[0] for line in chart if "RUNNING" in line or "RUNN" in line]
    assert len({width(bar.replace("\u200e", "")) for bar in bars if bar}) == 1


def test_a_picture_has_a_hover_title_for_each_bar_and_its_text_is_text() -> None:
    runs = [run(name, 1, 2 + number) for number, name in enumerate(WIDE[:-1])]
    root = ET.fromstring(as_svg(drawing(*runs), title="A & <b", since="then"))
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert titles[0].startswith("A & <b. 11 task runs in 11m00s")
    assert len(titles) == 12
    assert "数据清洗" * 20 in titles[1]
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {
        "A & <b",
        "$\\frac{1}{0}$ & <b % {x}",
        r"a\x1b[2J\nb\u202e",
        "تحميل البيانات",
    } <= texts


def test_the_same_task_runs_give_the_same_picture() -> None:
    found = timeline(sample(20)[:20], now=NOW)
    first, second = (as_svg(found, title="t", since="s") for _ in range(2))
    assert first == second
    assert not re.search(r"<metadata|\d{4}-\d\d-\d\dT", first)


def test_a_page_stands_alone() -> None:
    page = as_html(drawing(run("a", 0, 1)), title="<&>", since="then")
    assert page.startswith("<!doctype html>")
    assert "<title>&lt;&amp;&gt;</title>" in page
    assert not re.search(r"<\?xml|<!DOCTYPE svg|src=|<script|<link", page)


def sample(task_runs: int) -> list[TaskRunSummary]:
    jobs = sample_workspace(task_runs).job_runs.values()
    return [TaskRunSummary.from_dict(one) for job in jobs for one in job]


def pictures(found: Timeline) -> None:
    assert as_png(found, title="t", since="s").startswith(b"\x89PNG")
    ET.fromstring(as_svg(found, title="t", since="s"))


NOTHING: list[list[TaskRunSummary]] = [[], [run("a")], [run(None, None, None, None)]]


@pytest.mark.parametrize("runs", [*NOTHING, [run("a", 0, 1)], [run("a", 0, 0)]])
def test_little_can_be_drawn_too(runs: list[TaskRunSummary]) -> None:
    found = timeline(runs, now=NOW)
    assert lines(found)[0].startswith(f"{len(runs)} task run")
    pictures(found)


@pytest.mark.slow
def test_of_very_many_the_critical_and_the_longest_are_drawn_and_the_rest_is_counted() -> None:
    many = [run(f"t{number}", 10, 10.1 + number / 1000) for number in range(1000)]
    chain = [run("first", 0, 0.1, "FAILED"), run("second", 1, 2), run("zlast", 12, 12.1)]
    found = timeline([*many, *chain, run("none", None, None, "SKIPPED")], now=NOW)
    names = [bar.name for bar in found.bars]
    assert len(names) == 300
    assert {"first", "second", "zlast", "t999", "t703"} <= {*names}
    assert "t702" not in names
    assert found.summary.startswith("1,004 task runs in 12m06s: 1,002 SUCCESS, 1 FAILED, 1 SKIPPED")
    assert found.notes == [
        "704 of 1,004 task runs left out, short ones that are not critical first: "
        "703 SUCCESS, 1 SKIPPED"
    ]
    assert found.notes[0] in lines(found)
    assert "704 of 1,004 task runs left out" in as_svg(found, title="t", since="s")


def test_a_very_long_critical_stretch_leaves_room_for_others() -> None:
    chain = [run(f"c{number}", number, number + 1) for number in range(1000)]
    found = timeline([*chain, run("aside", 1, 900.5)], now=NOW)
    assert len(critical(found)) == 299
    assert "aside" in [bar.name for bar in found.bars]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/Los_Angeles"])
def test_the_last_moment_that_there_is_can_be_drawn(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        last = {"startTime": 253402300799999, "endTime": 253402300799999, "taskKey": "t"}
        found = timeline([TaskRunSummary.from_dict(last)], now=NOW)
        assert written_time(found.begin, utc=False).startswith("9999-12-31")
        assert lines(found)[0] == "1 task run in 0.0s so far: 1 no status"
        pictures(found)
    finally:
        monkeypatch.undo()
        time.tzset()


ABSURD: list[dict[str, Any]] = [
    {"startTime": 10**400},
    {"startTime": START, "endTime": 10**400},
    {"startTime": 0, "endTime": 253402300799999},
    {"startTime": START, "endTime": START - 60_000},
    {"startTime": -1, "endTime": -2, "clusterValidationStartTime": -3},
    {"startTime": START, "clusterValidationStartTime": START + 999_999},
    {"clusterValidationStartTime": START, "endTime": START + 1000},
    {"startTime": 253402300799999, "state": {"status": "RUNNING"}},
    {"startTime": 253402300799999, "endTime": 253402300799999},
    {"startTime": 253402300799999, "clusterValidationStartTime": 0},
    {"startTime": START, "endTime": 0, "state": {"status": "RUNNING"}},
    {"retryAttempt": -5},
    {"retryAttempt": 10**30, "startTime": START},
    {"name": 7, "taskKey": [], "key": {}, "state": None},
]


@pytest.mark.parametrize("absurd", [*([one] for one in ABSURD), ABSURD])
def test_absurd_task_runs_are_drawn_as_well_as_can_be(absurd: list[dict[str, Any]]) -> None:
    runs = [
        TaskRunSummary.from_dict({"taskKey": f"t{number}", "state": {"status": "FAILED"}} | one)
        for number, one in enumerate(absurd)
    ]
    found = timeline([*runs, run("sane", 0, 1)], now=NOW)
    assert len(found.bars) == len(runs) + 1
    assert len(lines(found)) > len(runs)
    if len(runs) > 1:
        pictures(found)


def test_the_wait_since_long_ago_does_not_squeeze_everything_else() -> None:
    runs = [run("a", 0, 10), run("b", 5, None, "RUNNING")]
    found = drawing(*runs, now=NOW + timedelta(days=200))
    assert found.end == datetime(2026, 4, 30, 2, 12, 30, tzinfo=UTC)
    assert found.notes == ["the axis ends before now, or else nothing but the wait could be seen"]
    (bar,) = (bar for bar in found.bars if bar.is_open)
    assert bar.lasted == "200d00h+"
    pictures(found)


@pytest.mark.parametrize(
    ("minutes", "labels"),
    [
        (0.1, ["0", "1s", "2s", "3s", "4s", "5s", "6s"]),
        (45, ["0", "10m", "20m", "30m", "40m"]),
        (150, ["0", "30m", "1h", "1h30m", "2h", "2h30m"]),
        (60 * 24 * 3, ["0", "12h", "1d", "1d12h", "2d", "2d12h", "3d"]),
    ],
)
def test_ticks_are_round(minutes: float, labels: list[str]) -> None:
    assert [label for _, label in ticks(timedelta(minutes=minutes), 7)] == labels


@pytest.mark.parametrize("span", [timedelta(microseconds=1), timedelta(days=2_900_000)])
def test_no_span_has_too_many_ticks(span: timedelta) -> None:
    assert len(ticks(span, 5)) <= 7


def draw(config_file: Path, out: Path | None = None) -> None:
    items = [run("a", 0, 1).to_dict(), run("b", 1, 3).to_dict()]
    with (
        ScriptedServer(answer(200, {"items": items})) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        draw_timeline(Workspace(client, "p", "w"), "job-\x1b-run", out, utc=True)
    assert "sortOrder=ASC" in server.requests[0].target


def test_without_a_file_it_is_printed(
    config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw(config_file)
    out = capsys.readouterr().out
    assert "since 2026-04-30 02:00:00Z" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("kind", ["svg", "PNG", "html"])
def test_with_a_file_it_is_drawn_there(
    config_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    out = tmp_path / f"run.{kind}"
    draw(config_file, check_out(str(out)))
    first = {"svg": b"<svg", "PNG": b"\x89PNG", "html": b"<!doctype"}[kind]
    assert out.read_bytes().startswith(first)
    assert capsys.readouterr().out == f"{out}: 2 task runs in 3m00s: 2 SUCCESS\n"


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder.svg").mkdir()
    (tmp_path / "file").write_text("")
    for out in ("lost/run.svg", "file/run.svg"):
        with pytest.raises(FileNotFoundError, match="no such folder"):
            check_out(str(tmp_path / out))
    with pytest.raises(IsADirectoryError, match="it is a folder"):
        check_out(str(tmp_path / "folder.svg"))
    monkeypatch.chdir(tmp_path)
    assert check_out("run.svg") == Path("run.svg")
    # Root may write anywhere.
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    with pytest.raises(PermissionError, match="no permission to write"):
        check_out(str(tmp_path / "run.svg"))


@pytest.mark.parametrize("out", ["run", "run.pdf", "svg", ".svg/run"])
def test_a_file_that_is_no_picture_is_refused(out: str) -> None:
    with pytest.raises(BadParameter, match=r"must end in \.svg, \.png, \.html"):
        check_out(out)


def test_without_matplotlib_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(Exit) as caught:
        check_out("run.svg")
    assert caught.value.exit_code == 2
    assert capsys.readouterr().err == (
        "aidp-workbench: error: --out needs more packages: "
        "python3 -m pip install '.[timeline]' in a clone of the repository\n"
    )
