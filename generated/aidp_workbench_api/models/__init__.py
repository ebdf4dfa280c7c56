"""Contains all the data models used in inputs/outputs"""

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
