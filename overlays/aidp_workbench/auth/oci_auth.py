"""Request signing as an httpx auth flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import httpx

from .identity import find_identity

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Callable, Generator

    from .identity import Identity
    from .oci_signer import Signer
    from .settings import AuthName

T = TypeVar("T")
A = TypeVar("A")


class Credentials(Protocol):
    """Signs requests. All methods may be called from several threads at once."""

    @property
    def region(self) -> str | None:
        """The region of the credentials, if they have one."""
        ...

    @property
    def blocking(self) -> bool:
        """Whether `sign` may block and so must not run on an event loop."""
        ...

    @property
    def max_renewals(self) -> int:
        """How often one request may be sent again after a successful `refresh`."""
        ...

    def sign(self, request: httpx.Request) -> object:
        """Add date and signature to the headers of `request`, whose body has been read.

        Returns which credentials signed, for `refresh`.
        """
        ...

    def refresh(self, used: object) -> bool:
        """Replace credentials that the service refused; whether another attempt is worthwhile."""
        ...


class OciAuth(httpx.Auth):
    """Signs requests to Oracle, for users of their own httpx client.

    After a 401 the credentials are renewed, if possible, and the request is sent again. Keep
    `follow_redirects` off: httpx would send the signature of one request with another.

    The arguments are those of `connect`.

    Raises:
        ConfigError: The credentials cannot be used; the message says why.
    """

    def __init__(
        self,
        *,
        profile: str | None = None,
        config_file: str | os.PathLike[str] | None = None,
        auth: AuthName | None = None,
        signer: Signer | None = None,
    ) -> None:
        self.identity = find_identity(profile, config_file, auth, signer)
        self._credentials = _load_credentials(self.identity, signer)

    @property
    def region(self) -> str | None:
        """The region of the credentials, if they have one."""
        return self._credentials.region

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        request.read()
        used = self._credentials.sign(request)
        response = yield request
        for _ in range(self._credentials.max_renewals):
            if response.status_code != 401 or not self._credentials.refresh(used):
                return
            used = self._credentials.sign(request)
            response = yield request

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        await request.aread()
        used = await self._sign(request)
        response = yield request
        for _ in range(self._credentials.max_renewals):
            if response.status_code != 401 or not await _in_thread(self._credentials.refresh, used):
                return
            used = await self._sign(request)
            response = yield request

    async def _sign(self, request: httpx.Request) -> object:
        if self._credentials.blocking:
            return await _in_thread(self._credentials.sign, request)
        return self._credentials.sign(request)


async def _in_thread(function: Callable[[A], T], argument: A) -> T:
    from anyio import to_thread

    return await to_thread.run_sync(function, argument, abandon_on_cancel=True)


def _load_credentials(identity: Identity, signer: Signer | None) -> Credentials:
    """What signs for `identity`, or ConfigError."""
    if signer is not None:
        from .oci_signer import OciSigner

        return OciSigner(signer)
    if identity.auth.value in ("api_key", "security_token"):
        from .key_pair import KeyCredentials

        return KeyCredentials(identity)
    from .principals import principal_signer

    return principal_signer(identity)
