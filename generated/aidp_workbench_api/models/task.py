from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


from ..models.depends_on import DependsOn  # noqa: E402

Task.schema_ = _model.Schema(
    _model.Property("type", "type_", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("taskKey", "task_key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("runIf", "run_if", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "dependsOn",
        "depends_on",
        _either.Either(
            _values.ListOf(_model.ObjectOf(DependsOn, _values.TEXT)), _values.NULL
        ),
    ),
    _model.Property(
        "maxRetries", "max_retries", _either.Either(_values.INTEGER, _values.NULL)
    ),
    _model.Property(
        "minRetryIntervalMillis",
        "min_retry_interval_millis",
        _either.Either(_values.INTEGER, _values.NULL),
    ),
    _model.Property(
        "isRetryOnTimeout",
        "is_retry_on_timeout",
        _either.Either(_values.BOOLEAN, _values.NULL),
    ),
)
