"""What the data source lists, by its options and by the filters that Spark hands down.

A condition narrows what the service is asked for, and is checked again for each row, so that it
need not be asked for exactly that.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from aidp_workbench_api.api.job_runs import get_job_run, list_job_runs
from aidp_workbench_api.models import TaskRunStatusFilter
from attrs import evolve, field, frozen

from .. import fetch, paginate, unique
from ..errors import ArgumentError, WorkbenchError
from ..tables.columns import compute, pa
from .connection import checked, opened
from .listings import described

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATUS, JOB_RUN, JOB, CREATED = "state_status", "job_run_key", "job_key", "job_run_time_created"
COLUMNS = (STATUS, JOB_RUN, JOB, CREATED)
_COMPARE: dict[str, Any] = {
    "<": compute.less, "<=": compute.less_equal, "=": compute.equal,
    ">": compute.greater, ">=": compute.greater_equal,
}  # fmt: skip
_LISTS = {"status": STATUS, "job_run": JOB_RUN, "job": JOB}
_TIMES = {"since": (">=", CREATED), "until": ("<=", CREATED)}
_CONNECTION = ("region", "profile", "config_file", "auth", "base_url", "api_version")
_NUMBERS = {"partitions": int, "concurrency": int, "rate": float}


@frozen
class Condition:
    """Rows whose column compares so with a value: `in` a list, `is` not null, `<`, `=` …"""

    operator: str
    column: str
    value: Any = None

    def holds(self, column: Any) -> Any:
        """Where it holds, as an array of booleans; never for null."""
        if self.operator == "is":
            return compute.is_valid(column)
        if self.operator == "in":
            return compute.is_in(column, value_set=pa.array(self.value, column.type))
        found = _COMPARE[self.operator](column, pa.scalar(self.value, column.type))
        return compute.fill_null(found, False)


@frozen
class JobRunFacts:
    """A job run whose task runs are listed, or why it cannot be found."""

    key: str
    job_key: str | None = None
    job_name: str | None = None
    created: datetime | None = None
    error: dict[str, Any] | None = None


@frozen
class Query:
    """What is to be listed; it travels to executors."""

    platform: str
    workspace: str
    connection: Mapping[str, Any]
    conditions: tuple[Condition, ...] = ()
    partitions: int = field(default=8)
    concurrency: int | None = None
    rate: float | None = None

    @classmethod
    def of(cls, options: Mapping[str, str]) -> Query:
        """The query that options describe. Raises ArgumentError."""
        given = {name.lower(): value for name, value in options.items()}
        required: dict[str, Any] = {name: given.pop(name, "") for name in ("platform", "workspace")}
        if missing := [name for name, value in required.items() if not value]:
            raise ArgumentError(f"the option {missing[0]} is missing")
        connection = checked({one: given.pop(one) for one in _CONNECTION if one in given})
        conditions = [
            Condition("in", column, [one.strip() for one in given.pop(name).split(",")])
            for name, column in _LISTS.items()
            if name in given
        ] + [
            Condition(*condition, _time(name, given.pop(name)))
            for name, condition in _TIMES.items()
            if name in given
        ]
        numbers: dict[str, Any] = {
            name: _number(name, given.pop(name), kind)
            for name, kind in _NUMBERS.items()
            if name in given
        }
        if given:
            known = ["platform", "workspace", *_CONNECTION, *_LISTS, *_TIMES, *_NUMBERS]
            raise ArgumentError(f"there is no option {min(given)}; there are {', '.join(known)}")
        return cls(**required, connection=connection, conditions=tuple(conditions), **numbers)

    def where(self, conditions: Iterable[Condition]) -> Query:
        """The query with more conditions."""
        return evolve(self, conditions=(*self.conditions, *conditions))

    def one_of(self, column: str) -> list[str] | None:
        """The values that a column may have; None if it may have any."""
        allowed: set[str] | None = None
        for one in self._on(column):
            if one.operator == "in":
                values = {*one.value}
                allowed = values if allowed is None else allowed & values
        return None if allowed is None else sorted(allowed)

    @property
    def task_run_arguments(self) -> dict[str, Any]:
        """The arguments of `list_task_runs` that are the same for all job runs."""
        found: dict[str, Any] = {**self._where, "limit": 1000}
        statuses = self.one_of(STATUS)
        if statuses and {*statuses} <= {*get_args(TaskRunStatusFilter)}:
            found["status"] = statuses
        return found

    def job_runs(self) -> list[JobRunFacts]:
        """The job runs whose task runs are to be listed. Raises WorkbenchError."""
        keys, jobs, statuses = map(self.one_of, (JOB_RUN, JOB, STATUS))
        if [] in (keys, jobs, statuses):
            return []
        with opened(self.connection, self.rate) as client:
            if keys is not None:
                with ThreadPoolExecutor(self.concurrency or 32) as pool:
                    runs = pool.map(partial(self._job_run, client), keys)
                    return [one for one in runs if one.error or not jobs or one.job_key in jobs]
            limits: dict[str, Any] = {"job_key": jobs} if jobs else {}
            since = [one.value for one in self._on(CREATED) if one.operator in (">", ">=", "=")]
            until = [one.value for one in self._on(CREATED) if one.operator in ("<", "<=", "=")]
            if since:
                limits["time_created_greater_than_or_equal_to"] = max(since)
            if until:  # a time of ours may be cut
                until_ = min(until) + timedelta(microseconds=1)
                limits["time_created_less_than_or_equal_to"] = until_
            found = paginate(list_job_runs, **self._where, **limits, limit=1000, client=client)
            return [_facts(one) for one in unique(found)]

    def _job_run(self, client: Any, key: str) -> JobRunFacts:
        try:
            run = fetch(get_job_run, **self._where, job_run_key=key, client=client)
        except WorkbenchError as error:
            return JobRunFacts(key, error=described(error))
        return _facts(run)

    @property
    def _where(self) -> dict[str, Any]:
        return {"ai_data_platform_id": self.platform, "workspace_key": self.workspace}

    def _on(self, column: str) -> list[Condition]:
        return [one for one in self.conditions if one.column == column]


def _facts(run: Any) -> JobRunFacts:
    found = (run.job_key, run.job_name, run.time_created)
    return JobRunFacts(run.key, *(one or None for one in found))


def _time(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentError(f"{name} must be a time such as 2026-04-30, not {text!r}") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(name: str, text: str, kind: type[int] | type[float]) -> Any:
    try:
        found = kind(text)
    except ValueError:
        found = kind()
    if not found > 0:
        raise ArgumentError(f"{name} must be a number above 0, not {text!r}")
    return found
