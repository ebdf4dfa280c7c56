from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values

if TYPE_CHECKING:
    from ..models.job_run_summary import JobRunSummary


@_attrs_define(repr=False)
class JobRunCollection(_model.Model):
    """A page of job runs."""

    items: list[JobRunSummary]
    """The job runs of this page."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.job_run_summary import JobRunSummary  # noqa: E402

JobRunCollection.schema_ = _model.Schema(
    _model.Property(
        "items", "items", _values.ListOf(_model.ObjectOf(JobRunSummary)), required=True
    ),
)
