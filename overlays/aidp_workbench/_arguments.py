"""Refuses arguments of a listing that cannot be meant, before anything is sent."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from .errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Most items that a list call of Oracle's returns at once; more is answered with an error or, by
# some services, with fewer. https://docs.oracle.com/en-us/iaas/Content/API/Concepts/usingapi.htm#nine
MAX_LIMIT = 1000


def check_arguments(
    operation: Callable[..., object], args: Sequence[object], kwargs: Mapping[str, object]
) -> None:
    """Raise ArgumentError, or TypeError if the arguments do not fit the operation at all.

    The generated code leaves an argument out that is `None`. A filter that got lost on its way
    here would so list everything.
    """
    signature = inspect.signature(operation)
    if not {"client", "page"} <= signature.parameters.keys():
        raise TypeError(f"{operation.__qualname__} is no list operation: it takes no page")
    for name, value in signature.bind(*args, **kwargs).arguments.items():
        if value is None:
            raise ArgumentError(f"{name} must not be None; leave it out if it is not needed")
        if isinstance(value, str) and not value.strip():
            raise ArgumentError(f"{name} must not be blank; leave it out if it is not needed")
        if name == "limit" and isinstance(value, int) and not 1 <= value <= MAX_LIMIT:
            raise ArgumentError(f"limit must be between 1 and {MAX_LIMIT}, not {value}")
