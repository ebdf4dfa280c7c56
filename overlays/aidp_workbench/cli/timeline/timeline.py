"""When each task run of a job run ran, and which of them determined when it ended."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, frozen

from aidp_workbench.runs import latest_attempts

from ..output.status_style import StatusStyle
from ..output.text import by_frequency, counted
from ..output.times import written_duration
from .axis import extent
from .bars import bar_of
from .critical import critical_chain, in_words
from .order import depths_of, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from aidp_workbench_api.models import TaskRunSummary

    from .bars import Bar

# More rows are not readable.
MOST_BARS = 300


class Row(NamedTuple):
    """A row of a drawing: a task run, or without a bar the heading of a job run."""

    label: str
    bar: Bar | None


@frozen
class Timeline:
    """What to draw.

    Attributes:
        bars: In the order of the rows: each job run before those nested in it, its tasks as they
            began, the attempts of a task one after the other, and what has no times at the end.
        begin: The first moment of the axis.
        end: Its last; longer bars are cut there. Both are `None` without any time.
        summary: How many task runs there are, by status, and how long they took, as text.
        critical: What determines the end, as text; empty without any time.
        notes: What the drawing leaves out, as text.
    """

    bars: Sequence[Bar]
    begin: datetime | None
    end: datetime | None
    summary: str
    critical: str
    notes: Sequence[str]

    @property
    def styles(self) -> list[StatusStyle]:
        """The styles that bars are drawn in, for a legend."""
        used = {bar.style for bar in self.bars if bar.begin}
        return [style for style in StatusStyle if style in used]

    def rows(self, retry: str = "retry") -> list[Row]:
        """What to draw in each row: nested job runs are indented, retries are below their task."""
        rows: list[Row] = []
        before: Bar | None = None
        has_headings = len({bar.job for bar in self.bars}) > 1
        for bar in self.bars:
            indent = "  " * bar.depth
            if has_headings:
                if before is None or before.job != bar.job:
                    rows.append(Row(f"{indent}job run {_shortened(bar.job)}", None))
                indent += "  "
            if not bar.attempt:
                label = bar.name
            elif before and bar.task and (bar.job, bar.task) == (before.job, before.task):
                label = f"  {retry} {bar.attempt}"
            else:
                label = f"{bar.name}, retry {bar.attempt}"
            rows.append(Row(indent + label, bar))
            before = bar
        return rows

    def position(self, when: datetime) -> float:
        """Where a moment is on the axis, from 0 to 1."""
        if self.begin is None or self.end is None:
            return 0.0
        return min(1.0, max(0.0, (when - self.begin) / (self.end - self.begin)))


def timeline(
    runs: Iterable[TaskRunSummary], *, now: datetime, most_bars: int = MOST_BARS
) -> Timeline:
    """The timeline of task runs, which may belong to several job runs; `now` is aware.

    Of more than `most_bars` the longest are kept, up to two thirds of them critical ones.
    """
    runs = list(runs)
    depths = depths_of(runs)
    last = set(map(id, latest_attempts(runs)))
    bars = [bar_of(run, depths, is_last=id(run) in last, now=now) for run in runs]
    chain = critical_chain(bars)
    for index in chain:
        bars[index] = evolve(bars[index], is_critical=True)
    rows = in_order(bars, depths)
    kept = _longest(rows, most_bars)
    shown = set(map(id, kept))
    begin, end = extent(kept)
    notes: list[str] = []
    if left_out := [bar for bar in rows if id(bar) not in shown]:
        of = f"{len(left_out):,} of {counted(len(bars), 'task run')}"
        statuses = by_frequency(_statuses(left_out))
        notes.append(f"{of} left out, short ones that are not critical first: {statuses}")
    if end and any(bar.end and bar.end > end for bar in kept):
        notes.append("the axis ends before now, or else nothing but the wait could be seen")
    return Timeline(
        bars=kept,
        begin=begin,
        end=end,
        summary=_summary(bars),
        critical=in_words([bars[index] for index in chain]),
        notes=notes,
    )


def _longest(rows: Sequence[Bar], most: int) -> list[Bar]:
    """The longest bars, up to two thirds of them critical ones, in the order of the rows."""
    longest = sorted(range(len(rows)), key=lambda row: rows[row].length, reverse=True)
    kept = set([row for row in longest if rows[row].is_critical][: most * 2 // 3])
    kept.update([row for row in longest if row not in kept][: most - len(kept)])
    return [bar for row, bar in enumerate(rows) if row in kept]


def _shortened(key: str) -> str:
    """The end of a key, where keys differ."""
    return key if len(key) <= 13 else f"…{key[-12:]}"


def _summary(bars: Sequence[Bar]) -> str:
    text = counted(len(bars), "task run")
    if timed := [(bar.begin, bar.end) for bar in bars if bar.begin and bar.end]:
        took = max(end for _, end in timed) - min(begin for begin, _ in timed)
        going = " so far" if any(bar.is_open for bar in bars) else ""
        text += f" in {written_duration(took)}{going}"
    return f"{text}: {by_frequency(_statuses(bars))}" if bars else text


def _statuses(bars: Iterable[Bar]) -> Counter[str]:
    return Counter(bar.status for bar in bars)
