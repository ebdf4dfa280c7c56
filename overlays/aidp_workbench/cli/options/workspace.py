"""How to reach the service, and which workspace of which platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from typer import Option

from aidp_workbench.auth.settings import AuthName  # noqa: TC001  # typer reads annotations

from ..defaults import PLATFORM, WORKSPACE


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Connection:
    """How to reach the service, and who signs."""

    profile: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Profile to sign with; else OCI_CLI_PROFILE, default_profile of ~/.oci/oci_cli_rc,"
            " DEFAULT.",
        ),
    ] = None
    config_file: Annotated[
        str | None,
        Option(
            metavar="FILE",
            help="Where the profile is; else OCI_CLI_CONFIG_FILE, OCI_CONFIG_FILE, ~/.oci/config.",
        ),
    ] = None
    region: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Such as us-ashburn-1 or IAD; else OCI_CLI_REGION, OCI_REGION or that of the"
            " profile.",
        ),
    ] = None
    auth: Annotated[
        AuthName | None, Option(help="How to sign; else OCI_CLI_AUTH, else as the profile says.")
    ] = None
    base_url: Annotated[
        str | None,
        Option(
            metavar="URL",
            help="Where the service is, in place of the host of the region; else AIDP_ENDPOINT,"
            " OCI_CLI_ENDPOINT.",
        ),
    ] = None
    api_version: Annotated[
        str | None,
        Option(
            metavar="VERSION",
            help="20240831 for tenancies that have only the older API; else AIDP_API_VERSION.",
        ),
    ] = None
    debug: Annotated[
        bool, Option("--debug", help="Log retries, and show the traceback of an error.")
    ] = False


Platform = Annotated[
    str | None, Option(metavar="OCID", help=f"The AI Data Platform instance; {PLATFORM.help}")
]
Workspace = Annotated[str | None, Option(metavar="KEY", help=f"The workspace; {WORKSPACE.help}")]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PlatformOptions(Connection):
    """Which platform, and how to show times."""

    platform: Platform = None
    utc: Annotated[bool, Option("--utc", help="Show times in UTC instead of local time.")] = False


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class WorkspaceOptions(PlatformOptions):
    """Which workspace."""

    workspace: Workspace = None
