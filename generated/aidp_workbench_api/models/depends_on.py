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
class DependsOn(_model.Model):
    """A task that runs before another."""

    task_key: None | str | Unset = UNSET
    """Key of the task that runs before."""
    outcome: None | str | Unset = UNSET
    """The result that it must have, for conditions."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(task_key := _get("taskKey", UNSET)) not in _task_key_property.types:
            task_key = _task_key_property.decode(task_key, _rest)
        if type(outcome := _get("outcome", UNSET)) not in _outcome_property.types:
            outcome = _outcome_property.decode(outcome, _rest)
        _model_ = _new(
            task_key,
            outcome,
        )
        _model_.additional_properties = _rest
        return _model_


_task_key_property = _model.Property(
    "taskKey", "task_key", _either.Either(_values.TEXT, _values.NULL)
)
_outcome_property = _model.Property(
    "outcome", "outcome", _either.Either(_values.TEXT, _values.NULL)
)
_schema = DependsOn.schema_ = _model.Schema(
    _task_key_property,
    _outcome_property,
)
