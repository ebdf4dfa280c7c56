from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


from ..models.parameter import Parameter  # noqa: E402
from ..models.run_output_data import RunOutputData  # noqa: E402

TaskRunOutput.schema_ = _model.Schema(
    _model.Property("key", "key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "taskType", "task_type", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "data",
        "data",
        _either.Either(_values.ListOf(_model.ObjectOf(RunOutputData)), _values.NULL),
    ),
    _model.Property(
        "isTruncated", "is_truncated", _either.Either(_values.BOOLEAN, _values.NULL)
    ),
    _model.Property(
        "errorTrace", "error_trace", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "outputParameters",
        "output_parameters",
        _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
    ),
)
