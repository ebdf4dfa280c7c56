"""One line on stderr that says what is going on, if people are looking."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from typing import TYPE_CHECKING, Self

from .text import fit

if TYPE_CHECKING:
    from types import TracebackType


class Progress(logging.Handler):
    """Shows a line until it is cleared or replaced, and in its place why a request is repeated."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._is_shown = False
        self._is_wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._logger = logging.getLogger("aidp_workbench")

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

    def emit(self, record: logging.LogRecord) -> None:
        self.show(record.getMessage())

    def __enter__(self) -> Self:
        # With --debug the log is printed already.
        if self._is_wanted and not self._logger.isEnabledFor(logging.DEBUG):
            self._logger.addHandler(self)
            self._logger.setLevel(logging.INFO)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._logger.removeHandler(self)
        self.clear()
