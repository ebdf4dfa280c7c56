"""The colours of a picture, beside those of the statuses."""

from __future__ import annotations

from matplotlib.colors import to_hex, to_rgb

INK, PALE_INK, LINES, WAIT = "#222222", "#555555", "#dddddd", "#aaaaaa"


def paler(colour: str) -> str:
    return _mixed(colour, "white", 0.45)


def darker(colour: str) -> str:
    return _mixed(colour, "black", 0.75)


def _mixed(colour: str, other: str, share: float) -> str:
    (r, g, b), (r2, g2, b2) = to_rgb(colour), to_rgb(other)
    rest = 1 - share
    return to_hex((r * share + r2 * rest, g * share + g2 * rest, b * share + b2 * rest))
