"""Contains all the data models used in inputs/outputs"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .depends_on import DependsOn
    from .error import Error
    from .fetch_output_details import FetchOutputDetails
    from .job import Job
    from .job_collection import JobCollection
    from .job_run import JobRun
    from .job_run_collection import JobRunCollection
    from .job_run_launch import JobRunLaunch
    from .job_run_summary import JobRunSummary
    from .job_summary import JobSummary
    from .parameter import Parameter
    from .pause_status import PauseStatus
    from .repair_history import RepairHistory
    from .repair_type import RepairType
    from .run_if import RunIf
    from .run_output_charset import RunOutputCharset
    from .run_output_compression import RunOutputCompression
    from .run_output_data import RunOutputData
    from .run_output_type import RunOutputType
    from .schedule import Schedule
    from .sort_order import SortOrder
    from .state import State
    from .system_parameters import SystemParameters
    from .task import Task
    from .task_run import TaskRun
    from .task_run_collection import TaskRunCollection
    from .task_run_output import TaskRunOutput
    from .task_run_retry import TaskRunRetry
    from .task_run_retry_collection import TaskRunRetryCollection
    from .task_run_retry_summary import TaskRunRetrySummary
    from .task_run_sort_by import TaskRunSortBy
    from .task_run_status import TaskRunStatus
    from .task_run_status_filter import TaskRunStatusFilter
    from .task_run_summary import TaskRunSummary
    from .task_run_summary_map import TaskRunSummaryMap
    from .task_to_task_run_map import TaskToTaskRunMap
    from .task_type import TaskType
    from .workspace_collection import WorkspaceCollection
    from .workspace_sort_by import WorkspaceSortBy
    from .workspace_summary import WorkspaceSummary
    from .workspace_type import WorkspaceType

__all__ = (
    "DependsOn",
    "Error",
    "FetchOutputDetails",
    "Job",
    "JobCollection",
    "JobRun",
    "JobRunCollection",
    "JobRunLaunch",
    "JobRunSummary",
    "JobSummary",
    "Parameter",
    "PauseStatus",
    "RepairHistory",
    "RepairType",
    "RunIf",
    "RunOutputCharset",
    "RunOutputCompression",
    "RunOutputData",
    "RunOutputType",
    "Schedule",
    "SortOrder",
    "State",
    "SystemParameters",
    "Task",
    "TaskRun",
    "TaskRunCollection",
    "TaskRunOutput",
    "TaskRunRetry",
    "TaskRunRetryCollection",
    "TaskRunRetrySummary",
    "TaskRunSortBy",
    "TaskRunStatus",
    "TaskRunStatusFilter",
    "TaskRunSummary",
    "TaskRunSummaryMap",
    "TaskToTaskRunMap",
    "TaskType",
    "WorkspaceCollection",
    "WorkspaceSortBy",
    "WorkspaceSummary",
    "WorkspaceType",
)

if not TYPE_CHECKING:
    _MODULES = {
        "DependsOn": ".depends_on",
        "Error": ".error",
        "FetchOutputDetails": ".fetch_output_details",
        "Job": ".job",
        "JobCollection": ".job_collection",
        "JobRun": ".job_run",
        "JobRunCollection": ".job_run_collection",
        "JobRunLaunch": ".job_run_launch",
        "JobRunSummary": ".job_run_summary",
        "JobSummary": ".job_summary",
        "Parameter": ".parameter",
        "PauseStatus": ".pause_status",
        "RepairHistory": ".repair_history",
        "RepairType": ".repair_type",
        "RunIf": ".run_if",
        "RunOutputCharset": ".run_output_charset",
        "RunOutputCompression": ".run_output_compression",
        "RunOutputData": ".run_output_data",
        "RunOutputType": ".run_output_type",
        "Schedule": ".schedule",
        "SortOrder": ".sort_order",
        "State": ".state",
        "SystemParameters": ".system_parameters",
        "Task": ".task",
        "TaskRun": ".task_run",
        "TaskRunCollection": ".task_run_collection",
        "TaskRunOutput": ".task_run_output",
        "TaskRunRetry": ".task_run_retry",
        "TaskRunRetryCollection": ".task_run_retry_collection",
        "TaskRunRetrySummary": ".task_run_retry_summary",
        "TaskRunSortBy": ".task_run_sort_by",
        "TaskRunStatus": ".task_run_status",
        "TaskRunStatusFilter": ".task_run_status_filter",
        "TaskRunSummary": ".task_run_summary",
        "TaskRunSummaryMap": ".task_run_summary_map",
        "TaskToTaskRunMap": ".task_to_task_run_map",
        "TaskType": ".task_type",
        "WorkspaceCollection": ".workspace_collection",
        "WorkspaceSortBy": ".workspace_sort_by",
        "WorkspaceSummary": ".workspace_summary",
        "WorkspaceType": ".workspace_type",
    }

    def __getattr__(name: str) -> object:
        """A model is imported when it is first used."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(_MODULES[name], __name__), name)
        return globals().setdefault(name, found)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
