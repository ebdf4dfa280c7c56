"""Who signs, as OCI's own tools find it: argument before environment before file."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING

from ..errors import ConfigError
from .auth_types import NEEDS, checked_auth
from .config_file import DEFAULT_SECTION
from .files import expand
from .layers import RcFile, environment, profile_layers
from .settings import DEFAULT, Setting, choose

if TYPE_CHECKING:
    from .settings import Layer

DEFAULT_CONFIG_FILE = "~/.oci/config"


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

    def first_of(self, *keys: str) -> str | None:
        """The one of these keys that the first source with any of them has."""
        found = (key for layer in self._settings.maps for key in keys if key in layer)
        return next(found, None)

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
    rc = RcFile()
    name = choose("profile", profile, "OCI_CLI_PROFILE") or rc.default_profile()
    name = name or Setting(DEFAULT_SECTION, DEFAULT)
    outer = [environment(), rc.layer(name.value)]
    chosen = choose("auth", auth, "OCI_CLI_AUTH") or outer[1].get("auth")
    if chosen and checked_auth(chosen).value not in NEEDS:
        if names_profile:
            raise ConfigError(f"{chosen.name} {chosen.value!r} takes no profile and no config_file")
        return Identity(chosen, outer)
    file = choose("config_file", config_file, "OCI_CLI_CONFIG_FILE", "OCI_CONFIG_FILE")
    return Identity(chosen, outer, name, file or Setting(DEFAULT_CONFIG_FILE, DEFAULT))
