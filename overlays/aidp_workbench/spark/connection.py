"""How executors reach the service: names and settings travel to them, credentials never."""

from __future__ import annotations

import inspect
import os
import platform
from typing import TYPE_CHECKING, Any

from .. import connect
from ..errors import ArgumentError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aidp_workbench_api import Client


def checked(connection: Mapping[str, Any] | None) -> dict[str, Any]:
    """The arguments of `connect`, if they may travel; ArgumentError otherwise."""
    known = inspect.signature(connect).parameters.keys() - {"signer", "rate", "on_drift"}
    given = dict(connection or {})
    if "signer" in given:
        raise ArgumentError(
            "connection: a signer holds a key and stays here; name a profile, or an `auth` that"
            " executors have, such as resource_principal"
        )
    if unknown := given.keys() - known:
        names = ", ".join(sorted(known))
        raise ArgumentError(f"connection has no {sorted(unknown)[0]}; it takes {names}")
    if "config_file" in given:
        given["config_file"] = os.fspath(given["config_file"])
    return given


def opened(connection: Mapping[str, Any], rate: float | None) -> Client:
    """The client of one partition. Raises ConfigError, which ends the job: no key can be listed."""
    try:
        return connect(**connection, rate=rate)
    except ConfigError as error:
        raise ConfigError(
            f"{error}; credentials do not travel, so {platform.node()} needs its own: a file or"
            " variables on every executor, or an `auth` that they have, such as resource_principal"
        ) from error
