"""Leaves out what a listing repeats because its order changed between two pages."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Iterator

    from aidp_workbench_api.types import Unset


class Keyed(Protocol):
    """What runs, jobs and workspaces have."""

    @property
    def key(self) -> str | Unset | None: ...


K = TypeVar("K", bound=Keyed)


def unique(items: Iterable[K]) -> Iterator[K]:
    """The items with a new `key`, and all without a key: `unique(paginate(…))`.

    An item that is created, or moves, during a listing pushes others to the next page,
    where they are listed again. It remembers a number for each key. An item that moved to a page
    that was already read is lost, and no client can repair that; a second listing may show it.
    """
    seen: set[int] = set()
    return (item for item in items if is_new(item.key, seen))


async def aunique(items: AsyncGenerator[K]) -> AsyncGenerator[K]:
    """`unique` for what `apaginate` returns; closing it closes that."""
    seen: set[int] = set()
    async with aclosing(items):
        async for item in items:
            if is_new(item.key, seen):
                yield item


def is_new(key: str | tuple[str, ...] | Unset | None, seen: set[int]) -> bool:
    """Whether `key` is empty or not in `seen`, to which its hash is added."""
    if not key:
        return True
    before = len(seen)
    seen.add(hash(key))
    return len(seen) > before
