"""Collects what differs in the responses of a client."""

from __future__ import annotations

import logging
import re
import threading
from typing import TYPE_CHECKING

from attrs import evolve

from ..errors import ERROR_CLASSES
from .drift import Drift, name
from .walk import Met, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    import httpx
    from aidp_workbench_api.errors import ResponseError

    from ..errors import ServiceError

logger = logging.getLogger("aidp_workbench")

DOCUMENTED_HEADERS = frozenset({"etag", "opc-next-page", "opc-request-id"})
# Those, and what HTTP and the gateways before the service add to any response.
_HEADERS = DOCUMENTED_HEADERS | frozenset(
    [
        "accept-ranges",
        "age",
        "allow",
        "alt-svc",
        "cache-control",
        "connection",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-range",
        "content-security-policy",
        "content-type",
        "cross-origin-embedder-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "date",
        "expires",
        "keep-alive",
        "last-modified",
        "link",
        "location",
        "permissions-policy",
        "pragma",
        "referrer-policy",
        "retry-after",
        "server",
        "server-timing",
        "set-cookie",
        "strict-transport-security",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "vary",
        "via",
        "warning",
        "www-authenticate",
        "x-content-type-options",
        "x-frame-options",
        "x-xss-protection",
    ]
)
# More would not be kinds but data that is taken for names.
_MOST_KINDS = 1000


class Observer:
    """Hears every response of a client, and calls `on_drift` for each new kind of difference.

    Only `drifts` has what no response alone shows: a property that never came. Several threads may
    use it.
    """

    def __init__(self, on_drift: Callable[[Drift], object] | None = None) -> None:
        self._on_drift = on_drift or _ignore
        self._lock = threading.Lock()
        self._met: dict[tuple[str, str, str], Drift] = {}
        self._missing: dict[str, int] = {}
        self._came: set[str] = set()

    @property
    def drifts(self) -> list[Drift]:
        """Everything that was found, in the order of places."""
        with self._lock:
            missing = [
                Drift("never came", place, "nothing", count)
                for place, count in self._missing.items()
                if place not in self._came
            ]
            return sorted([*self._met.values(), *missing], key=lambda one: (one.place, one.kind))

    def read(self, response: httpx.Response, parsed: object, statuses: Container[str]) -> None:
        """A response of success, what was read of it, and the statuses that the API describes."""
        operation = operation_of(response.request.method, response.request.url.path)
        found = [
            Met("undocumented header", f"header {name(one)}", "a text")
            for one in response.headers
            if one not in _HEADERS
        ]
        if str(response.status_code) not in statuses:
            found.append(Met("undocumented status", "status", str(response.status_code)))
        self.hear(operation, [*found, *walk(parsed)])

    def misread(self, response: httpx.Response, error: ResponseError) -> None:
        """A response that could not be read: what must be there is missing or wrong."""
        operation = operation_of(response.request.method, response.request.url.path)
        place = re.sub(r"\[\d+\]", "[]", error.place) or "body"
        # What is between quotes is the service's.
        reason = re.sub(r"found ['\"].*", "found another", error.reason)
        self.hear(operation, [Met("another type", place, reason)])

    def refused(self, error: ServiceError) -> None:
        """A response with an error status."""
        if error.status not in ERROR_CLASSES:
            operation = operation_of(error.method, error.path)
            self.hear(operation, [Met("undocumented status", "status", str(error.status))])

    def hear(self, operation: str, found: Iterable[Met]) -> None:
        """What was met in a response to `operation`, such as `GET …/taskRuns`."""
        new: list[Drift] = []
        with self._lock:
            for kind, at, example in found:
                place = f"{operation}: {at}"
                if kind is None:
                    self._came.add(place)
                elif kind == "never came":
                    self._missing[place] = self._missing.get(place, 0) + 1
                else:
                    key = (kind, place, example if kind in _BY_EXAMPLE else "")
                    known = self._met.get(key)
                    if known:
                        self._met[key] = evolve(known, count=known.count + 1)
                    elif len(self._met) < _MOST_KINDS:
                        self._met[key] = drift = Drift(kind, place, example)
                        new.append(drift)
        for drift in new:
            try:
                self._on_drift(drift)
            except Exception:  # what observes calls must not end them
                logger.exception("on_drift failed")


def _ignore(drift: Drift) -> None:
    """For who only asks for `drifts`."""


# Of these kinds each example is one.
_BY_EXAMPLE = frozenset({"undocumented status", "unknown value"})


def operation_of(method: str, path: str) -> str:
    """`GET …/taskRuns` or `GET …/taskRuns/{}`: what was called, without keys."""
    words = re.sub(r".*/\d{8}/", "", path).split("/")  # in turn what it is and which one
    if len(words) % 2:
        end = words[-1]
    else:
        end = "/".join(words[-2:]) if words[-2] == "actions" else f"{words[-2]}/{{}}"
    return f"{method} …/{end}"
