from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import model as _model


@_attrs_define(repr=False, eq=False)
class TaskRunSummaryMap(_model.MapModel["Any"]):
    """TaskRunSummaryMap

    The task runs, if they were asked for, as JSON.
    """

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)


_schema = TaskRunSummaryMap.schema_ = _model.Schema()
