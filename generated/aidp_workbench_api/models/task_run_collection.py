from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import ResponseError
from ..types import UNSET

if TYPE_CHECKING:
    from ..models.task_run_summary import TaskRunSummary


T = TypeVar("T", bound="TaskRunCollection")


@_attrs_define
class TaskRunCollection:
    """A page of task runs."""

    items: list[TaskRunSummary]
    """ The task runs of this page. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "items": items,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise ResponseError.unexpected("", "an object", src_dict)
        d: dict[str, Any] = {}
        if not src_dict.keys() <= _KNOWN:
            d = {key: value for key, value in src_dict.items() if key not in _KNOWN}
        items = src_dict.get("items", UNSET)
        if isinstance(items, list):
            _items, items = items, []
            for one in _items:
                try:
                    items.append(TaskRunSummary.from_dict(one))
                except ResponseError as error:
                    raise error.inside(f"items[{len(items)}]")
        else:
            raise ResponseError.unexpected("items", "a list", items)

        task_run_collection = cls(
            items,
        )

        task_run_collection.additional_properties = d
        return task_run_collection

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


_KNOWN: frozenset[str] = frozenset(
    [
        "items",
    ]
)
from ..models.task_run_summary import TaskRunSummary  # noqa: E402
