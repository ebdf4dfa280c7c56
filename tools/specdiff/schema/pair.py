"""Two schemas to compare, and what a module that compares them may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from attrs import evolve, frozen

from tools.specdiff.model import Change, Evidence
from tools.specdiff.rules import RULES
from tools.specdiff.schema.rules import SCHEMA_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.openapi.document import Document
    from tools.specdiff.model import Level
    from tools.specdiff.schema.schema import Schema

# Two schemas by their ids, the family of their rules, and whether all values travel as text.
Key = tuple[int, int, str, bool]


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


def change(rule: str, text: str, source: str = "", level: Level | None = None) -> Change:
    """A difference of the schemas themselves, said in the component `source`."""
    origin = f"{source}|" if source else None
    return Change(rule, level or SCHEMA_RULES.get(rule) or RULES[rule], "", "", text, origin=origin)


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

    def change(self, rule: str, text: str, keyword: str, level: Level | None = None) -> Change:
        """A change of `keyword`; `rule` goes without the family."""
        name = f"{self.family}-{rule}"
        if name == "response-body-enum-value-removed":
            name = "response-mediatype-enum-value-removed"
        return self.seen(change(name, text, self.source(keyword), level), keyword)

    def unclassified(self, text: str, keyword: str) -> Change:
        """A change of `keyword` that no rule claims."""
        return self.seen(change("unclassified-change", text, self.source(keyword)), keyword)

    def seen(self, found: Change, keyword: str) -> Change:
        """`found` with what base and revision say by `keyword`."""
        old = Evidence(self.raw_base, self.base.sources.get(keyword, ""), keyword)
        new = Evidence(self.raw_revision, self.revision.sources.get(keyword, ""), keyword)
        return evolve(found, evidence=(old, new))


class Schemas(Protocol):
    """Reads and compares the schemas of two documents."""

    def read(self, before: Any, after: Any) -> tuple[Schema, Schema]:
        """What two schemas mean, of base and revision."""
        ...

    def inside(self, pair: Pair, before: Any, after: Any) -> tuple[Change | Link, ...]:
        """The differences of two schemas that stand inside of the ones of `pair`."""
        ...

    def inside_all(self, pair: Pair, before: Any, after: Any) -> tuple[Change, ...]:
        """Like `inside`, with everything below it."""
        ...

    def same(self, one: Any, other: Any, keyword: str = "") -> bool:
        """Whether two values mean the same, as far as can be said without rules."""
        ...

    @property
    def documents(self) -> tuple[Document, Document]:
        """Base and revision."""
        ...

    def compare(self, before: Any, after: Any, family: str, is_text: bool) -> tuple[Change, ...]:
        """The differences of two schemas as they are written in base and revision."""
        ...


_INNER = {
    "request-body": "request-property",
    "request-parameter": "request-parameter-property",
    "response-body": "response-property",
    "response-header": "response-header-property",
}
# What a server ignores in requests, or never sends.
IDLE_FAMILIES = ("request-read-only-property", "response-write-only-property")


def inner_family(family: str, base: Schema, revision: Schema) -> str:
    """The family of a schema inside of one of `family`."""
    if family in IDLE_FAMILIES:
        return family
    is_request = family.startswith("request")
    keyword = "readOnly" if is_request else "writeOnly"
    if base.keywords.get(keyword) is True and revision.keywords.get(keyword) is True:
        return IDLE_FAMILIES[0] if is_request else IDLE_FAMILIES[1]
    return _INNER.get(family, family)


Found = TypeVar("Found", Change, Change | Link)


def below(found: Iterable[Found], path: str, source: str) -> list[Found]:
    """What was found as seen from a level higher, which is in the component `source`, if in any."""
    return [_below(one, path, source) for one in found]


def _below(found: Any, path: str, source: str) -> Any:
    if isinstance(found, Link):
        way = joined(path, found.path)
        if found.component or not source:
            return evolve(found, path=way)
        return evolve(found, path=way, component=source, inner=way)
    way = joined(path, found.location)
    origin = f"{source}|{way}" if found.origin is None and source else found.origin
    return evolve(found, location=way, origin=origin)


def joined(path: str, rest: str) -> str:
    return path + rest if not path or not rest or rest[0] in "[(" else f"{path}.{rest}"
