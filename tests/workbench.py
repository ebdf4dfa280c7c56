"""A small Workbench for tests of the command line: what it holds is given, and it filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.scripted_server import ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.scripted_server import Received

Item = dict[str, Any]

# Which property of an item a parameter is compared with.
_FILTERS = {
    "displayName": ("name", "displayName"),
    "jobKey": ("jobKey",),
    "jobRunKey": ("jobRunKey",),
}
_NOT_FOUND = answer(404, {"code": "NotAuthorizedOrNotFound", "message": "not found"})


class Workbench(ScriptedServer):
    """Answers from collections of items, such as `jobs=[…]` and `jobRuns=[…]`, the newest first.

    `GET …/jobRuns/KEY` gives the item with that key, from `details` if it is there.
    """

    def __init__(
        self, details: Mapping[str, Any] | None = None, **collections: Sequence[Item]
    ) -> None:
        super().__init__(self._answer)
        self._collections = collections
        self._details = details or {}

    @property
    def targets(self) -> list[str]:
        """What was asked for, without what all requests have in common."""
        return [unquote(one.target).partition("/workspaces/w/")[2] for one in self.requests]

    def _answer(self, received: Received) -> bytes:
        url = urlsplit(received.target)
        _, _, path = unquote(url.path).partition("/workspaces")
        _, known, place = path.partition("/w/")
        if path and not known:
            return _NOT_FOUND
        if place in self._details:
            return answer(200, self._details[place])
        collection, _, key = (place or "workspaces").partition("/")
        items = list(self._collections.get(collection, ()))
        if key:
            found = next((one for one in items if one["key"] == key), None)
            return answer(200, found) if found else _NOT_FOUND
        query = parse_qs(url.query)
        for name, properties in _FILTERS.items():
            if name in query:
                items = [one for one in items if any(one.get(p) in query[name] for p in properties)]
        return answer(200, {"items": items[: int(query["limit"][0])]})
