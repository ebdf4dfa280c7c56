"""How the items of a listing are shown, as data: columns of a table and of CSV."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from .text import pad, visible, width
from .times import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aidp_workbench_api.model import Schema


class Item(Protocol):
    """What is listed: a model of the API, or what was made of several."""

    def to_dict(self) -> dict[str, Any]: ...


class Described(Protocol):
    """A model of the API, which knows its properties."""

    schema_: ClassVar[Schema]


T = TypeVar("T", bound=Item)


@dataclass(frozen=True)
class Times:
    """How to write times, and what time it is."""

    utc: bool
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def written(self, when: datetime | None) -> str:
        return written_time(when, utc=self.utc)


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column of a table.

    Attributes:
        cells: How wide it is; more if the text is wider, unless it is cut.
        text: What stands there.
        label: What surrounds the text where there is no heading.
    """

    heading: str
    cells: int
    text: Callable[[T, Times], str]
    label: str = "{}"
    is_number: bool = False
    is_cut: bool = False

    def padded(self, text: str) -> str:
        """`text`, made visible, as wide as the column."""
        if self.is_cut:
            return pad(text, self.cells)
        text = visible(text)
        space = " " * (self.cells - width(text))
        return space + text if self.is_number else text + space


@dataclass(frozen=True, kw_only=True)
class View(Generic[T]):
    """How items of one kind are shown.

    Attributes:
        noun: What one of them is called.
        columns: Those of a table; the first is the status, if there is one.
        name: The last column, which takes the room that is left.
        status: What the colour of the first column and the totals follow.
        cause: What went wrong, in a line of its own; empty if nothing did.
        properties: The columns of CSV; `state.status` is one of an object in the object.
    """

    noun: str
    columns: Sequence[Column[T]]
    name: Callable[[T], str]
    properties: Sequence[str]
    status: Callable[[T], str | None] | None = None
    cause: Callable[[T], str] = lambda _: ""


def properties(
    model: type[Described], inner: Mapping[str, type[Described]] | None = None
) -> list[str]:
    """What the API describes of a model, with `inner` objects one by one at the end."""
    inner = inner or {}
    return [
        *(one.name for one in model.schema_.properties if one.name not in inner),
        *(f"{name}.{one}" for name, nested in inner.items() for one in properties(nested)),
    ]
