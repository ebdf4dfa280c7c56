from typing import Literal

SortOrder = Literal[
    "ASC",
    "DESC",
]
"""Sort upwards (ASC) or downwards (DESC)."""
