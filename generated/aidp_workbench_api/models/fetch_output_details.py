from __future__ import annotations

from typing import Any

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


FetchOutputDetails.schema_ = _model.Schema(
    _model.Property("outputKey", "output_key", _values.TEXT),
)
