"""What an operation of the generated client is: a module with a sync and an async function."""

from __future__ import annotations

import inspect
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

import httpx
from aidp_workbench_api.models import Error

from ..errors import ArgumentError, ClientClosedError, ResponseError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator, Mapping, Sequence

P = ParamSpec("P")
T_co = TypeVar("T_co", covariant=True)

# What httpx raises for text that has no place in a URL or a header.
_UNSENDABLE = (httpx.InvalidURL, UnicodeError)


class Response(Protocol[T_co]):
    """What is needed of the generated `Response`."""

    @property
    def parsed(self) -> T_co: ...

    @property
    def content(self) -> bytes: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


class Collection(Protocol[T_co]):
    """What every collection of the API has."""

    @property
    def items(self) -> Sequence[T_co]: ...


class Operation(Protocol[P, T_co]):
    """A module in `aidp_workbench_api.api`; type checkers see its parameters and its answer."""

    @property
    def sync_detailed(self) -> Callable[P, Response[T_co]]: ...

    @property
    def asyncio_detailed(self) -> Callable[P, Coroutine[Any, Any, Response[T_co]]]: ...


def resolve(operation: Operation[P, T_co]) -> Operation[P, T_co]:
    """The operation itself; TypeError for anything else, with what to pass instead.

    Version 0.2 took one of the module's two functions: they still work, with a DeprecationWarning
    for the line that called our caller.
    """
    given: Any = operation
    if _is_operation(given):
        return operation
    module: Any = sys.modules.get(given.__module__) if inspect.isfunction(given) else None
    if not _is_operation(module):
        raise TypeError(f"pass an operation, a module in aidp_workbench_api.api, not {given!r}")
    advice = f"pass the module {name_of(module)} instead of its function {given.__name__}"
    if given not in (module.sync_detailed, module.asyncio_detailed):
        raise TypeError(advice)
    warnings.warn(advice, DeprecationWarning, stacklevel=3)
    return module  # type: ignore[no-any-return]  # a module is not typed


def call(
    operation: Operation[..., T_co], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Response[T_co]:
    """Call the operation.

    Raises:
        ArgumentError: An argument cannot be sent in a URL or a header.
        ClientClosedError: The client is closed.
    """
    with _our_errors(operation, lambda: kwargs["client"].get_httpx_client()):
        return operation.sync_detailed(*args, **kwargs)


async def acall(
    operation: Operation[..., T_co], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Response[T_co]:
    """`call` for asyncio and trio."""
    with _our_errors(operation, lambda: kwargs["client"].get_async_httpx_client()):
        return await operation.asyncio_detailed(*args, **kwargs)


@contextmanager
def _our_errors(
    operation: Operation[..., object], client: Callable[[], httpx.Client | httpx.AsyncClient]
) -> Generator[None]:
    try:
        yield
    except _UNSENDABLE as error:
        raise ArgumentError(f"{name_of(operation)}: {error}") from error
    except RuntimeError as error:  # httpx's, for a closed client
        if client().is_closed:
            raise ClientClosedError from error
        raise


def name_of(operation: Operation[..., object]) -> str:
    """The operation's name, such as `list_task_runs`, for messages."""
    return operation.sync_detailed.__module__.rpartition(".")[2]


def unexpected(operation: Operation[..., object], response: Response[object]) -> ResponseError:
    """The error for a successful response without a model, or with an error in its place."""
    found = response.parsed
    problem = f"{found.code}: {found.message}" if isinstance(found, Error) else "no model in it"
    error = ResponseError(f"{name_of(operation)}: not the answer that the API describes: {problem}")
    error.opc_request_id = response.headers.get("opc-request-id")
    return error


def _is_operation(given: object) -> bool:
    return all(
        inspect.isfunction(getattr(given, name, None))
        for name in ("sync_detailed", "asyncio_detailed")
    )
