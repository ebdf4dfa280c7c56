"""The ways to sign, by the names that OCI's own tools have for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ..errors import ConfigError
from .settings import AuthName

if TYPE_CHECKING:
    from .layers import Layer
    from .settings import Setting

# What these ways to sign need; the other ones need neither environment nor file.
NEEDS = {
    "api_key": ("user", "tenancy", "fingerprint"),
    "security_token": ("security_token_file",),
    "instance_obo_user": ("delegation_token_file",),
}


def checked_auth(auth: Setting) -> Setting:
    """`auth` if it is an `AuthName`, or ConfigError."""
    if auth.value in get_args(AuthName):
        return auth
    raise ConfigError(f"{auth.source} {auth.value!r} is none of {', '.join(get_args(AuthName))}")


def suffices(layer: Layer, auth: Setting | None) -> bool:
    """Whether the environment alone says who signs."""
    has_key = "key_file" in layer or "key_content" in layer
    return any(
        all(key in layer for key in NEEDS[way]) and (has_key or way == "instance_obo_user")
        for way in ([auth.value] if auth else ["api_key", "security_token"])
    )
