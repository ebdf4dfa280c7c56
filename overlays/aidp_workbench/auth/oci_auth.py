"""Request signing as an httpx auth flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import httpx

from .credentials import AuthName, Credentials, find_credentials

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Callable, Generator

    from .oci_signer import Signer

T = TypeVar("T")
A = TypeVar("A")


class OciAuth(httpx.Auth):
    """Signs requests to Oracle, for those who bring their own httpx client.

    On a 401, credentials that can be renewed are, and the request is sent once more. Keep
    `follow_redirects` off: httpx would pass the signature of one request on with another.

    Args:
        profile: Name of the profile; else `OCI_CLI_PROFILE`, else `DEFAULT`.
        config_file: The file that holds it; else `OCI_CONFIG_FILE`, else `~/.oci/config`.
        auth: How to sign: with the profile's API key or session token, or as the instance or
            resource that the program runs on. Without it the profile decides.
        signer: A signer of the `oci` package, in place of all that.

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
        self._credentials: Credentials = find_credentials(
            profile=profile, config_file=config_file, auth=auth, signer=signer
        )

    @property
    def region(self) -> str | None:
        """The region that the credentials belong to, if they say."""
        return self._credentials.region

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        request.read()
        used = self._credentials.sign(request)
        response = yield request
        if response.status_code == 401 and self._credentials.refresh(used):
            self._credentials.sign(request)
            yield request

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        await request.aread()
        used = await self._sign(request)
        response = yield request
        if response.status_code == 401 and await _in_thread(self._credentials.refresh, used):
            await self._sign(request)
            yield request

    async def _sign(self, request: httpx.Request) -> object:
        if self._credentials.blocking:
            return await _in_thread(self._credentials.sign, request)
        return self._credentials.sign(request)


async def _in_thread(function: Callable[[A], T], argument: A) -> T:
    from anyio import to_thread

    return await to_thread.run_sync(function, argument, abandon_on_cancel=True)
