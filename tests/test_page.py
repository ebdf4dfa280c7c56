"""Pages to open and to send: what they say, and how much of it."""

from __future__ import annotations

import pytest
from aidp_workbench import ServiceError, TransportError
from aidp_workbench.cli.page.failures import Scope
from aidp_workbench_api.errors import ResponseError

from tests.page_samples import (
    NOW,
    PYTHON_TRACE,
    SINCE,
    found,
    job_run,
    milliseconds,
    page_of,
    page_of_job_run,
    parsed,
    rows_of,
    task_run,
    text_of,
    texts,
)

BROKEN = TransportError("GET", "/private/path", 8, "the connection was closed", "secret.host")
CAUSE = "KeyError: 'amount'"


def test_a_page_counts_failures_causes_jobs_and_job_runs() -> None:
    page = parsed(
        page_of(
            (job_run("a"), task_run("1")),
            (job_run("a"), task_run("2", trace="KeyError: 'other'")),
            (job_run("b"), task_run("3", trace="MemoryError")),
            (job_run("c", "report"), task_run("4")),
        )
    )
    numbers = ["4 failures", "2 causes", "2 jobs", "3 job runs"]
    assert texts(found(page, "li", class_="number")) == numbers
    assert text_of(found(page, "title")[0]) == "4 failed since 2026-11-25 18:00:00Z"


def test_the_window_the_place_and_the_time_of_making_are_on_the_page() -> None:
    scope = Scope("ocid1.aidataplatform.oc1.iad.a", "w-1", SINCE, jobs=["load", "report"])
    page = parsed(page_of((job_run(), task_run()), scope=scope))
    header = text_of(found(page, "header")[0])
    assert header == (
        "What failed From 2026-11-25 18:00:00Z until 2026-11-26 09:00:00Z, when this page was made"
        " Platform ocid1.aidataplatform.oc1.iad.a Workspace w-1 Only jobs load, report"
    )
    footer = text_of(found(page, "footer")[0])
    assert footer.startswith("Made 2026-11-26 09:00:00Z by aidp-workbench ")
    assert footer.endswith("Times are UTC.")


def test_a_window_with_an_end_says_so() -> None:
    scope = Scope("p", "w", SINCE, until=NOW)
    page = parsed(page_of((job_run(), task_run()), scope=scope))
    assert text_of(found(page, "p", class_="lead")[0]).endswith("until 2026-11-26 09:00:00Z")


def test_local_times_have_their_offset() -> None:
    page = parsed(page_of((job_run(), task_run()), utc=False))
    (made,) = found(found(page, "footer")[0], "time")
    assert made.get("datetime") == "2026-11-26T09:00:00+00:00"
    local = NOW.astimezone().isoformat(sep=" ", timespec="seconds")
    assert text_of(made) == local
    assert "each with its offset" in text_of(found(page, "footer")[0])


def test_each_failure_is_a_row_with_its_keys_and_the_latest_comes_first() -> None:
    early = task_run("1", startTime=milliseconds(0.5), retryAttempt=2)
    page = parsed(page_of((job_run(), early), (job_run(), task_run("2", jobRunKey="nested"))))
    assert rows_of(page) == [
        ["FAILED", "2026-11-25 19:00:00Z", "1h00m", "nightly_loadnested", "clean2", CAUSE],
        ["FAILED", "2026-11-25 18:30:00Z", "1h30m", "nightly_loadrun-1", "clean retry 21", CAUSE],
    ]


def test_a_cause_has_its_jobs_and_its_trace_folded_and_rows_link_to_it() -> None:
    page = parsed(
        page_of(
            (job_run("a"), task_run("1")),
            (job_run("b", "report"), task_run("2")),
            (job_run("c"), task_run("3", trace="", message="Stopped after 7200 seconds.")),
        )
    )
    first, second = found(page, "article")
    assert text_of(found(first, "h3")[0]) == "2 × KeyError: 'amount'"  # noqa: RUF001
    assert "In nightly_load (1), report (1). Show them in the table" in text_of(first)
    (details,) = found(first, "details")
    assert details.get("open") is None
    assert "".join(found(details, "pre")[0].itertext()) == PYTHON_TRACE
    assert text_of(second).endswith("In nightly_load (1). Show it in the table")
    assert not found(second, "details")
    (table,) = found(page, "table", class_="list")
    links = [link.get("href") for link in found(table, "a")]
    assert links == ["#cause-1", "#cause-1", "#cause-2"]
    assert {article.get("id") for article in (first, second)} == {"cause-1", "cause-2"}


def test_a_message_that_says_more_than_the_trace_is_shown() -> None:
    page = parsed(page_of((job_run(), task_run(message="See the log of cluster 7."))))
    assert texts(found(page, "p", class_="message")) == ["See the log of cluster 7."]


def test_what_was_kept_from_running_is_in_the_table_and_not_counted() -> None:
    page = parsed(
        page_of(
            (job_run(), task_run("1")),
            (job_run(), task_run("2", "UPSTREAM_FAILED", trace="", startTime=None, endTime=None)),
            (job_run(), task_run("3", "CANCELED", trace="")),
        )
    )
    assert texts(found(page, "li", class_="number"))[0] == "1 failure"
    note = "Not counted as failures, but in the table: 1 UPSTREAM_FAILED, 1 CANCELED."
    assert note in texts(found(page, "p", class_="note"))
    assert sorted(row[0] for row in rows_of(page)) == ["CANCELED", "FAILED", "UPSTREAM_FAILED"]
    # What never ran stands where its job run ended.
    assert rows_of(page)[0][:3] == ["UPSTREAM_FAILED", "–", "–"]  # noqa: RUF001


def test_a_job_run_that_failed_without_a_task_run_is_a_failure() -> None:
    alone = job_run(state={"status": "TIMED_OUT", "stateMessage": "It took too long."})
    page = parsed(page_of((alone, None)))
    assert texts(found(page, "h3")) == ["1 × It took too long."]  # noqa: RUF001
    ((status, _, _, _, task, cause),) = rows_of(page)
    assert (status, task, cause) == ("TIMED_OUT", "none: the job run itself", "It took too long.")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BROKEN, "the connection was closed"),
        (
            ServiceError(500, "InternalError", "it broke", "id-1", "GET", "/private/path", 8),
            "500 InternalError: it broke [opc-request-id id-1]",
        ),
        (ResponseError("expected a list", "items"), "items: expected a list"),
    ],
)
def test_what_could_not_be_looked_through_comes_first(error: ServiceError, reason: str) -> None:
    html = page_of((job_run("a"), task_run()), (job_run("b", "report"), error))
    assert "secret.host" not in html
    assert "/private/path" not in html
    main = found(parsed(html), "main")[0]
    assert main[0].get("class") == "warning"
    assert text_of(main[0]) == (
        "Incomplete: 1 job run could not be looked through What failed in it may be missing on"
        f" this page. report b{reason}"
    )
    assert texts(found(main, "li", class_="warns")) == ["1 not looked through"]


def test_an_incomplete_search_without_a_failure_is_not_called_good() -> None:
    page = parsed(page_of(*((job_run(str(number)), BROKEN) for number in range(120))))
    assert not found(page, "p", class_="good")
    assert "No failure was found in what could be looked through." in text_of(page)
    warning = text_of(found(page, "section", class_="warning")[0])
    assert warning.startswith("Incomplete: 120 job runs could not be looked through")
    assert warning.endswith("and 20 more.")


def test_nothing_failed() -> None:
    page = parsed(page_of())
    assert texts(found(page, "p", class_="good")) == ["Nothing failed."]
    assert not found(page, "table")


def test_the_timeline_has_a_lane_for_each_job_and_stays_on_its_axis() -> None:
    before, open_end = milliseconds(-50), milliseconds(500)
    page = parsed(
        page_of(
            (job_run("a", "report"), task_run("1", startTime=before)),
            (job_run("b"), task_run("2", endTime=open_end)),
            (job_run("c"), task_run("3", startTime=None, endTime=milliseconds(15))),
            (job_run("d", "silent"), task_run("4", startTime=None, endTime=None)),
        )
    )
    lanes = found(page, "li", class_="lane")
    assert texts(found(page, "span", class_="label")) == ["nightly_load", "silent", "report"]
    assert text_of(lanes[1]) == "silent 1"
    (chart,) = found(page, "figure")
    for lane in (lanes[0], lanes[2]):
        for mark in found(lane, "rect"):
            x, width = (float((mark.get(one) or "").rstrip("%")) for one in ("x", "width"))
            assert 0 <= x <= x + width <= 100
            assert width >= 0.3
    assert "clean, FAILED, 2026-11-25 19:00:00" in text_of(lanes[0])
    assert texts(found(found(chart, "svg", class_="ticks")[0], "text")) == [
        "18:00", "21:00", "Nov 26", "03:00", "06:00", "09:00",
    ]  # fmt: skip


def test_a_page_without_times_has_no_timeline() -> None:
    page = parsed(page_of((job_run(), task_run(startTime=None, endTime=None))))
    assert not found(page, "figure")


def test_many_jobs_are_drawn_in_part_and_the_rest_is_said() -> None:
    runs = [(job_run(str(one), f"job {one}"), task_run(str(one))) for one in range(35)]
    page = parsed(page_of(*runs))
    assert len(found(page, "li", class_="lane")) == 30
    assert "5 more jobs with 5 of these are not drawn." in texts(found(page, "p", class_="note"))


def test_a_trace_of_a_megabyte_keeps_its_beginning_and_its_end() -> None:
    trace = "Traceback (most recent call last):\n" + "  File x\n" * 120_000 + "KeyError: 'end'"
    html = page_of((job_run(), task_run(trace=trace)))
    assert len(html) < 60_000
    shown = "".join(found(parsed(html), "pre")[0].itertext())
    assert shown.startswith("Traceback (most recent call last):\n  File x")
    assert shown.endswith("KeyError: 'end'")
    assert "… 1,060,050 characters of this trace are left out …" in shown


def test_many_failures_are_bounded_and_what_is_left_out_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("aidp_workbench.cli.page.failures.MOST_ROWS", 50)
    trace = "java.lang.IllegalStateException: {}\n" + "\tat com.example.Job.run\n" * 480
    words = [f"{chr(97 + one // 26)}{chr(97 + one % 26)}x" for one in range(105)]
    html = page_of(
        *((job_run(), task_run(str(n), trace=trace.format(word))) for n, word in enumerate(words))
    )
    assert len(html) < 1_250_000
    page = parsed(html)
    assert len(rows_of(page)) == 50
    assert len(found(page, "article")) == 100
    notes = texts(found(page, "p", class_="note"))
    assert "The 100 most frequent causes of 105 are shown." in notes
    assert "The table has the latest 50 of 105" in text_of(page)
    no_room = "This page has no room for more traces: list the task run to see this one."
    assert texts(found(page, "pre"))[-1] == no_room


def test_a_cause_with_many_traces_shows_the_most_frequent() -> None:
    traces = [f"MemoryError\nlist of {chr(97 + one)}" for one in range(8)]
    page = parsed(page_of(*((job_run(), task_run(str(n), trace=t)) for n, t in enumerate(traces))))
    assert texts(found(page, "summary")) == ["Trace of 1"] * 5
    assert "3 other, less frequent traces of this cause are not shown." in text_of(page)


def test_a_job_run_has_its_state_its_times_and_its_place() -> None:
    page = parsed(
        page_of_job_run(
            [task_run()],
            state={"status": "FAILED", "stateMessage": "1 task failed", "errorTrace": "at main"},
            launched="SCHEDULED",
            parentJobRunKey="outer",
            rootJobRunKey="outer",
            setupDuration=62_000,
            executionDuration=600_000,
        )
    )
    assert text_of(found(page, "title")[0]) == "nightly_load: FAILED"
    assert text_of(found(page, "header")[0]) == (
        "nightly_load FAILED · started 2026-11-25 19:00:00Z · ended 2026-11-25 21:00:00Z"
        " · took 2h00m (setup 1m02s, execution 10m00s)"
        " Job run run-1 Job job-1 In job run outer Workspace workspace-1"
        " Platform ocid1.aidataplatform.oc1.iad.a Launched SCHEDULED"
    )
    (state,) = found(page, "section", class_="cause")
    assert text_of(state) == "1 task failed Trace of the job runat main"


def test_attempts_and_repairs_of_a_job_run() -> None:
    first = task_run("1", startTime=milliseconds(1), endTime=milliseconds(1.2))
    second = task_run("2", "SUCCESS", trace="", startTime=milliseconds(2), retryAttempt=1)
    load = task_run("3", name="load", taskKey="load", trace="MemoryError")
    page = parsed(
        page_of_job_run(
            [first, second, load],
            repairHistory=[
                {"key": 0, "type": "ORIGINAL", "state": {"status": "FAILED"}},
                {"key": 1, "state": {"status": "SUCCESS"}, "repairedTasks": ["a", "b"]},
                {"type": "OTHER"},
            ],
        )
    )
    numbers = ["1 SUCCESS", "1 FAILED", "1 tried again", "2 repairs"]
    assert texts(found(page, "li", class_="number")) == numbers
    assert texts(found(page, "h3")) == ["1 × MemoryError"]  # noqa: RUF001
    assert [row[-1] for row in rows_of(page)] == [
        f"KeyError: 'amount'Trace{' '.join(PYTHON_TRACE.split())}",
        "",
        "MemoryError",
    ]
    (repairs,) = found(page, "section", **{"aria-labelledby": "repairs"})
    assert texts(found(repairs, "tr"))[1:] == [
        "original FAILED – –",  # noqa: RUF001
        "repair 1 SUCCESS – – a, b",  # noqa: RUF001
        "OTHER no status – –",  # noqa: RUF001
    ]


def test_the_task_run_that_the_job_run_names_is_the_one_that_counts() -> None:
    runs = [task_run("1"), task_run("2", "SUCCESS", trace="", startTime=milliseconds(2))]
    page = parsed(page_of_job_run(runs, taskToTaskRunMap={"clean": "1"}))
    assert texts(found(page, "li", class_="number")) == ["1 FAILED", "1 tried again"]


def test_the_timeline_of_a_job_run_shows_waits_ends_and_nested_job_runs() -> None:
    nested = {"jobRunKey": "nested", "parentJobRunKey": "run-1", "rootJobRunKey": "run-1"}
    page = parsed(
        page_of_job_run(
            [
                task_run("1", clusterValidationStartTime=milliseconds(0.9)),
                task_run("2", "RUNNING", trace="", name="load", taskKey="load", endTime=None),
                task_run("3", "QUEUED", trace="", taskKey="c", startTime=None, endTime=None),
                task_run("4", taskKey="d", name="inner", **nested),
            ]
        )
    )
    (chart,) = found(page, "figure")
    assert texts(found(chart, "li", class_="heading")) == ["job run run-1", "job run nested"]
    assert {"waits", "failed", "running", "critical", "open"} <= {
        kind for mark in found(chart, "rect") for kind in (mark.get("class") or "").split()
    }
    assert "QUEUED" in texts(found(chart, "text"))
    assert "Since 2026-11-25 18:54:00Z" in text_of(found(chart, "figcaption")[0])


def test_a_job_run_without_task_runs() -> None:
    page = parsed(page_of_job_run([], startTime=None, endTime=None, state=None))
    assert "It has no task runs." in text_of(page)
    assert text_of(found(page, "title")[0]) == "nightly_load: no status"
