from __future__ import annotations

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import either as _either
from .. import model as _model
from .. import values as _values


@_attrs_define(repr=False, eq=False)
class TaskToTaskRunMap(_model.MapModel["None | str"]):
    """TaskToTaskRunMap

    For each task, by its key, the key of the task run that counts.
    """

    additional_properties: dict[str, None | str] = _attrs_field(
        init=False, factory=dict
    )


_schema = TaskToTaskRunMap.schema_ = _model.Schema(
    additional=_either.Either(_values.TEXT, _values.NULL),
)
