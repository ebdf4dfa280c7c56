"""The time axis of a timeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ..output.times import written_duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .bars import Bar

# If now is this many times the known time span away, an axis up to now would show nothing.
_FAR_OFF = 20
_FAR_OFF_AT_LEAST = timedelta(days=1)


def extent(bars: Sequence[Bar]) -> tuple[datetime | None, datetime | None]:
    """The first and the last moment of the axis; `None` if no bar has a time."""
    begins = [bar.begin for bar in bars if bar.begin]
    if not begins:
        return None, None
    begin = min(begins)
    known = max([*begins, *(bar.end for bar in bars if bar.end and not bar.is_open)])
    end = max(bar.end for bar in bars if bar.end)
    if end - known > max(_FAR_OFF * (known - begin), _FAR_OFF_AT_LEAST):
        end = _later(known, max((known - begin) / 4, timedelta(minutes=1)))
    return begin, max(end, _later(begin, timedelta(milliseconds=1)))


def _later(when: datetime, by: timedelta) -> datetime:
    """`when` plus `by`, at most the last moment that Python knows."""
    last = datetime.max.replace(tzinfo=UTC)
    return when + min(by, last - when)


def ticks(span: timedelta, at_most: int) -> list[tuple[timedelta, str]]:
    """Round times from 0 to the end of an axis, each with its label."""
    step = next((one for one in _STEPS if span / one < at_most), None)
    if step is None:
        step = timedelta(days=2 ** max(0, (span.days // at_most)).bit_length())
    count = int(span / step) + 1
    return [(step * number, _tick(step * number)) for number in range(count)]


_STEPS = [
    *(timedelta(seconds=seconds) for seconds in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)),
    *(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12)),
    *(timedelta(days=days) for days in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)),
]


def _tick(when: timedelta) -> str:
    text = written_duration(when) if when else "0"
    for zeros, short in ((".0s", "s"), ("m00s", "m"), ("h00m", "h"), ("d00h", "d")):
        if text.endswith(zeros):
            return text.removesuffix(zeros) + short
    return text
