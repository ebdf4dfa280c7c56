"""Finds job runs: the latest, or by what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench_api.api.job_runs import get_job_run, list_job_runs
from aidp_workbench_api.types import UNSET

from aidp_workbench import ArgumentError, NotFoundError, fetch, pages

from .jobs import job_keys
from .suggestions import listed

if TYPE_CHECKING:
    from aidp_workbench_api.models import JobRun

    from ..connection import Workspace
    from ..options import JobRunOptions

_LONGEST_NAME = 255  # characters, of the API
_CANDIDATES = 9


def job_run_key(workspace: Workspace, chosen: JobRunOptions) -> str:
    """The key of the job run, which is looked up only for `--latest`. Raises ArgumentError."""
    if chosen.key is not None:
        return chosen.key
    found = pages(
        list_job_runs,
        **workspace.where,
        job_key=job_keys(workspace, chosen.job) or UNSET,
        sort_by="timeCreated",
        sort_order="DESC",
        limit=1,
    )
    latest = next((job_run for page in found for job_run in page.items), None)
    if latest is None:
        of_job = "".join(f" of {one}" for one in chosen.job)
        raise ArgumentError(f"--latest: there is no job run{of_job}")
    return latest.key


def find_job_run(workspace: Workspace, chosen: JobRunOptions) -> JobRun:
    """The job run in detail; what is no key may be its name. Raises WorkbenchError."""
    key = job_run_key(workspace, chosen)
    try:
        return fetch(get_job_run, **workspace.where, job_run_key=key)
    except NotFoundError:
        if not (named := _keys_of_name(workspace, key)):
            raise
    if len(named) > 1:
        problem = f"several job runs are called {key!r}; give the key, or --job NAME --latest"
        raise ArgumentError(f"KEY: {problem}: {listed(named)}")
    return fetch(get_job_run, **workspace.where, job_run_key=named[0])


def _keys_of_name(workspace: Workspace, name: str) -> list[str]:
    """The keys of the newest job runs with this name."""
    if len(name) > _LONGEST_NAME:
        return []
    found = pages(list_job_runs, **workspace.where, display_name=name, limit=_CANDIDATES)
    return [job_run.key for job_run in next(found).items]
