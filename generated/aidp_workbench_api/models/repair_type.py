from typing import Literal

RepairType = Literal[
    "ORIGINAL",
    "REPAIR",
]
"""The original run, or a repair of it."""
