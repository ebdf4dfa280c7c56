from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..models.repair_type import RepairType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.parameter import Parameter
    from ..models.state import State
    from ..models.task_to_task_run_map import TaskToTaskRunMap


@_attrs_define(repr=False)
class RepairHistory(_model.Model):
    """The original run of a job run, or a repair of it, which runs some of its tasks again."""

    key: int | None | Unset = UNSET
    """Its number; 0 for the original run."""
    type_: None | RepairType | str | Unset = UNSET
    """Whether this is a repair. A value that this version does not know arrives as plain text."""
    state: None | State | Unset = UNSET
    start_time: int | None | Unset = UNSET
    """When the execution started, in milliseconds since 1970-01-01 UTC."""
    end_time: int | None | Unset = UNSET
    """When the execution ended, in milliseconds since 1970-01-01 UTC."""
    execution_duration: int | None | Unset = UNSET
    """How long the execution took, in milliseconds."""
    task_to_task_run_map: None | TaskToTaskRunMap | Unset = UNSET
    parameters: list[Parameter] | None | Unset = UNSET
    """Its own parameters."""
    repaired_tasks: list[str] | None | Unset = UNSET
    """Keys of the tasks that were run again."""
    parent_task_run_key: None | str | Unset = UNSET
    """Key of the task run that started this job run, for nested jobs."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.parameter import Parameter  # noqa: E402
from ..models.state import State  # noqa: E402
from ..models.task_to_task_run_map import TaskToTaskRunMap  # noqa: E402

RepairHistory.schema_ = _model.Schema(
    _model.Property("key", "key", _either.Either(_values.INTEGER, _values.NULL)),
    _model.Property("type", "type_", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("state", "state", _model.ObjectOf(State, _values.NULL)),
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
        "executionDuration",
        "execution_duration",
        _either.Either(_values.INTEGER, _values.NULL),
    ),
    _model.Property(
        "taskToTaskRunMap",
        "task_to_task_run_map",
        _model.ObjectOf(TaskToTaskRunMap, _values.NULL),
    ),
    _model.Property(
        "parameters",
        "parameters",
        _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
    ),
    _model.Property(
        "repairedTasks",
        "repaired_tasks",
        _either.Either(_values.ListOf(_values.TEXT), _values.NULL),
    ),
    _model.Property(
        "parentTaskRunKey",
        "parent_task_run_key",
        _either.Either(_values.TEXT, _values.NULL),
    ),
)
