"""`workspaces list`: the workspaces of a platform."""

from __future__ import annotations

from typer import Typer

from ..command import with_options
from ..options import PlatformOptions, WorkspaceListOptions

EXAMPLES = """\b
Examples:
  aidp-workbench workspaces list --platform OCID
  aidp-workbench workspaces list --name Sales -o json | jq -r '.[0].key'
"""

app = Typer(rich_markup_mode=None)


@app.command("list", epilog=EXAMPLES)
@with_options
def list_workspaces(*, shown: WorkspaceListOptions, options: PlatformOptions) -> None:
    """List the workspaces of the platform, with the keys that --workspace takes."""
    from aidp_workbench_api.api.workspaces import list_workspaces as operation

    from ..connection import opened_platform
    from ..listing import write_listing
    from ..output.kinds import WORKSPACES

    with opened_platform(options) as (client, platform):
        arguments = {"ai_data_platform_id": platform, "client": client}
        write_listing(operation, WORKSPACES, arguments, shown, utc=options.utc)
