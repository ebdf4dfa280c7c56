"""When each task run of a job run ran, and which of them determined when it ended."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, frozen

from aidp_workbench import attempt_of, has_ended, last_attempts, moment, status_of

from ..output.status_style import Look, look_of
from ..output.table import name_of
from ..output.text import visible
from ..output.times import written_duration
from .axis import extent
from .order import depths_of, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from aidp_workbench_api.models import TaskRunSummary

# With more rows nobody reads them.
MOST_BARS = 300


@frozen
class Bar:
    """One task run of a timeline; its texts are safe to show.

    Attributes:
        name: Its display name, or else its task key or its key.
        task: Its task key; empty without one.
        job: Key of its job run; empty without one.
        depth: How many job runs of the timeline its job run is nested in.
        attempt: 0, or the number of the retry.
        status: Its status, or `no status`.
        look: What that means.
        begin: When the cluster began to be checked, or else when the execution started; `None`
            without times, and then there is nothing to draw.
        started: When the execution started; `None` if it has not.
        end: When it ended, or now if it is still going, or else `begin`.
        is_open: Whether it is still going.
        lasted: How long that took, in words; empty if nobody knows.
        is_critical: Whether it is one of those that determine the end.
    """

    name: str
    task: str
    job: str
    depth: int
    attempt: int
    status: str
    look: Look
    begin: datetime | None
    started: datetime | None
    end: datetime | None
    is_open: bool
    lasted: str
    is_critical: bool = False

    @property
    def length(self) -> timedelta:
        return self.end - self.begin if self.begin and self.end else timedelta()


class Row(NamedTuple):
    """A row of a drawing: a task run, or without a bar the heading of a job run."""

    label: str
    bar: Bar | None


@frozen
class Timeline:
    """What is to be drawn.

    Attributes:
        bars: In the order of the rows: each job run before those nested in it, its tasks as they
            began, the attempts of a task one after the other, and what has no times at the end.
        begin: The first moment of the axis.
        end: Its last; what goes on beyond is cut there. Both are `None` without any time.
        summary: How many task runs there are, by status, and how long they took, in words.
        critical: What determines the end, in words; empty without any time.
        notes: What the drawing leaves out, in words.
    """

    bars: Sequence[Bar]
    begin: datetime | None
    end: datetime | None
    summary: str
    critical: str
    notes: Sequence[str]

    @property
    def looks(self) -> list[Look]:
        """The looks that bars are drawn in, for a legend."""
        used = {bar.look for bar in self.bars if bar.begin}
        return [look for look in Look if look in used]

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
    last = set(map(id, last_attempts(runs)))
    bars = [_bar(run, depths, is_last=id(run) in last, now=now) for run in runs]
    chain = critical_chain(bars)
    for index in chain:
        bars[index] = evolve(bars[index], is_critical=True)
    rows = in_order(bars, depths)
    longest = sorted(rows, key=lambda bar: bar.length, reverse=True)
    of_chain = [bar for bar in longest if bar.is_critical][: most_bars * 2 // 3]
    shown = {id(bar) for bar in of_chain}
    kept = of_chain + [bar for bar in longest if id(bar) not in shown][: most_bars - len(of_chain)]
    shown = {id(bar) for bar in kept}
    begin, end = extent(kept)
    notes: list[str] = []
    if left_out := [bar for bar in rows if id(bar) not in shown]:
        of = f"{len(left_out):,} of {len(bars):,} task runs"
        notes.append(f"{of} left out, short ones that are not critical first: {_counts(left_out)}")
    if end and any(bar.end and bar.end > end for bar in kept):
        notes.append("the axis ends before now, or else nothing but the wait could be seen")
    return Timeline(
        bars=[bar for bar in rows if id(bar) in shown],
        begin=begin,
        end=end,
        summary=_summary(bars),
        critical=_critical_in_words([bars[index] for index in chain]),
        notes=notes,
    )


def critical_chain(bars: Sequence[Bar]) -> list[int]:
    """Positions of the bars that determine the end, from the first to the last.

    The last is the one that ends last, and before each comes the one that ended last before it
    began. Of those that end together it is the longest.
    """
    timed = [(bar.end, bar.length, i) for i, bar in enumerate(bars) if bar.begin and bar.end]
    timed.sort(key=lambda one: (one[0], one[1], -one[2]))
    ends = [end for end, _, _ in timed]
    chain: list[int] = []
    position = len(timed) - 1
    while position >= 0:
        end, length, index = timed[position]
        chain.append(index)
        # What takes no time ends when it begins, and must not come before itself.
        position = min(bisect_right(ends, end - length), position) - 1
    return chain[::-1]


def _shortened(key: str) -> str:
    """The end of a key, where keys differ."""
    return key if len(key) <= 13 else f"…{key[-12:]}"


def _bar(run: TaskRunSummary, depths: Mapping[str, int], *, is_last: bool, now: datetime) -> Bar:
    status, is_open = status_of(run), not has_ended(run)
    started, end = moment(run.start_time), moment(run.end_time)
    begin = moment(run.cluster_validation_start_time) or started
    if begin and started and begin > started:
        begin = started
    if is_open and (end is None or (begin and end < begin)):
        end = now
    is_known = begin is not None and end is not None and begin <= end
    lasted = ""
    if is_known and begin and end:
        lasted = written_duration(end - (started or begin)) + "+" * is_open
    return Bar(
        name=visible(name_of(run)),
        task=visible(run.task_key or ""),
        job=visible(run.job_run_key or ""),
        depth=depths.get(run.job_run_key or "", 0),
        attempt=attempt_of(run),
        status=visible(status or "no status"),
        look=look_of(status, is_last_attempt=is_last),
        begin=begin,
        started=started,
        end=end if is_known else begin,
        is_open=is_open,
        lasted=lasted,
    )


def _summary(bars: Sequence[Bar]) -> str:
    told = f"{len(bars):,} task run{'s' * (len(bars) != 1)}"
    if timed := [(bar.begin, bar.end) for bar in bars if bar.begin and bar.end]:
        took = max(end for _, end in timed) - min(begin for begin, _ in timed)
        going = " so far" if any(bar.is_open for bar in bars) else ""
        told += f" in {written_duration(took)}{going}"
    return f"{told}: {_counts(bars)}" if bars else told


def _counts(bars: Iterable[Bar]) -> str:
    counts = Counter(bar.status for bar in bars)
    return ", ".join(f"{count:,} {status}" for status, count in counts.most_common())


def _critical_in_words(chain: Sequence[Bar]) -> str:
    if not chain:
        return ""
    took = sum((bar.length for bar in chain), timedelta())
    told = f"{len(chain):,} task run{'s' * (len(chain) != 1)}, {written_duration(took)} in all"
    first, last = chain[0].begin, chain[-1].end
    if first and last and (idle := last - first - took):
        told += f", {written_duration(idle)} between them"
    return f"what determines the end: {told}"
