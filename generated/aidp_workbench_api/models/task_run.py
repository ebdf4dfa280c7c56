from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


from ..models.parameter import Parameter  # noqa: E402
from ..models.state import State  # noqa: E402
from ..models.system_parameters import SystemParameters  # noqa: E402
from ..models.task import Task  # noqa: E402
from ..models.task_run_retry import TaskRunRetry  # noqa: E402

TaskRun.schema_ = _model.Schema(
    _model.Property("key", "key", _values.TEXT, required=True),
    _model.Property("name", "name", _values.TEXT, required=True),
    _model.Property("taskKey", "task_key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("jobKey", "job_key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "jobRunKey", "job_run_key", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "parentJobRunKey",
        "parent_job_run_key",
        _either.Either(_values.TEXT, _values.NULL),
    ),
    _model.Property(
        "rootJobRunKey", "root_job_run_key", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "outputKey", "output_key", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "externalId", "external_id", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property("state", "state", _model.ObjectOf(State, _values.NULL)),
    _model.Property("task", "task", _model.ObjectOf(Task, _values.NULL)),
    _model.Property(
        "retryAttempt", "retry_attempt", _either.Either(_values.INTEGER, _values.NULL)
    ),
    _model.Property(
        "retries",
        "retries",
        _either.Either(_values.ListOf(_model.ObjectOf(TaskRunRetry)), _values.NULL),
    ),
    _model.Property(
        "clusterValidationStartTime",
        "cluster_validation_start_time",
        _either.Either(_values.INTEGER, _values.NULL),
        value_format="epoch-milliseconds",
    ),
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
        "parameters",
        "parameters",
        _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
    ),
    _model.Property(
        "systemParameters",
        "system_parameters",
        _model.ObjectOf(SystemParameters, _values.NULL),
    ),
)
