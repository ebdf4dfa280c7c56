"""What signs requests: an API key, a session token, or a signer of the `oci` package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import httpx

    from .identity import Identity
    from .oci_signer import Signer


class Credentials(Protocol):
    """Signs requests. All methods may be called from several threads at once."""

    @property
    def region(self) -> str | None:
        """The region that the credentials belong to, if they say."""
        ...

    @property
    def blocking(self) -> bool:
        """Whether `sign` may wait, so that it must not run on an event loop."""
        ...

    @property
    def max_renewals(self) -> int:
        """How often one request may be sent again because `refresh` has renewed something."""
        ...

    def sign(self, request: httpx.Request) -> object:
        """Put date and signature into the headers of `request`, whose body has been read.

        Returns what `refresh` needs to know: which credentials signed.
        """
        ...

    def refresh(self, used: object) -> bool:
        """Replace credentials that the service refused; whether another attempt is worthwhile."""
        ...


def load_credentials(identity: Identity, signer: Signer | None) -> Credentials:
    """What signs for `identity`, or ConfigError."""
    if signer is not None:
        from .oci_signer import OciSigner

        return OciSigner(signer)
    if identity.auth.value in ("api_key", "security_token"):
        from .key_pair import KeyCredentials

        return KeyCredentials(identity)
    from .principals import principal

    return principal(identity)
