from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..models.task_run_status import TaskRunStatus
from ..types import UNSET, Unset


@_attrs_define(repr=False)
class State(_model.Model):
    """State of a run."""

    status: None | str | TaskRunStatus | Unset = UNSET
    """Status of the run. A status that this version does not know arrives as plain text."""
    state_message: None | str | Unset = UNSET
    """Message about the status, for people."""
    error_trace: None | str | Unset = UNSET
    """Stack trace of the failure, if there is one."""
    is_user_canceled_or_timed_out: bool | None | Unset = False
    """Whether a user canceled the run, or the scheduler did because it timed out."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


State.schema_ = _model.Schema(
    _model.Property("status", "status", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "stateMessage", "state_message", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "errorTrace", "error_trace", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "isUserCanceledOrTimedOut",
        "is_user_canceled_or_timed_out",
        _either.Either(_values.BOOLEAN, _values.NULL),
    ),
)
