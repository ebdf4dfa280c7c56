"""`task-runs failures`: what failed, by cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from attrs import frozen
from rich.text import Text

from aidp_workbench import has_failed, last_attempts, moment, status_of

from ..output.console import stdout_console
from ..output.status_style import look_of
from ..output.table import WIDE, name_of
from ..output.text import counted, fit, pad, visible
from ..output.times import written_time
from .causes import normalised, telling_line
from .list import all_task_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aidp_workbench_api import Client
    from aidp_workbench_api.models import TaskRunSummary
    from rich.console import Console

    from ..options import Shared

FAILED = frozenset({"FAILED", "INTERNAL_ERROR", "TIMED_OUT"})
_NOT_RUN = "UPSTREAM_FAILED"
_TIMES = "×"  # noqa: RUF001  # what it looks like is what is meant
_STATUS = 14  # cells: INTERNAL_ERROR
_SHOWN = 10  # task runs of each trace on a terminal


@frozen
class Cause:
    """What task runs failed of.

    Attributes:
        words: The line that tells, with placeholders where it is not the same for all.
        traces: The task runs by their stack trace; those of one differ in ids and the like alone.
    """

    words: str
    traces: Sequence[Sequence[TaskRunSummary]]

    @property
    def count(self) -> int:
        return sum(map(len, self.traces))


@frozen
class Failures:
    """What failed in a job run, and what else did not go well.

    Attributes:
        causes: The most frequent first.
        total: How many task runs were looked at.
        retried: Failed attempts by what the last attempt of their task came to.
        others: Last attempts that did not do their work, but for another reason, by status.
    """

    causes: Sequence[Cause]
    total: int
    retried: Counter[str]
    others: Counter[str]

    @property
    def count(self) -> int:
        return sum(cause.count for cause in self.causes)

    @property
    def found(self) -> bool:
        """Whether anything failed, or could not run because of that."""
        return bool(self.causes or self.others[_NOT_RUN])


def show_failures(client: Client, shared: Shared) -> bool:
    """Print what failed in the job run; whether there is anything."""
    # All of them: what a retry came to is needed, and the service cannot filter TIMED_OUT.
    failures = found_in(all_task_runs(client, shared))
    _Report(stdout_console(), utc=shared.utc).print(failures)
    return failures.found


def found_in(runs: Sequence[TaskRunSummary]) -> Failures:
    """What failed among all task runs of a job run."""
    last = last_attempts(runs)
    is_last = set(map(id, last))
    # Of several last attempts, such as those of a loop, one that failed counts.
    came_to = {_task(run): _outcome(run) for run in sorted(last, key=_is_failed)}
    return Failures(
        causes=_causes(run for run in last if _is_failed(run)),
        total=len(runs),
        retried=Counter(
            came_to[_task(run)] for run in runs if _is_failed(run) and id(run) not in is_last
        ),
        others=Counter(
            str(status_of(run)) for run in last if has_failed(run) and not _is_failed(run)
        ),
    )


def _task(run: TaskRunSummary) -> tuple[object, object]:
    return run.job_run_key, run.task_key


def _is_failed(run: TaskRunSummary) -> bool:
    return status_of(run) in FAILED


def _outcome(run: TaskRunSummary) -> str:
    if status_of(run) == "SUCCESS":
        return "succeeded on a retry"
    return "failed again" if _is_failed(run) else "retried, not successful so far"


def _causes(failed: Iterable[TaskRunSummary]) -> list[Cause]:
    """The failed task runs by cause and trace, the most frequent first."""
    groups: dict[str, dict[str, list[TaskRunSummary]]] = defaultdict(lambda: defaultdict(list))
    for run in failed:
        trace = "\n".join(map(normalised, _trace(run).splitlines()))
        groups[normalised(_words(run))][trace].append(run)
    causes: list[Cause] = []
    for common, by_trace in groups.items():
        exact = {_words(run) for runs in by_trace.values() for run in runs}
        traces = sorted(by_trace.values(), key=len, reverse=True)
        causes.append(Cause(exact.pop() if len(exact) == 1 else common, traces))
    return sorted(causes, key=lambda cause: -cause.count)


def _trace(run: TaskRunSummary) -> str:
    return (run.state.error_trace or "") if run.state else ""


def _words(run: TaskRunSummary) -> str:
    """The cause of one failure, in a line."""
    message = run.state.state_message if run.state else None
    return telling_line(_trace(run)) or telling_line(message or "") or f"{status_of(run)}, no trace"


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {visible(what)}" for what, number in counts.most_common())


class _Report:
    """Prints failures: each cause in full, and at the end, where people look first, the sums."""

    def __init__(self, console: Console, *, utc: bool) -> None:
        self._console = console
        self._utc = utc
        self._is_terminal = console.is_terminal
        self._room = console.width if console.is_terminal else None

    def print(self, failures: Failures) -> None:
        for cause in failures.causes:
            self._line(f"{cause.count:,} {_TIMES} {visible(cause.words)}", style="bold red")
            for runs in cause.traces:
                self._line("")
                self._task_runs(runs)
                self._trace(_trace(runs[0]))
            self._line("")
        self._summary(failures)

    def _task_runs(self, runs: Sequence[TaskRunSummary]) -> None:
        shown = runs[:_SHOWN] if self._is_terminal else runs
        is_wide = self._room is None or self._room >= WIDE
        for run in shown:
            started = written_time(moment(run.start_time), utc=self._utc)
            retry = f"retry {run.retry_attempt}" if run.retry_attempt else ""
            facts = f"{started}  {retry:<7}"
            head = f"  {pad(str(status_of(run)), _STATUS)}  " + (f"{facts}  " if is_wide else "")
            line = Text(head + self._fit(name_of(run), len(head)))
            line.stylize(look_of(status_of(run)).style, 2, 2 + _STATUS)
            self._console.print(line, soft_wrap=True)
            if not is_wide:
                self._line(f"    {facts.strip()}")
        if left := len(runs) - len(shown):
            self._line(f"  and {left:,} more; all of them in: … failures | less", style="dim")

    def _trace(self, trace: str) -> None:
        for line in trace.splitlines():
            self._line("    " + visible(line.replace("\t", "    ")), style="dim")

    def _summary(self, failures: Failures) -> None:
        count, causes = failures.count, len(failures.causes)
        if count:
            of = f" for {counted(causes, 'cause')}"
            line = f"{count:,} of {counted(failures.total, 'task run')} failed{of}"
        else:
            line = f"Nothing failed in {counted(failures.total, 'task run')}"
        self._line(line, style="bold")
        for cause in failures.causes if causes > 1 else ():
            self._line("  " + self._fit(f"{cause.count:,} {_TIMES} {cause.words}", 2))
        if failures.retried:
            attempts = counted(failures.retried.total(), "attempt")
            self._line(f"Not counted: {attempts} before a retry: {_told(failures.retried)}")
        if failures.others:
            self._line(f"Not counted: {_told(failures.others)}")

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)

    def _fit(self, text: str, taken: int) -> str:
        return fit(text, None if self._room is None else self._room - taken)
