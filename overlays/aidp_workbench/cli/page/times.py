"""Times on a page: those of the program that made it, each with its offset."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attrs import frozen

from aidp_workbench.runs import to_datetime

from ..output.times import written_time

if TYPE_CHECKING:
    from aidp_workbench_api.types import Unset


@frozen
class Time:
    """A time to show.

    Attributes:
        machine: In UTC, as ISO 8601 writes it.
        text: Date and time of day.
        zone: `Z`, or the offset.
        order: Seconds since 1970, to sort by.
    """

    machine: str
    text: str
    zone: str
    order: float


@frozen
class Clock:
    """How times are written, and what time it is.

    Attributes:
        now: When the page is made; aware.
        utc: Whether times are in UTC instead of local.
    """

    now: datetime
    utc: bool

    def time(self, when: datetime | int | Unset | None) -> Time | None:
        """A time, given aware or in milliseconds since 1970; `None` for none."""
        moment = when if isinstance(when, datetime) else to_datetime(when)
        if moment is None:
            return None
        text = written_time(moment, utc=self.utc)
        return Time(
            machine=moment.astimezone(UTC).isoformat(timespec="seconds"),
            text=text[:19],
            zone=text[19:],
            order=moment.timestamp(),
        )

    @property
    def words(self) -> str:
        """Which zone the times are in."""
        return "UTC" if self.utc else "local to where this page was made, each with its offset"
