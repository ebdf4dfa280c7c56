from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(key := _get("key", UNSET)) not in _key_property.types:
            key = _key_property.decode(key, _rest)
        if type(type_ := _get("type", UNSET)) not in _type__property.types:
            type_ = _type__property.decode(type_, _rest)
        if type(state := _get("state", UNSET)) not in _state_property.types:
            state = _state_property.decode(state, _rest)
        if (
            type(start_time := _get("startTime", UNSET))
            not in _start_time_property.types
        ):
            start_time = _start_time_property.decode(start_time, _rest)
        if type(end_time := _get("endTime", UNSET)) not in _end_time_property.types:
            end_time = _end_time_property.decode(end_time, _rest)
        if (
            type(execution_duration := _get("executionDuration", UNSET))
            not in _execution_duration_property.types
        ):
            execution_duration = _execution_duration_property.decode(
                execution_duration, _rest
            )
        if (
            type(task_to_task_run_map := _get("taskToTaskRunMap", UNSET))
            not in _task_to_task_run_map_property.types
        ):
            task_to_task_run_map = _task_to_task_run_map_property.decode(
                task_to_task_run_map, _rest
            )
        if (
            type(parameters := _get("parameters", UNSET))
            not in _parameters_property.types
        ):
            parameters = _parameters_property.decode(parameters, _rest)
        if (
            type(repaired_tasks := _get("repairedTasks", UNSET))
            not in _repaired_tasks_property.types
        ):
            repaired_tasks = _repaired_tasks_property.decode(repaired_tasks, _rest)
        if (
            type(parent_task_run_key := _get("parentTaskRunKey", UNSET))
            not in _parent_task_run_key_property.types
        ):
            parent_task_run_key = _parent_task_run_key_property.decode(
                parent_task_run_key, _rest
            )
        _model_ = _new(
            key,
            type_,
            state,
            start_time,
            end_time,
            execution_duration,
            task_to_task_run_map,
            parameters,
            repaired_tasks,
            parent_task_run_key,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.parameter import Parameter  # noqa: E402
from ..models.state import State  # noqa: E402
from ..models.task_to_task_run_map import TaskToTaskRunMap  # noqa: E402

_key_property = _model.Property(
    "key", "key", _either.Either(_values.INTEGER, _values.NULL)
)
_type__property = _model.Property(
    "type", "type_", _either.Either(_values.TEXT, _values.NULL)
)
_state_property = _model.Property(
    "state", "state", _model.ObjectOf(State, _values.NULL)
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
_execution_duration_property = _model.Property(
    "executionDuration",
    "execution_duration",
    _either.Either(_values.INTEGER, _values.NULL),
)
_task_to_task_run_map_property = _model.Property(
    "taskToTaskRunMap",
    "task_to_task_run_map",
    _model.ObjectOf(TaskToTaskRunMap, _values.NULL),
)
_parameters_property = _model.Property(
    "parameters",
    "parameters",
    _either.Either(_values.ListOf(_model.ObjectOf(Parameter)), _values.NULL),
)
_repaired_tasks_property = _model.Property(
    "repairedTasks",
    "repaired_tasks",
    _either.Either(_values.ListOf(_values.TEXT), _values.NULL),
)
_parent_task_run_key_property = _model.Property(
    "parentTaskRunKey",
    "parent_task_run_key",
    _either.Either(_values.TEXT, _values.NULL),
)
_schema = RepairHistory.schema_ = _model.Schema(
    _key_property,
    _type__property,
    _state_property,
    _start_time_property,
    _end_time_property,
    _execution_duration_property,
    _task_to_task_run_map_property,
    _parameters_property,
    _repaired_tasks_property,
    _parent_task_run_key_property,
)
