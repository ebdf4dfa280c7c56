"""A line of progress on stderr, if that is a terminal."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from typing import TYPE_CHECKING, Self

from .text import fit

if TYPE_CHECKING:
    from collections.abc import Callable


class Repeats(logging.Handler):
    """Reports why nothing happens: what the library repeats, and why."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._report = report
        self._logger = logging.getLogger("aidp_workbench")
        self._level = self._logger.level

    def emit(self, record: logging.LogRecord) -> None:
        self._report(record.getMessage())

    def __enter__(self) -> Self:
        # With --debug the log is printed already.
        if not self._logger.isEnabledFor(logging.DEBUG):
            self._logger.addHandler(self)
            self._logger.setLevel(logging.INFO)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.setLevel(self._level)


class Progress:
    """Shows a line until it is cleared or replaced, and in its place why a request is repeated."""

    def __init__(self) -> None:
        self._is_shown = False
        self._is_wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._repeats = Repeats(self.show)

    def show(self, text: str) -> None:
        if self._is_wanted:
            room = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r{fit(text, room)}\x1b[K")
            sys.stderr.flush()
            self._is_shown = True

    def clear(self) -> None:
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._is_shown = False

    def __enter__(self) -> Self:
        if self._is_wanted:
            self._repeats.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_wanted:
            self._repeats.__exit__()
        self.clear()
