"""Finds jobs by what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench_api.api.jobs import list_jobs

from aidp_workbench import ArgumentError, paginate

from .suggestions import listed, suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import JobSummary

    from ..connection import Workspace

_LONGEST_NAME = 255  # characters, of the API
_PAGE_SIZE = 1000


def job_keys(workspace: Workspace, given: Sequence[str]) -> list[str]:
    """The keys of these jobs, each given by its name or key. Raises ArgumentError."""
    return [_job_key(workspace, one) for one in given]


def _job_key(workspace: Workspace, given: str) -> str:
    """By its name, for that is one short request; a key that is no name needs them all."""
    named: list[JobSummary] = []
    if given.strip() and len(given) <= _LONGEST_NAME:
        named = list(paginate(list_jobs, **workspace.where, display_name=given))
    if len(named) == 1:
        return named[0].key
    if named:
        keys = [f"{job.key} ({job.path})" if job.path else job.key for job in named]
        problem = f"several jobs are called {given!r}; give the key"
        raise ArgumentError(f"--job: {problem}: {listed(keys)}")
    jobs = list(paginate(list_jobs, **workspace.where, limit=_PAGE_SIZE))
    if any(job.key == given for job in jobs):
        return given
    hint = suggestion(given, [job.name or "" for job in jobs])
    if not hint:
        count = f"There are {len(jobs):,}" if jobs else "You may see none in this workspace"
        hint = f"{count}: aidp-workbench jobs list"
    raise ArgumentError(f"--job: there is no job {given!r}. {hint}")
