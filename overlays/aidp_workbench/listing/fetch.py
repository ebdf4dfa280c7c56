"""Calls an operation that returns one thing, such as the details of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from aidp_workbench_api.models import Error

from .arguments import check_arguments
from .operation import acall, call, resolve, unexpected

if TYPE_CHECKING:
    from .operation import Operation, Response

P = ParamSpec("P")
T = TypeVar("T")


def fetch(operation: Operation[P, T | Error | None], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The model that an operation returns; `None` if the response has no body.

    Args:
        operation: The module of an operation that returns no pages.
        args: The operation's own arguments, as are `kwargs`.

    Raises:
        ArgumentError: An argument is `None`, blank or of another type. Nothing was sent.
        ServiceError: The service refused.
        TransportError: No complete response arrived.
        ResponseError: The response is not what the API describes.
    """
    operation = resolve(operation)
    check_arguments(operation, args, kwargs, paged=False)
    return _model(operation, call(operation, args, kwargs))


async def afetch(
    operation: Operation[P, T | Error | None], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`fetch` for asyncio and trio."""
    operation = resolve(operation)
    check_arguments(operation, args, kwargs, paged=False)
    return _model(operation, await acall(operation, args, kwargs))


def _model(operation: Operation[..., object], response: Response[T | Error | None]) -> T:
    model = response.parsed
    if isinstance(model, Error) or (model is None and response.content):
        raise unexpected(operation, response)
    return cast("T", model)  # None where the API describes no body
