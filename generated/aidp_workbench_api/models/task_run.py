from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.parameter import Parameter
    from ..models.state import State
    from ..models.system_parameters import SystemParameters
    from ..models.task import Task
    from ..models.task_run_retry import TaskRunRetry


@_attrs_define(repr=False)
class TaskRun(_model.Model):
    """One run of one task."""

    key: str
    """Key of this task run."""
    name: str
    """Display name."""
    task_key: None | str | Unset = UNSET
    """Display name of the task that ran."""
    job_key: None | str | Unset = UNSET
    """Key of the job that ran."""
    job_run_key: None | str | Unset = UNSET
    """Key of the job run that this task run belongs to."""
    parent_job_run_key: None | str | Unset = UNSET
    """Key of the job run that started that job run, for nested jobs."""
    root_job_run_key: None | str | Unset = UNSET
    """Key of the outermost job run."""
    output_key: None | str | Unset = UNSET
    """Key of what the task run printed."""
    external_id: None | str | Unset = UNSET
    """Identifier of this execution in the system that ran it."""
    state: None | State | Unset = UNSET
    task: None | Task | Unset = UNSET
    retry_attempt: int | None | Unset = UNSET
    """0 for the original attempt, then 1, 2, 3 and so on for its retries."""
    retries: list[TaskRunRetry] | None | Unset = UNSET
    """The retries, if they were asked for."""
    cluster_validation_start_time: int | None | Unset = UNSET
    """When the validation of the cluster started, in milliseconds since 1970-01-01 UTC."""
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
    parameters: list[Parameter] | None | Unset = UNSET
    """Its own parameters."""
    system_parameters: None | SystemParameters | Unset = UNSET
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
        if type(task_key := _get("taskKey", UNSET)) not in _task_key_property.types:
            task_key = _task_key_property.decode(task_key, _rest)
        if type(job_key := _get("jobKey", UNSET)) not in _job_key_property.types:
            job_key = _job_key_property.decode(job_key, _rest)
        if (
            type(job_run_key := _get("jobRunKey", UNSET))
            not in _job_run_key_property.types
        ):
            job_run_key = _job_run_key_property.decode(job_run_key, _rest)
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
            type(output_key := _get("outputKey", UNSET))
            not in _output_key_property.types
        ):
            output_key = _output_key_property.decode(output_key, _rest)
        if (
            type(external_id := _get("externalId", UNSET))
            not in _external_id_property.types
        ):
            external_id = _external_id_property.decode(external_id, _rest)
        if type(state := _get("state", UNSET)) not in _state_property.types:
            state = _state_property.decode(state, _rest)
        if type(task := _get("task", UNSET)) not in _task_property.types:
            task = _task_property.decode(task, _rest)
        if (
            type(retry_attempt := _get("retryAttempt", UNSET))
            not in _retry_attempt_property.types
        ):
            retry_attempt = _retry_attempt_property.decode(retry_attempt, _rest)
        if type(retries := _get("retries", UNSET)) not in _retries_property.types:
            retries = _retries_property.decode(retries, _rest)
        if (
            type(
                cluster_validation_start_time := _get(
                    "clusterValidationStartTime", UNSET
                )
            )
            not in _cluster_validation_start_time_property.types
        ):
            cluster_validation_start_time = (
                _cluster_validation_start_time_property.decode(
                    cluster_validation_start_time, _rest
                )
            )
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
            type(parameters := _get("parameters", UNSET))
            not in _parameters_property.types
        ):
            parameters = _parameters_property.decode(parameters, _rest)
        if (
            type(system_parameters := _get("systemParameters", UNSET))
            not in _system_parameters_property.types
        ):
            system_parameters = _system_parameters_property.decode(
                system_parameters, _rest
            )
        _model_ = _new(
            key,
            name,
            task_key,
            job_key,
            job_run_key,
            parent_job_run_key,
            root_job_run_key,
            output_key,
            external_id,
            state,
            task,
            retry_attempt,
            retries,
            cluster_validation_start_time,
            start_time,
            end_time,
            setup_duration,
            execution_duration,
            cleanup_duration,
            parameters,
            system_parameters,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.parameter import Parameter  # noqa: E402
from ..models.state import State  # noqa: E402
from ..models.system_parameters import SystemParameters  # noqa: E402
from ..models.task import Task  # noqa: E402
from ..models.task_run_retry import TaskRunRetry  # noqa: E402

_key_property = _model.Property("key", "key", _values.TEXT, required=True)
_name_property = _model.Property("name", "name", _values.TEXT, required=True)
_task_key_property = _model.Property(
    "taskKey", "task_key", _either.Either(_values.TEXT, _values.NULL)
)
_job_key_property = _model.Property(
    "jobKey", "job_key", _either.Either(_values.TEXT, _values.NULL)
)
_job_run_key_property = _model.Property(
    "jobRunKey", "job_run_key", _either.Either(_values.TEXT, _values.NULL)
)
_parent_job_run_key_property = _model.Property(
    "parentJobRunKey", "parent_job_run_key", _either.Either(_values.TEXT, _values.NULL)
)
_root_job_run_key_property = _model.Property(
    "rootJobRunKey", "root_job_run_key", _either.Either(_values.TEXT, _values.NULL)
)
_output_key_property = _model.Property(
    "outputKey", "output_key", _either.Either(_values.TEXT, _values.NULL)
)
_external_id_property = _model.Property(
    "externalId", "external_id", _either.Either(_values.TEXT, _values.NULL)
)
_state_property = _model.Property(
    "state", "state", _model.ObjectOf(State, _values.NULL)
)
_task_property = _model.Property("task", "task", _model.ObjectOf(Task, _values.NULL))
_retry_attempt_property = _model.Property(
    "retryAttempt", "retry_attempt", _either.Either(_values.INTEGER, _values.NULL)
)
_retries_property = _model.Property(
    "retries",
    "retries",
    _either.Either(_values.ListOf(_model.ObjectOf(TaskRunRetry)), _values.NULL),
)
_cluster_validation_start_time_property = _model.Property(
    "clusterValidationStartTime",
    "cluster_validation_start_time",
    _either.Either(_values.INTEGER, _values.NULL),
    value_format="epoch-milliseconds",
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
_parameters_property = _model.Property(
    "parameters",
    "parameters",
    _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
)
_system_parameters_property = _model.Property(
    "systemParameters",
    "system_parameters",
    _model.ObjectOf(SystemParameters, _values.NULL),
)
_schema = TaskRun.schema_ = _model.Schema(
    _key_property,
    _name_property,
    _task_key_property,
    _job_key_property,
    _job_run_key_property,
    _parent_job_run_key_property,
    _root_job_run_key_property,
    _output_key_property,
    _external_id_property,
    _state_property,
    _task_property,
    _retry_attempt_property,
    _retries_property,
    _cluster_validation_start_time_property,
    _start_time_property,
    _end_time_property,
    _setup_duration_property,
    _execution_duration_property,
    _cleanup_duration_property,
    _parameters_property,
    _system_parameters_property,
)
