"""What a comparison yields: changes, and where they are."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from attrs import evolve, field, frozen

Level = Literal["breaking", "warning", "info", "docs"]
LEVELS: tuple[Level, ...] = ("breaking", "warning", "info", "docs")


@frozen
class Evidence:
    """Where a document says something: an object, the component that says it, and the keyword."""

    node: Any = field(default=None, repr=False)
    component: str = ""
    keyword: str = ""


@frozen
class Change:
    """One difference, from where it is found up to the report.

    Attributes:
        id: Name of the rule; those of oasdiff where it has one for this.
        level: How it bears on callers that follow the old document.
        operation: `GET /path`, or empty if it concerns the whole document.
        location: Where in the operation, in a reviewer's words: `query parameter limit`. While
            schemas are compared, the way from those that were compared, such as `items[].state`.
        text: What happened there: `maximum lowered from 1000 to 500`.
        places: Every `operation: location` that the change shows at, if a component that
            is used in several places changed; `operation` and `location` are the first.
        origin: The component that it is in with the way from there, or None if it is in none.
            What has the same origin and says the same is one change.
        hint: What a reviewer may want to know besides.
        evidence: What base and revision say there.
    """

    id: str
    level: Level
    operation: str
    location: str
    text: str
    places: tuple[str, ...] = ()
    origin: str | None = None
    hint: str = field(default="", eq=False)
    evidence: tuple[Evidence, Evidence] = field(
        default=(Evidence(), Evidence()), eq=False, repr=False
    )

    @property
    def fingerprint(self) -> str:
        """Names this change, in whichever commit it is made."""
        said = f"{self.id}:{self.operation}:{self.location}:{self.text}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]


@frozen
class Location:
    """A place in the API.

    Attributes:
        operation: `GET /path`, or empty for what concerns the whole document.
        location: Where in the operation, in a reviewer's words.
        origin: The component that it is written in, with the way from there; empty if in none.
        evidence: What base and revision have there, or around it.
    """

    operation: str = ""
    location: str = ""
    origin: str = ""
    evidence: tuple[Evidence, Evidence] = field(
        default=(Evidence(), Evidence()), eq=False, repr=False
    )

    def at(self, location: str, origin: str | None = None) -> Location:
        return evolve(self, location=location, origin=self.origin if origin is None else origin)

    def seen(
        self, old: Any, new: Any, old_component: str = "", new_component: str = ""
    ) -> Location:
        """The same place, with what base and revision have there."""
        evidence = (Evidence(old, old_component), Evidence(new, new_component))
        return evolve(self, evidence=evidence)
