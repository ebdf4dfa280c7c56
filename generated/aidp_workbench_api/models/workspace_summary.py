from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

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

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(key := _get("key", UNSET)) not in _key_property.types:
            key = _key_property.decode(key, _rest)
        if (
            type(display_name := _get("displayName", UNSET))
            not in _display_name_property.types
        ):
            display_name = _display_name_property.decode(display_name, _rest)
        if (
            type(description := _get("description", UNSET))
            not in _description_property.types
        ):
            description = _description_property.decode(description, _rest)
        if type(type_ := _get("type", UNSET)) not in _type__property.types:
            type_ = _type__property.decode(type_, _rest)
        if (
            type(lifecycle_state := _get("lifecycleState", UNSET))
            not in _lifecycle_state_property.types
        ):
            lifecycle_state = _lifecycle_state_property.decode(lifecycle_state, _rest)
        if (
            type(lifecycle_details := _get("lifecycleDetails", UNSET))
            not in _lifecycle_details_property.types
        ):
            lifecycle_details = _lifecycle_details_property.decode(
                lifecycle_details, _rest
            )
        if (
            type(is_private_network_enabled := _get("isPrivateNetworkEnabled", UNSET))
            not in _is_private_network_enabled_property.types
        ):
            is_private_network_enabled = _is_private_network_enabled_property.decode(
                is_private_network_enabled, _rest
            )
        if (
            type(default_catalog_key := _get("defaultCatalogKey", UNSET))
            not in _default_catalog_key_property.types
        ):
            default_catalog_key = _default_catalog_key_property.decode(
                default_catalog_key, _rest
            )
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
            display_name,
            description,
            type_,
            lifecycle_state,
            lifecycle_details,
            is_private_network_enabled,
            default_catalog_key,
            time_created,
            time_updated,
            created_by,
            created_by_name,
            updated_by,
            updated_by_name,
        )
        _model_.additional_properties = _rest
        return _model_


_key_property = _model.Property(
    "key", "key", _either.Either(_values.TEXT, _values.NULL)
)
_display_name_property = _model.Property(
    "displayName", "display_name", _either.Either(_values.TEXT, _values.NULL)
)
_description_property = _model.Property(
    "description", "description", _either.Either(_values.TEXT, _values.NULL)
)
_type__property = _model.Property(
    "type", "type_", _either.Either(_values.TEXT, _values.NULL)
)
_lifecycle_state_property = _model.Property(
    "lifecycleState", "lifecycle_state", _either.Either(_values.TEXT, _values.NULL)
)
_lifecycle_details_property = _model.Property(
    "lifecycleDetails", "lifecycle_details", _either.Either(_values.TEXT, _values.NULL)
)
_is_private_network_enabled_property = _model.Property(
    "isPrivateNetworkEnabled",
    "is_private_network_enabled",
    _either.Either(_values.BOOLEAN, _values.NULL),
)
_default_catalog_key_property = _model.Property(
    "defaultCatalogKey",
    "default_catalog_key",
    _either.Either(_values.TEXT, _values.NULL),
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
_schema = WorkspaceSummary.schema_ = _model.Schema(
    _key_property,
    _display_name_property,
    _description_property,
    _type__property,
    _lifecycle_state_property,
    _lifecycle_details_property,
    _is_private_network_enabled_property,
    _default_catalog_key_property,
    _time_created_property,
    _time_updated_property,
    _created_by_property,
    _created_by_name_property,
    _updated_by_property,
    _updated_by_name_property,
)
