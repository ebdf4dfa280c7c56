from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..models.pause_status import PauseStatus
from ..types import UNSET, Unset


@_attrs_define(repr=False)
class Schedule(_model.Model):
    """When a job runs by itself."""

    quartz_cron_expression: None | str | Unset = UNSET
    """The times, as a cron expression of Quartz."""
    timezone_id: None | str | Unset = UNSET
    """The time zone of these times, by its name in Java."""
    pause_status: None | PauseStatus | str | Unset = UNSET
    """Whether the schedule is paused. A value that this version does not know arrives as plain text."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


Schedule.schema_ = _model.Schema(
    _model.Property(
        "quartzCronExpression",
        "quartz_cron_expression",
        _either.Either(_values.TEXT, _values.NULL),
    ),
    _model.Property(
        "timezoneId", "timezone_id", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "pauseStatus", "pause_status", _either.Either(_values.TEXT, _values.NULL)
    ),
)
