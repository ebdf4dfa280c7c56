"""Dates and times: nothing of what came is lost, and what goes out says its offset."""

import datetime
import re
from typing import Any

from .errors import ArgumentError
from .values import Kind


class Time(datetime.datetime):
    """A date-time as the service sent it: `text` has what a datetime cannot, such as nanoseconds.

    Calculating with it gives plain times, whose text is empty.
    """

    text: str = ""

    @classmethod
    def parse(cls, text: str) -> "Time":
        """The time that `text` says by RFC 3339, or ValueError."""
        if not (match := _TIME.fullmatch(text)):
            raise ValueError(text)
        day, clock, fraction, offset = match.groups()
        offset = "+00:00" if offset in "Zz" else offset
        clock = clock.replace(":60", ":59")  # a leap second, which Python does not know
        time = cls.fromisoformat(f"{day}T{clock}.{(fraction or '')[:6]:0<6}{offset}")
        time.text = text
        return time

    def __reduce__(self) -> Any:
        return (Time.parse, (self.text,)) if self.text else super().__reduce__()

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.__reduce__() if self.text else super().__reduce_ex__(protocol)


_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class _Time(Kind):
    expected = "a date-time with an offset"

    def decode(self, value: Any) -> Any:
        try:
            return Time.parse(value)
        except (TypeError, ValueError):
            return super().decode(value)

    def encode(self, value: Any) -> Any:
        if isinstance(value, Time) and value.text:
            return value.text
        return in_utc(value)


def in_utc(value: Any) -> str:
    """An aware datetime as RFC 3339 in UTC; ArgumentError for anything else."""
    if not isinstance(value, datetime.datetime):
        raise ArgumentError(f"must be a datetime, not {value!r}")
    if value.utcoffset() is None:
        raise ArgumentError(f"must be a datetime with a time zone, not {value!r}")
    return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat() + "Z"


class _Date(Kind):
    expected = "a date"

    def decode(self, value: Any) -> Any:
        try:
            date = datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            return super().decode(value)
        return date if date.isoformat() == value else super().decode(value)

    def encode(self, value: Any) -> Any:
        if type(value) is not datetime.date:
            raise ArgumentError(f"must be a date, not {value!r}")
        return value.isoformat()


DATE = _Date()
TIME = _Time()
