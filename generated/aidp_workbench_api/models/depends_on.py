from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values
from ..types import UNSET, Unset


@_attrs_define(repr=False)
class DependsOn(_model.Model):
    """A task that runs before another."""

    task_key: None | str | Unset = UNSET
    """Key of the task that runs before."""
    outcome: None | str | Unset = UNSET
    """The result that it must have, for conditions."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


DependsOn.schema_ = _model.Schema(
    _model.Property("taskKey", "task_key", _either.Either(_values.TEXT, _values.NULL)),
    _model.Property("outcome", "outcome", _either.Either(_values.TEXT, _values.NULL)),
)
