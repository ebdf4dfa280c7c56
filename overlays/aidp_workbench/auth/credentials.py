"""What signs requests: an API key, a session token, or a signer of the `oci` package."""

from __future__ import annotations

import math
import threading
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from ..errors import ConfigError
from .profile import Profile, read_profile
from .signature import sign

if TYPE_CHECKING:
    import os

    import httpx
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from .oci_signer import Signer
    from .profile import FileStamp, SecretFile

AuthName = Literal["api_key", "security_token", "instance_principal", "resource_principal"]


class Credentials(Protocol):
    """Signs requests. All methods may be called from several threads at once."""

    @property
    def region(self) -> str | None:
        """The region that the credentials belong to, if they say."""
        ...

    @property
    def blocking(self) -> bool:
        """Whether `sign` may wait for the network, so that it must not run on an event loop."""
        ...

    def sign(self, request: httpx.Request) -> object:
        """Put date and signature into the headers of `request`, whose body has been read.

        Returns what `refresh` needs to know: which credentials signed.
        """
        ...

    def refresh(self, used: object) -> bool:
        """Replace credentials that the service refused; whether another attempt is worthwhile."""
        ...


def find_credentials(
    *,
    profile: str | None,
    config_file: str | os.PathLike[str] | None,
    auth: AuthName | None,
    signer: Signer | None,
) -> Credentials:
    """The credentials that the arguments name, or ConfigError."""
    if signer is not None:
        from .oci_signer import OciSigner

        if auth is not None or profile is not None or config_file is not None:
            raise ConfigError("a signer takes the place of auth, profile and config_file")
        return OciSigner(signer)
    if auth == "instance_principal" or auth == "resource_principal":
        from .oci_signer import OciSigner, principal_signer

        if profile is not None or config_file is not None:
            raise ConfigError(f"auth={auth!r} takes no profile and no config_file")
        return OciSigner(principal_signer(auth))
    if auth not in (None, "api_key", "security_token"):
        raise ConfigError(
            f"auth={auth!r} is none of api_key, security_token, instance_principal and"
            " resource_principal"
        )
    found = read_profile(profile, config_file)
    if auth == "security_token" or (auth is None and found.has_session_token):
        return SessionToken(found)
    return ApiKey(found)


class KeyPair:
    """A private key with the name that the service knows it by, which may be a token."""

    def __init__(self, key_id: str, private_key: RSAPrivateKey) -> None:
        self.key_id = key_id
        self.private_key = private_key

    def sign(self, request: httpx.Request) -> None:
        signed = sign(
            request.method,
            request.url.raw_path.decode("ascii"),
            request.headers["host"],
            formatdate(usegmt=True),
            key_id=self.key_id,
            private_key=self.private_key,
            body=request.content,
            content_type=request.headers.get("content-type", "application/json"),
        )
        for name, value in signed.items():
            request.headers[name] = value


class ApiKey:
    """The API key of a profile."""

    blocking = False

    def __init__(self, profile: Profile) -> None:
        self.region = profile.region
        keys = ("tenancy", "user", "fingerprint")
        parts = (profile.for_header(key, profile.require(key)) for key in keys)
        self._key_pair = KeyPair("/".join(parts), profile.private_key(profile.read("key_file")))

    def sign(self, request: httpx.Request) -> object:
        self._key_pair.sign(request)
        return self._key_pair

    def refresh(self, used: object) -> bool:
        return False


class SessionToken:
    """The session of a profile, read again when its token file or key file changes.

    The two files are not replaced at the same moment, and may be written in place. So they are
    read once they have been left alone for `_SETTLED`; until then the pair in memory signs, whose
    token and key belong together.
    """

    blocking = True  # it may wait for a file

    def __init__(self, profile: Profile) -> None:
        self.region = profile.region
        self._profile = profile
        self._lock = threading.Lock()
        self._loaded = self._load()

    def sign(self, request: httpx.Request) -> object:
        session = self._current()
        session.key_pair.sign(request)
        return session

    def refresh(self, used: object) -> bool:
        # What was written a moment ago may be half of a token.
        while (current := self._current()) is used and _age(self._stamp()) < _PATIENCE:
            time.sleep(_SETTLED)
        return current is not used

    def _current(self) -> _Session:
        """The session on disk, or the one in memory while the files are being written.

        Files that are gone or hold no session are waited for, then they are a ConfigError.
        """
        started = time.monotonic()
        while True:
            with self._lock:
                stamp = self._stamp()
                if stamp == self._loaded.stamp:
                    return self._loaded
                if _age(stamp) >= _SETTLED:
                    try:
                        self._loaded = self._load()
                        return self._loaded
                    except ConfigError:
                        if time.monotonic() - started > _PATIENCE:
                            raise
                elif time.monotonic() - started >= _SETTLED:
                    return self._loaded
            time.sleep(_SETTLED)

    def _load(self) -> _Session:
        stamp, token, key = self._read()
        for _ in range(_READS):
            if stamp == self._stamp():
                break
            stamp, token, key = self._read()
        key_pair = KeyPair(f"ST${self._profile.token(token)}", self._profile.private_key(key))
        return _Session(stamp, key_pair)

    def _read(self) -> tuple[tuple[FileStamp | None, ...], SecretFile, SecretFile]:
        read = self._profile.read
        return self._stamp(), read("security_token_file"), read("key_file")

    def _stamp(self) -> tuple[FileStamp | None, ...]:
        """Changes when one of the files does."""
        return tuple(self._profile.stamp(key) for key in ("security_token_file", "key_file"))


_SETTLED = 0.02  # seconds
_PATIENCE = 2.0  # seconds
_READS = 100  # until both files are of one moment; each takes well below a millisecond


class _Session(NamedTuple):
    stamp: tuple[FileStamp | None, ...]
    key_pair: KeyPair


def _age(stamps: tuple[FileStamp | None, ...]) -> float:
    """Seconds since the youngest file was written; a time in the future tells nothing."""
    age = time.time() - max((stamp.modified for stamp in stamps if stamp), default=0.0)
    return age if age >= 0 else math.inf
