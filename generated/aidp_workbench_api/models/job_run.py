from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(key := _get("key", UNSET)) not in _key_property.types:
            key = _key_property.decode(key, _rest)
        if type(name := _get("name", UNSET)) not in _name_property.types:
            name = _name_property.decode(name, _rest)
        if type(job_key := _get("jobKey", UNSET)) not in _job_key_property.types:
            job_key = _job_key_property.decode(job_key, _rest)
        if type(job_name := _get("jobName", UNSET)) not in _job_name_property.types:
            job_name = _job_name_property.decode(job_name, _rest)
        if (
            type(parent_job_run_key := _get("parentJobRunKey", UNSET))
            not in _parent_job_run_key_property.types
        ):
            parent_job_run_key = _parent_job_run_key_property.decode(
                parent_job_run_key, _rest
            )
        if (
            type(root_job_run_key := _get("rootJobRunKey", UNSET))
            not in _root_job_run_key_property.types
        ):
            root_job_run_key = _root_job_run_key_property.decode(
                root_job_run_key, _rest
            )
        if (
            type(parent_task_run_key := _get("parentTaskRunKey", UNSET))
            not in _parent_task_run_key_property.types
        ):
            parent_task_run_key = _parent_task_run_key_property.decode(
                parent_task_run_key, _rest
            )
        if type(state := _get("state", UNSET)) not in _state_property.types:
            state = _state_property.decode(state, _rest)
        if type(launched := _get("launched", UNSET)) not in _launched_property.types:
            launched = _launched_property.decode(launched, _rest)
        if (
            type(start_time := _get("startTime", UNSET))
            not in _start_time_property.types
        ):
            start_time = _start_time_property.decode(start_time, _rest)
        if type(end_time := _get("endTime", UNSET)) not in _end_time_property.types:
            end_time = _end_time_property.decode(end_time, _rest)
        if (
            type(setup_duration := _get("setupDuration", UNSET))
            not in _setup_duration_property.types
        ):
            setup_duration = _setup_duration_property.decode(setup_duration, _rest)
        if (
            type(execution_duration := _get("executionDuration", UNSET))
            not in _execution_duration_property.types
        ):
            execution_duration = _execution_duration_property.decode(
                execution_duration, _rest
            )
        if (
            type(cleanup_duration := _get("cleanupDuration", UNSET))
            not in _cleanup_duration_property.types
        ):
            cleanup_duration = _cleanup_duration_property.decode(
                cleanup_duration, _rest
            )
        if (
            type(run_duration := _get("runDuration", UNSET))
            not in _run_duration_property.types
        ):
            run_duration = _run_duration_property.decode(run_duration, _rest)
        if (
            type(timeout_seconds := _get("timeoutSeconds", UNSET))
            not in _timeout_seconds_property.types
        ):
            timeout_seconds = _timeout_seconds_property.decode(timeout_seconds, _rest)
        if type(tasks := _get("tasks", UNSET)) not in _tasks_property.types:
            tasks = _tasks_property.decode(tasks, _rest)
        if (
            type(task_to_task_run_map := _get("taskToTaskRunMap", UNSET))
            not in _task_to_task_run_map_property.types
        ):
            task_to_task_run_map = _task_to_task_run_map_property.decode(
                task_to_task_run_map, _rest
            )
        if (
            type(task_run_summary_map := _get("taskRunSummaryMap", UNSET))
            not in _task_run_summary_map_property.types
        ):
            task_run_summary_map = _task_run_summary_map_property.decode(
                task_run_summary_map, _rest
            )
        if (
            type(parameters := _get("parameters", UNSET))
            not in _parameters_property.types
        ):
            parameters = _parameters_property.decode(parameters, _rest)
        if (
            type(
                unified_job_and_job_run_parameters := _get(
                    "unifiedJobAndJobRunParameters", UNSET
                )
            )
            not in _unified_job_and_job_run_parameters_property.types
        ):
            unified_job_and_job_run_parameters = (
                _unified_job_and_job_run_parameters_property.decode(
                    unified_job_and_job_run_parameters, _rest
                )
            )
        if (
            type(system_parameters := _get("systemParameters", UNSET))
            not in _system_parameters_property.types
        ):
            system_parameters = _system_parameters_property.decode(
                system_parameters, _rest
            )
        if type(schedule := _get("schedule", UNSET)) not in _schedule_property.types:
            schedule = _schedule_property.decode(schedule, _rest)
        if (
            type(repair_key := _get("repairKey", UNSET))
            not in _repair_key_property.types
        ):
            repair_key = _repair_key_property.decode(repair_key, _rest)
        if (
            type(repair_history := _get("repairHistory", UNSET))
            not in _repair_history_property.types
        ):
            repair_history = _repair_history_property.decode(repair_history, _rest)
        if (
            type(repaired_tasks := _get("repairedTasks", UNSET))
            not in _repaired_tasks_property.types
        ):
            repaired_tasks = _repaired_tasks_property.decode(repaired_tasks, _rest)
        if type(run_as := _get("runAs", UNSET)) not in _run_as_property.types:
            run_as = _run_as_property.decode(run_as, _rest)
        if (
            type(time_created := _get("timeCreated", UNSET))
            not in _time_created_property.types
        ):
            time_created = _time_created_property.decode(time_created, _rest)
        if (
            type(time_updated := _get("timeUpdated", UNSET))
            not in _time_updated_property.types
        ):
            time_updated = _time_updated_property.decode(time_updated, _rest)
        if (
            type(created_by := _get("createdBy", UNSET))
            not in _created_by_property.types
        ):
            created_by = _created_by_property.decode(created_by, _rest)
        if (
            type(created_by_name := _get("createdByName", UNSET))
            not in _created_by_name_property.types
        ):
            created_by_name = _created_by_name_property.decode(created_by_name, _rest)
        _model_ = _new(
            key,
            name,
            job_key,
            job_name,
            parent_job_run_key,
            root_job_run_key,
            parent_task_run_key,
            state,
            launched,
            start_time,
            end_time,
            setup_duration,
            execution_duration,
            cleanup_duration,
            run_duration,
            timeout_seconds,
            tasks,
            task_to_task_run_map,
            task_run_summary_map,
            parameters,
            unified_job_and_job_run_parameters,
            system_parameters,
            schedule,
            repair_key,
            repair_history,
            repaired_tasks,
            run_as,
            time_created,
            time_updated,
            created_by,
            created_by_name,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.parameter import Parameter  # noqa: E402
from ..models.repair_history import RepairHistory  # noqa: E402
from ..models.schedule import Schedule  # noqa: E402
from ..models.state import State  # noqa: E402
from ..models.system_parameters import SystemParameters  # noqa: E402
from ..models.task import Task  # noqa: E402
from ..models.task_run_summary_map import TaskRunSummaryMap  # noqa: E402
from ..models.task_to_task_run_map import TaskToTaskRunMap  # noqa: E402

_key_property = _model.Property("key", "key", _values.TEXT, required=True)
_name_property = _model.Property("name", "name", _values.TEXT, required=True)
_job_key_property = _model.Property("jobKey", "job_key", _values.TEXT, required=True)
_job_name_property = _model.Property(
    "jobName", "job_name", _either.Either(_values.TEXT, _values.NULL)
)
_parent_job_run_key_property = _model.Property(
    "parentJobRunKey", "parent_job_run_key", _either.Either(_values.TEXT, _values.NULL)
)
_root_job_run_key_property = _model.Property(
    "rootJobRunKey", "root_job_run_key", _either.Either(_values.TEXT, _values.NULL)
)
_parent_task_run_key_property = _model.Property(
    "parentTaskRunKey",
    "parent_task_run_key",
    _either.Either(_values.TEXT, _values.NULL),
)
_state_property = _model.Property(
    "state", "state", _model.ObjectOf(State, _values.NULL)
)
_launched_property = _model.Property(
    "launched", "launched", _either.Either(_values.TEXT, _values.NULL)
)
_start_time_property = _model.Property(
    "startTime",
    "start_time",
    _either.Either(_values.INTEGER, _values.NULL),
    value_format="epoch-milliseconds",
)
_end_time_property = _model.Property(
    "endTime",
    "end_time",
    _either.Either(_values.INTEGER, _values.NULL),
    value_format="epoch-milliseconds",
)
_setup_duration_property = _model.Property(
    "setupDuration", "setup_duration", _either.Either(_values.INTEGER, _values.NULL)
)
_execution_duration_property = _model.Property(
    "executionDuration",
    "execution_duration",
    _either.Either(_values.INTEGER, _values.NULL),
)
_cleanup_duration_property = _model.Property(
    "cleanupDuration", "cleanup_duration", _either.Either(_values.INTEGER, _values.NULL)
)
_run_duration_property = _model.Property(
    "runDuration", "run_duration", _either.Either(_values.INTEGER, _values.NULL)
)
_timeout_seconds_property = _model.Property(
    "timeoutSeconds", "timeout_seconds", _either.Either(_values.INTEGER, _values.NULL)
)
_tasks_property = _model.Property(
    "tasks",
    "tasks",
    _either.Either(_values.ListOf(_model.ObjectOf(Task)), _values.NULL),
)
_task_to_task_run_map_property = _model.Property(
    "taskToTaskRunMap",
    "task_to_task_run_map",
    _model.ObjectOf(TaskToTaskRunMap, _values.NULL),
)
_task_run_summary_map_property = _model.Property(
    "taskRunSummaryMap",
    "task_run_summary_map",
    _model.ObjectOf(TaskRunSummaryMap, _values.NULL),
)
_parameters_property = _model.Property(
    "parameters",
    "parameters",
    _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
)
_unified_job_and_job_run_parameters_property = _model.Property(
    "unifiedJobAndJobRunParameters",
    "unified_job_and_job_run_parameters",
    _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
)
_system_parameters_property = _model.Property(
    "systemParameters",
    "system_parameters",
    _model.ObjectOf(SystemParameters, _values.NULL),
)
_schedule_property = _model.Property(
    "schedule", "schedule", _model.ObjectOf(Schedule, _values.NULL)
)
_repair_key_property = _model.Property(
    "repairKey", "repair_key", _either.Either(_values.INTEGER, _values.NULL)
)
_repair_history_property = _model.Property(
    "repairHistory",
    "repair_history",
    _either.Either(_values.ListOf(_model.ObjectOf(RepairHistory)), _values.NULL),
)
_repaired_tasks_property = _model.Property(
    "repairedTasks",
    "repaired_tasks",
    _either.Either(_values.ListOf(_values.TEXT), _values.NULL),
)
_run_as_property = _model.Property(
    "runAs", "run_as", _either.Either(_values.TEXT, _values.NULL)
)
_time_created_property = _model.Property(
    "timeCreated", "time_created", _either.Either(_times.TIME, _values.NULL)
)
_time_updated_property = _model.Property(
    "timeUpdated", "time_updated", _either.Either(_times.TIME, _values.NULL)
)
_created_by_property = _model.Property(
    "createdBy", "created_by", _either.Either(_values.TEXT, _values.NULL)
)
_created_by_name_property = _model.Property(
    "createdByName", "created_by_name", _either.Either(_values.TEXT, _values.NULL)
)
_schema = JobRun.schema_ = _model.Schema(
    _key_property,
    _name_property,
    _job_key_property,
    _job_name_property,
    _parent_job_run_key_property,
    _root_job_run_key_property,
    _parent_task_run_key_property,
    _state_property,
    _launched_property,
    _start_time_property,
    _end_time_property,
    _setup_duration_property,
    _execution_duration_property,
    _cleanup_duration_property,
    _run_duration_property,
    _timeout_seconds_property,
    _tasks_property,
    _task_to_task_run_map_property,
    _task_run_summary_map_property,
    _parameters_property,
    _unified_job_and_job_run_parameters_property,
    _system_parameters_property,
    _schedule_property,
    _repair_key_property,
    _repair_history_property,
    _repaired_tasks_property,
    _run_as_property,
    _time_created_property,
    _time_updated_property,
    _created_by_property,
    _created_by_name_property,
)
