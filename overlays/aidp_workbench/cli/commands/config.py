"""`config`: shows what would be used to reach the service, and where each value came from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Option

from ..command import with_options
from ..defaults import PLATFORM, WORKSPACE
from ..options import Connection, Platform, Workspace

if TYPE_CHECKING:
    from aidp_workbench.auth.settings import Setting

EXAMPLES = """\b
Examples:
  aidp-workbench config
  aidp-workbench config --profile PROD --output json | jq -r .host.value
"""


@with_options
def config(
    *,
    platform: Platform = None,
    workspace: Workspace = None,
    output: Annotated[
        Literal["table", "json"], Option("--output", "-o", help="How to print it.")
    ] = "table",
    connection: Connection,
) -> None:
    """Show who would sign and where requests would go, and where each setting came from.

    Nothing is sent, and no secrets are shown. An instance or a resource knows its region itself,
    so that it is not shown.
    """
    from aidp_workbench.auth.identity import find_identity
    from aidp_workbench.transport.settings import find_settings

    from ..errors import reported

    with reported(debug=connection.debug):
        identity = find_identity(connection.profile, connection.config_file, connection.auth)
        settings: dict[str, Setting | None] = {
            **find_settings(
                identity, connection.region, connection.base_url, connection.api_version
            )._asdict(),
            "platform": PLATFORM.find(platform, identity),
            "workspace": WORKSPACE.find(workspace, identity),
        }
        if output == "json":
            print(json.dumps({name: _as_json(one) for name, one in settings.items()}, indent=2))
        else:
            _print_table(settings)


def _as_json(setting: Setting | None) -> dict[str, str] | None:
    return {"value": setting.value, "source": _source(setting)} if setting else None


def _print_table(settings: dict[str, Setting | None]) -> None:
    from ..output.text import visible

    rows = [
        (name.replace("_", " "), visible(one.value), visible(_source(one)))
        if one
        else (name.replace("_", " "), "-", "")
        for name, one in settings.items()
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(map(str.ljust, row, widths)).rstrip())


def _source(setting: Setting) -> str:
    """Where a value came from, with an option in place of the argument that it became."""
    kind, _, name = setting.source.partition(" ")
    return f"--{name.replace('_', '-')}" if kind == "argument" else setting.source
