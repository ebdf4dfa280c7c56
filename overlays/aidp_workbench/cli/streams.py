"""stdout and stderr, in whatever state the program was started with them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any


def prepare_streams() -> None:
    """Print escapes for what the encoding does not have. Raises OSError if stdout is closed."""
    # Python has no stream for a descriptor that is closed. A socket could take its number.
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # never closed
    if sys.stdout is None:
        raise OSError("stdout is closed")
    reconfigure_stdout(errors="backslashreplace")


def reconfigure_stdout(**settings: str) -> None:
    """`TextIOWrapper.reconfigure` for stdout, unless something else has taken its place."""
    stdout: Any = sys.stdout
    if hasattr(stdout, "reconfigure"):
        stdout.reconfigure(**settings)


def discard_stdout() -> None:
    """Keep the interpreter from failing again when it flushes stdout at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
