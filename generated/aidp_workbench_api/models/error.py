from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values
from ..types import UNSET


@_attrs_define(repr=False)
class Error(_model.Model):
    """What went wrong."""

    code: str
    """Short code of the error, for programs."""
    message: str
    """Message of the error, for people."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(code := _get("code", UNSET)) not in _code_property.types:
            code = _code_property.decode(code, _rest)
        if type(message := _get("message", UNSET)) not in _message_property.types:
            message = _message_property.decode(message, _rest)
        _model_ = _new(
            code,
            message,
        )
        _model_.additional_properties = _rest
        return _model_


_code_property = _model.Property("code", "code", _values.TEXT, required=True)
_message_property = _model.Property("message", "message", _values.TEXT, required=True)
_schema = Error.schema_ = _model.Schema(
    _code_property,
    _message_property,
)
