from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values

if TYPE_CHECKING:
    from ..models.workspace_summary import WorkspaceSummary


@_attrs_define(repr=False)
class WorkspaceCollection(_model.Model):
    """A page of workspaces."""

    items: list[WorkspaceSummary]
    """The workspaces of this page."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


from ..models.workspace_summary import WorkspaceSummary  # noqa: E402

WorkspaceCollection.schema_ = _model.Schema(
    _model.Property(
        "items",
        "items",
        _values.ListOf(_model.ObjectOf(WorkspaceSummary)),
        required=True,
    ),
)
