from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..models.run_output_charset import RunOutputCharset
from ..models.run_output_compression import RunOutputCompression
from ..models.run_output_type import RunOutputType
from ..types import UNSET, Unset


@_attrs_define(repr=False)
class RunOutputData(_model.Model):
    """A part of an output."""

    type_: None | RunOutputType | str | Unset = UNSET
    """What the value is. A type that this version does not know arrives as plain text."""
    value: None | str | Unset = UNSET
    """The text, or the content in Base64."""
    is_base_64: bool | None | Unset = UNSET
    """Whether the value is in Base64."""
    charset: None | RunOutputCharset | str | Unset = UNSET
    """Encoding of the text. A value that this version does not know arrives as plain text."""
    compression: None | RunOutputCompression | str | Unset = UNSET
    """How the content is compressed. A value that this version does not know arrives as plain text."""
    length: None | str | Unset = UNSET
    """How many bytes it has."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(type_ := _get("type", UNSET)) not in _type__property.types:
            type_ = _type__property.decode(type_, _rest)
        if type(value := _get("value", UNSET)) not in _value_property.types:
            value = _value_property.decode(value, _rest)
        if (
            type(is_base_64 := _get("isBase64", UNSET))
            not in _is_base_64_property.types
        ):
            is_base_64 = _is_base_64_property.decode(is_base_64, _rest)
        if type(charset := _get("charset", UNSET)) not in _charset_property.types:
            charset = _charset_property.decode(charset, _rest)
        if (
            type(compression := _get("compression", UNSET))
            not in _compression_property.types
        ):
            compression = _compression_property.decode(compression, _rest)
        if type(length := _get("length", UNSET)) not in _length_property.types:
            length = _length_property.decode(length, _rest)
        _model_ = _new(
            type_,
            value,
            is_base_64,
            charset,
            compression,
            length,
        )
        _model_.additional_properties = _rest
        return _model_


_type__property = _model.Property(
    "type", "type_", _either.Either(_values.TEXT, _values.NULL)
)
_value_property = _model.Property(
    "value", "value", _either.Either(_values.TEXT, _values.NULL)
)
_is_base_64_property = _model.Property(
    "isBase64", "is_base_64", _either.Either(_values.BOOLEAN, _values.NULL)
)
_charset_property = _model.Property(
    "charset", "charset", _either.Either(_values.TEXT, _values.NULL)
)
_compression_property = _model.Property(
    "compression", "compression", _either.Either(_values.TEXT, _values.NULL)
)
_length_property = _model.Property(
    "length", "length", _either.Either(_values.TEXT, _values.NULL)
)
_schema = RunOutputData.schema_ = _model.Schema(
    _type__property,
    _value_property,
    _is_base_64_property,
    _charset_property,
    _compression_property,
    _length_property,
)
