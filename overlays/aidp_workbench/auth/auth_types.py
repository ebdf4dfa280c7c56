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
    has_key = "key_file" in layer or "key_content" in layer
    inferred = "security_token" if has_key and "security_token_file" in layer else "api_key"
    name = auth.value if auth else inferred
    missing = [key for key in NEEDS[name] if key not in layer]
    if name != "instance_obo_user" and not has_key:
        missing.append("key_file")
    return missing
