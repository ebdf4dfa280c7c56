"""The console that the commands print on."""

from __future__ import annotations

import os

from rich.console import Console


def stdout_console() -> Console:
    """Prints texts as they are, without colours where NO_COLOR is set; https://no-color.org."""
    # Not rich's own no_color, which leaves bold and dim.
    return _Console(
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )


def room_of(console: Console) -> int | None:
    """The cells of a line on a terminal; a file has all the room that it needs."""
    return console.width if console.is_terminal else None


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to `errors.reported`; rich would exit with 1, which means failures here."""
        raise
