from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values

if TYPE_CHECKING:
    from ..models.task_run_summary import TaskRunSummary


@_attrs_define(repr=False)
class TaskRunCollection(_model.Model):
    """A page of task runs."""

    items: list[TaskRunSummary]
    """The task runs of this page."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.task_run_summary import TaskRunSummary  # noqa: E402

TaskRunCollection.schema_ = _model.Schema(
    _model.Property(
        "items", "items", _values.ListOf(_model.ObjectOf(TaskRunSummary)), required=True
    ),
)
