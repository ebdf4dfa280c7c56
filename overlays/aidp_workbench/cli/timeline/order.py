"""The order of the rows of a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..output.text import visible

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import datetime

    from aidp_workbench_api.models import TaskRunSummary

    from .bars import Bar


def depths_of(runs: Sequence[TaskRunSummary]) -> dict[str, int]:
    """The job runs, each after the one that it is nested in, and how deep that is."""
    keys = dict.fromkeys(run.job_run_key or "" for run in runs)
    above: dict[str, str] = {}
    for run in runs:
        # The outermost job run is the next best if the parent is not there.
        for key in (run.parent_job_run_key, run.root_job_run_key):
            if key and key in keys and key != run.job_run_key:
                above.setdefault(run.job_run_key or "", key)
    below: dict[str, list[str]] = {}
    for key, parent in above.items():
        below.setdefault(parent, []).append(key)
    depths: dict[str, int] = {}
    for outermost in sorted(keys, key=lambda key: key in above):  # the last nest in themselves
        waiting = [(outermost, 0)]
        while waiting:
            key, depth = waiting.pop()
            if key not in depths:
                depths[key] = depth
                waiting += ((child, depth + 1) for child in reversed(below.get(key, [])))
    return depths


def in_order(bars: Sequence[Bar], jobs: Iterable[str]) -> list[Bar]:
    """The bars in the order of the rows; what begins together stays as it was listed."""
    place = {visible(job): number for number, job in enumerate(jobs)}
    begins: dict[Hashable, datetime] = {}
    firsts: dict[Hashable, int] = {}
    for number, bar in enumerate(bars):
        task = _task(number, bar)
        firsts.setdefault(task, number)
        if bar.begin:
            begins[task] = min(begins.get(task, bar.begin), bar.begin)

    def key(numbered: tuple[int, Bar]) -> tuple[int, bool, float, int, int]:
        task, bar = _task(*numbered), numbered[1]
        begin = begins.get(task)
        when = begin.timestamp() if begin else 0.0
        return place[bar.job], begin is None, when, firsts[task], bar.attempt

    return [bar for _, bar in sorted(enumerate(bars), key=key)]


def _task(number: int, bar: Bar) -> Hashable:
    """What the attempts of a task share; what has no task key stands for itself."""
    return (bar.job, bar.task) if bar.task else number
