"""The figure of a timeline, as matplotlib draws it."""

from __future__ import annotations

from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from ..output.status_style import StatusStyle
from ..output.text import fit
from .axis import ticks
from .colours import INK, LINES, PALE_INK, WAIT, darker, paler
from .fonts import drawable, inches
from .legend import draw_legend

if TYPE_CHECKING:
    from .bars import Bar
    from .timeline import Timeline

# Inches.
_WIDTH = 10.0
_ROW = 0.23
_LINE = 0.19
_AXIS = 0.6
_BOTTOM = 0.6
_MARGIN = 0.15

_LONGEST_LABEL = 40  # cells
_TITLE_WIDTH, _TEXT_WIDTH = 84, 135  # characters
_CHAIN: dict[str, Any] = {"color": INK, "linewidth": 1, "linestyle": (0, (2, 1)), "zorder": 0.9}


class TimelineFigure:
    """Labels at the left, bars on a time axis, the outcome at the end of each bar."""

    def __init__(self, timeline: Timeline, title: str, since: str, *, in_dots: bool) -> None:
        self._timeline = timeline
        rows = [(_indent(label), _text(label, bar, in_dots), bar) for label, bar in timeline.rows()]
        self._title = wrap(title, _TITLE_WIDTH) or [""]
        texts = (timeline.summary, *timeline.notes)
        below = [line for text in texts for line in wrap(text, _TEXT_WIDTH)]
        top = _LINE * len(self._title + below) + _AXIS
        middle = max(len(rows), 1) * _ROW
        self._height = top + middle + _BOTTOM
        self.figure: Any = Figure(figsize=(_WIDTH, self._height), facecolor="white")
        self._left = (
            max((indent + inches(text) for indent, text, _ in rows), default=0) + 2 * _MARGIN
        )
        room = _WIDTH - self._left - _MARGIN
        self._chart = min((self._up_to(bar, room) for bar in timeline.bars), default=room)
        left, width = self._left / _WIDTH, self._chart / _WIDTH
        bottom, height = _BOTTOM / self._height, middle / self._height
        self._axes: Any = self.figure.add_axes((left, bottom, width, height))
        self._axes.set(xlim=(0, 1), ylim=(max(len(rows), 1) - 0.5, -0.5))
        self._heading(self._title + below)
        self._axis(since)
        for y, (indent, text, bar) in enumerate(rows):
            self._label(y, indent, text, is_bold=bar is None or bar.is_critical)
        places = [(bar, y) for y, (_, _, bar) in enumerate(rows) if bar]
        for number, (bar, y) in enumerate(places):
            self._bar(y, bar, gid(number))
        self._chain(places)
        draw_legend(self.figure, timeline, x=(_MARGIN - 0.05) / _WIDTH)

    def _up_to(self, bar: Bar, room: float) -> float:
        """How wide the axis can be if the text at the end of this bar must fit into `room`."""
        end = bar.end and self._timeline.position(bar.end)
        return max(1.0, (room - inches(_outcome(bar)) - 0.2) / end) if end else room

    def _heading(self, lines: list[str]) -> None:
        for number, line in enumerate(lines):
            is_title = number < len(self._title)
            style: dict[str, Any] = {"size": 11, "weight": "bold"} if is_title else {}
            y = 1 - (_LINE * number + _MARGIN) / self._height
            self.figure.text(_MARGIN / _WIDTH, y, line, va="center", color=INK, **style)

    def _axis(self, since: str) -> None:
        axes, timeline = self._axes, self._timeline
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, labelcolor=PALE_INK, top=True, labeltop=True, labelbottom=False)
        axes.set_yticks([])
        axes.set_xticks([])
        if timeline.begin and timeline.end:
            span = timeline.end - timeline.begin
            marks = ticks(span, max(2, int(self._chart)))
            axes.set_xticks([when / span for when, _ in marks], [label for _, label in marks])
            axes.grid(axis="x", color=LINES, linewidth=0.8)
            axes.set_axisbelow(True)
            axes.annotate(
                f"since {since}", (0, 1), xytext=(0, 20), xycoords="axes fraction",
                textcoords="offset points", color=PALE_INK,
            )  # fmt: skip

    def _label(self, y: int, indent: float, text: str, *, is_bold: bool) -> None:
        self._axes.annotate(
            text,
            (0, y),
            xytext=(72 * (_MARGIN + indent - self._left), 0),
            textcoords="offset points",
            va="center",
            color=INK if is_bold else PALE_INK,
            weight="bold" if is_bold else "normal",
        )

    def _bar(self, y: int, bar: Bar, name: str) -> None:
        axes, colour = self._axes, bar.style.colour
        if bar.begin is None or bar.end is None:
            axes.annotate(
                bar.status, (0, y), xytext=(3, 0), textcoords="offset points", va="center",
                color=PALE_INK, style="italic",
            )  # fmt: skip
            return
        position = self._timeline.position
        begin, end = position(bar.begin), position(bar.end)
        started = end if bar.started is None else position(bar.started)
        if started > begin:
            waiting = name if bar.started is None else None
            axes.barh(y, started - begin, left=begin, height=0.2, color=WAIT, lw=0, gid=waiting)
        if bar.started is not None:
            axes.barh(
                y,
                max(end - started, 0.02 / self._chart),  # a line of two dots at least
                left=started,
                height=0.66,
                color=colour if bar.is_critical else paler(colour),
                edgecolor=INK if bar.is_critical else colour,
                linewidth=1.1 if bar.is_critical else 0.6,
                gid=name,
                clip_on=False,
            )
        if bar.is_open:
            axes.plot([end], [y], marker=">", markersize=7, color=colour, clip_on=False, zorder=4)
        axes.annotate(
            _outcome(bar),
            (end, y),
            xytext=(8 if bar.is_open else 4, 0),
            textcoords="offset points",
            va="center",
            color=INK if bar.style is StatusStyle.SUCCEEDED else darker(colour),
        )

    def _chain(self, places: list[tuple[Bar, int]]) -> None:
        """From the end of each critical bar down, or up, to the beginning of the next."""
        critical = [(bar.begin, bar.end, y) for bar, y in places if bar.is_critical]
        critical.sort(key=lambda one: (str(one[1]), str(one[0])))
        position = self._timeline.position
        for (_, end, above), (begin, _, below) in pairwise(critical):
            if begin and end:
                xs = [position(end), position(end), position(begin)]
                self._axes.plot(xs, [above, below, below], **_CHAIN)


def gid(number: int) -> str:
    """The id of the bar of this number in an SVG."""
    return f"task-run-{number}"


def _outcome(bar: Bar) -> str:
    """The text at the end of a bar."""
    if bar.begin is None:
        return ""
    return (
        bar.lasted if bar.style is StatusStyle.SUCCEEDED else f"{bar.lasted} {bar.status}".strip()
    )


def _text(label: str, bar: Bar | None, in_dots: bool) -> str:
    """What to draw of a label.

    In dots, without what no font here knows, or the task key if little is left. A browser has
    fonts for everything.
    """
    text = label.strip()
    if in_dots:
        known = drawable(text)
        text = bar.task if bar and bar.task and 2 * len(known) < len(text) else known
    return fit(text, _LONGEST_LABEL)


def _indent(label: str) -> float:
    return (len(label) - len(label.lstrip())) * 0.07
