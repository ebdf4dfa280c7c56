"""Refuses arguments of a listing that cannot be meant, before anything is sent."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Sized
from typing import TYPE_CHECKING, Any

from aidp_workbench_api.types import UNSET, Unset

from ..errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Most items that a list call of Oracle's returns at once; more is answered with an error or, by
# some services, with fewer. https://docs.oracle.com/en-us/iaas/Content/API/Concepts/usingapi.htm#nine
MAX_LIMIT = 1000


def check_arguments(
    operation: Callable[..., object], args: Sequence[object], kwargs: Mapping[str, object]
) -> None:
    """Raise ArgumentError, or TypeError if the arguments do not fit the operation at all.

    The generated code leaves out what is `None`, empty or UNSET, and an iterator is used up by
    the first page. A filter that got lost on its way here would so list everything.
    """
    signature = inspect.signature(operation)
    if not {"client", "page"} <= signature.parameters.keys():
        raise TypeError(f"{operation.__qualname__} is no list operation: it takes no page")
    for name, value in signature.bind(*args, **kwargs).arguments.items():
        if problem := _problem(signature.parameters[name], value):
            raise ArgumentError(f"{name} {problem}")


def _problem(parameter: inspect.Parameter, value: Any) -> str:
    """What is wrong with the value of a parameter; empty if nothing is."""
    optional = parameter.default is not inspect.Parameter.empty
    if value is UNSET and optional:
        return ""
    hint = "; leave it out if it is not needed" if optional else ""
    if value is None or value is UNSET:
        return f"must not be {value if value is None else 'UNSET'}{hint}"
    if isinstance(value, str) and not value.strip():
        return f"must not be blank{hint}"
    # Parameters that can be positional are part of the path, where dots would lead elsewhere.
    if value in (".", "..") and parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
        return f"must be a key, not {value!r}"
    if parameter.name == "limit" and not (type(value) is int and 1 <= value <= MAX_LIMIT):
        return f"must be a whole number from 1 to {MAX_LIMIT}, not {value!r}"
    if isinstance(value, Iterator):
        return "must be a list: an iterator is used up after the first page"
    if isinstance(value, Sized) and not isinstance(value, str) and len(value) == 0:
        return f"must not be empty{hint}"
    kinds = {typing.get_origin(one) for one in typing.get_args(parameter.annotation)}
    if isinstance(value, str) and list in kinds and typing.Literal not in kinds:
        return f"must be a list, not {value!r}"
    if known := _literals(parameter.annotation):
        several = isinstance(value, list | tuple)
        for one in typing.cast("Sequence[object]", value) if several else [value]:
            if one not in known:
                return f"takes {', '.join(map(str, known))}, not {one!r}"
    return ""


def _literals(annotation: Any) -> list[object]:
    """The values that an annotation allows; empty if it also takes others, such as any text."""
    if typing.get_origin(annotation) is typing.Literal:
        return list(typing.get_args(annotation))
    inner = [one for one in typing.get_args(annotation) if one is not Unset]
    found = [_literals(one) for one in inner]
    return [value for values in found for value in values] if all(found) else []
