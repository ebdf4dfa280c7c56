"""What the comparison of two documents yields."""

from __future__ import annotations

import hashlib
from typing import Literal

from attrs import frozen

Level = Literal["breaking", "warning", "info", "docs"]
LEVELS: tuple[Level, ...] = ("breaking", "warning", "info", "docs")


@frozen
class Change:
    """One change of the API.

    Attributes:
        id: Name of the rule; those of oasdiff where it has one for this.
        level: How it bears on callers that follow the old document.
        operation: `GET /path`, or empty if it concerns the whole document.
        location: Where in the operation, in a reviewer's words: `query parameter limit`.
        text: What happened there: `maximum lowered from 1000 to 500`.
        places: Every `operation: location` that the change shows at, if a component that
            is used in several places changed; `operation` and `location` are the first.
    """

    id: str
    level: Level
    operation: str
    location: str
    text: str
    places: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Names this change, in whichever commit it is made."""
        said = f"{self.id}:{self.operation}:{self.location}:{self.text}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]
