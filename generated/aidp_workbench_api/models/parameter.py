from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..types import UNSET, Unset


@_attrs_define(repr=False)
class Parameter(_model.Model):
    """A parameter of a job, a task or a run."""

    name: None | str | Unset = UNSET
    """Its name."""
    value: None | str | Unset = UNSET
    """Its value."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(name := _get("name", UNSET)) not in _name_property.types:
            name = _name_property.decode(name, _rest)
        if type(value := _get("value", UNSET)) not in _value_property.types:
            value = _value_property.decode(value, _rest)
        _model_ = _new(
            name,
            value,
        )
        _model_.additional_properties = _rest
        return _model_


_name_property = _model.Property(
    "name", "name", _either.Either(_values.TEXT, _values.NULL)
)
_value_property = _model.Property(
    "value", "value", _either.Either(_values.TEXT, _values.NULL)
)
_schema = Parameter.schema_ = _model.Schema(
    _name_property,
    _value_property,
)
