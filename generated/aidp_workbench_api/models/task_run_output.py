from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..models.task_type import TaskType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.parameter import Parameter
    from ..models.run_output_data import RunOutputData


@_attrs_define(repr=False)
class TaskRunOutput(_model.Model):
    """What a task run printed."""

    key: None | str | Unset = UNSET
    """Key of this output."""
    task_type: None | str | TaskType | Unset = UNSET
    """What the task runs. A type that this version does not know arrives as plain text."""
    data: list[RunOutputData] | None | Unset = UNSET
    """The parts of the output."""
    is_truncated: bool | None | Unset = UNSET
    """Whether the output was too long and is cut off."""
    error_trace: None | str | Unset = UNSET
    """Stack trace of the failure, if there is one."""
    output_parameters: list[Parameter] | None | Unset = UNSET
    """Its own parameters."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(key := _get("key", UNSET)) not in _key_property.types:
            key = _key_property.decode(key, _rest)
        if type(task_type := _get("taskType", UNSET)) not in _task_type_property.types:
            task_type = _task_type_property.decode(task_type, _rest)
        if type(data := _get("data", UNSET)) not in _data_property.types:
            data = _data_property.decode(data, _rest)
        if (
            type(is_truncated := _get("isTruncated", UNSET))
            not in _is_truncated_property.types
        ):
            is_truncated = _is_truncated_property.decode(is_truncated, _rest)
        if (
            type(error_trace := _get("errorTrace", UNSET))
            not in _error_trace_property.types
        ):
            error_trace = _error_trace_property.decode(error_trace, _rest)
        if (
            type(output_parameters := _get("outputParameters", UNSET))
            not in _output_parameters_property.types
        ):
            output_parameters = _output_parameters_property.decode(
                output_parameters, _rest
            )
        _model_ = _new(
            key,
            task_type,
            data,
            is_truncated,
            error_trace,
            output_parameters,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.parameter import Parameter  # noqa: E402
from ..models.run_output_data import RunOutputData  # noqa: E402

_key_property = _model.Property(
    "key", "key", _either.Either(_values.TEXT, _values.NULL)
)
_task_type_property = _model.Property(
    "taskType", "task_type", _either.Either(_values.TEXT, _values.NULL)
)
_data_property = _model.Property(
    "data",
    "data",
    _either.Either(_values.ListOf(_model.ObjectOf(RunOutputData)), _values.NULL),
)
_is_truncated_property = _model.Property(
    "isTruncated", "is_truncated", _either.Either(_values.BOOLEAN, _values.NULL)
)
_error_trace_property = _model.Property(
    "errorTrace", "error_trace", _either.Either(_values.TEXT, _values.NULL)
)
_output_parameters_property = _model.Property(
    "outputParameters",
    "output_parameters",
    _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
)
_schema = TaskRunOutput.schema_ = _model.Schema(
    _key_property,
    _task_type_property,
    _data_property,
    _is_truncated_property,
    _error_trace_property,
    _output_parameters_property,
)
