"""The state of a listing, and the decisions that its sync and its async loop share."""

from __future__ import annotations

from concurrent.futures import CancelledError
from reprlib import repr as shortened
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aidp_workbench_api.models import Error
from attrs import field, frozen

from ..errors import ArgumentError, PaginationError, ResponseError, TransportError, WorkbenchError
from .arguments import MAX_LIMIT
from .operation import acall, call, name_of, unexpected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .operation import Collection, Operation, Response

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

# On one page; ten times what can be requested.
MOST_ITEMS = 10 * MAX_LIMIT


@frozen
class Page(Generic[T_co]):
    """One page of a listing.

    Attributes:
        items: What it holds; it may be empty and not the last.
        next_page: Token of the next page, to be passed as `page=`; `None` after the last.
        opc_request_id: Oracle's identifier of the request that returned it.
    """

    items: Sequence[T_co] = field(repr=lambda items: f"<{len(items)} items>")
    next_page: str | None
    opc_request_id: str | None


class Listing(Generic[T]):
    """Requests one page after the other."""

    def __init__(
        self,
        operation: Operation[..., Collection[T] | Error | None],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        problem: WorkbenchError | None = None,
    ) -> None:
        """The arguments are those of the operation, checked; the next request raises `problem`."""
        self.has_more = True
        self._operation = operation
        self._args = args
        self._kwargs = dict(kwargs)
        page = self._kwargs.get("page")
        self._page = page if isinstance(page, str) else None  # it may be UNSET
        self._seen = {hash(self._page)}  # hashes: a token may have thousands of characters
        self._keys: list[Any] = []
        self._problem = problem
        self._pages_before = 0
        self._items_before = 0

    def request(self) -> Response[Collection[T] | Error | None]:
        """Request the next page."""
        if self._problem:
            raise self._problem
        return call(self._operation, self._args, self._kwargs)

    async def arequest(self) -> Response[Collection[T] | Error | None]:
        """`request` for asyncio and trio."""
        if self._problem:
            raise self._problem
        return await acall(self._operation, self._args, self._kwargs)

    def advance(self, response: Response[Collection[T] | Error | None]) -> Page[T]:
        """The page in `response`; the next request is for the page after it."""
        collection = response.parsed
        if collection is None or isinstance(collection, Error):
            raise unexpected(self._operation, response)
        items = collection.items
        if len(items) > MOST_ITEMS:
            raise ResponseError(f"{self._name}: {len(items):,} items on one page")
        # No header and an empty header end a listing; an empty page does not.
        next_page = response.headers.get("opc-next-page") or None
        if next_page is None:
            self.has_more = False
        elif hash(next_page) in self._seen:
            raise PaginationError(f"{self._name}: page token {shortened(next_page)} came twice")
        # Items without a key may look the same and be different ones.
        keys = [getattr(item, "key", None) for item in items]
        if keys and all(keys) and keys == self._keys:
            # For the next request: this page is given, and `resume_page` names the one after it.
            self._problem = PaginationError(f"{self._name}: two pages in a row have the same items")
        self._keys = keys
        self._page = self._kwargs["page"] = next_page
        self._seen.add(hash(next_page))
        self._pages_before += 1
        self._items_before += len(items)
        return Page(items, next_page, response.headers.get("opc-request-id"))

    def explain(self, error: WorkbenchError | CancelledError) -> WorkbenchError:
        """The error to raise for `error`, with how far the listing got and where to resume.

        Its traceback starts where it is raised again, and the errors of the HTTP client below it
        have none: their frames say nothing about a listing, and hide those of the caller.
        """
        self.has_more = False
        if isinstance(error, CancelledError):
            ours = WorkbenchError(f"{self._name}: cancelled")
        elif isinstance(error, ArgumentError) and self._pages_before:
            # After the first page only the token is new, and that is not the caller's.
            ours = PaginationError(*error.args)
            ours.__cause__ = error.__cause__
        else:
            ours = error
        ours.resume_page = self._page
        ours.pages_before = self._pages_before
        ours.items_before = self._items_before
        below = ours.__cause__ if isinstance(ours, TransportError) else None
        while below:
            below.__traceback__ = None
            below = below.__cause__ or below.__context__
        return ours.with_traceback(None)

    @property
    def _name(self) -> str:
        return name_of(self._operation)
