"""Goes through every page of a list operation of the generated client.

An operation is given as its `sync_detailed` or `asyncio_detailed` function, which keep the headers
of a response; the arguments are the operation's own.
"""

from __future__ import annotations

import time
from contextlib import aclosing, contextmanager
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Generic, ParamSpec, Protocol, TypeVar

import httpx
from aidp_workbench_api.models import Error
from attrs import field, frozen

from ..errors import ArgumentError, PaginationError, ResponseError, WorkbenchError
from .arguments import check_arguments
from .prefetch import Background, cancel, start_task

if TYPE_CHECKING:
    import asyncio
    from collections.abc import (
        AsyncGenerator,
        Awaitable,
        Callable,
        Generator,
        Iterator,
        Mapping,
        Sequence,
    )

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@frozen
class Page(Generic[T_co]):
    """One page of a listing.

    Attributes:
        items: What it holds; it may be empty and not the last.
        next_page: Token of the next page, to be passed as `page=`; `None` after the last.
        opc_request_id: Oracle's name for the request that gave it.
    """

    items: Sequence[T_co] = field(repr=lambda items: f"<{len(items)} items>")
    next_page: str | None
    opc_request_id: str | None


def paginate(operation: Callable[P, Response[T]], *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
    """Every item of a list operation, one page in memory at a time.

    Raises:
        ArgumentError: An argument is `None`, blank or out of range. Nothing was sent.
        ServiceError: The service refused a page.
        TransportError: A page did not arrive.
        ResponseError: A page is not what the API describes.
        PaginationError: The service sent a page token for the second time.

    The last four have `resume_page`, the token of the page that failed: call again with
    `page=error.resume_page` to get exactly the rest.
    """
    return (item for page in pages(operation, *args, **kwargs) for item in page.items)


def apaginate(
    operation: Callable[P, Awaitable[Response[T]]], *args: P.args, **kwargs: P.kwargs
) -> AsyncGenerator[T]:
    """`paginate` for asyncio and trio. Use `contextlib.aclosing` to leave it early under trio."""
    found = apages(operation, *args, **kwargs)

    async def generate() -> AsyncGenerator[T]:
        async with aclosing(found):
            async for page in found:
                for item in page.items:
                    yield item

    return generate()


def pages(
    operation: Callable[P, Response[T]], *args: P.args, **kwargs: P.kwargs
) -> Generator[Page[T]]:
    """Every page of a list operation; raises what `paginate` raises.

    For a caller who takes his time with a page, the next ones are fetched meanwhile, one ahead.
    """
    listing = Listing(operation, args, kwargs)
    if iscoroutinefunction(operation):
        raise TypeError(f"{operation.__qualname__} is for apages and apaginate")

    def generate() -> Generator[Page[T]]:
        ahead: Background[Response[T]] | None = None
        busy = 0.0
        try:
            while listing.goes_on:
                with listing.errors():
                    response = ahead.result() if ahead else operation(*args, **kwargs)
                    page = listing.take(response)
                kwargs["page"] = page.next_page
                wanted = listing.goes_on and busy > _WORTH_A_THREAD
                ahead = Background(partial(operation, *args, **kwargs)) if wanted else None
                given = time.perf_counter()
                yield page
                busy = time.perf_counter() - given
        finally:
            if ahead:
                ahead.abandon()

    return generate()


def apages(
    operation: Callable[P, Awaitable[Response[T]]], *args: P.args, **kwargs: P.kwargs
) -> AsyncGenerator[Page[T]]:
    """`pages` for asyncio and trio; under trio no page is fetched ahead."""
    listing = Listing(operation, args, kwargs)
    if not iscoroutinefunction(operation):
        raise TypeError(f"{operation.__qualname__} is for pages and paginate")

    async def generate() -> AsyncGenerator[Page[T]]:
        ahead: asyncio.Future[Response[T]] | None = None
        busy = 0.0
        try:
            while listing.goes_on:
                with listing.errors():
                    response = await (ahead or operation(*args, **kwargs))
                    page = listing.take(response)
                kwargs["page"] = page.next_page
                wanted = listing.goes_on and busy > _WORTH_A_THREAD
                ahead = start_task(partial(operation, *args, **kwargs)) if wanted else None
                given = time.perf_counter()
                yield page
                busy = time.perf_counter() - given
        finally:
            if ahead:
                await cancel(ahead)

    return generate()


# Seconds that a caller must have been busy with a page. Below, a thread costs more than it saves.
_WORTH_A_THREAD = 0.005


class _Collection(Protocol[T_co]):
    """What every collection of the API has."""

    @property
    def items(self) -> Sequence[T_co]: ...


class Response(Protocol[T_co]):
    """What the paginator needs of the generated `Response`."""

    @property
    def parsed(self) -> _Collection[T_co] | Error | None: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


class Listing:
    """Where a listing stands, and the decisions that the sync and the async loop share."""

    def __init__(
        self, operation: Callable[..., object], args: Sequence[object], kwargs: Mapping[str, object]
    ) -> None:
        check_arguments(operation, args, kwargs)
        self.goes_on = True
        self._name = operation.__module__.rpartition(".")[2]
        page = kwargs.get("page")
        self._page = page if isinstance(page, str) else None  # it may be UNSET
        self._seen = {self._page}
        self._pages = 0
        self._items = 0

    def take(self, response: Response[T]) -> Page[T]:
        """The page in `response`, after which the listing stands at the next."""
        if not hasattr(response, "headers"):
            raise TypeError(f"{self._name}: without headers; pass the operation's …_detailed")
        collection = response.parsed
        if collection is None or isinstance(collection, Error):
            problem = f", but {collection.code}: {collection.message}" if collection else ""
            error = ResponseError(f"{self._name}: the answer is no collection{problem}")
            error.opc_request_id = response.headers.get("opc-request-id")
            raise error
        # No header and an empty header end a listing; an empty page does not.
        next_page = response.headers.get("opc-next-page") or None
        if next_page is None:
            self.goes_on = False
        elif next_page in self._seen:
            raise PaginationError(f"{self._name}: page token {next_page!r} came twice")
        self._page = next_page
        self._seen.add(next_page)
        self._pages += 1
        self._items += len(collection.items)
        return Page(collection.items, next_page, response.headers.get("opc-request-id"))

    @contextmanager
    def errors(self) -> Generator[None]:
        """Tell errors which operation failed, how far it got and where to resume."""
        try:
            try:
                yield
            except (httpx.InvalidURL, UnicodeError) as error:
                raise ArgumentError(f"{self._name}: {error}") from error
        except WorkbenchError as error:
            error.resume_page = self._page
            error.pages_before = self._pages
            error.items_before = self._items
            raise
