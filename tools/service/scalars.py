"""Numbers and texts with a format, by their position."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

CYCLE = 10
"""After so many positions, values repeat."""
_START = datetime(2026, 4, 30, 2, tzinfo=UTC)
_LOWER = ("minimum", "exclusiveMinimum")


def _moment(position: int) -> str:
    return (_START + timedelta(minutes=position)).isoformat().replace("+00:00", "Z")


FORMATS: dict[str, Callable[[int], str]] = {
    "date-time": _moment,
    "date": lambda n: _moment(n * 24 * 60)[:10],
    "time": lambda n: _moment(n)[11:],
    "duration": lambda n: f"PT{n}M",
    "uuid": lambda n: str(UUID(int=n)),
    "uri": lambda n: f"https://example.com/{n}",
    "url": lambda n: f"https://example.com/{n}",
    "email": lambda n: f"user{n}@example.com",
    "hostname": lambda n: f"host{n}.example.com",
    "ipv4": lambda n: f"192.0.2.{n}",
    "ipv6": lambda n: f"2001:db8::{n}",
    "byte": lambda n: f"AAA{n % CYCLE}",
}


def integer(flat: Mapping[str, Any], position: int) -> int:
    step = flat.get("multipleOf", 1)
    step = step if step == int(step) else 1
    highest = min(flat.get("maximum", 2**31 - 1), flat.get("exclusiveMaximum", 2**31) - 1)
    bounds = [flat[key] + (key != "minimum") for key in _LOWER if key in flat]
    lowest = max(bounds, default=min(0, highest - CYCLE))
    lowest = ceil(lowest / step) * step
    choices = max(1, int((highest - lowest) // step) + 1)
    return int(lowest + position % min(CYCLE, choices) * step)


def number(flat: Mapping[str, Any], position: int) -> float:
    lowest = flat.get("minimum", flat.get("exclusiveMinimum"))
    highest = flat.get("maximum", flat.get("exclusiveMaximum"))
    if lowest is None and highest is None:
        return float(integer(flat, position))
    lowest = highest - 2 if lowest is None else lowest
    highest = lowest + 2 if highest is None else highest
    value = lowest + (highest - lowest) * (1 + position % CYCLE) / (CYCLE + 2)
    step = flat.get("multipleOf")
    return float(ceil(value / step) * step if step else value)
