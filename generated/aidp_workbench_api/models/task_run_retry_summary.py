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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(key := _get("key", UNSET)) not in _key_property.types:
            key = _key_property.decode(key, _rest)
        if type(name := _get("name", UNSET)) not in _name_property.types:
            name = _name_property.decode(name, _rest)
        if (
            type(task_run_id := _get("taskRunId", UNSET))
            not in _task_run_id_property.types
        ):
            task_run_id = _task_run_id_property.decode(task_run_id, _rest)
        if (
            type(retry_number := _get("retryNumber", UNSET))
            not in _retry_number_property.types
        ):
            retry_number = _retry_number_property.decode(retry_number, _rest)
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
        _model_ = _new(
            key,
            name,
            task_run_id,
            retry_number,
            output_key,
            external_id,
            state,
            cluster_validation_start_time,
            start_time,
            end_time,
            setup_duration,
            execution_duration,
            cleanup_duration,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.state import State  # noqa: E402

_key_property = _model.Property(
    "key", "key", _either.Either(_values.TEXT, _values.NULL)
)
_name_property = _model.Property(
    "name", "name", _either.Either(_values.TEXT, _values.NULL)
)
_task_run_id_property = _model.Property(
    "taskRunId", "task_run_id", _either.Either(_values.TEXT, _values.NULL)
)
_retry_number_property = _model.Property(
    "retryNumber", "retry_number", _either.Either(_values.INTEGER, _values.NULL)
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
_schema = TaskRunRetrySummary.schema_ = _model.Schema(
    _key_property,
    _name_property,
    _task_run_id_property,
    _retry_number_property,
    _output_key_property,
    _external_id_property,
    _state_property,
    _cluster_validation_start_time_property,
    _start_time_property,
    _end_time_property,
    _setup_duration_property,
    _execution_duration_property,
    _cleanup_duration_property,
)
