"""Waits until every task run of a job run has ended, and shows what happens meanwhile."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunSummary

from aidp_workbench import StillRunningError, paginate
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
    from collections.abc import Iterator

    from ..connection import Workspace

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
    console = stdout_console()
    is_live = sys.stdout.isatty() and not console.is_dumb_terminal and not as_log
    view = Screen(console, job_run_key, utc=utc) if is_live else Lines(console, utc=utc)

    def listing() -> Iterator[TaskRunSummary]:
        return paginate(list_task_runs, **workspace.where, job_run_key=job_run_key, limit=PAGE_SIZE)

    settling = Settling[TaskRunSummary](interval, timeout, settle, blocked_is_final)
    changes = Changes[TaskRunSummary]()
    runs: list[TaskRunSummary] = []
    try:
        with view, Repeats(view.warn):
            for runs in looks(settling, listing, workspace.client):
                view.seen(runs)
                for change in changes.of(runs):
                    view.changed(*change)
    except KeyboardInterrupt:
        return INTERRUPTED
    except StillRunningError as error:
        print(f"aidp-workbench: {visible(str(error))}", file=sys.stderr)
        return TIME_IS_UP
    went_well = all(has_ended(run) and not has_failed(run) for run in latest_attempts(runs))
    return 0 if went_well else FAILURES_FOUND
