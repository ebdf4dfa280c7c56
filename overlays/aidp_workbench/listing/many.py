"""Goes through many listings of one operation at the same time, such as those of many job runs."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from ..errors import ArgumentError, WorkbenchError
from .arguments import check_arguments
from .pagination import Listing
from .prefetch import Background, cancel, start_task

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable

    from .pagination import Page, Response

T = TypeVar("T")
F = TypeVar("F", bound="_Future")


def paginate_many(
    operation: Callable[..., Response[T]],
    by: str,
    keys: Iterable[str],
    *,
    concurrency: int = 32,
    **arguments: Any,
) -> Generator[tuple[str, Page[T] | WorkbenchError]]:
    """Pages of many listings as they come, each with the key that it belongs to.

    A listing that fails gives its error, with `resume_page`, in place of a page, and the others
    go on. One page of each is in memory. When the service says 429, all of them wait, and then go
    on at the rate that it allows.

    Args:
        operation: The `sync_detailed` function of a list operation.
        by: Name of the argument in which the listings differ, such as `job_run_key`.
        keys: What it is in each of them.
        concurrency: How many listings run at the same time.
        arguments: The other arguments of the operation, the same for all.

    Raises:
        ArgumentError: An argument or a key cannot be meant. Nothing was sent.
    """
    if iscoroutinefunction(operation):
        raise TypeError(f"{operation.__qualname__} is for apaginate_many")
    many: _Many[T, Background[Response[T]]]
    many = _Many(operation, by, keys, concurrency, arguments, Background)

    def generate() -> Generator[tuple[str, Page[T] | WorkbenchError]]:
        try:
            many.fill()
            while many.running:
                done = wait(many.running, return_when=FIRST_COMPLETED).done
                for call in [call for call in many.running if call in done]:
                    yield many.settle(call)
        finally:
            for call in many.running:
                call.abandon()

    return generate()


def apaginate_many(
    operation: Callable[..., Awaitable[Response[T]]],
    by: str,
    keys: Iterable[str],
    *,
    concurrency: int = 32,
    **arguments: Any,
) -> AsyncGenerator[tuple[str, Page[T] | WorkbenchError]]:
    """`paginate_many` for asyncio; `operation` is an `asyncio_detailed` function."""
    if not iscoroutinefunction(operation):
        raise TypeError(f"{operation.__qualname__} is for paginate_many")

    def start(call: Callable[[], Awaitable[Response[T]]]) -> asyncio.Future[Response[T]]:
        if (task := start_task(call)) is None:
            raise RuntimeError("apaginate_many needs asyncio")
        return task

    many: _Many[T, asyncio.Future[Response[T]]]
    many = _Many(operation, by, keys, concurrency, arguments, start)

    async def generate() -> AsyncGenerator[tuple[str, Page[T] | WorkbenchError]]:
        import asyncio

        try:
            many.fill()
            while many.running:
                done, _ = await asyncio.wait(many.running, return_when=FIRST_COMPLETED)
                for call in done:
                    yield many.settle(call)
        finally:
            await cancel(*many.running)

    return generate()


class _Future(Protocol):
    """What futures of threads and of asyncio have in common."""

    def result(self) -> Any: ...


class _Listing(NamedTuple):
    key: str
    arguments: dict[str, Any]
    progress: Listing


class _Many(Generic[T, F]):
    """The listings that are running, by the call for the next page of each."""

    def __init__(
        self,
        operation: Callable[..., object],
        by: str,
        keys: Iterable[str],
        concurrency: int,
        arguments: dict[str, Any],
        start: Callable[[Callable[[], Any]], F],
    ) -> None:
        if type(concurrency) is not int or concurrency < 1:
            raise ArgumentError(f"concurrency must be a whole number above 0, not {concurrency!r}")
        if isinstance(keys, str):
            raise ArgumentError(f"keys must be several, not {keys!r}")
        keys = list(keys)
        for key in keys:
            check_arguments(operation, (), {**arguments, by: key})
        self._operation = operation
        self._by = by
        self._keys = iter(keys)
        self._concurrency = concurrency
        self._arguments = arguments
        self._start = start
        self.running: dict[F, _Listing] = {}

    def fill(self) -> None:
        """Begin as many listings as may run."""
        while len(self.running) < self._concurrency:
            if (key := next(self._keys, None)) is None:
                return
            arguments = {**self._arguments, self._by: key}
            self._fetch(_Listing(key, arguments, Listing(self._operation, (), arguments)))

    def settle(self, call: F) -> tuple[str, Page[T] | WorkbenchError]:
        """What a call that is over has found; whatever comes next is on its way."""
        listing = self.running.pop(call)
        found: Page[T] | WorkbenchError
        try:
            with listing.progress.errors():
                found = listing.progress.take(call.result())
        except WorkbenchError as error:
            found = error
        else:
            if found.next_page is not None:
                listing.arguments["page"] = found.next_page
                self._fetch(listing)
        self.fill()
        return listing.key, found

    def _fetch(self, listing: _Listing) -> None:
        call = self._start(partial(self._operation, **listing.arguments))
        self.running[call] = listing
