"""What each status means to a reader, and the colours of that."""

from __future__ import annotations

from enum import Enum


class StatusStyle(Enum):
    """A meaning that several statuses share: in words, as a terminal style, and as a colour.

    The colours are those of Okabe and Ito, which colour-blind people can tell apart.
    https://jfly.uni-koeln.de/color/
    """

    words: str
    style: str
    colour: str

    SUCCEEDED = "succeeded", "green", "#009E73"
    FAILED = "failed", "bold red", "#D55E00"
    RETRIED = "failed, then retried", "red", "#E69F00"
    CANCELED = "canceled", "yellow", "#CC79A7"
    RUNNING = "still going", "cyan", "#0072B2"
    WAITING = "waiting", "blue", "#56B4E9"
    SKIPPED = "not to be run", "dim", "#999999"
    UNKNOWN = "in no known status", "", "#333333"

    def __init__(self, words: str, style: str, colour: str) -> None:
        self.words = words
        self.style = style
        self.colour = colour


_STYLES: dict[str, StatusStyle] = {
    "SUCCESS": StatusStyle.SUCCEEDED,
    "FAILED": StatusStyle.FAILED,
    "INTERNAL_ERROR": StatusStyle.FAILED,
    "TIMED_OUT": StatusStyle.FAILED,
    "UPSTREAM_FAILED": StatusStyle.FAILED,
    "CANCELED": StatusStyle.CANCELED,
    "UPSTREAM_CANCELED": StatusStyle.CANCELED,
    "RUNNING": StatusStyle.RUNNING,
    "CANCELING": StatusStyle.RUNNING,
    "PENDING": StatusStyle.WAITING,
    "QUEUED": StatusStyle.WAITING,
    "BLOCKED": StatusStyle.WAITING,
    "PAUSED_MAINTENANCE": StatusStyle.WAITING,
    "SKIPPED": StatusStyle.SKIPPED,
    "EXCLUDED": StatusStyle.SKIPPED,
}


def style_of(status: str | None, *, is_last_attempt: bool = True) -> StatusStyle:
    """The style of a status; a failure that a later attempt replaced is `RETRIED`."""
    style = _STYLES.get(status or "", StatusStyle.UNKNOWN)
    return StatusStyle.RETRIED if style is StatusStyle.FAILED and not is_last_attempt else style
