from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..models.run_if import RunIf
from ..models.task_type import TaskType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.depends_on import DependsOn


@_attrs_define(repr=False)
class Task(_model.Model):
    """A task of a job. What only some types of tasks have, such as the path of a notebook, is kept as
    it is."""

    type_: None | str | TaskType | Unset = UNSET
    """What the task runs. A type that this version does not know arrives as plain text."""
    task_key: None | str | Unset = UNSET
    """Key of the task, which is its name within the job."""
    run_if: None | RunIf | str | Unset = UNSET
    """How the tasks that it depends on must have ended for it to run. A rule that this version does
    not know arrives as plain text."""
    depends_on: list[DependsOn | str] | None | Unset = UNSET
    """The tasks that run before it, as objects or by their keys alone."""
    max_retries: int | None | Unset = UNSET
    """How often a failed task is tried again at most."""
    min_retry_interval_millis: int | None | Unset = UNSET
    """How many milliseconds pass at least from a failure to the next try."""
    is_retry_on_timeout: bool | None | Unset = UNSET
    """Whether a task that timed out is tried again, too."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(type_ := _get("type", UNSET)) not in _type__property.types:
            type_ = _type__property.decode(type_, _rest)
        if type(task_key := _get("taskKey", UNSET)) not in _task_key_property.types:
            task_key = _task_key_property.decode(task_key, _rest)
        if type(run_if := _get("runIf", UNSET)) not in _run_if_property.types:
            run_if = _run_if_property.decode(run_if, _rest)
        if (
            type(depends_on := _get("dependsOn", UNSET))
            not in _depends_on_property.types
        ):
            depends_on = _depends_on_property.decode(depends_on, _rest)
        if (
            type(max_retries := _get("maxRetries", UNSET))
            not in _max_retries_property.types
        ):
            max_retries = _max_retries_property.decode(max_retries, _rest)
        if (
            type(min_retry_interval_millis := _get("minRetryIntervalMillis", UNSET))
            not in _min_retry_interval_millis_property.types
        ):
            min_retry_interval_millis = _min_retry_interval_millis_property.decode(
                min_retry_interval_millis, _rest
            )
        if (
            type(is_retry_on_timeout := _get("isRetryOnTimeout", UNSET))
            not in _is_retry_on_timeout_property.types
        ):
            is_retry_on_timeout = _is_retry_on_timeout_property.decode(
                is_retry_on_timeout, _rest
            )
        _model_ = _new(
            type_,
            task_key,
            run_if,
            depends_on,
            max_retries,
            min_retry_interval_millis,
            is_retry_on_timeout,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.depends_on import DependsOn  # noqa: E402

_type__property = _model.Property(
    "type", "type_", _either.Either(_values.TEXT, _values.NULL)
)
_task_key_property = _model.Property(
    "taskKey", "task_key", _either.Either(_values.TEXT, _values.NULL)
)
_run_if_property = _model.Property(
    "runIf", "run_if", _either.Either(_values.TEXT, _values.NULL)
)
_depends_on_property = _model.Property(
    "dependsOn",
    "depends_on",
    _either.Either(
        _values.ListOf(_model.ObjectOf(DependsOn, _values.TEXT)), _values.NULL
    ),
)
_max_retries_property = _model.Property(
    "maxRetries", "max_retries", _either.Either(_values.INTEGER, _values.NULL)
)
_min_retry_interval_millis_property = _model.Property(
    "minRetryIntervalMillis",
    "min_retry_interval_millis",
    _either.Either(_values.INTEGER, _values.NULL),
)
_is_retry_on_timeout_property = _model.Property(
    "isRetryOnTimeout",
    "is_retry_on_timeout",
    _either.Either(_values.BOOLEAN, _values.NULL),
)
_schema = Task.schema_ = _model.Schema(
    _type__property,
    _task_key_property,
    _run_if_property,
    _depends_on_property,
    _max_retries_property,
    _min_retry_interval_millis_property,
    _is_retry_on_timeout_property,
)
