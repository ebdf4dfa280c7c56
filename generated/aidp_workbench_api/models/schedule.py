from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if (
            type(quartz_cron_expression := _get("quartzCronExpression", UNSET))
            not in _quartz_cron_expression_property.types
        ):
            quartz_cron_expression = _quartz_cron_expression_property.decode(
                quartz_cron_expression, _rest
            )
        if (
            type(timezone_id := _get("timezoneId", UNSET))
            not in _timezone_id_property.types
        ):
            timezone_id = _timezone_id_property.decode(timezone_id, _rest)
        if (
            type(pause_status := _get("pauseStatus", UNSET))
            not in _pause_status_property.types
        ):
            pause_status = _pause_status_property.decode(pause_status, _rest)
        _model_ = _new(
            quartz_cron_expression,
            timezone_id,
            pause_status,
        )
        _model_.additional_properties = _rest
        return _model_


_quartz_cron_expression_property = _model.Property(
    "quartzCronExpression",
    "quartz_cron_expression",
    _either.Either(_values.TEXT, _values.NULL),
)
_timezone_id_property = _model.Property(
    "timezoneId", "timezone_id", _either.Either(_values.TEXT, _values.NULL)
)
_pause_status_property = _model.Property(
    "pauseStatus", "pause_status", _either.Either(_values.TEXT, _values.NULL)
)
_schema = Schedule.schema_ = _model.Schema(
    _quartz_cron_expression_property,
    _timezone_id_property,
    _pause_status_property,
)
