from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values

if TYPE_CHECKING:
    from ..models.task_run_retry_summary import TaskRunRetrySummary


@_attrs_define(repr=False)
class TaskRunRetryCollection(_model.Model):
    """A page of retries. Oracle's SDK says that a task run has at most ten."""

    items: list[TaskRunRetrySummary]
    """The retries of this page."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.task_run_retry_summary import TaskRunRetrySummary  # noqa: E402

TaskRunRetryCollection.schema_ = _model.Schema(
    _model.Property(
        "items",
        "items",
        _values.ListOf(_model.ObjectOf(TaskRunRetrySummary)),
        required=True,
    ),
)
