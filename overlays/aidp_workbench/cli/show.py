"""Shows one job run or task run, with what belongs to it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from aidp_workbench_api.api.task_runs import (
    get_task_run,
    list_task_run_retries,
)

from aidp_workbench import fetch, paginate

from .listing import all_task_runs
from .output.formats import print_json
from .output.kinds import ATTEMPTS, TASK_RUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aidp_workbench_api.models import JobRun, TaskRun

    from .connection import Workspace


def show_job_run(workspace: Workspace, job_run: JobRun, output: str | None, *, utc: bool) -> None:
    """Print a job run and its task runs, in the order of their creation."""
    task_runs = all_task_runs(workspace, job_run.key, "ASC")
    if is_json(output):
        print_json(job_run.to_dict() | {"taskRuns": [one.to_dict() for one in task_runs]})
        return
    from .output.details import Details

    details = Details(utc=utc)
    details.print_run(job_run, _facts_of_job_run(job_run))
    details.print_table(TASK_RUNS, task_runs)


def show_task_run(workspace: Workspace, key: str, output: str | None, *, utc: bool) -> None:
    """Print a task run and its earlier attempts."""
    task_run = fetch(get_task_run, **workspace.where, task_run_key=key)
    attempts = list(paginate(list_task_run_retries, **workspace.where, task_run_key=key))
    if is_json(output):
        print_json(task_run.to_dict() | {"attempts": [one.to_dict() for one in attempts]})
        return
    from .output.details import Details

    details = Details(utc=utc)
    details.print_run(task_run, _facts_of_task_run(task_run))
    if attempts:
        details.print_table(ATTEMPTS, attempts)


def is_json(output: str | None) -> bool:
    """Whether JSON is asked for; if nothing is, a terminal gets a table."""
    return output == "json" or (output is None and not sys.stdout.isatty())


def _facts_of_job_run(job_run: JobRun) -> dict[str, object]:
    repairs = [one for one in job_run.repair_history or () if one.type_ == "REPAIR"]
    return {
        "job": job_run.job_name or job_run.job_key,
        "name": job_run.name,
        "key": job_run.key,
        "launched": job_run.launched,
        "run as": job_run.run_as,
        "parent": job_run.parent_job_run_key,
        "repairs": len(repairs),
        "repaired": ", ".join(job_run.repaired_tasks or ()),
        "parameters": _named(job_run.unified_job_and_job_run_parameters or job_run.parameters),
    }


def _facts_of_task_run(task_run: TaskRun) -> dict[str, object]:
    return {
        "name": task_run.name,
        "key": task_run.key,
        "job run": task_run.job_run_key,
        "type": task_run.task and task_run.task.type_,
        "retry": task_run.retry_attempt,
        "parameters": _named(task_run.parameters),
    }


def _named(parameters: Sequence[Any] | Any) -> str:
    return ", ".join(f"{one.name}={one.value or ''}" for one in parameters or ())
