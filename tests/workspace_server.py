"""A workspace of job runs and task runs, served as Oracle's service describes it, with faults."""

from __future__ import annotations

import re
import urllib.parse
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.scripted_server import Received, ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import Callable

# When the tests ask; the times of runs are hours before or after it.
NOW = datetime(2026, 4, 30, 12, tzinfo=UTC)


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def milliseconds(hours: float | None) -> int | None:
    return None if hours is None else round(at(hours).timestamp() * 1000)


def job_run(
    key: str,
    status: str | None,
    start: float,
    end: float | None = None,
    job: str = "job",
    **properties: Any,
) -> dict[str, Any]:
    """A job run as JSON, created when it started; times in hours from NOW."""
    return {
        "key": key,
        "name": f"name of {key}",
        "jobKey": job,
        "state": {"status": status},
        "startTime": milliseconds(start),
        "endTime": milliseconds(end),
        "timeCreated": at(start).isoformat(),
        "timeUpdated": at(start if end is None else end).isoformat(),
        **properties,
    }


def task_run(
    key: str,
    status: str | None,
    start: float | None = None,
    end: float | None = None,
    *,
    task: str | None = None,
    **properties: Any,
) -> dict[str, Any]:
    """A task run as JSON; the workspace adds its job run key."""
    return {
        "key": key,
        "taskKey": task or key,
        "retryAttempt": 0,
        "state": {"status": status},
        "startTime": milliseconds(start),
        "endTime": milliseconds(end),
        **properties,
    }


class Workspace:
    """Answers requests for job runs and task runs.

    Attributes:
        job_runs: All of them, in any order.
        task_runs: Those of each job run, by its key.
        page_size: Most items on a page, however many are requested.
        fault: Gives an answer for a request that goes wrong; `None` for one that does not.
    """

    def __init__(self) -> None:
        self.job_runs: list[dict[str, Any]] = []
        self.task_runs: dict[str, list[dict[str, Any]]] = {}
        self.page_size = 1000
        self.fault: Callable[[Received], bytes | None] = lambda _: None

    def add(self, job_run: dict[str, Any], *task_runs: dict[str, Any]) -> None:
        self.job_runs.append(job_run)
        self.task_runs[job_run["key"]] = [{"jobRunKey": job_run["key"]} | one for one in task_runs]

    def serve(self) -> ScriptedServer:
        return ScriptedServer(self.answer)

    def answer(self, received: Received) -> bytes:
        if (wrong := self.fault(received)) is not None:
            return wrong
        path, _, query = received.target.partition("?")
        given = urllib.parse.parse_qs(query)
        if path.endswith("/taskRuns"):
            return self._page(self.task_runs[given["jobRunKey"][0]], given)
        if path.endswith("/jobRuns"):
            return self._page(self._matching(given), given)
        key = re.findall("/jobRuns/([^/]+)$", path)[0]
        return answer(200, next(one for one in self.job_runs if one["key"] == key))

    def _matching(self, given: dict[str, list[str]]) -> list[dict[str, Any]]:
        def created(job_run: dict[str, Any]) -> datetime:
            return datetime.fromisoformat(job_run["timeCreated"])

        first, last = (
            datetime.fromisoformat(given.get(f"timeCreated{name}ThanOrEqualTo", [limit])[0])
            for name, limit in (("Greater", "0001-01-02T00:00:00Z"), ("Less", "9999-01-01T00:00Z"))
        )
        jobs = given.get("jobKey")
        matching = [
            one
            for one in self.job_runs
            if first <= created(one) <= last and (not jobs or one["jobKey"] in jobs)
        ]
        return sorted(matching, key=created, reverse=given.get("sortOrder") != ["ASC"])

    def _page(self, items: list[dict[str, Any]], given: dict[str, list[str]]) -> bytes:
        start = int(given.get("page", ["0"])[0])
        end = start + min(self.page_size, int(given["limit"][0]))
        token: dict[str, Any] = {"opc_next_page": str(end)} if end < len(items) else {}
        return answer(200, {"items": items[start:end]}, **token)
