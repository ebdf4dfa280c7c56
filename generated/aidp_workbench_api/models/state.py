from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(status := _get("status", UNSET)) not in _status_property.types:
            status = _status_property.decode(status, _rest)
        if (
            type(state_message := _get("stateMessage", UNSET))
            not in _state_message_property.types
        ):
            state_message = _state_message_property.decode(state_message, _rest)
        if (
            type(error_trace := _get("errorTrace", UNSET))
            not in _error_trace_property.types
        ):
            error_trace = _error_trace_property.decode(error_trace, _rest)
        if (
            type(
                is_user_canceled_or_timed_out := _get("isUserCanceledOrTimedOut", UNSET)
            )
            not in _is_user_canceled_or_timed_out_property.types
        ):
            is_user_canceled_or_timed_out = (
                _is_user_canceled_or_timed_out_property.decode(
                    is_user_canceled_or_timed_out, _rest
                )
            )
        _model_ = _new(
            status,
            state_message,
            error_trace,
            is_user_canceled_or_timed_out,
        )
        _model_.additional_properties = _rest
        return _model_


_status_property = _model.Property(
    "status", "status", _either.Either(_values.TEXT, _values.NULL)
)
_state_message_property = _model.Property(
    "stateMessage", "state_message", _either.Either(_values.TEXT, _values.NULL)
)
_error_trace_property = _model.Property(
    "errorTrace", "error_trace", _either.Either(_values.TEXT, _values.NULL)
)
_is_user_canceled_or_timed_out_property = _model.Property(
    "isUserCanceledOrTimedOut",
    "is_user_canceled_or_timed_out",
    _either.Either(_values.BOOLEAN, _values.NULL),
)
_schema = State.schema_ = _model.Schema(
    _status_property,
    _state_message_property,
    _error_trace_property,
    _is_user_canceled_or_timed_out_property,
)
