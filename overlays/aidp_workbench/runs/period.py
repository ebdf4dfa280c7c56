"""A period of time, and which runs ended in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..errors import ArgumentError
from .times import to_datetime

if TYPE_CHECKING:
    from aidp_workbench_api.types import Unset

    from .run import Run


@frozen
class Period:
    """From `since` to `until`, both included; without `until` it has no end."""

    since: datetime
    until: datetime | None

    @classmethod
    def checked(cls, since: object, until: object) -> Period:
        """The period, in UTC. ArgumentError unless its times are aware and in this order."""
        start = _in_utc("since", since)
        end = None if until is None else _in_utc("until", until)
        if end is not None and end < start:
            raise ArgumentError(f"until must not be before since: {end} is before {start}")
        return cls(start, end)

    def created(self, lookback: Any) -> dict[str, datetime]:
        """Arguments of `list_job_runs`: created up to `lookback` before the start, or since."""
        if not isinstance(lookback, timedelta) or lookback < timedelta():
            raise ArgumentError(f"lookback must be a timedelta of 0 or more, not {lookback!r}")
        arguments: dict[str, datetime] = {}
        with suppress(OverflowError):  # before the year 1
            arguments["time_created_greater_than_or_equal_to"] = self.since - lookback
        if self.until is not None:
            arguments["time_created_less_than_or_equal_to"] = self.until
        return arguments

    def may_have_end_of(self, run: Run, updated: datetime | Unset | None = None) -> bool:
        """Whether a run ended in this period, or may have, if nothing says when it ended.

        The end is then somewhere between the start and `updated`, the last change of the run, as
        far as they are known. A time of 0 and an end before the start say nothing.
        """
        earliest, end = to_datetime(run.start_time or None), to_datetime(run.end_time or None)
        latest = updated or None
        if end is not None and (earliest is None or earliest <= end):
            earliest = latest = end
        is_before = latest is not None and latest < self.since
        is_after = earliest is not None and self.until is not None and earliest > self.until
        return not is_before and not is_after


def _in_utc(name: str, time: Any) -> datetime:
    if not isinstance(time, datetime) or time.utcoffset() is None:
        raise ArgumentError(f"{name} must be a datetime with a time zone, not {time!r}")
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise ArgumentError(f"{name} must be in the years 1 to 9999 of UTC, not {time!r}") from None
