"""Which things a list operation selects, and in which order, by the names of its parameters."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

Item = dict[str, Any]
Matches = Callable[[Any, Any], bool]
"""Whether the value of a property is what a query parameter asks for."""

# The properties that a parameter stands for, where it has another name: the first that there is.
_PROPERTIES = {
    "displayName": ("displayName", "name"),
    "status": ("state",),
    "jobKey": ("jobKey", "key"),
    "createdBy": ("createdByName",),
    "updatedBy": ("updatedByName",),
}


def select(items: Iterable[Item], query: Mapping[str, Any], names: Collection[str]) -> list[Item]:
    """The items, which have properties with these `names`, that a query selects, in its order.

    A parameter that stands for no property is ignored. Items come in the order of their creation.
    """
    filters: list[Callable[[Item], bool]] = []
    for parameter, asked in query.items():
        name, matches = _matcher(parameter)
        if found := _property(name, names):
            filters.append(partial(_fits, found, matches, asked))
    selected = [item for item in items if all(fits(item) for fits in filters)]
    sort_by = query.get("sortBy")
    if sort_by is None:
        return selected
    if found := _property(sort_by, names):
        selected.sort(key=lambda item: _nulls_last(_value(item, found)))
    default_order = "DESC" if sort_by == "timeCreated" else "ASC"
    return selected[::-1] if query.get("sortOrder", default_order) == "DESC" else selected


def narrowed(thing: Item, query: Mapping[str, Any]) -> Item:
    """What a get returns of a thing: parts that are long are only there if they are asked for."""
    left_out = {name for name, flag in _ONLY_IF.items() if not query.get(flag)}
    found = {name: value for name, value in thing.items() if name not in left_out}
    if (repair := query.get("repairKey")) is not None and "repairHistory" in found:
        earlier = [one for one in found["repairHistory"] if one["key"] <= repair]
        found["repairHistory"] = earlier[-1:]
    return found


_ONLY_IF = {
    "taskRunSummaryMap": "shouldIncludeTaskRunSummaries",
    "retries": "shouldIncludeTaskRunRetries",
}


def _property(name: str, names: Collection[str]) -> str | None:
    return next((one for one in _PROPERTIES.get(name, (name,)) if one in names), None)


def _value(item: Item, name: str) -> Any:
    """The value of a property; that of a state is its status."""
    value = item.get(name)
    return value.get("status") if name == "state" and isinstance(value, dict) else value


def _nulls_last(value: Any) -> tuple[bool, str]:
    return value is None, str(value or "")


def _fits(name: str, matches: Matches, asked: Any, item: Item) -> bool:
    return matches(_value(item, name), asked)


def _matcher(parameter: str) -> tuple[str, Matches]:
    """The name of what a parameter asks for, and how."""
    for suffix, matches in _SUFFIXES.items():
        if parameter.endswith(suffix):
            return parameter.removesuffix(suffix), matches
    return parameter, _any_case if parameter == "lifecycleState" else _equals


def _equals(value: Any, asked: Any) -> bool:
    """Whether a value is, or contains, what is asked for, or one of several."""
    if isinstance(asked, list | tuple | set):
        return any(_equals(value, one) for one in asked)
    if isinstance(value, list):
        return any(_equals(one, asked) for one in value)
    if isinstance(asked, date) and isinstance(value, str):
        return type(asked).fromisoformat(value) == asked
    return bool(value == (str(asked) if isinstance(asked, UUID) else asked))


def _any_case(value: Any, asked: Any) -> bool:
    return str(value).lower() == str(asked).lower()


def _contains(value: Any, asked: Any) -> bool:
    return isinstance(value, str) and asked in value


def _from(value: Any, asked: Any) -> bool:
    return isinstance(value, str) and bool(type(asked).fromisoformat(value) >= asked)


def _until(value: Any, asked: Any) -> bool:
    return isinstance(value, str) and bool(type(asked).fromisoformat(value) <= asked)


_SUFFIXES: dict[str, Matches] = {
    "Contains": _contains,
    "GreaterThanOrEqualTo": _from,
    "LessThanOrEqualTo": _until,
}
