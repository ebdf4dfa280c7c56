from __future__ import annotations

import datetime
from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import times as _times
from .. import values as _values
from ..models.workspace_type import WorkspaceType
from ..types import UNSET, Unset


@_attrs_define(repr=False)
class WorkspaceSummary(_model.Model):
    """A workspace, as a list shows it."""

    key: None | str | Unset = UNSET
    """Key of this workspace."""
    display_name: None | str | Unset = UNSET
    """Display name."""
    description: None | str | Unset = UNSET
    """What people wrote about it."""
    type_: None | str | Unset | WorkspaceType = UNSET
    """Type of the workspace. A type that this version does not know arrives as plain text."""
    lifecycle_state: None | str | Unset = UNSET
    """State of the workspace, such as `ACTIVE`."""
    lifecycle_details: None | str | Unset = UNSET
    """Message about the state, for people."""
    is_private_network_enabled: bool | None | Unset = UNSET
    """Whether it has a private network."""
    default_catalog_key: None | str | Unset = UNSET
    """Key of its default catalog."""
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


WorkspaceSummary.schema_ = _model.Schema(
    _model.Property("key", "key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "displayName", "display_name", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "description", "description", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property("type", "type_", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "lifecycleState", "lifecycle_state", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property(
        "lifecycleDetails",
        "lifecycle_details",
        _either.Either(_values.TEXT, _values.NULL),
    ),
    _model.Property(
        "isPrivateNetworkEnabled",
        "is_private_network_enabled",
        _either.Either(_values.BOOLEAN, _values.NULL),
    ),
    _model.Property(
        "defaultCatalogKey",
        "default_catalog_key",
        _either.Either(_values.TEXT, _values.NULL),
    ),
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
