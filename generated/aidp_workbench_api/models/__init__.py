"""Contains all the data models used in inputs/outputs"""

from .error import Error
from .job_run_collection import JobRunCollection
from .job_run_launch import JobRunLaunch
from .job_run_summary import JobRunSummary
from .sort_order import SortOrder
from .state import State
from .task_run_collection import TaskRunCollection
from .task_run_sort_by import TaskRunSortBy
from .task_run_status import TaskRunStatus
from .task_run_status_filter import TaskRunStatusFilter
from .task_run_summary import TaskRunSummary

__all__ = (
    "Error",
    "JobRunCollection",
    "JobRunLaunch",
    "JobRunSummary",
    "SortOrder",
    "State",
    "TaskRunCollection",
    "TaskRunSortBy",
    "TaskRunStatus",
    "TaskRunStatusFilter",
    "TaskRunSummary",
)
