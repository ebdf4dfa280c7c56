from __future__ import annotations

from typing import Any

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


RunOutputData.schema_ = _model.Schema(
    _model.Property("type", "type_", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("value", "value", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "isBase64", "is_base_64", _either.Either(_values.BOOLEAN, _values.NULL)
    ),
    _model.Property("charset", "charset", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property(
        "compression", "compression", _either.Either(_values.TEXT, _values.NULL)
    ),
    _model.Property("length", "length", _either.Either(_values.TEXT, _values.NULL)),
)
