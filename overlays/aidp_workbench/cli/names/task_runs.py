"""Finds task runs by the names of their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench import ArgumentError
from aidp_workbench.runs import latest_attempts

from ..listing import all_task_runs
from .job_runs import job_run_key
from .suggestions import listed, suggestion

if TYPE_CHECKING:
    from ..connection import Workspace
    from ..options import TaskRunArgument


def task_run_key(workspace: Workspace, chosen: TaskRunArgument) -> str:
    """The key of the task run. If a job run is chosen, its name will do. Raises ArgumentError."""
    given = chosen.task_run
    if not chosen.names_job_run:
        return given
    runs = all_task_runs(workspace, job_run_key(workspace, chosen))
    if any(run.key == given for run in runs):
        return given
    named = [run for run in latest_attempts(runs) if given in (run.name, run.task_key) and run.key]
    keys = [run.key for run in named if run.key]
    if len(keys) == 1:
        return keys[0]
    if keys:
        problem = f"several task runs are called {given!r}; give the key"
        raise ArgumentError(f"KEY: {problem}: {listed(keys)}")
    names = [run.name or run.task_key or "" for run in runs]
    hint = suggestion(given, names) or f"There are {len(runs):,} in that job run."
    raise ArgumentError(f"KEY: there is no task run {given!r}. {hint}")
