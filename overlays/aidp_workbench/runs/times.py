"""When a run happened, as times of Python."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from .statuses import has_ended

if TYPE_CHECKING:
    from aidp_workbench_api.types import Unset

    from .run import Run

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_datetime(milliseconds: int | Unset | None) -> datetime | None:
    """Milliseconds since 1970-01-01 UTC, as an aware time in UTC.

    `None` if the service gave no time, or one that is invalid: before 1970 or after 9999.
    """
    if not isinstance(milliseconds, int) or milliseconds < 0:
        return None
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def duration(run: Run, now: datetime | None = None) -> timedelta | None:
    """How long a run executed, from `start_time` to `end_time`; never negative.

    A run that is still going lasts until `now`, an aware time, if that is given. `None` if the
    start or the end is missing or invalid, or if the end is before the start. The wait for
    the cluster is not part of it.
    """
    start, end = to_datetime(run.start_time), to_datetime(run.end_time)
    if not isinstance(run.end_time, int) and not has_ended(run):
        end = now
    return end - start if start is not None and end is not None and start <= end else None
