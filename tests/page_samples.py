"""Job runs and task runs for pages, and what a browser reads in a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import html5lib
from aidp_workbench.cli.failures.workspace import failures_in
from aidp_workbench.cli.page.failures import Scope, failures_page
from aidp_workbench.cli.page.job_run import job_run_page
from aidp_workbench.cli.page.times import Clock
from aidp_workbench_api.models import JobRun, JobRunSummary, TaskRunSummary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aidp_workbench import WorkbenchError
    from aidp_workbench.cli.failures.workspace import Unread

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
SINCE = datetime(2026, 11, 25, 18, tzinfo=UTC)
PYTHON_TRACE = """Traceback (most recent call last):
  File "/Workspace/clean.py", line 18, in main
    frame["amount"]
KeyError: 'amount'"""


def milliseconds(hours: float) -> int:
    """Hours after the start of the window, as the service gives times."""
    return int((SINCE + timedelta(hours=hours)).timestamp() * 1000)


def job_run(key: str = "run-1", job: str = "nightly_load", **more: Any) -> JobRunSummary:
    described = {
        "key": key,
        "jobName": job,
        "jobKey": f"key of {job}",
        "state": {"status": "FAILED"},
        "startTime": milliseconds(1),
        "endTime": milliseconds(3),
    }
    return JobRunSummary.from_dict(described | more)


def task_run(key: str = "task-run-1", status: str = "FAILED", **more: Any) -> TaskRunSummary:
    """`trace` and `message` are those of the state."""
    state = {"status": status, "errorTrace": more.pop("trace", PYTHON_TRACE)}
    if message := more.pop("message", None):
        state["stateMessage"] = message
    described = {
        "key": key,
        "name": "clean",
        "taskKey": "clean",
        "jobRunKey": "run-1",
        "state": state,
        "startTime": milliseconds(1),
        "endTime": milliseconds(2),
    }
    return TaskRunSummary.from_dict(described | more)


def page_of(
    *found: tuple[JobRunSummary, TaskRunSummary | WorkbenchError | None],
    scope: Scope | None = None,
    utc: bool = True,
) -> str:
    """The page about what failed."""
    scope = scope or Scope("ocid1.aidataplatform.oc1.iad.a", "workspace-1", SINCE)
    unread: list[Unread] = []
    failures = list(failures_in(found, unread))
    return failures_page(failures, unread, scope, Clock(NOW, utc))


def page_of_job_run(task_runs: Sequence[TaskRunSummary], **more: Any) -> str:
    """The page about one job run."""
    described = {
        "key": "run-1",
        "name": "nightly_load of today",
        "jobName": "nightly_load",
        "jobKey": "job-1",
        "state": {"status": "FAILED"},
        "startTime": milliseconds(1),
        "endTime": milliseconds(3),
    }
    run = JobRun.from_dict(described | more)
    where = {"platform": "ocid1.aidataplatform.oc1.iad.a", "workspace": "workspace-1"}
    return job_run_page(run, task_runs, Clock(NOW, utc=True), **where)


def parsed(page: str) -> Element:
    """The document as a browser reads it. Raises for HTML that is not well-formed."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parse(page)
    assert isinstance(root, Element)
    return root


def found(root: Element, name: str, **attributes: str) -> list[Element]:
    """The elements of this name with these attributes; `class_` is one of the classes."""
    class_ = attributes.pop("class_", None)
    return [
        element
        for element in root.iter()
        if str(element.tag).rpartition("}")[2] == name
        and all(element.get(one) == value for one, value in attributes.items())
        and (class_ is None or class_ in (element.get("class") or "").split())
    ]


def text_of(element: Element) -> str:
    """What is read in it, on one line."""
    return " ".join("".join(element.itertext()).split())


def texts(elements: Iterable[Element]) -> list[str]:
    return [text_of(element) for element in elements]


def rows_of(root: Element) -> list[list[str]]:
    """The cells of the table of task runs."""
    (table,) = found(root, "table", class_="list")
    return [texts(found(row, "td")) for row in found(table, "tr") if found(row, "td")]
