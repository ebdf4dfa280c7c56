"""The command line `aidp-workbench`, made of the public names of `aidp_workbench` alone.

Nothing here imports the client before a command runs, so that help and completion come at once.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; without the extra, say how to get it."""
    try:
        from .app import app
    except ModuleNotFoundError as error:
        if error.name != "typer":
            raise
        sys.exit("aidp-workbench: the command line needs: pip install 'aidp-workbench[cli]'")
    app()
