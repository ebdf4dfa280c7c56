"""Finds jobs by what people call them, and the latest run of a job."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from aidp_workbench_api.api.job_runs import list_job_runs
from aidp_workbench_api.api.jobs import list_jobs
from aidp_workbench_api.types import UNSET

from aidp_workbench import ArgumentError, paginate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import JobSummary

    from ..connection import Workspace
    from ..options import JobRunOptions

_LONGEST_NAME = 255  # characters, of the API
_CANDIDATES = 8
_PAGE_SIZE = 1000


def job_keys(workspace: Workspace, given: Sequence[str]) -> list[str]:
    """The keys of these jobs, each given by its name or key. Raises ArgumentError."""
    return [_job_key(workspace, one) for one in given]


def job_run_key(workspace: Workspace, chosen: JobRunOptions) -> str:
    """The key of the job run, which is looked up only for `--latest`. Raises ArgumentError."""
    if chosen.key is not None:
        return chosen.key
    latest = next(
        paginate(
            list_job_runs,
            **workspace.where,
            job_key=job_keys(workspace, chosen.job) or UNSET,
            sort_by="timeCreated",
            sort_order="DESC",
            limit=1,
        ),
        None,
    )
    if latest is None:
        of_job = "".join(f" of {one}" for one in chosen.job)
        raise ArgumentError(f"--latest: there is no job run{of_job}")
    return latest.key


def _job_key(workspace: Workspace, given: str) -> str:
    """By its name, for that is one short request; a key that is no name needs them all."""
    named: list[JobSummary] = []
    if given.strip() and len(given) <= _LONGEST_NAME:
        named = list(paginate(list_jobs, **workspace.where, display_name=given))
    if len(named) == 1:
        return named[0].key
    if named:
        raise ArgumentError(
            f"--job: several jobs are called {given!r}; give the key: {_listed(named)}"
        )
    jobs = list(paginate(list_jobs, **workspace.where, limit=_PAGE_SIZE))
    if any(job.key == given for job in jobs):
        return given
    raise ArgumentError(f"--job: there is no job {given!r}. {_suggestion(given, jobs)}")


def _suggestion(given: str, jobs: Sequence[JobSummary]) -> str:
    if not jobs:
        return "The workspace has no jobs that you may see."
    names = {job.name.casefold(): job.name for job in jobs if job.name}
    part = given.strip().casefold()
    close = [name for folded, name in names.items() if part and part in folded]
    close += [names[one] for one in get_close_matches(part, names, _CANDIDATES, 0.5)]
    if not close:
        return f"There are {len(jobs):,}: aidp-workbench jobs list"
    return f"Is it {' or '.join(dict.fromkeys(close[:_CANDIDATES]))}?"


def _listed(jobs: Sequence[JobSummary]) -> str:
    shown = [f"{job.key} ({job.path})" if job.path else job.key for job in jobs[:_CANDIDATES]]
    more = len(jobs) - len(shown)
    return ", ".join([*shown, f"and {more:,} more"] if more else shown)
