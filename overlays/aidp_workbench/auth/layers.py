"""The sources of credentials in order of precedence: the environment, then sections of files.

Sources: https://docs.oracle.com/en-us/iaas/Content/API/SDKDocs/clienvironmentvariables.htm and
https://docs.oracle.com/en-us/iaas/Content/API/SDKDocs/cliconfigure.htm
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import ConfigError
from .auth_types import missing_keys
from .config_file import DEFAULT_SECTION, read_config_file
from .files import expand
from .settings import DEFAULT, Setting, from_environment

if TYPE_CHECKING:
    from .settings import Layer

_VARIABLES = {
    "user": ("OCI_CLI_USER",),
    "tenancy": ("OCI_CLI_TENANCY",),
    "fingerprint": ("OCI_CLI_FINGERPRINT",),
    "key_content": ("OCI_CLI_KEY_CONTENT",),
    "key_file": ("OCI_CLI_KEY_FILE",),
    "pass_phrase": ("OCI_CLI_PASSPHRASE",),
    "security_token_file": ("OCI_CLI_SECURITY_TOKEN_FILE",),
    "delegation_token_file": ("OCI_CLI_DELEGATION_TOKEN_FILE",),
    "region": ("OCI_CLI_REGION", "OCI_REGION"),
}
_RC_FILES = ("~/.oci/oci_cli_rc", "~/.oci/cli-defaults")
_HINT = "Run `oci setup config` or `oci session authenticate`, or name another file"


def environment() -> Layer:
    """What the environment says now."""
    found = {key: from_environment(*names) for key, names in _VARIABLES.items()}
    return {key: setting for key, setting in found.items() if setting}


class RcFile:
    """`oci_cli_rc`, of which these settings are used; ConfigError if it cannot be read."""

    def __init__(self) -> None:
        named = from_environment("OCI_CLI_RC_FILE")
        self._path = named.value if named else next(filter(_exists, _RC_FILES), "")
        try:
            self._sections = read_config_file(self._path) if self._path else {}
        except OSError as error:
            source = f"{named.source}: " if named else ""
            raise ConfigError(f"{source}{self._path}: {error.strerror}") from error

    def default_profile(self) -> Setting | None:
        found = self._sections.get("OCI_CLI_SETTINGS", {}).get("default_profile")
        if found and found.value:
            return Setting(found.value, f"default_profile of {self._path}")
        return None

    def layer(self, profile: str) -> Layer:
        """`auth` and `region` of a profile."""
        merged = self._sections.get(DEFAULT_SECTION, {}) | self._sections.get(profile, {})
        return _without_blanks({key: merged[key] for key in ("auth", "region") if key in merged})


def _exists(path: str) -> bool:
    try:
        return expand(path).exists()
    except OSError:
        return False


def profile_layers(
    profile: Setting, config_file: Setting, outer: Layer, auth: Setting | None
) -> list[Layer]:
    """The settings of a profile, and those it inherits from `[DEFAULT]`; or ConfigError.

    Empty if there is no such profile and none is needed, because neither it nor the file was named
    and the environment, which is `outer`, suffices to sign.
    """
    is_usual = config_file.source == DEFAULT and profile.value == DEFAULT_SECTION
    missing = missing_keys(outer, auth)
    optional = is_usual and not missing
    source = "" if config_file.source == DEFAULT else f"{config_file.source}: "
    path = config_file.value
    try:
        path = str(expand(path))
        file = read_config_file(path)
    except OSError as error:
        if optional:
            return []
        hint = _HINT
        if is_usual:
            variables = ", ".join(_VARIABLES[key][0] for key in missing)
            hint += f"; or else the environment lacks {variables}"
        raise ConfigError(f"{source}{path}: {error.strerror}. {hint}") from error
    if profile.value not in file:
        if optional:
            return []
        named = "" if profile.source == DEFAULT else f" ({profile.source})"
        known = ", ".join(file) or "none"
        name = profile.value or "without a name"
        raise ConfigError(f"{path}: there is no profile {name}{named}; there are: {known}")
    own, default = file[profile.value], file.get(DEFAULT_SECTION, {})
    # An empty value of the profile's own still hides the one that it would inherit.
    inherited = {key: setting for key, setting in default.items() if key not in own}
    return [_without_blanks(own), _without_blanks(inherited)]


def _without_blanks(layer: Layer) -> Layer:
    return {key: setting for key, setting in layer.items() if setting.value}
