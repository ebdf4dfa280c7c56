"""What is wrong with a document."""

from __future__ import annotations


class SpecError(Exception):
    """The document cannot be used. The message is one line: the file, the place and the problem."""
