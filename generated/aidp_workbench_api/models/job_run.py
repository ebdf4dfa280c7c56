from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import times as _times
from .. import values as _values
from ..models.job_run_launch import JobRunLaunch
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.parameter import Parameter
    from ..models.repair_history import RepairHistory
    from ..models.schedule import Schedule
    from ..models.state import State
    from ..models.system_parameters import SystemParameters
    from ..models.task import Task
    from ..models.task_run_summary_map import TaskRunSummaryMap
    from ..models.task_to_task_run_map import TaskToTaskRunMap


@_attrs_define(repr=False)
class JobRun(_model.Model):
    """One run of one job."""

    key: str
    """Key of this job run."""
    name: str
    """Display name."""
    job_key: str
    """Key of the job that ran."""
    job_name: None | str | Unset = UNSET
    """Display name of the job that ran."""
    parent_job_run_key: None | str | Unset = UNSET
    """Key of the job run that started this one, for nested jobs."""
    root_job_run_key: None | str | Unset = UNSET
    """Key of the outermost job run."""
    parent_task_run_key: None | str | Unset = UNSET
    """Key of the task run that started this job run, for nested jobs."""
    state: None | State | Unset = UNSET
    launched: JobRunLaunch | None | str | Unset = UNSET
    """What started the job run. A value that this version does not know arrives as plain text."""
    start_time: int | None | Unset = UNSET
    """When the execution started, in milliseconds since 1970-01-01 UTC."""
    end_time: int | None | Unset = UNSET
    """When the execution ended, in milliseconds since 1970-01-01 UTC."""
    setup_duration: int | None | Unset = UNSET
    """How long the preparation took, in milliseconds."""
    execution_duration: int | None | Unset = UNSET
    """How long the execution took, in milliseconds."""
    cleanup_duration: int | None | Unset = UNSET
    """How long the cleanup took, in milliseconds."""
    run_duration: int | None | Unset = UNSET
    """How long all of it took, repairs included, in milliseconds."""
    timeout_seconds: int | None | Unset = UNSET
    """After how many seconds a run times out; 0 for never."""
    tasks: list[Task] | None | Unset = UNSET
    """The tasks of the job."""
    task_to_task_run_map: None | TaskToTaskRunMap | Unset = UNSET
    task_run_summary_map: None | TaskRunSummaryMap | Unset = UNSET
    parameters: list[Parameter] | None | Unset = UNSET
    """Its own parameters."""
    unified_job_and_job_run_parameters: list[Parameter] | None | Unset = UNSET
    """The parameters of the job and of this run of it, in one list."""
    system_parameters: None | SystemParameters | Unset = UNSET
    schedule: None | Schedule | Unset = UNSET
    repair_key: int | None | Unset = UNSET
    """Number of the latest repair; 0 for the original run. Nested job runs use the numbers of their
    root."""
    repair_history: list[RepairHistory] | None | Unset = UNSET
    """The original run and its repairs."""
    repaired_tasks: list[str] | None | Unset = UNSET
    """Keys of the tasks that were run again."""
    run_as: None | str | Unset = UNSET
    """The user as whom the job runs."""
    time_created: datetime.datetime | None | Unset = UNSET
    """When it was created."""
    time_updated: datetime.datetime | None | Unset = UNSET
    """When it was changed last."""
    created_by: None | str | Unset = UNSET
    """OCID of the user who created it."""
    created_by_name: None | str | Unset = UNSET
    """Name of the user who created it."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.parameter import Parameter  # noqa: E402
from ..models.repair_history import RepairHistory  # noqa: E402
from ..models.schedule import Schedule  # noqa: E402
from ..models.state import State  # noqa: E402
from ..models.system_parameters import SystemParameters  # noqa: E402
from ..models.task import Task  # noqa: E402
from ..models.task_run_summary_map import TaskRunSummaryMap  # noqa: E402
from ..models.task_to_task_run_map import TaskToTaskRunMap  # noqa: E402

JobRun.schema_ = _model.Schema(
    _model.Property("key", "key", _values.TEXT, required=True),
    _model.Property("name", "name", _values.TEXT, required=True),
    _model.Property("jobKey", "job_key", _values.TEXT, required=True),
    _model.Property("jobName", "job_name", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "parentJobRunKey",
        "parent_job_run_key",
        _either.Either(_values.TEXT, _values.NULL),
    ),
    _model.Property(
        "rootJobRunKey", "root_job_run_key", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "parentTaskRunKey",
        "parent_task_run_key",
        _either.Either(_values.TEXT, _values.NULL),
    ),
    _model.Property("state", "state", _model.ObjectOf(State, _values.NULL)),
    _model.Property("launched", "launched", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "startTime",
        "start_time",
        _either.Either(_values.INTEGER, _values.NULL),
        value_format="epoch-milliseconds",
    ),
    _model.Property(
        "endTime",
        "end_time",
        _either.Either(_values.INTEGER, _values.NULL),
        value_format="epoch-milliseconds",
    ),
    _model.Property(
        "setupDuration", "setup_duration", _either.Either(_values.INTEGER, _values.NULL)
    ),
    _model.Property(
        "executionDuration",
        "execution_duration",
        _either.Either(_values.INTEGER, _values.NULL),
    ),
    _model.Property(
        "cleanupDuration",
        "cleanup_duration",
        _either.Either(_values.INTEGER, _values.NULL),
    ),
    _model.Property(
        "runDuration", "run_duration", _either.Either(_values.INTEGER, _values.NULL)
    ),
    _model.Property(
        "timeoutSeconds",
        "timeout_seconds",
        _either.Either(_values.INTEGER, _values.NULL),
    ),
    _model.Property(
        "tasks",
        "tasks",
        _either.Either(_values.ListOf(_model.ObjectOf(Task)), _values.NULL),
    ),
    _model.Property(
        "taskToTaskRunMap",
        "task_to_task_run_map",
        _model.ObjectOf(TaskToTaskRunMap, _values.NULL),
    ),
    _model.Property(
        "taskRunSummaryMap",
        "task_run_summary_map",
        _model.ObjectOf(TaskRunSummaryMap, _values.NULL),
    ),
    _model.Property(
        "parameters",
        "parameters",
        _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
    ),
    _model.Property(
        "unifiedJobAndJobRunParameters",
        "unified_job_and_job_run_parameters",
        _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
    ),
    _model.Property(
        "systemParameters",
        "system_parameters",
        _model.ObjectOf(SystemParameters, _values.NULL),
    ),
    _model.Property("schedule", "schedule", _model.ObjectOf(Schedule, _values.NULL)),
    _model.Property(
        "repairKey", "repair_key", _either.Either(_values.INTEGER, _values.NULL)
    ),
    _model.Property(
        "repairHistory",
        "repair_history",
        _either.Either(_values.ListOf(_model.ObjectOf(RepairHistory)), _values.NULL),
    ),
    _model.Property(
        "repairedTasks",
        "repaired_tasks",
        _either.Either(_values.ListOf(_values.TEXT), _values.NULL),
    ),
    _model.Property("runAs", "run_as", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "timeCreated", "time_created", _either.Either(_times.TIME, _values.NULL)
    ),
    _model.Property(
        "timeUpdated", "time_updated", _either.Either(_times.TIME, _values.NULL)
    ),
    _model.Property(
        "createdBy", "created_by", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "createdByName", "created_by_name", _either.Either(_values.TEXT, _values.NULL)
    ),
)
