"""Who signs, as OCI's own tools find it: argument before environment before file."""

from __future__ import annotations

import math
import re
import shlex
from collections import ChainMap
from typing import TYPE_CHECKING

from ..errors import ConfigError
from .auth_types import NEEDS, checked_auth
from .config_file import DEFAULT_SECTION
from .files import Secret, expand, read_file
from .layers import RcFile, environment, profile_layers
from .private_key import load_private_key
from .settings import DEFAULT, Setting, choose
from .tokens import expiry, header_token

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from .settings import Layer

DEFAULT_CONFIG_FILE = "~/.oci/config"
_KEY_SETTINGS = ("key_content", "key_file")

# The pattern of an OCID is that of the `oci` package.
_OCID = r"[\w-]+[.:]([\w-]*[.:]){3,}[\w-]+"
_FORMS = {
    "user": (_OCID, "ocid1.user.oc1..aaaa"),
    "tenancy": (_OCID, "ocid1.tenancy.oc1..aaaa"),
    "fingerprint": ("[0-9A-Fa-f:]+", "20:3b:97:13:55:1c"),
}


class Identity:
    """The chosen way to sign, and its settings.

    Attributes:
        auth: How to sign: an `AuthName`, or `signer`.
        profile: Name of the profile; `None` if none is used.
        config_file: Where the profile is; `None` if none is used.
    """

    def __init__(
        self,
        auth: Setting | None,
        outer: list[Layer],
        profile: Setting | None = None,
        config_file: Setting | None = None,
    ) -> None:
        inner: list[Layer] = []
        if profile and config_file:
            inner = profile_layers(profile, config_file, outer[0], auth)
        self.profile = profile if inner else None
        self.config_file = config_file if inner else None
        self._outer = outer
        self._settings = ChainMap(*outer, *inner)
        self.auth = auth or self._inferred_auth()

    def reread(self) -> Identity:
        """The same with what its configuration file says now."""
        return Identity(self.auth, self._outer, self.profile, self.config_file)

    def _inferred_auth(self) -> Setting:
        """How to sign, by the first layer that determines it.

        A profile of `oci session authenticate` has no `user`; below a `[DEFAULT]` with an API key
        it inherits one. Cloud Shell's profiles have an `authentication_type`.
        """
        for layer in self._settings.maps:
            if named := layer.get("authentication_type"):
                auth = named.value
                if auth == "instance_principal" and self.get("delegation_token_file"):
                    auth = "instance_obo_user"
                return checked_auth(Setting(auth, named.name))
            if "user" in layer:
                return Setting("api_key", layer["user"].source)
            if "security_token_file" in layer:
                return Setting("security_token", layer["security_token_file"].source)
        return Setting("api_key", DEFAULT)

    def setting(self, key: str) -> Setting | None:
        """The value of `key`, and where it came from."""
        return self._settings.get(key)

    def get(self, key: str) -> str | None:
        setting = self._settings.get(key)
        return setting.value if setting else None

    def require(self, key: str) -> str:
        """The value of `key`, or ConfigError."""
        if value := self.get(key):
            return value
        raise self.error(key, "is missing")

    def key_id(self, token: Secret | None) -> str:
        """The service's name for the key: `tenancy/user/fingerprint`, or a token."""
        if token:
            return f"ST${self._token('security_token_file', token)}"
        return "/".join(map(self._well_formed, ("tenancy", "user", "fingerprint")))

    def _well_formed(self, key: str) -> str:
        pattern, example = _FORMS[key]
        if re.fullmatch(pattern, value := self.require(key), re.ASCII):
            return value
        raise self.error(key, f"is malformed: it looks like {example}, without quotes")

    def read_token(self) -> Secret | None:
        """The file with the session token, or ConfigError; `None` for an API key."""
        return self.read("security_token_file") if self.auth.value == "security_token" else None

    def expiry(self, token: Secret | None) -> float:
        """When the session expires, in seconds since 1970; infinite for an API key."""
        return expiry(header_token(token)) if token else math.inf

    def expired_error(self) -> ConfigError:
        profile = shlex.quote(self.profile.value if self.profile else DEFAULT_SECTION)
        return self.error(
            "security_token_file",
            f"has expired, renew it: oci session authenticate --profile-name {profile}",
        )

    def delegation_token(self) -> str:
        """The delegation token, or ConfigError."""
        return self._token("delegation_token_file", self.read("delegation_token_file"))

    def _token(self, key: str, file: Secret) -> str:
        if token := header_token(file):
            return token
        raise self.error(key, "has characters that cannot be sent, or is empty")

    def private_key(self, file: Secret) -> RSAPrivateKey:
        """The RSA key in `file`, which is that of `read_key`, or ConfigError."""
        key = load_private_key(file.content, self.get("pass_phrase"))
        if not isinstance(key, str):
            return key
        if (pass_phrase := self.setting("pass_phrase")) and not pass_phrase.key:
            key = key.replace("`pass_phrase`", pass_phrase.source)
        raise self.error(self._key_name(), key)

    def read_key(self) -> Secret:
        """What `key_content` says, or the file that `key_file` names, or ConfigError."""
        if (name := self._key_name()) == "key_file":
            return self.read(name)
        # Variables of CI pipelines often have \n in place of line breaks.
        return Secret(self.require(name).replace("\\n", "\n").encode())

    def read(self, key: str) -> Secret:
        """The file that `key` names, or ConfigError."""
        path = self.require(key)
        try:
            return Secret(read_file(path))
        except OSError as error:
            raise self.error(key, f"cannot be read: {path}: {error.strerror}") from error

    def files(self) -> list[str | None]:
        """The paths of key and token; the last is that of the configuration file."""
        names = [name for name in (self._key_name(), *NEEDS[self.auth.value]) if "_file" in name]
        return [*map(self.get, names), self.config_file.value if self.config_file else None]

    def _key_name(self) -> str:
        names = (name for layer in self._settings.maps for name in _KEY_SETTINGS if name in layer)
        return next(names, "key_file")

    def error(self, key: str, problem: str) -> ConfigError:
        setting = self._settings.get(key)
        if not setting and self.profile and self.config_file:  # it is missing there
            place = f"profile {self.profile.value} of {expand(self.config_file.value)}"
            setting = Setting("", place, key)
        return ConfigError(f"{setting.name if setting else key} {problem}")


def find_identity(
    profile: object = None, config_file: object = None, auth: object = None, signer: object = None
) -> Identity:
    """What these arguments, the environment and the configuration file say, or ConfigError."""
    names_profile = profile is not None or config_file is not None
    if signer is not None:
        if auth is not None or names_profile:
            raise ConfigError("a signer takes the place of auth, profile and config_file")
        return Identity(Setting("signer", "argument signer"), [environment()])
    chosen = choose("auth", auth, "OCI_CLI_AUTH")
    if chosen and checked_auth(chosen).value not in NEEDS:
        if names_profile:
            raise ConfigError(
                f"{chosen.source} {chosen.value!r} takes no profile and no config_file"
            )
        return Identity(chosen, [environment()])
    rc = RcFile()
    name = choose("profile", profile, "OCI_CLI_PROFILE") or rc.default_profile()
    name = name or Setting(DEFAULT_SECTION, DEFAULT)
    outer = [environment(), rc.layer(name.value)]
    if not chosen and "auth" in outer[1]:
        chosen = checked_auth(outer[1]["auth"])
        if chosen.value not in NEEDS and not names_profile:
            return Identity(chosen, outer)
    file = choose("config_file", config_file, "OCI_CLI_CONFIG_FILE", "OCI_CONFIG_FILE")
    return Identity(chosen, outer, name, file or Setting(DEFAULT_CONFIG_FILE, DEFAULT))
