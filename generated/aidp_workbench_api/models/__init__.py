"""Contains all the data models used in inputs/outputs"""

from .error import Error
from .sort_order import SortOrder
from .state import State
from .task_run_collection import TaskRunCollection
from .task_run_sort_by import TaskRunSortBy
from .task_run_status import TaskRunStatus
from .task_run_status_filter import TaskRunStatusFilter
from .task_run_summary import TaskRunSummary

__all__ = (
    "Error",
    "SortOrder",
    "State",
    "TaskRunCollection",
    "TaskRunSortBy",
    "TaskRunStatus",
    "TaskRunStatusFilter",
    "TaskRunSummary",
)
