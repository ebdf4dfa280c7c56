from typing import Literal

TaskRunStatus = Literal[
    "BLOCKED",
    "CANCELED",
    "CANCELING",
    "EXCLUDED",
    "FAILED",
    "INTERNAL_ERROR",
    "PAUSED_MAINTENANCE",
    "PENDING",
    "QUEUED",
    "RUNNING",
    "SKIPPED",
    "SUCCESS",
    "TIMED_OUT",
    "UPSTREAM_CANCELED",
    "UPSTREAM_FAILED",
]
"""Status of a run in a response."""
