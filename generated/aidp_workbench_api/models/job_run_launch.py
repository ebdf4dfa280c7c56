from typing import Literal

JobRunLaunch = Literal[
    "MANUAL",
    "SCHEDULED",
]
"""What started a job run - its schedule or a user."""
