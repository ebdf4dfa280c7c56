"""What was chosen, and where it came from: an argument, the environment, or a file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Literal

DEFAULT = "default"

AuthName = Literal[
    "api_key",
    "security_token",
    "instance_principal",
    "instance_obo_user",
    "resource_principal",
    "oke_workload_identity",
]


@dataclass(frozen=True)
class Setting:
    """A value, which may be a secret, and where it came from. Its repr has the source alone."""

    value: str = field(repr=False)
    source: str
    key: str = ""  # what a file calls it

    @property
    def name(self) -> str:
        """What an error message calls it."""
        return f"{self.source}: `{self.key}`" if self.key else self.source


# What one source says, by the names of a configuration file.
Layer = dict[str, Setting]


def choose(name: str, argument: object, *variables: str) -> Setting | None:
    """The argument, or else the first of these environment variables that is set."""
    if argument is not None:
        return Setting(str(argument), f"argument {name}")
    return from_environment(*variables)


def from_environment(*variables: str) -> Setting | None:
    """The first of these environment variables that is set and not blank."""
    found = ((variable, os.environ.get(variable, "").strip()) for variable in variables)
    return next((Setting(value, variable) for variable, value in found if value), None)
