from typing import Literal

PauseStatus = Literal[
    "PAUSED",
    "UNPAUSED",
]
"""Whether a schedule is paused."""
