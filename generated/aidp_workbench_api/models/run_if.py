from typing import Literal

RunIf = Literal[
    "ALL_DONE",
    "ALL_FAILED",
    "ALL_SUCCESS",
    "AT_LEAST_ONE_FAILED",
    "AT_LEAST_ONE_SUCCESS",
    "NONE_FAILED",
]
"""How the tasks before a task must have ended for it to run."""
