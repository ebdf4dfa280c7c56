from typing import Literal

RunOutputCharset = Literal[
    "UTF_16",
    "UTF_8",
]
"""Encoding of a text."""
