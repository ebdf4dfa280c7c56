"""How each status is shown: as text and in colours."""

from __future__ import annotations

from enum import Enum

from aidp_workbench.runs.statuses import Meaning, meaning_of


class StatusStyle(Enum):
    """How a `Meaning` is shown: as text, as a terminal style, and as a colour.

    The colours are those of Okabe and Ito, which colour-blind people can distinguish.
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


def style_of(status: str | None, *, is_last_attempt: bool = True) -> StatusStyle:
    """The style of a status; a failure that a later attempt replaced is `RETRIED`."""
    meaning = meaning_of(status)
    if meaning is Meaning.NOT_RUN:
        meaning = Meaning.FAILED
    style = StatusStyle[meaning.name]
    return StatusStyle.RETRIED if style is StatusStyle.FAILED and not is_last_attempt else style
