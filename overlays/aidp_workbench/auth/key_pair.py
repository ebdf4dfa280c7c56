"""Signing with a private key, which may be replaced on disk at any time."""

from __future__ import annotations

import shlex
import threading
from email.utils import formatdate
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ConfigError
from .config_file import DEFAULT_SECTION
from .credential_files import expiry, key_id, paths, private_key, read_key, read_token
from .files import Clock, FileWatch
from .signature import sign

if TYPE_CHECKING:
    import httpx
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from .files import Stamps
    from .identity import Identity

# Seconds. A file that was replaced is complete, but the other one may be replaced a moment later.
# A file that is written in place may hold half of a token for longer.
_SETTLED = 0.02
_SETTLED_IN_PLACE = 0.5
_MAX_WAIT = 2.0
_MAX_READS = 100  # each takes well below a millisecond

CLOCK = Clock()


class KeyPair:
    """A private key and the service's name for it, which may be a token."""

    def __init__(self, key_id: str, private_key: RSAPrivateKey, expires: float) -> None:
        self.key_id = key_id
        self.private_key = private_key
        self.expires = expires  # seconds since 1970

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


class _Loaded(NamedTuple):
    key_pair: KeyPair
    stamps: Stamps
    is_first: bool


class KeyCredentials:
    """An API key, or a session token and its key.

    A session changes every hour, so its files are checked before each request; those of an API
    key after a refusal. They are read once they have not changed for a while. Until then the pair
    in memory signs.
    """

    max_renewals = 3  # the files may change again while a request is on its way

    def __init__(self, identity: Identity) -> None:
        self.region = identity.get("region")
        self.blocking = identity.auth.value == "security_token"  # it may wait for a file
        self._identity = identity
        self._clock = CLOCK
        self._lock = threading.Lock()
        self._watch = FileWatch(paths(identity), self._clock)
        self._loaded = self._load(is_first=True)

    def sign(self, request: httpx.Request) -> object:
        loaded = self._current() if self.blocking else self._loaded
        if self._has_expired(loaded):
            raise _expired(self._identity)
        loaded.key_pair.sign(request)
        return loaded

    def refresh(self, used: object) -> bool:
        while (current := self._current(refused=True)) is used:
            # A file that has just been written may be incomplete, or the other one may follow.
            may_change = self.blocking or not current.is_first
            if not may_change or self._watch.seconds_unchanged() >= _MAX_WAIT:
                return False
            self._clock.sleep(_SETTLED)
        return True

    def _has_expired(self, loaded: _Loaded) -> bool:
        return loaded.key_pair.expires < self._clock.wall()

    def _current(self, *, refused: bool = False) -> _Loaded:
        """The pair on disk, or the one in memory while files are being written.

        Waits for files that are missing or invalid, and then raises ConfigError. If the pair in
        memory was refused, the configuration file is read again, too.
        """
        started = self._clock.monotonic()
        while True:
            with self._lock:
                end = None if refused else -1  # the last one is the configuration file
                stamps, known = self._watch.stamps()[:end], self._loaded.stamps[:end]
                if stamps == known:
                    return self._loaded
                waited = self._clock.monotonic() - started
                if waited >= _MAX_WAIT or self._watch.seconds_unchanged() >= _settled(
                    stamps, known
                ):
                    try:
                        self._loaded = self._load(reread=refused)
                        return self._loaded
                    except ConfigError:
                        if waited >= _MAX_WAIT:
                            raise
                elif waited >= _SETTLED and not refused and not self._has_expired(self._loaded):
                    return self._loaded
            self._clock.sleep(_SETTLED)

    def _load(self, *, reread: bool = False, is_first: bool = False) -> _Loaded:
        """Read all files, again if one of them changes in the meantime."""
        reads = 0
        while True:
            stamps = self._watch.stamps()
            identity = self._identity.reread() if reread else self._identity
            self._watch.paths = paths(identity)
            key, token = read_key(identity), read_token(identity)
            reads += 1
            if stamps == self._watch.stamps() or reads == _MAX_READS:
                break
        pair = KeyPair(key_id(identity, token), private_key(identity, key), expiry(token))
        self._identity = identity
        if not (reread or is_first):  # the configuration file, which is the last, was not read
            stamps = (*stamps[:-1], self._loaded.stamps[-1])
        return _Loaded(pair, stamps, is_first)


def _expired(identity: Identity) -> ConfigError:
    profile = shlex.quote(identity.profile.value if identity.profile else DEFAULT_SECTION)
    return identity.error(
        "security_token_file",
        f"has expired, renew it: oci session authenticate --profile-name {profile}",
    )


def _settled(now: Stamps, before: Stamps) -> float:
    """Seconds without a change after which these files count as complete."""
    pairs = zip(now, before, strict=False)
    in_place = any(a and b and a != b and a.inode == b.inode for a, b in pairs)
    return _SETTLED_IN_PLACE if in_place else _SETTLED
