from typing import Literal

TaskRunStatusFilter = Literal[
    "BLOCKED",
    "CANCELED",
    "EXCLUDED",
    "FAILED",
    "INTERNAL_ERROR",
    "PENDING",
    "QUEUED",
    "RUNNING",
    "SKIPPED",
    "SUCCESS",
    "UPSTREAM_CANCELED",
    "UPSTREAM_FAILED",
]
"""Statuses that runs can be filtered by; responses can have others."""
