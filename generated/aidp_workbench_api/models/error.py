from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values


@_attrs_define(repr=False)
class Error(_model.Model):
    """What went wrong."""

    code: str
    """Short code of the error, for programs."""
    message: str
    """Message of the error, for people."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


Error.schema_ = _model.Schema(
    _model.Property("code", "code", _values.TEXT, required=True),
    _model.Property("message", "message", _values.TEXT, required=True),
)
