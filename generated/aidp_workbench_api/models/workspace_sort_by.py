from typing import Literal

WorkspaceSortBy = Literal[
    "displayName",
    "timeCreated",
]
"""Property to sort by; without a sort order, timeCreated puts the newest first, displayName goes from A to Z."""
