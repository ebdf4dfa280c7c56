"""Times and durations as people read them."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


def written_time(when: datetime | None, *, utc: bool) -> str:
    """`2026-04-30 02:00:00Z`, or local time with its offset; empty for `None`."""
    if when is None:
        return ""
    try:
        local = when.astimezone(UTC if utc else None)
    except (OverflowError, ValueError, OSError):  # the last days of the year 9999
        local = when.astimezone(UTC)
    text = local.isoformat(sep=" ", timespec="seconds")
    return text.replace("+00:00", "Z") if local.tzinfo is UTC else text


def written_duration(took: timedelta | None) -> str:
    """Such as `0.4s`, `20s`, `4m10s`, `1h02m` or `3d04h`; empty for `None`."""
    if took is None:
        return ""
    seconds = took.total_seconds()
    if seconds < 10:
        return f"{int(seconds * 10) / 10}s"
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d{hours:02}h"
    if hours:
        return f"{hours}h{minutes:02}m"
    return f"{minutes}m{seconds:02}s" if minutes else f"{seconds}s"
