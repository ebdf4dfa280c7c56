"""Which platform and workspace: an option, or else the environment, or else the OCI profile.

The profile, because a platform is in one region of one tenancy, as the profile is: whoever changes
the profile changes all of them. OCI's own tools ignore keys that they do not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aidp_workbench.auth.identity import Identity
    from aidp_workbench.auth.settings import Setting


@dataclass(frozen=True, eq=False, repr=False)
class Default:
    """Where a value comes from if no option gives it."""

    option: str
    variables: tuple[str, ...]  # our own names first, then those of Oracle's command line
    profile_key: str

    @property
    def help(self) -> str:
        """Such as `else X, Y, or z of the profile.`"""
        return f"else {', '.join(self.variables)}, or {self.profile_key} of the profile."

    def find(self, given: str | None, identity: Identity) -> Setting | None:
        """The value, and where it came from; `None` if it is nowhere."""
        from aidp_workbench.auth.settings import choose

        name = self.option.removeprefix("--")
        return choose(name, given, *self.variables) or identity.setting(self.profile_key)


PLATFORM = Default(
    "--platform", ("AIDP_PLATFORM_ID", "AIDP_INSTANCE_ID", "INSTANCE_ID"), "aidp_platform_id"
)
WORKSPACE = Default("--workspace", ("AIDP_WORKSPACE_KEY",), "aidp_workspace_key")


def found(identity: Identity, given: Mapping[Default, str | None]) -> list[str]:
    """The value of each, or ArgumentError with all the places where a missing one may be."""
    from aidp_workbench import ArgumentError

    settings = {one: one.find(value, identity) for one, value in given.items()}
    missing = [one for one, setting in settings.items() if setting is None]
    if missing:
        raise ArgumentError("; ".join(_places(one, identity) for one in missing))
    return [setting.value for setting in settings.values() if setting]


def _places(missing: Default, identity: Identity) -> str:
    name = missing.option.removeprefix("--")
    first, *others = missing.variables
    variables = f"{first} (or {', '.join(others)})" if others else first
    places = f"give {missing.option}, or set {variables}"
    if identity.profile and identity.config_file:
        profile, file = identity.profile.value, identity.config_file.value
        places += f", or add {missing.profile_key}=… to [{profile}] of {file}"
    return f"no {name}: {places}"
