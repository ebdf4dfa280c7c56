"""Profiles of an OCI configuration file, such as `~/.oci/config`.

Source: https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdkconfig.htm
"""

from __future__ import annotations

import configparser
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ..errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_CONFIG_FILE = "~/.oci/config"


class FileStamp(NamedTuple):
    """What tells one state of a file from another; `modified` is in seconds since 1970."""

    modified: float
    size: int
    inode: int


class SecretFile:
    """What stands in a file, but not in the repr of anything."""

    def __init__(self, content: bytes) -> None:
        self.content = content


class Profile:
    """One profile: what it says itself, and what it says with `[DEFAULT]` behind it."""

    def __init__(
        self, name: str, path: Path, own: Mapping[str, str], values: Mapping[str, str]
    ) -> None:
        self.name = name
        self.path = path
        self.own = own
        self.values = values

    @property
    def region(self) -> str | None:
        return self.values.get("region") or None

    @property
    def has_session_token(self) -> bool:
        """Whether the profile is one of `oci session authenticate` rather than an API key.

        What the profile says itself counts before what it inherits: a session profile below a
        `[DEFAULT]` with an API key inherits that key's `user`.
        """
        if "security_token_file" in self.own:
            return "user" not in self.own
        return "security_token_file" in self.values and "user" not in self.values

    def require(self, key: str) -> str:
        """The value of `key`, or ConfigError."""
        if value := self.values.get(key, "").strip():
            return value
        raise self.error(f"`{key}` is missing")

    def for_header(self, key: str, value: str) -> str:
        """`value`, which `key` gave, if it can stand in a header; it may be a secret."""
        if not re.fullmatch(r"[!#-~]+", value):
            del value  # what records the variables of this frame must not find it
            raise self.error(f"`{key}` has characters that cannot be sent, or is empty")
        return value

    def read(self, key: str) -> SecretFile:
        """The file that `key` names, or ConfigError."""
        path = self._file(key)
        try:
            return SecretFile(path.read_bytes())
        except OSError as error:
            raise self.error(f"`{key}` cannot be read: {path}: {error.strerror}") from error
        except ValueError as error:
            raise self.error(f"`{key}` is no file name: {error}") from error

    def stamp(self, key: str) -> FileStamp | None:
        """Changes when the file that `key` names does; `None` while there is none."""
        try:
            status = self._file(key).stat()
        except OSError:
            return None
        return FileStamp(status.st_mtime, status.st_size, status.st_ino)

    def _file(self, key: str) -> Path:
        try:
            return Path(self.require(key)).expanduser()
        except RuntimeError as error:
            raise self.error(f"`{key}`: {error}") from error

    def private_key(self, file: SecretFile) -> RSAPrivateKey:
        """The RSA key in `file`, which `key_file` names, or ConfigError."""
        key = _rsa_key(file.content, self.values.get("pass_phrase"))
        if isinstance(key, str):
            raise self.error(f"`key_file` {key}")
        return key

    def token(self, file: SecretFile) -> str:
        """The session token in `file`, which `security_token_file` names, or ConfigError."""
        return self.for_header("security_token_file", file.content.decode(errors="replace").strip())

    def error(self, problem: str) -> ConfigError:
        return ConfigError(f"profile {self.name} of {self.path}: {problem}")


def _fault_of(pem: bytes, has_pass_phrase: bool) -> str:
    """Why a file holds no private key that can be read."""
    if b"-----BEGIN PUBLIC KEY" in pem:
        return "holds a public key: name the file with the private key"
    if b"-----BEGIN" not in pem:
        return "holds no key in PEM form, which begins with -----BEGIN"
    return f"holds no private key{', or `pass_phrase` is wrong' if has_pass_phrase else ''}"


def read_profile(name: str | None, config_file: str | os.PathLike[str] | None) -> Profile:
    """Read a profile, or raise ConfigError.

    Without `name`, `OCI_CLI_PROFILE` or `DEFAULT`; without `config_file`, `OCI_CONFIG_FILE` or
    `~/.oci/config`.
    """
    name = name or os.environ.get("OCI_CLI_PROFILE") or configparser.DEFAULTSECT
    named = config_file or os.environ.get("OCI_CONFIG_FILE") or DEFAULT_CONFIG_FILE
    try:
        path = Path(named).expanduser()
    except RuntimeError as error:
        raise ConfigError(f"{named}: {error}") from error
    parser = _parsed(path)
    if isinstance(parser, str):
        raise ConfigError(parser)
    if name not in parser:
        known = ", ".join(parser.sections()) or "none"
        raise ConfigError(f"{path}: there is no profile {name}; there are: {known}")
    own = dict(parser[name])
    default = configparser.DEFAULTSECT
    inherited = dict(parser[default]) if default in parser else {}
    return Profile(name=name, path=path, own=own, values=inherited | own)


# The functions below return what is wrong, and do not raise it. An exception of ours that was
# raised in them would have key, pass phrase and whole lines in its context and in its frames, where
# tools that record errors find them.


def _rsa_key(pem: bytes, pass_phrase: str | None) -> RSAPrivateKey | str:
    password = pass_phrase.encode() if pass_phrase else None
    try:
        try:
            key = _loaded(pem, password)
        except TypeError:
            if not pass_phrase:
                return "is encrypted, add its `pass_phrase`"
            # The pass phrase may come from [DEFAULT], where it belongs to another key.
            key = _loaded(pem, None)
        if not isinstance(key, RSAPrivateKey):
            return "holds a private key that is not RSA"
        key.public_key().verify(key.sign(b"", PKCS1v15(), SHA256()), b"", PKCS1v15(), SHA256())
    except (ValueError, UnsupportedAlgorithm, InvalidSignature):
        return _fault_of(pem, bool(pass_phrase))
    return key


def _loaded(pem: bytes, password: bytes | None) -> object:
    # The key is the user's own: that it signs is enough. To test its primes takes 20 ms and more.
    return load_pem_private_key(pem, password, unsafe_skip_rsa_key_validation=True)


def _parsed(path: Path) -> configparser.ConfigParser | str:
    # Without a default section of its own the parser does not mix what a profile inherits with
    # what it says itself.
    parser = configparser.ConfigParser(interpolation=None, default_section="")
    try:
        parser.read_string(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return f"{path}: {error.strerror}. {_HINT}"
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next(iter(getattr(error, "errors", ())), (0,))[0]
        return f"{path}:{line}: not an OCI configuration file"
    except ValueError:
        return f"{path}: not an OCI configuration file, as it is not UTF-8"
    return parser


_HINT = "Run `oci setup config` or `oci session authenticate`, or name another file"
