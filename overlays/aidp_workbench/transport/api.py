"""What this API adds to the transport: the version of its paths, and who hears of its drift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ..auth.settings import DEFAULT, Setting, choose
from ..errors import ConfigError, NotFoundError, ServiceError
from .transport import WorkbenchTransport

if TYPE_CHECKING:
    import httpx

# How the paths of each version begin. Some tenancies have only the older version; there both
# words differ, and the rest of a path is the same.
LATEST = "20260430"
_PREFIXES = {LATEST: b"/20260430/aiDataPlatforms/", "20240831": b"/20240831/dataLakes/"}


def find_api_version(api_version: object) -> Setting:
    """The version to ask for: the argument, `AIDP_API_VERSION`, or the latest; or ConfigError."""
    chosen = choose("api_version", api_version, "AIDP_API_VERSION") or Setting(LATEST, DEFAULT)
    if chosen.value not in _PREFIXES:
        known = " and ".join(_PREFIXES)
        raise ConfigError(f"{chosen.source} {chosen.value!r} is no version: there are {known}")
    return chosen


class Observer(Protocol):
    """Hears what the service said; the generated client calls it for responses of success."""

    def refused(self, error: ServiceError) -> None:
        """The service responded with an error status, and there is no further attempt."""
        ...


class ApiTransport(WorkbenchTransport):
    """Sends requests under the paths of `api_version`, which are rewritten before they are signed.

    The generated client only knows the latest ones.
    """

    def __init__(
        self, *args: Any, api_version: str = LATEST, observer: Observer | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._prefix = _PREFIXES[api_version]
        self._observer = observer
        self._has_succeeded = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._rewrite(request)
        try:
            response = super().handle_request(request)
        except ServiceError as error:
            self._explain(error)
            raise
        return self._accept(response)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._rewrite(request)
        try:
            response = await super().handle_async_request(request)
        except ServiceError as error:
            self._explain(error)
            raise
        return self._accept(response)

    def _rewrite(self, request: httpx.Request) -> None:
        latest = _PREFIXES[LATEST]
        if self._prefix != latest:
            path = request.url.raw_path.replace(latest, self._prefix, 1)
            request.url = request.url.copy_with(raw_path=path)

    def _accept(self, response: httpx.Response) -> httpx.Response:
        self._has_succeeded = True
        response.extensions["observer"] = self._observer
        return response

    def _explain(self, error: ServiceError) -> None:
        if isinstance(error, NotFoundError) and not self._has_succeeded:
            error.may_be_older_api = self._prefix == _PREFIXES[LATEST]
        if self._observer:
            self._observer.refused(error)
