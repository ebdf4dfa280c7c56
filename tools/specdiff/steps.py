"""The differences that a comparison of two schemas collects on its way down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, frozen

from tools.specdiff.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.specdiff.changes import Level
    from tools.specdiff.schemas import Schema

# Two schemas by their ids, the family of their rules, and whether all values travel as text.
Key = tuple[int, int, str, bool]


@frozen
class Step:
    """A difference, with the way to it from the schemas that were compared.

    Attributes:
        rule: The id of the change.
        level: Its level.
        path: The way, such as `items[].state`; empty: the schemas themselves.
        text: What happened.
        origin: The component that it is in with the way from there, or None if it is in none
            that was entered on the way.
    """

    rule: str
    level: Level
    path: str
    text: str
    origin: str | None = None


@frozen
class Link:
    """Two schemas further in, to be compared on their own.

    Attributes:
        key: The two.
        path: The way to them.
        component: The component that they are in, if it is another.
        inner: The way from there.
    """

    key: Key
    path: str
    component: str = ""
    inner: str = ""


def step(rule: str, text: str, source: str = "", level: Level | None = None) -> Step:
    """A difference of the schemas themselves, said in the component `source`."""
    return Step(rule, level or RULES[rule], "", text, f"{source}|" if source else None)


@frozen
class Pair:
    """Two schemas to compare, and what they are for.

    Attributes:
        base: The schema before.
        revision: The schema after.
        family: The first words of the rules, such as `request-body`.
        is_text: Whether all values travel as text, so that a number can pass as a string.
        raw_base: The schema before, as it is written.
        raw_revision: The schema after, as it is written.
    """

    base: Schema
    revision: Schema
    family: str
    is_text: bool
    raw_base: Any = None
    raw_revision: Any = None

    @property
    def is_request(self) -> bool:
        return self.family.startswith("request")

    def source(self, keyword: str) -> str:
        """The component that says `keyword`, or `properties/name`; empty if none does."""
        sources = self.revision.sources
        return sources.get(keyword, "") or self.base.sources.get(keyword, "")

    def step(self, rule: str, text: str, keyword: str, level: Level | None = None) -> Step:
        """A change of `keyword`; `rule` goes without the family."""
        name = f"{self.family}-{rule}"
        if name == "response-body-enum-value-removed":
            name = "response-mediatype-enum-value-removed"
        return step(name, text, self.source(keyword), level)

    def unclassified(self, text: str, keyword: str) -> Step:
        """A change of `keyword` that no rule claims."""
        return step("unclassified-change", text, self.source(keyword))


Found = TypeVar("Found", Step, Step | Link)


def below(steps: Iterable[Found], path: str, source: str) -> list[Found]:
    """`steps` as seen from a level higher, which is in the component `source`, if in any."""
    return [_below(found, path, source) for found in steps]


def _below(found: Any, path: str, source: str) -> Any:
    way = joined(path, found.path)
    if isinstance(found, Link):
        if found.component or not source:
            return evolve(found, path=way)
        return evolve(found, path=way, component=source, inner=way)
    origin = f"{source}|{way}" if found.origin is None and source else found.origin
    return evolve(found, path=way, origin=origin)


def joined(path: str, rest: str) -> str:
    return path + rest if not path or not rest or rest[0] in "[(" else f"{path}.{rest}"
