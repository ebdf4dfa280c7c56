"""The ways to sign, by the names that OCI's own tools have for them, and what each needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ..errors import ConfigError
from .settings import AuthName

if TYPE_CHECKING:
    from .settings import Layer, Setting

# The settings that these need; the other ones need none.
NEEDS = {
    "api_key": ("user", "tenancy", "fingerprint"),
    "security_token": ("security_token_file",),
    "instance_obo_user": ("delegation_token_file",),
}


def checked_auth(auth: Setting) -> Setting:
    """`auth` if it is an `AuthName`, or ConfigError."""
    if auth.value in get_args(AuthName):
        return auth
    raise ConfigError(f"{auth.source} {auth.value!r} is not one of {', '.join(get_args(AuthName))}")


def missing_keys(layer: Layer, auth: Setting | None) -> list[str]:
    """The settings that signing needs and `layer` lacks."""
    is_session = "security_token_file" in layer and "user" not in layer
    name = auth.value if auth else "security_token" if is_session else "api_key"
    missing = [key for key in NEEDS[name] if key not in layer]
    if name != "instance_obo_user" and not layer.keys() & {"key_file", "key_content"}:
        missing.append("key_file")
    return missing
