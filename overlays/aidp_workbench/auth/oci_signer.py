"""Signers of the `oci` package: those of Oracle's machines, or the caller's own."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any, Protocol

from attrs import define, field

from ..errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

# A header value by RFC 9110, 5.5, in ASCII. h11 and httpcore would quote and log any other.
_HEADER = re.compile("([!-~]([\t -~]*[!-~])?)?").fullmatch


class Signer(Protocol):
    """What the signers of `oci` have in common: they are called with a request to sign."""

    def __call__(self, request: Any) -> Any: ...


@define
class _PreparedRequest:
    """What a signer reads of `requests.PreparedRequest`, and where it writes its headers."""

    method: str
    url: str
    path_url: str
    headers: dict[str, Any] = field(repr=False)  # the signature will be among them
    body: bytes | None = field(repr=False)


class OciSigner:
    """Credentials that are kept by a signer of `oci`.

    The signer is only used under a lock, because it is not thread-safe: a token that is renewed
    while another thread signs does not match that signature.
    """

    blocking = True
    max_renewals = 1

    def __init__(self, signer: Signer, update: Callable[[], None] | None = None) -> None:
        """`update` is called before the signer gets itself new credentials."""
        if not callable(signer):
            raise ConfigError(f"a signer of the oci package is callable, {type(signer)} is not")
        self._signer = signer
        self._update = update
        self._lock = threading.Lock()
        self._generation = 0

    @property
    def region(self) -> str | None:
        region = getattr(self._signer, "region", None)
        return region if isinstance(region, str) else None

    def sign(self, request: httpx.Request) -> object:
        prepared = _PreparedRequest(
            method=request.method,
            url=str(request.url),
            path_url=request.url.raw_path.decode("ascii"),
            headers={
                name: request.headers[name]
                for name in ("host", "content-type", "content-length")
                if name in request.headers
            },
            body=request.content or None,
        )
        with self._lock:
            # Only the X.509 signers renew an expiring token when called; this renews the others'.
            self._call("get_security_token")
            self._call("__call__", prepared)
            used = self._generation
        if not all(
            isinstance(value, str) and _HEADER(value) for value in prepared.headers.values()
        ):
            raise ConfigError(f"{type(self._signer).__name__} set an invalid header")
        request.headers.update(prepared.headers)
        return used

    def refresh(self, used: object) -> bool:
        with self._lock:
            if used == self._generation:
                if not hasattr(self._signer, "refresh_security_token"):
                    return False
                if self._update:
                    self._update()
                self._call("refresh_security_token")
                self._generation += 1
        return True

    def _call(self, method: str, *args: object) -> None:
        """Call a method, if the signer has it."""
        try:
            getattr(self._signer, method, lambda: None)(*args)
        except Exception as error:
            name = type(self._signer).__name__
            raise ConfigError(f"{name}.{method}() failed: {error}") from error
