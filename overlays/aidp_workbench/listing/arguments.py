"""Refuses invalid arguments of an operation before anything is sent."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Iterator, Sized
from enum import Enum
from reprlib import repr as shortened
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union

from aidp_workbench_api.types import UNSET, Unset

from ..errors import ArgumentError
from .operation import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .operation import Operation

# Most items that a list call of Oracle's returns at once; more is answered with an error or, by
# some services, with fewer. https://docs.oracle.com/en-us/iaas/Content/API/Concepts/usingapi.htm#nine
MAX_LIMIT = 1000


def check_arguments(
    operation: Operation[..., object],
    args: Sequence[object],
    kwargs: Mapping[str, object],
    *,
    paged: bool,
    unchecked: str = "",
) -> None:
    """Raise ArgumentError, or TypeError if the arguments do not fit the operation at all.

    The generated code leaves out what is `None`, empty or UNSET, and an iterator is used up by
    the first page. A filter that is lost that way would list everything.
    """
    signature = _signature(operation.sync_detailed)
    bounds = {"limit": (1, MAX_LIMIT), **getattr(operation, "BOUNDS", {})}
    for name, value in signature.bind(*args, **kwargs).arguments.items():
        if name == unchecked:
            continue
        problem = problem_with(signature.parameters[name], value)
        if problem := problem or _out_of_bounds(value, *bounds.get(name, (None, None))):
            raise ArgumentError(f"{name} {problem}")
    if paged != ("page" in signature.parameters):
        name = name_of(operation)
        raise TypeError(
            f"{name} takes no page: use fetch" if paged else f"{name} returns pages: use paginate"
        )


# Uncached, it would take a tenth of the time of a small page.
_signature = functools.lru_cache(inspect.signature)


def problem_with(parameter: inspect.Parameter, value: Any) -> str:
    """What is wrong with the value of a parameter; empty if nothing is."""
    optional = parameter.default is not inspect.Parameter.empty
    if value is UNSET and optional:
        return ""
    hint = "; leave it out if it is not needed" if optional else ""
    if value is None or value is UNSET:
        return f"must not be {value if value is None else 'UNSET'}{hint}"
    if isinstance(value, Iterator):
        return "must be a list: an iterator is used up after the first page"
    if isinstance(value, Sized) and len(value) == 0:
        return f"must not be {'blank' if isinstance(value, str) else 'empty'}{hint}"
    if isinstance(value, str) and not value.strip():
        return f"must not be blank{hint}"
    # Parameters that can be positional are part of the path, where dots would lead elsewhere.
    if value in (".", "..") and parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
        return f"must be a key, not {value!r}"
    return _mismatch(parameter.annotation, value)


def _out_of_bounds(value: Any, least: float | None, greatest: float | None) -> str:
    """What is wrong with a number; the bounds are those that the API describes."""
    if not isinstance(value, int | float):
        return ""
    if (least is None or value >= least) and (greatest is None or value <= greatest):
        return ""
    if least is None or greatest is None:
        bound = f"at least {least}" if greatest is None else f"at most {greatest}"
        return f"must be {bound}, not {shortened(value)}"
    return f"must be from {least} to {greatest}, not {shortened(value)}"


def _mismatch(annotation: Any, value: object) -> str:
    """What the value must be instead; empty if it fits, or if nothing is known about it.

    `str` and `quote` turn anything into text, so that bytes, booleans and members of an enum
    would be sent as their repr.
    """
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (Union, UnionType):
        mismatches = [_mismatch(member, value) for member in inner if member is not Unset]
        return mismatches[0] if all(mismatches) else ""
    if origin is Literal:
        fits = type(value) in map(type, inner) and value in inner
        return "" if fits else f"takes {', '.join(map(str, inner))}, not {shortened(value)}"
    if origin is list:
        if not isinstance(value, list | tuple):
            return f"must be a list, such as [{shortened(value)}], not {shortened(value)}"
        items = typing.cast("Sequence[object]", value)
        return next(filter(None, (_mismatch(inner[0], item) for item in items)), "")
    kind = origin or annotation
    if not isinstance(kind, type) or _is_instance(value, kind):
        return ""
    return f"must be {_NAMES.get(kind, kind.__name__)}, not {shortened(value)}"


_NAMES: dict[type, str] = {
    str: "text", int: "a whole number", float: "a number", bool: "True or False"
}  # fmt: skip


def _is_instance(value: object, kind: type) -> bool:
    if isinstance(value, bool | Enum):
        return type(value) is kind
    return isinstance(value, (int, float) if kind is float else kind)
