"""What job runs and task runs mean: whether they ended, how they went, how long they took."""

from __future__ import annotations

import importlib
import typing

from .attempts import current_task_runs, latest_attempts
from .statuses import has_ended, has_failed, status_of
from .times import duration, to_datetime

if typing.TYPE_CHECKING:
    from .failures import afailed_task_runs, failed_task_runs
    from .job_run import await_job_run, wait_for_job_run
    from .waiting import await_until_ended, wait_until_ended

__all__ = [
    "afailed_task_runs",
    "await_job_run",
    "await_until_ended",
    "current_task_runs",
    "duration",
    "failed_task_runs",
    "has_ended",
    "has_failed",
    "latest_attempts",
    "status_of",
    "to_datetime",
    "wait_for_job_run",
    "wait_until_ended",
]

if not typing.TYPE_CHECKING:
    # Imported when they are first used: a status needs none of what sends requests.
    _MODULE_OF = {
        "afailed_task_runs": "failures",
        "await_job_run": "job_run",
        "await_until_ended": "waiting",
        "failed_task_runs": "failures",
        "wait_for_job_run": "job_run",
        "wait_until_ended": "waiting",
    }

    def __getattr__(name: str) -> object:
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = importlib.import_module(f".{_MODULE_OF[name]}", __name__)
        return globals().setdefault(name, getattr(module, name))

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
