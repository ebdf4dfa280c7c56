from __future__ import annotations

from typing import Any

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


Parameter.schema_ = _model.Schema(
    _model.Property("name", "name", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("value", "value", _either.Either(_values.TEXT, _values.NULL)),
)
