"""The command line `aidp-workbench`, made of the public names of `aidp_workbench` alone.

Nothing here imports the client before a command runs, so that help and completion come at once.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from .streams import discard_stdout, prepare_streams

_WRONG_USAGE, _OUTPUT_FAILED = 2, 3


def main() -> None:
    """Run the command line; without the extra, say how to get it."""
    try:
        prepare_streams()
        try:
            from .app import app
        except ModuleNotFoundError as error:
            if error.name != "typer":
                raise
            _exit(_WRONG_USAGE, f"the command line needs more packages: {install_command('cli')}")
        app()
    except OSError as error:  # of --help and --version; commands report theirs
        discard_stdout()
        _exit(_OUTPUT_FAILED, f"the output cannot be written: {error}")


def install_command(extra: str) -> str:
    """How to install the packages of an extra."""
    return f"python3 -m pip install '.[{extra}]' in a clone of the repository"


def _exit(code: int, message: str) -> NoReturn:
    print(f"aidp-workbench: error: {message}", file=sys.stderr)
    sys.exit(code)
