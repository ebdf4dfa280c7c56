"""Pages as people see and use them: in a window and on a phone, with and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aidp_workbench import TransportError

from tests.page_samples import job_run, milliseconds, page_of, page_of_job_run, task_run
from tests.test_page_security import ATTACKS, pages_with

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Windows

BROKEN = TransportError("GET", "/path", 8, "the connection was closed", "host")
STEP = 100  # rows at a time
CONTRAST = """(selector) => {
  const luminance = (text) => {
    const parts = text.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const element = document.querySelector(selector);
  const background = (one) => getComputedStyle(one).backgroundColor;
  let behind = element;
  while (background(behind) === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
  const [one, other] = [getComputedStyle(element).color, background(behind)]
    .map(luminance).sort((a, b) => b - a);
  return (one + 0.05) / (other + 0.05);
}"""


def sample() -> str:
    """Three failures for two causes, and a job run that could not be looked through."""
    short = task_run("one", endTime=milliseconds(1.5))
    long = task_run("two", startTime=milliseconds(2), endTime=milliseconds(9))
    return page_of(
        (job_run("a"), short),
        (job_run("b", "report"), long),
        (job_run("c"), task_run("three", "TIMED_OUT", trace="MemoryError")),
        (job_run("d"), BROKEN),
    )


def sample_job_run() -> str:
    retried = task_run("1", endTime=milliseconds(1.2))
    again = task_run("2", startTime=milliseconds(1.5), retryAttempt=1)
    load = task_run("3", "SUCCESS", trace="", name="load", taskKey="load")
    repairs = [{"key": 0}, {"key": 1, "repairedTasks": ["clean"]}]
    return page_of_job_run([retried, again, load], repairHistory=repairs)


def task_runs(page: Page) -> list[str]:
    """The keys of the task runs in the table, as it shows them."""
    return page.locator(".list tbody td[data-label=Task] .key").all_inner_texts()


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("columnheader", name=name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_the_screen_and_can_be_read(windows: Windows, width: int, scheme: str) -> None:
    for html in (sample(), sample_job_run(), *pages_with("x" * 5_000), *pages_with(" long" * 99)):
        page = windows.show(html, width, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for selector in ("body", "h2", ".key", ".number", "footer", "table a", "summary"):
            if page.locator(selector).count():
                assert page.evaluate(CONTRAST, selector) >= 4.5, selector


def test_the_scheme_of_the_reader_is_followed(windows: Windows) -> None:
    pages = [windows.show(sample(), color_scheme=scheme) for scheme in ("light", "dark")]
    light, dark = (
        page.evaluate("getComputedStyle(document.body).backgroundColor") for page in pages
    )
    assert light == "rgb(255, 255, 255)"
    assert dark != light


def test_what_is_incomplete_is_seen_without_scrolling(windows: Windows) -> None:
    page = windows.show(sample(), 390)
    box = page.get_by_role("region", name="Incomplete: 1 job run").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900


def test_columns_sort_by_what_they_mean_with_the_mouse_and_with_the_keyboard(
    windows: Windows,
) -> None:
    page = windows.show(sample())
    assert task_runs(page) == ["two", "one", "three"]
    page.get_by_role("button", name="Took").click()
    assert heading(page, "Took").get_attribute("aria-sort") == "ascending"
    assert task_runs(page) == ["one", "three", "two"]
    page.get_by_role("button", name="Took").press("Enter")
    assert heading(page, "Took").get_attribute("aria-sort") == "descending"
    assert task_runs(page) == ["two", "three", "one"]
    page.get_by_role("button", name="Job").press("Space")
    assert heading(page, "Took").get_attribute("aria-sort") is None
    assert task_runs(page)[-1] == "two"


def test_the_table_filters_by_words_status_and_cause(windows: Windows) -> None:
    page = windows.show(sample())
    search = page.get_by_role("searchbox", name="Search")
    search.fill("nightly THREE")
    assert task_runs(page) == ["three"]
    assert page.get_by_role("status").inner_text() == "1 of 3"
    search.fill("")
    page.get_by_role("combobox", name="Status").select_option("FAILED")
    assert task_runs(page) == ["two", "one"]
    page.get_by_role("combobox", name="Cause").select_option(index=2)
    assert task_runs(page) == []
    page.get_by_role("link", name="Show it in the table").click()
    assert task_runs(page) == ["three"]
    assert page.url.endswith("#runs")


def test_traces_unfold_one_by_one_and_together(windows: Windows) -> None:
    page = windows.show(sample())
    traces = page.locator("pre")
    assert not traces.first.is_visible()
    page.locator("summary").first.press("Enter")
    assert traces.first.is_visible()
    assert not traces.last.is_visible()
    page.get_by_role("button", name="Open all traces").click()
    assert traces.last.is_visible()
    page.get_by_role("button", name="Close all traces").click()
    assert not traces.first.is_visible()


def test_thousands_of_failures_are_shown_a_part_at_a_time(windows: Windows) -> None:
    many = [(job_run(), task_run(f"run-{number}")) for number in range(5_000)]
    page = windows.show(page_of(*many))
    rows = page.locator(".list tbody tr")
    assert rows.count() == STEP
    page.get_by_role("button", name="Show 100 more").click()
    assert rows.count() == 2 * STEP
    page.get_by_role("searchbox", name="Search").fill("run-4999")
    assert task_runs(page) == ["run-4999"]
    assert page.get_by_role("status").inner_text() == "1 of 5,000"
    page.get_by_role("searchbox", name="Search").fill("")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == 5_000
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert rows.count() == STEP


def test_without_javascript_everything_is_there(windows: Windows) -> None:
    many = [(job_run(), task_run(str(number))) for number in range(STEP + 50)]
    page = windows.show(page_of(*many), java_script_enabled=False)
    rows = page.locator(".list tbody tr")
    assert rows.count() == STEP + 50
    assert rows.last.is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.get_by_role("button").count() == 0
    page.locator("summary").click()
    assert page.locator("pre").is_visible()


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_an_attack_does_nothing(windows: Windows, text: str) -> None:
    for html in pages_with(text):
        page = windows.show(html)
        assert page.locator("main").is_visible()
        assert page.get_by_role("searchbox").is_visible()


def test_should_a_script_get_onto_a_page_the_browser_refuses_to_run_it(windows: Windows) -> None:
    smuggled = (
        "<script>document.title = 'broken'</script><style>main { display: none }</style>"
        "<b id='b' onclick='document.title = 1'>x</b><img src='https://127.0.0.1/x.png'>"
    )
    page = windows.show(sample().replace("</h1>", f"</h1>{smuggled}"))
    page.locator("#b").click()
    assert page.title() == "3 failed since 2026-11-25 18:00:00Z"
    assert page.locator("main").is_visible()
    refused, windows.problems[:] = list(windows.problems), []
    refusals = [one for one in refused if "Content Security Policy" in one]
    assert len(refusals) == 4
    # Chromium names a request also if it refuses to send it.
    assert set(refused) - set(refusals) == {"request: https://127.0.0.1/x.png"}
