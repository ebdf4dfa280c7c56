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
    raise ConfigError(f"{auth.source} {auth.value!r} is not one of {', '.join(get_args(AuthName))}")


def lacking(layer: Layer, auth: Setting | None) -> list[str]:
    """What the environment has to say besides, to say alone who signs."""
    if auth:
        return _lacking(layer, auth.value)
    by_token = _lacking(layer, "security_token")
    if "security_token_file" in layer and not by_token:
        return by_token
    return _lacking(layer, "api_key")


def _lacking(layer: Layer, way: str) -> list[str]:
    keys = [key for key in NEEDS[way] if key not in layer]
    if not (way == "instance_obo_user" or "key_file" in layer or "key_content" in layer):
        keys.append("key_file")
    return keys
