"""What each status means to a reader, and the colours of that."""

from __future__ import annotations

from enum import Enum


class Look(Enum):
    """A meaning that several statuses share: in words, as a terminal style, and as a colour.

    The colours are those of Okabe and Ito, which colour-blind people tell apart, too.
    https://jfly.uni-koeln.de/color/
    """

    words: str
    style: str
    colour: str

    WELL = "succeeded", "green", "#009E73"
    FAILED = "failed", "bold red", "#D55E00"
    RETRIED = "failed, then retried", "red", "#E69F00"
    CANCELED = "canceled", "yellow", "#CC79A7"
    GOING = "still going", "cyan", "#0072B2"
    WAITING = "waiting", "blue", "#56B4E9"
    SKIPPED = "not to be run", "dim", "#999999"
    UNKNOWN = "in no known status", "", "#333333"

    def __init__(self, words: str, style: str, colour: str) -> None:
        self.words = words
        self.style = style
        self.colour = colour


_LOOKS: dict[str, Look] = {
    "SUCCESS": Look.WELL,
    "FAILED": Look.FAILED,
    "INTERNAL_ERROR": Look.FAILED,
    "TIMED_OUT": Look.FAILED,
    "UPSTREAM_FAILED": Look.FAILED,
    "CANCELED": Look.CANCELED,
    "UPSTREAM_CANCELED": Look.CANCELED,
    "RUNNING": Look.GOING,
    "CANCELING": Look.GOING,
    "PENDING": Look.WAITING,
    "QUEUED": Look.WAITING,
    "BLOCKED": Look.WAITING,
    "PAUSED_MAINTENANCE": Look.WAITING,
    "SKIPPED": Look.SKIPPED,
    "EXCLUDED": Look.SKIPPED,
}


def look_of(status: str | None, *, is_last_attempt: bool = True) -> Look:
    """The look of a status; a failure that a later attempt took the place of is `RETRIED`."""
    look = _LOOKS.get(status or "", Look.UNKNOWN)
    return Look.RETRIED if look is Look.FAILED and not is_last_attempt else look
