"""Waits until a job run, or every task run of it, has ended, and shows what happens meanwhile."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aidp_workbench_api.api.job_runs import get_job_run
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import JobRun, TaskRunSummary

from aidp_workbench import StillRunningError, fetch, paginate, unique
from aidp_workbench.runs import has_ended, has_failed, latest_attempts
from aidp_workbench.runs.changes import Changes
from aidp_workbench.runs.settling import Settling
from aidp_workbench.runs.waiting import looks

from ..errors import FAILURES_FOUND
from ..listing import PAGE_SIZE
from ..output.console import stdout_console
from ..output.progress import Repeats
from ..output.text import visible
from .lines import Lines
from .screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..connection import Workspace

    View = Lines | Screen

TIME_IS_UP = 124  # as `timeout` has it
INTERRUPTED = 130  # what a shell reports of a program that SIGINT ended


def watch_until_ended(
    workspace: Workspace,
    job_run_key: str,
    *,
    utc: bool,
    as_log: bool = False,
    interval: float,
    timeout: float | None = None,
    settle: float | None = None,
    blocked_is_final: bool = False,
) -> int:
    """Show the task runs of the job run until all have ended, and give the exit code.

    0 if all went well, 1 if the last attempt of a task did not, 124 if the time was up, 130 if
    Ctrl-C ended it. Raises what `wait_until_ended` raises otherwise.
    """
    settling = Settling[TaskRunSummary](interval, timeout, settle, blocked_is_final)

    def watch(view: View) -> bool:
        changes = Changes[TaskRunSummary]()
        runs: list[TaskRunSummary] = []
        for runs in looks(settling, lambda: _task_runs(workspace, job_run_key), workspace.client):
            view.seen(runs)
            for change in changes.of(runs):
                view.changed(*change)
        return all(has_ended(run) and not has_failed(run) for run in latest_attempts(runs))

    return _exit_code(watch, job_run_key, utc=utc, as_log=as_log)


def watch_job_run(
    workspace: Workspace,
    job_run_key: str,
    *,
    utc: bool,
    as_log: bool = False,
    interval: float,
    timeout: float | None = None,
    blocked_is_final: bool = False,
) -> int:
    """Show a job run and its task runs until it has ended, and give the exit code.

    It is that of `watch_until_ended`, and follows the state of the job run. Raises what
    `wait_for_job_run` raises otherwise.
    """
    settling = Settling[JobRun](interval, timeout, 0, blocked_is_final)
    task_runs: list[TaskRunSummary] = []

    def look() -> Iterator[JobRun]:
        nonlocal task_runs
        job_run = fetch(get_job_run, **workspace.where, job_run_key=job_run_key)
        task_runs = list(unique(_task_runs(workspace, job_run_key)))
        yield job_run

    def watch(view: View) -> bool:
        job_runs, changes = Changes[JobRun](), Changes[TaskRunSummary]()
        for (job_run,) in looks(settling, look, workspace.client):
            view.seen(task_runs, job_run)
            for change in job_runs.of([job_run]):
                view.changed(*change)
            for one in changes.of(task_runs):
                view.changed(*one)
        return not has_failed(settling.runs[0])

    return _exit_code(watch, job_run_key, utc=utc, as_log=as_log)


def _task_runs(workspace: Workspace, job_run_key: str) -> Iterator[TaskRunSummary]:
    return paginate(list_task_runs, **workspace.where, job_run_key=job_run_key, limit=PAGE_SIZE)


def _exit_code(watch: Callable[[View], bool], title: str, *, utc: bool, as_log: bool) -> int:
    console = stdout_console()
    is_live = sys.stdout.isatty() and not console.is_dumb_terminal and not as_log
    view = Screen(console, title, utc=utc) if is_live else Lines(console, utc=utc)
    try:
        with view, Repeats(view.warn):
            went_well = watch(view)
    except KeyboardInterrupt:
        return INTERRUPTED
    except StillRunningError as error:
        print(f"aidp-workbench: {visible(str(error))}", file=sys.stderr)
        return TIME_IS_UP
    return 0 if went_well else FAILURES_FOUND
