"""The console that the commands print on."""

from __future__ import annotations

import os
import sys
from typing import Any

from rich.console import Console


def stdout_console() -> Console:
    """Prints texts as they are, without colours where NO_COLOR is set; https://no-color.org.

    What the terminal's encoding does not have is printed as an escape.
    """
    reconfigure_stdout(errors="backslashreplace")
    # Not rich's own no_color, which leaves bold and dim.
    return _Console(
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to `errors.reported`; rich would exit with 1, which means failures here."""
        raise


def reconfigure_stdout(**settings: str) -> None:
    """`TextIOWrapper.reconfigure` for stdout, unless something else has taken its place."""
    stdout: Any = sys.stdout
    if hasattr(stdout, "reconfigure"):
        stdout.reconfigure(**settings)
