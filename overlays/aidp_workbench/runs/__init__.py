"""What job runs and task runs mean: whether they ended, how they went, how long they took."""

from __future__ import annotations

from .attempts import latest_attempts
from .statuses import has_ended, has_failed, status_of
from .times import duration, to_datetime
from .waiting import await_until_ended, wait_until_ended

__all__ = [
    "await_until_ended",
    "duration",
    "has_ended",
    "has_failed",
    "latest_attempts",
    "status_of",
    "to_datetime",
    "wait_until_ended",
]
