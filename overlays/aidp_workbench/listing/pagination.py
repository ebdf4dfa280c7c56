"""Lists page by page, in the order of the service.

An operation is given as its module in `aidp_workbench_api.api`; the arguments are its own.
"""

from __future__ import annotations

import time
from contextlib import aclosing
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ..errors import WorkbenchError
from .arguments import check_arguments
from .listing import Listing
from .operation import resolve
from .prefetch import Background, cancel, start_task

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Generator, Iterator

    from aidp_workbench_api.models import Error

    from .listing import Page
    from .operation import Collection, Operation, Response

P = ParamSpec("P")
T = TypeVar("T")


def paginate(
    operation: Operation[P, Collection[T] | Error | None], /, *args: P.args, **kwargs: P.kwargs
) -> Iterator[T]:
    """Every item of a list operation, one page in memory at a time.

    Args:
        operation: The module of a list operation.
        args: The operation's own arguments, as are `kwargs`.

    Raises:
        ArgumentError: An argument is `None`, blank, out of range or of another type. Nothing was
            sent.
        ServiceError: The service refused a page.
        TransportError: A page did not arrive completely.
        ResponseError: A page is not what the API describes.
        PaginationError: The listing would not end: a page token was repeated, or a page repeated
            the items of the page before it.

    The last four have `resume_page`, the token of the page that failed: call again with
    `page=error.resume_page` to get exactly the rest.
    """
    found = pages(resolve(operation), *args, **kwargs)
    return (item for page in found for item in page.items)


def apaginate(
    operation: Operation[P, Collection[T] | Error | None], /, *args: P.args, **kwargs: P.kwargs
) -> AsyncGenerator[T]:
    """`paginate` for asyncio and trio. Use `contextlib.aclosing` to leave it early under trio."""
    found = apages(resolve(operation), *args, **kwargs)

    async def generate() -> AsyncGenerator[T]:
        async with aclosing(found):
            async for page in found:
                for item in page.items:
                    yield item

    return generate()


def pages(
    operation: Operation[P, Collection[T] | Error | None], /, *args: P.args, **kwargs: P.kwargs
) -> Generator[Page[T]]:
    """Every page of a list operation; raises what `paginate` raises.

    While a slow caller is busy with a page, the next one is fetched, and no more than that.
    """
    operation = resolve(operation)
    check_arguments(operation, args, kwargs, paged=True)
    listing = Listing(operation, args, kwargs)

    def generate() -> Generator[Page[T]]:
        ahead: Background[Response[Collection[T] | Error | None]] | None = None
        busy = 0.0
        try:
            while listing.has_more:
                try:
                    page = listing.advance(ahead.result() if ahead else listing.request())
                except WorkbenchError as error:
                    raise listing.explain(error)  # noqa: B904  # it keeps the cause that it has
                wanted = listing.has_more and busy > _WORTH_A_THREAD
                ahead = Background(listing.request) if wanted else None
                given = time.perf_counter()
                yield page
                busy = time.perf_counter() - given
        finally:
            if ahead:
                ahead.abandon()

    return generate()


def apages(
    operation: Operation[P, Collection[T] | Error | None], /, *args: P.args, **kwargs: P.kwargs
) -> AsyncGenerator[Page[T]]:
    """`pages` for asyncio and trio; under trio no page is fetched ahead."""
    operation = resolve(operation)
    check_arguments(operation, args, kwargs, paged=True)
    listing = Listing(operation, args, kwargs)

    async def generate() -> AsyncGenerator[Page[T]]:
        ahead: asyncio.Future[Response[Collection[T] | Error | None]] | None = None
        busy = 0.0
        try:
            while listing.has_more:
                try:
                    page = listing.advance(await (ahead or listing.arequest()))
                except WorkbenchError as error:
                    raise listing.explain(error)  # noqa: B904  # it keeps the cause that it has
                wanted = listing.has_more and busy > _WORTH_A_THREAD
                ahead = start_task(listing.arequest) if wanted else None
                given = time.perf_counter()
                yield page
                busy = time.perf_counter() - given
        finally:
            if ahead:
                await cancel(ahead)

    return generate()


# Seconds that a caller must have been busy with a page. Below, a thread costs more than it saves.
_WORTH_A_THREAD = 0.005
