"""Which task runs a listing selects, and in which order: pure functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.service.data import JobRun, TaskRun
from tools.service.story import ListedRun


@dataclass(frozen=True)
class Query:
    """Filters and order of a listing: all that its page tokens belong to. The limit may change."""

    job_run_key: str
    display_name: str | None
    statuses: tuple[str, ...]
    parent_job_run_key: str | None
    root_job_run_key: str | None
    sort_by: str
    descending: bool

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> "Query":
        """The query that valid parameters ask for, with the documented defaults filled in."""
        sort_by = parameters["sortBy"]
        default_order = "DESC" if sort_by == "timeCreated" else "ASC"
        return cls(
            job_run_key=parameters["jobRunKey"],
            display_name=parameters.get("displayName"),
            statuses=tuple(sorted(set(parameters.get("status", ())))),
            parent_job_run_key=parameters.get("parentJobRunKey"),
            root_job_run_key=parameters.get("rootJobRunKey"),
            sort_by=sort_by,
            descending=parameters.get("sortOrder", default_order) == "DESC",
        )

    def is_filtered(self) -> bool:
        filters = (self.display_name, self.parent_job_run_key, self.root_job_run_key)
        return bool(self.statuses) or filters != (None, None, None)

    def matches(self, run: TaskRun) -> bool:
        return (
            (self.display_name is None or run.get("name") == self.display_name)
            and (not self.statuses or _status(run) in self.statuses)
            and self.parent_job_run_key in (None, run.get("parentJobRunKey"))
            and self.root_job_run_key in (None, run.get("rootJobRunKey"))
        )


def select(runs: JobRun | ListedRun, query: Query) -> Sequence[int]:
    """Positions of the task runs to list, in their order."""
    sort_key = _SORT_KEYS.get(query.sort_by)
    selected: Sequence[int] = range(len(runs))
    if sort_key:
        # One pass makes each task run once; equal keys stay in the order of creation.
        keyed = [(sort_key(run), i) for i, run in enumerate(runs) if query.matches(run)]
        selected = [i for _, i in sorted(keyed)]
    elif query.is_filtered():
        selected = [i for i, run in enumerate(runs) if query.matches(run)]
    return selected[::-1] if query.descending else selected


def _status(run: TaskRun) -> str | None:
    state = run.get("state") or {}
    status: str | None = state.get("status")
    return status


def _nulls_last(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""


_SORT_KEYS: dict[str, Callable[[TaskRun], tuple[bool, str]]] = {
    "displayName": lambda run: _nulls_last(run.get("name")),
    "status": lambda run: _nulls_last(_status(run)),
}
