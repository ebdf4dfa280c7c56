from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

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


from ..models.state import State  # noqa: E402

JobRunSummary.schema_ = _model.Schema(
    _model.Property("key", "key", _values.TEXT, required=True),
    _model.Property("name", "name", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("state", "state", _model.ObjectOf(State, _values.NULL)),
    _model.Property("jobKey", "job_key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("jobName", "job_name", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("launched", "launched", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "startTime",
        "start_time",
        _either.Either(_values.INTEGER, _values.NULL),
        value_format="epoch-milliseconds",
    ),
    _model.Property(
        "endTime",
        "end_time",
        _either.Either(_values.INTEGER, _values.NULL),
        value_format="epoch-milliseconds",
    ),
    _model.Property(
        "executionDuration",
        "execution_duration",
        _either.Either(_values.INTEGER, _values.NULL),
    ),
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
)
