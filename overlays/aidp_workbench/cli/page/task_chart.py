"""When each task run of a job run ran: the timeline of the terminal as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..timeline.axis import ticks
from .chart import MOST_TICKS, Chart, Lane, Mark, mark, percent
from .text import LONGEST_STATUS, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..timeline.bars import Bar
    from ..timeline.timeline import Timeline
    from .times import Clock

_DEEPEST = 6  # deeper ones have the same indent


def task_chart(timeline: Timeline, clock: Clock) -> Chart | None:
    """The chart of a timeline; `None` if nothing on it has a time."""
    if timeline.begin is None or timeline.end is None:
        return None
    span = timeline.end - timeline.begin
    others = {
        "critical": "determines the end" * any(bar.is_critical for bar in timeline.bars),
        "waits": "waits for its cluster" * any(map(_waits, timeline.bars)),
        "open": "has not ended" * any(bar.begin and bar.is_open for bar in timeline.bars),
    }
    return Chart(
        begin=clock.time(timeline.begin),
        ticks=[(percent(when / span), label) for when, label in ticks(span, MOST_TICKS)],
        lanes=list(_lanes(timeline)),
        styles=timeline.styles,
        others=[(kind, words) for kind, words in others.items() if words],
        notes=list(filter(None, [timeline.critical, *timeline.notes])),
    )


def _lanes(timeline: Timeline) -> Iterator[Lane]:
    for label, bar in timeline.rows():
        text = shortened(label.strip())
        depth = min((len(label) - len(label.lstrip())) // 2, _DEEPEST)
        if bar is None:
            yield Lane(text, depth, marks=None, end="", words=text)
            continue
        facts = (text, bar.status, bar.lasted, "determines the end" * bar.is_critical)
        words = ", ".join(shortened(fact) for fact in facts if fact)
        end = bar.lasted or shortened(bar.status, LONGEST_STATUS)
        yield Lane(text, depth, list(_marks(timeline, bar, words)), end, words)


def _marks(timeline: Timeline, bar: Bar, words: str) -> Iterator[Mark]:
    """The wait for the cluster, and the execution."""
    if bar.begin is None or bar.end is None:
        return
    end = timeline.position(bar.end)
    started = end if bar.started is None else timeline.position(bar.started)
    if _waits(bar):
        yield mark(timeline.position(bar.begin), started, "waits", words)
    if bar.started is not None:
        kinds = (bar.style.name.lower(), "critical" * bar.is_critical, "open" * bar.is_open)
        yield mark(started, end, " ".join(filter(None, kinds)), words)


def _waits(bar: Bar) -> bool:
    return bar.begin is not None and bar.begin != bar.started
