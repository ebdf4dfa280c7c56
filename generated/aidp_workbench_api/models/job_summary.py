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
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schedule import Schedule


@_attrs_define(repr=False)
class JobSummary(_model.Model):
    """A job, as a list shows it. What its runs did is not part of it."""

    key: str
    """Key of this job."""
    name: None | str | Unset = UNSET
    """Display name."""
    path: None | str | Unset = UNSET
    """Where the job is stored."""
    schedule: None | Schedule | Unset = UNSET
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
    updated_by: None | str | Unset = UNSET
    """OCID of the user who changed it last."""
    updated_by_name: None | str | Unset = UNSET
    """Name of the user who changed it last."""
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
        if type(path := _get("path", UNSET)) not in _path_property.types:
            path = _path_property.decode(path, _rest)
        if type(schedule := _get("schedule", UNSET)) not in _schedule_property.types:
            schedule = _schedule_property.decode(schedule, _rest)
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
        if (
            type(updated_by := _get("updatedBy", UNSET))
            not in _updated_by_property.types
        ):
            updated_by = _updated_by_property.decode(updated_by, _rest)
        if (
            type(updated_by_name := _get("updatedByName", UNSET))
            not in _updated_by_name_property.types
        ):
            updated_by_name = _updated_by_name_property.decode(updated_by_name, _rest)
        _model_ = _new(
            key,
            name,
            path,
            schedule,
            run_as,
            time_created,
            time_updated,
            created_by,
            created_by_name,
            updated_by,
            updated_by_name,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.schedule import Schedule  # noqa: E402

_key_property = _model.Property("key", "key", _values.TEXT, required=True)
_name_property = _model.Property(
    "name", "name", _either.Either(_values.TEXT, _values.NULL)
)
_path_property = _model.Property(
    "path", "path", _either.Either(_values.TEXT, _values.NULL)
)
_schedule_property = _model.Property(
    "schedule", "schedule", _model.ObjectOf(Schedule, _values.NULL)
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
_updated_by_property = _model.Property(
    "updatedBy", "updated_by", _either.Either(_values.TEXT, _values.NULL)
)
_updated_by_name_property = _model.Property(
    "updatedByName", "updated_by_name", _either.Either(_values.TEXT, _values.NULL)
)
_schema = JobSummary.schema_ = _model.Schema(
    _key_property,
    _name_property,
    _path_property,
    _schedule_property,
    _run_as_property,
    _time_created_property,
    _time_updated_property,
    _created_by_property,
    _created_by_name_property,
    _updated_by_property,
    _updated_by_name_property,
)
