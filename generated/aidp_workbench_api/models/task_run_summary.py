from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.state import State


@_attrs_define(repr=False)
class TaskRunSummary(_model.Model):
    """One run of one task, as a list shows it. A retry or a repair may be a separate task run."""

    key: None | str | Unset = UNSET
    """Key of this task run."""
    name: None | str | Unset = UNSET
    """Display name. It can change, and several task runs may share it."""
    task_key: None | str | Unset = UNSET
    """Display name of the task that ran."""
    job_run_key: None | str | Unset = UNSET
    """Key of the job run that this task run belongs to."""
    parent_job_run_key: None | str | Unset = UNSET
    """Key of the job run that started that job run, for nested jobs."""
    root_job_run_key: None | str | Unset = UNSET
    """Key of the outermost job run."""
    external_id: None | str | Unset = UNSET
    """Identifier of this execution in the system that ran it."""
    retry_attempt: int | None | Unset = UNSET
    """0 for the original attempt, then 1, 2, 3 and so on for its retries."""
    cluster_validation_start_time: int | None | Unset = UNSET
    """When the validation of the cluster started, in milliseconds since 1970-01-01 UTC."""
    start_time: int | None | Unset = UNSET
    """When the execution started, in milliseconds since 1970-01-01 UTC."""
    end_time: int | None | Unset = UNSET
    """When the execution ended, in milliseconds since 1970-01-01 UTC."""
    state: None | State | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.state import State  # noqa: E402

TaskRunSummary.schema_ = _model.Schema(
    _model.Property("key", "key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("name", "name", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("taskKey", "task_key", _either.Either(_values.TEXT, _values.NULL)),
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
        "externalId", "external_id", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "retryAttempt", "retry_attempt", _either.Either(_values.INTEGER, _values.NULL)
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
    _model.Property("state", "state", _model.ObjectOf(State, _values.NULL)),
)
