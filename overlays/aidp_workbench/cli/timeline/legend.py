"""The legend of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .colours import INK, WAIT, paler

if TYPE_CHECKING:
    from matplotlib.artist import Artist

    from .timeline import Timeline


def draw_legend(figure: Any, timeline: Timeline, *, x: float) -> None:
    """Draw what the marks of the timeline mean, at the foot of the figure from `x` on."""
    bars = timeline.bars
    handles: list[Artist] = [
        Patch(facecolor=paler(style.colour), edgecolor=style.colour, label=style.words)
        for style in timeline.styles
    ]
    if any(bar.begin != bar.started for bar in bars):
        handles.append(Line2D([], [], color=WAIT, linewidth=3, label="waiting for its cluster"))
    if any(bar.is_critical for bar in bars):
        words = timeline.critical
        handles.append(Patch(facecolor="white", edgecolor=INK, linewidth=1.3, label=words))
    if handles:
        figure.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(x, 0),
            ncols=4,
            frameon=False,
            labelcolor=INK,
            handlelength=1.4,
            columnspacing=1.4,
        )
