"""Runs many listings of one operation at the same time, such as those of many job runs."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sized
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import ArgumentError, WorkbenchError
from .arguments import check_arguments, problem_with
from .listing import Listing
from .operation import name_of, resolve
from .prefetch import Background, cancel, start_task

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Generator, Iterator

    from aidp_workbench_api.models import Error

    from .listing import Page
    from .operation import Collection, Operation

T = TypeVar("T")

_DEFAULT_CONCURRENCY = 32


def paginate_many(
    operation: Operation[..., Collection[T] | Error | None],
    by: str,
    keys: Iterable[str],
    /,
    *,
    concurrency: int | None = None,
    **arguments: Any,
) -> Generator[tuple[str, Page[T] | WorkbenchError]]:
    """Pages of many listings as they arrive, each with the key that it belongs to.

    A listing that fails yields its error, with `resume_page`, in place of a page, and the others
    continue. One page of each is in memory. After a 429 all of them wait, and then continue at the
    rate that the service allows.

    Args:
        operation: The module of a list operation.
        by: Name of the argument in which the listings differ, such as `job_run_key`.
        keys: Its value in each of them. An iterator may be endless: a key is taken when its
            listing starts.
        concurrency: How many listings run at the same time, 32 if not given. If the operation has
            a parameter of this name, it is passed on instead.
        arguments: The other arguments of the operation, the same for all.

    Raises:
        ArgumentError: An argument or a key is invalid. Nothing was sent. An invalid key from an
            iterator yields its error in place of a page.
    """
    listings, limit = _listings(resolve(operation), by, keys, concurrency, arguments)

    def generate() -> Generator[tuple[str, Page[T] | WorkbenchError]]:
        running: dict[Background[Any], tuple[str, Listing[T]]] = {}
        try:
            while True:
                for key, listing in islice(listings, limit - len(running)):
                    running[Background(listing.request)] = key, listing
                if not running:
                    return
                done = wait(running, return_when=FIRST_COMPLETED).done
                for call in [call for call in running if call in done]:
                    key, listing = running.pop(call)
                    page = _outcome(listing, call)
                    if listing.has_more:
                        running[Background(listing.request)] = key, listing
                    yield key, page
        finally:
            for call in running:
                call.abandon()

    return generate()


def apaginate_many(
    operation: Operation[..., Collection[T] | Error | None],
    by: str,
    keys: Iterable[str],
    /,
    *,
    concurrency: int | None = None,
    **arguments: Any,
) -> AsyncGenerator[tuple[str, Page[T] | WorkbenchError]]:
    """`paginate_many` for asyncio."""
    listings, limit = _listings(resolve(operation), by, keys, concurrency, arguments)

    async def generate() -> AsyncGenerator[tuple[str, Page[T] | WorkbenchError]]:
        import asyncio

        running: dict[asyncio.Future[Any], tuple[str, Listing[T]]] = {}
        try:
            while True:
                for key, listing in islice(listings, limit - len(running)):
                    running[_start(listing)] = key, listing
                    await asyncio.sleep(0)  # others run between two signatures
                if not running:
                    return
                done, _ = await asyncio.wait(running, return_when=FIRST_COMPLETED)
                for call in done:
                    key, listing = running.pop(call)
                    page = _outcome(listing, call)
                    if listing.has_more:
                        running[_start(listing)] = key, listing
                    yield key, page
        finally:
            await cancel(*running)

    return generate()


def _start(listing: Listing[Any]) -> asyncio.Future[Any]:
    if (task := start_task(listing.arequest)) is None:
        raise RuntimeError("apaginate_many needs asyncio")
    return task


def _outcome(listing: Listing[T], call: Any) -> Page[T] | WorkbenchError:
    """The page that a finished future has, or the error that ends the listing."""
    try:
        if call.cancelled():
            raise CancelledError
        return listing.advance(call.result())
    except (WorkbenchError, CancelledError) as error:
        return listing.explain(error)


def _listings(
    operation: Operation[..., Collection[T] | Error | None],
    by: str,
    keys: Iterable[str],
    concurrency: int | None,
    arguments: dict[str, Any],
) -> tuple[Iterator[tuple[str, Listing[T]]], int]:
    """A listing for each key, and how many may run at the same time."""
    parameters = inspect.signature(operation.sync_detailed).parameters
    if "concurrency" in parameters and concurrency is not None:
        arguments["concurrency"], concurrency = concurrency, None
    limit = _DEFAULT_CONCURRENCY if concurrency is None else concurrency
    if type(limit) is not int or limit < 1:
        raise ArgumentError(f"concurrency must be a whole number above 0, not {concurrency!r}")
    if by not in parameters:
        raise TypeError(f"{name_of(operation)} has no parameter {by!r}")
    if by in arguments:
        raise TypeError(f"{by} is what the listings differ in: give it as keys alone")
    check_arguments(operation, (), {**arguments, by: None}, paged=True, unchecked=by)

    def listing(key: str) -> tuple[str, Listing[T]]:
        problem = problem_with(parameters[by], key)
        error = ArgumentError(f"{by} {problem}") if problem else None
        return key, Listing(operation, (), {**arguments, by: key}, error)

    return map(listing, _checked(keys, parameters[by])), limit


def _checked(keys: Iterable[str], parameter: inspect.Parameter) -> Iterator[str]:
    """The keys; all are checked now, unless they come from an iterator."""
    given: Any = keys
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise ArgumentError(f"keys must be several, not {given!r}")
    if not isinstance(keys, Sized):
        return iter(keys)
    keys = list(keys)
    # Checked in full only if something is wrong: there may be thousands of keys.
    for key in (key for key in keys if type(key) is not str or not key.strip()):
        if problem := problem_with(parameter, key):
            raise ArgumentError(f"{parameter.name} {problem}")
    return iter(keys)
