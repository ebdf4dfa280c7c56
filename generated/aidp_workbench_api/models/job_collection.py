from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model
from .. import values as _values
from ..types import UNSET

if TYPE_CHECKING:
    from ..models.job_summary import JobSummary


@_attrs_define(repr=False)
class JobCollection(_model.Model):
    """A page of jobs."""

    items: list[JobSummary]
    """The jobs of this page."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        _is_known = type(src_dict) is dict and _schema.names.issuperset(src_dict)
        _rest = {} if _is_known else _schema.rest(src_dict)
        _new, _get = cls, src_dict.get
        if type(items := _get("items", UNSET)) not in _items_property.types:
            items = _items_property.decode(items, _rest)
        _model_ = _new(
            items,
        )
        _model_.additional_properties = _rest
        return _model_


from ..models.job_summary import JobSummary  # noqa: E402

_items_property = _model.Property(
    "items", "items", _values.ListOf(_model.ObjectOf(JobSummary)), required=True
)
_schema = JobCollection.schema_ = _model.Schema(
    _items_property,
)
