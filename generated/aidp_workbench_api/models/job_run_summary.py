from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import times as _times
from .. import values as _values
from ..models.job_run_launch import JobRunLaunch
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.state import State


@_attrs_define(repr=False)
class JobRunSummary(_model.Model):
    """One run of one job, as a list shows it."""

    key: str
    """Key of this job run."""
    name: None | str | Unset = UNSET
    """Display name."""
    state: None | State | Unset = UNSET
    job_key: None | str | Unset = UNSET
    """Key of the job that ran."""
    job_name: None | str | Unset = UNSET
    """Display name of the job that ran."""
    launched: JobRunLaunch | None | str | Unset = UNSET
    """What started the job run. A value that this version does not know arrives as plain text."""
    start_time: int | None | Unset = UNSET
    """When the execution started, in milliseconds since 1970-01-01 UTC."""
    end_time: int | None | Unset = UNSET
    """When the execution ended, in milliseconds since 1970-01-01 UTC."""
    execution_duration: int | None | Unset = UNSET
    """How long the execution took, in milliseconds."""
    run_as: None | str | Unset = UNSET
    """The user as whom the job runs."""
    time_created: datetime.datetime | None | Unset = UNSET
    """When it was created."""
    time_updated: datetime.datetime | None | Unset = UNSET
    """When it was changed last."""
    created_by: None | str | Unset = UNSET
    """OCID of the user who created it."""
    created_by_name: None | str | Unset = UNSET
    """Name of the user who created it."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(key := _get("key", UNSET)) not in _key_property.types:
            key = _key_property.decode(key, _rest)
        if type(name := _get("name", UNSET)) not in _name_property.types:
            name = _name_property.decode(name, _rest)
        if type(state := _get("state", UNSET)) not in _state_property.types:
            state = _state_property.decode(state, _rest)
        if type(job_key := _get("jobKey", UNSET)) not in _job_key_property.types:
            job_key = _job_key_property.decode(job_key, _rest)
        if type(job_name := _get("jobName", UNSET)) not in _job_name_property.types:
            job_name = _job_name_property.decode(job_name, _rest)
        if type(launched := _get("launched", UNSET)) not in _launched_property.types:
            launched = _launched_property.decode(launched, _rest)
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
        if type(run_as := _get("runAs", UNSET)) not in _run_as_property.types:
            run_as = _run_as_property.decode(run_as, _rest)
        if (
            type(time_created := _get("timeCreated", UNSET))
            not in _time_created_property.types
        ):
            time_created = _time_created_property.decode(time_created, _rest)
        if (
            type(time_updated := _get("timeUpdated", UNSET))
            not in _time_updated_property.types
        ):
            time_updated = _time_updated_property.decode(time_updated, _rest)
        if (
            type(created_by := _get("createdBy", UNSET))
            not in _created_by_property.types
        ):
            created_by = _created_by_property.decode(created_by, _rest)
        if (
            type(created_by_name := _get("createdByName", UNSET))
            not in _created_by_name_property.types
        ):
            created_by_name = _created_by_name_property.decode(created_by_name, _rest)
        _model_ = _new(
            key,
            name,
            state,
            job_key,
            job_name,
            launched,
            start_time,
            end_time,
            execution_duration,
            run_as,
            time_created,
            time_updated,
            created_by,
            created_by_name,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.state import State  # noqa: E402

_key_property = _model.Property("key", "key", _values.TEXT, required=True)
_name_property = _model.Property(
    "name", "name", _either.Either(_values.TEXT, _values.NULL)
)
_state_property = _model.Property(
    "state", "state", _model.ObjectOf(State, _values.NULL)
)
_job_key_property = _model.Property(
    "jobKey", "job_key", _either.Either(_values.TEXT, _values.NULL)
)
_job_name_property = _model.Property(
    "jobName", "job_name", _either.Either(_values.TEXT, _values.NULL)
)
_launched_property = _model.Property(
    "launched", "launched", _either.Either(_values.TEXT, _values.NULL)
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
_run_as_property = _model.Property(
    "runAs", "run_as", _either.Either(_values.TEXT, _values.NULL)
)
_time_created_property = _model.Property(
    "timeCreated", "time_created", _either.Either(_times.TIME, _values.NULL)
)
_time_updated_property = _model.Property(
    "timeUpdated", "time_updated", _either.Either(_times.TIME, _values.NULL)
)
_created_by_property = _model.Property(
    "createdBy", "created_by", _either.Either(_values.TEXT, _values.NULL)
)
_created_by_name_property = _model.Property(
    "createdByName", "created_by_name", _either.Either(_values.TEXT, _values.NULL)
)
_schema = JobRunSummary.schema_ = _model.Schema(
    _key_property,
    _name_property,
    _state_property,
    _job_key_property,
    _job_name_property,
    _launched_property,
    _start_time_property,
    _end_time_property,
    _execution_duration_property,
    _run_as_property,
    _time_created_property,
    _time_updated_property,
    _created_by_property,
    _created_by_name_property,
)
