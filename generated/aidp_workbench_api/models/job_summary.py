from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

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


from ..models.schedule import Schedule  # noqa: E402

JobSummary.schema_ = _model.Schema(
    _model.Property("key", "key", _values.TEXT, required=True),
    _model.Property("name", "name", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("path", "path", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("schedule", "schedule", _model.ObjectOf(Schedule, _values.NULL)),
    _model.Property("runAs", "run_as", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "timeCreated", "time_created", _either.Either(_times.TIME, _values.NULL)
    ),
    _model.Property(
        "timeUpdated", "time_updated", _either.Either(_times.TIME, _values.NULL)
    ),
    _model.Property(
        "createdBy", "created_by", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "createdByName", "created_by_name", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "updatedBy", "updated_by", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "updatedByName", "updated_by_name", _either.Either(_values.TEXT, _values.NULL)
    ),
)
