"""The model of the items that an operation lists."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

from aidp_workbench_api.model import Model

from ..listing.operation import name_of, resolve

if TYPE_CHECKING:
    from ..listing.operation import Operation


def model_of(of: type[Model] | Operation[..., Any]) -> type[Model]:
    """The class itself, or that of the items of a list operation, else TypeError."""
    if isinstance(of, type):
        return of
    operation = resolve(of)
    answer = typing.get_type_hints(operation.sync_detailed)["return"]
    for one in _classes(*typing.get_args(answer)):
        hint = typing.get_type_hints(one).get("items")
        for item in typing.get_args(hint):
            if isinstance(item, type) and issubclass(item, Model):
                return item
    raise TypeError(f"{name_of(operation)} lists nothing that has a model")


def _classes(hint: Any) -> list[Any]:
    return [one for one in typing.get_args(hint) or (hint,) if isinstance(one, type)]
