"""Bars on a time axis, as a page draws them: places in per cent, so that they fit any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..output.status_style import StatusStyle
    from .times import Time

MOST_TICKS = 6  # there is room for them on a phone
_NARROWEST = 0.3  # per cent


@frozen
class Mark:
    """A bar, from `x` on and `width` wide, in per cent; `kind` is its class in the style sheet."""

    x: float
    width: float
    kind: str
    words: str


@frozen
class Lane:
    """A row of a chart.

    Attributes:
        label: What it is about.
        depth: How far the label is indented.
        marks: Its bars; `None` for a heading.
        end: What stands behind them.
        words: All of that in words, for those who do not see it.
    """

    label: str
    depth: int
    marks: Sequence[Mark] | None
    end: str
    words: str


@frozen
class Chart:
    """What a chart shows.

    Attributes:
        begin: Where its axis begins.
        ticks: Places in per cent, each with its label.
        styles: What the colours mean.
        others: What else is drawn, by its class in the style sheet, in words.
    """

    begin: Time | None
    ticks: Sequence[tuple[float, str]]
    lanes: Sequence[Lane]
    styles: Sequence[StatusStyle]
    others: Sequence[tuple[str, str]]
    notes: Sequence[str]


def mark(begin: float, end: float, kind: str, words: str) -> Mark:
    """The bar between two places on the axis, given from 0 to 1; wide enough to be seen."""
    width = max(percent(end - begin), _NARROWEST)
    return Mark(min(percent(begin), 100 - width), width, kind, words)


def percent(share: float) -> float:
    return round(100 * max(0.0, min(1.0, share)), 2)
