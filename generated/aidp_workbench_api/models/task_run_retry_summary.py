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
class TaskRunRetrySummary(_model.Model):
    """A retry of a task run, as a list shows it."""

    key: None | str | Unset = UNSET
    """Key of this retry."""
    name: None | str | Unset = UNSET
    """Display name."""
    task_run_id: None | str | Unset = UNSET
    """Key of the task run that this is a retry of."""
    retry_number: int | None | Unset = UNSET
    """Which retry this is."""
    output_key: None | str | Unset = UNSET
    """Key of what the task run printed."""
    external_id: None | str | Unset = UNSET
    """Identifier of this execution in the system that ran it."""
    state: None | State | Unset = UNSET
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.state import State  # noqa: E402

TaskRunRetrySummary.schema_ = _model.Schema(
    _model.Property("key", "key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("name", "name", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "taskRunId", "task_run_id", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "retryNumber", "retry_number", _either.Either(_values.INTEGER, _values.NULL)
    ),
    _model.Property(
        "outputKey", "output_key", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "externalId", "external_id", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property("state", "state", _model.ObjectOf(State, _values.NULL)),
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
)
