"""What was chosen, and where it came from: an argument, the environment, or a file."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

DEFAULT = "default"

AuthName = Literal[
    "api_key",
    "security_token",
    "instance_principal",
    "instance_obo_user",
    "resource_principal",
    "oke_workload_identity",
]


class Setting(NamedTuple):
    """A value that is no secret, and where it came from."""

    value: str
    source: str


def choose(name: str, argument: object, *variables: str) -> Setting | None:
    """The argument of this name, or else the first of these environment variables that is set."""
    if argument is not None:
        return Setting(str(argument), f"argument {name}")
    found = ((variable, os.environ.get(variable, "").strip()) for variable in variables)
    return next((Setting(value, variable) for variable, value in found if value), None)
