from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values
from ..types import UNSET, Unset


@_attrs_define(repr=False)
class FetchOutputDetails(_model.Model):
    """Which output of a task run to return."""

    output_key: str | Unset = UNSET
    """Key of the output, the `outputKey` of a task run or of a retry."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if (
            type(output_key := _get("outputKey", UNSET))
            not in _output_key_property.types
        ):
            output_key = _output_key_property.decode(output_key, _rest)
        _model_ = _new(
            output_key,
        )
        _model_.additional_properties = _rest
        return _model_


_output_key_property = _model.Property("outputKey", "output_key", _values.TEXT)
_schema = FetchOutputDetails.schema_ = _model.Schema(
    _output_key_property,
)
