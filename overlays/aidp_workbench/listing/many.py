"""Runs many listings of one operation at the same time, such as those of many job runs."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sized
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import ArgumentError, WorkbenchError
from .arguments import check_arguments, problem_with
from .listing import Listing
from .operation import name_of, resolve
from .prefetch import Background, cancel, start_task

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Callable, Generator, Iterator

    from aidp_workbench_api.models import Error

    from .listing import Page
    from .operation import Collection, Operation, Response

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

    def start(listing: Listing[T]) -> Background[Response[Collection[T] | Error | None]]:
        return Background(listing.request)

    listings = _Listings(resolve(operation), by, keys, concurrency, arguments, start)

    def generate() -> Generator[tuple[str, Page[T] | WorkbenchError]]:
        try:
            while True:
                while listings.start_one():
                    pass
                if not listings.running:
                    return
                done = wait(listings.running, return_when=FIRST_COMPLETED).done
                for call in [call for call in listings.running if call in done]:
                    yield listings.settle(call)
        finally:
            for call in listings.running:
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

    def start(listing: Listing[T]) -> asyncio.Future[Response[Collection[T] | Error | None]]:
        if (task := start_task(listing.arequest)) is None:
            raise RuntimeError("apaginate_many needs asyncio")
        return task

    listings = _Listings(resolve(operation), by, keys, concurrency, arguments, start)

    async def generate() -> AsyncGenerator[tuple[str, Page[T] | WorkbenchError]]:
        import asyncio

        try:
            while True:
                while listings.start_one():  # noqa: ASYNC110  # others run between two signatures
                    await asyncio.sleep(0)
                if not listings.running:
                    return
                done, _ = await asyncio.wait(listings.running, return_when=FIRST_COMPLETED)
                for call in done:
                    yield listings.settle(call)
        finally:
            await cancel(*listings.running)

    return generate()


class _Listings(Generic[T]):
    """The listings that are running, by the call for the next page of each."""

    def __init__(
        self,
        operation: Operation[..., Collection[T] | Error | None],
        by: str,
        keys: Iterable[str],
        concurrency: int | None,
        arguments: dict[str, Any],
        start: Callable[[Listing[T]], Any],
    ) -> None:
        parameters = inspect.signature(operation.sync_detailed).parameters
        if "concurrency" in parameters and concurrency is not None:
            arguments["concurrency"], concurrency = concurrency, None
        self._concurrency = _DEFAULT_CONCURRENCY if concurrency is None else concurrency
        if type(self._concurrency) is not int or self._concurrency < 1:
            raise ArgumentError(f"concurrency must be a whole number above 0, not {concurrency!r}")
        if by not in parameters:
            raise TypeError(f"{name_of(operation)} has no parameter {by!r}")
        if by in arguments:
            raise TypeError(f"{by} is what the listings differ in: give it as keys alone")
        check_arguments(operation, (), {**arguments, by: None}, paged=True, unchecked=by)
        self._operation = operation
        self._by = parameters[by]
        self._keys = self._checked(keys)
        self._arguments = arguments
        self._start = start
        self.running: dict[Any, tuple[str, Listing[T]]] = {}

    def start_one(self) -> bool:
        """Start the listing of the next key, if there is one and it may run."""
        if len(self.running) >= self._concurrency:
            return False
        for key in self._keys:
            problem = problem_with(self._by, key)
            error = ArgumentError(f"{self._by.name} {problem}") if problem else None
            arguments = {**self._arguments, self._by.name: key}
            self._request(key, Listing(self._operation, (), arguments, error))
            return True
        return False

    def settle(self, call: Any) -> tuple[str, Page[T] | WorkbenchError]:
        """The result of a finished call; the next page of its listing is requested."""
        key, listing = self.running.pop(call)
        try:
            if call.cancelled():
                raise CancelledError
            page = listing.advance(call.result())
        except (WorkbenchError, CancelledError) as error:
            return key, listing.explain(error)
        if listing.has_more:
            self._request(key, listing)
        return key, page

    def _request(self, key: str, listing: Listing[T]) -> None:
        self.running[self._start(listing)] = key, listing

    def _checked(self, keys: Iterable[str]) -> Iterator[str]:
        """The keys; all are checked now, unless they come from an iterator."""
        given: Any = keys
        if isinstance(given, str | bytes) or not isinstance(given, Iterable):
            raise ArgumentError(f"keys must be several, not {given!r}")
        if not isinstance(keys, Sized):
            return iter(keys)
        keys = list(keys)
        # Checked in full only if something is wrong: there may be thousands of keys.
        for key in (key for key in keys if type(key) is not str or not key.strip()):
            if problem := problem_with(self._by, key):
                raise ArgumentError(f"{self._by.name} {problem}")
        return iter(keys)
