"""How time and memory grow with the number of task runs and of job runs, as a plot."""

from __future__ import annotations

from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.bench.measures import AT_ONCE, LATENCY, THREADS, Bench
from tools.bench.report import machine
from tools.bench.server import job_run_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

TASK_RUNS = (1_000, 10_000, 100_000, 1_000_000)
JOB_RUNS = (1, 10, 100, 1_000)


class Line(NamedTuple):
    """One client in one way of use; its color and style are the same in all panels."""

    label: str
    color: str
    style: str
    take: Callable[[Bench, int], dict[Any, float]]


class Point(NamedTuple):
    """Medians at one size: seconds, from connecting to the last item, and bytes."""

    size: int
    seconds: float
    peak: float


def _drain(client: str) -> Callable[[Bench, int], dict[Any, float]]:
    return lambda bench, size: bench.run(client, "drain", task_runs=job_run_key(size), limit=1000)


def _job_runs(client: str, at_once: int) -> Callable[[Bench, int], dict[Any, float]]:
    def take(bench: Bench, size: int) -> dict[Any, float]:
        keys = [job_run_key(100, LATENCY, str(number)) for number in range(size)]
        return bench.run(client, "job_runs", keys=keys, at_once=at_once)

    return take


OURS, THEIRS = "#0b6fb8", "#c8501e"
PANELS: dict[str, tuple[Sequence[int], list[Line]]] = {
    "task runs of one job run, in pages of 1,000": (
        TASK_RUNS,
        [
            Line("aidp-workbench", OURS, "-", _drain("ours")),
            Line("official SDK", THEIRS, "-", _drain("official")),
        ],
    ),
    "job runs of one page each, 40 ms latency": (
        JOB_RUNS,
        [
            Line("aidp-workbench, asyncio", OURS, "-", _job_runs("ours", AT_ONCE)),
            Line("official SDK, 16 threads", THEIRS, "--", _job_runs("official", THREADS)),
            Line("official SDK, in sequence", THEIRS, "-", _job_runs("official", 1)),
        ],
    ),
}


def measure(bench: Bench, rounds: int, *, quick: bool) -> dict[str, dict[str, list[Point]]]:
    """Points by panel and line; `quick` leaves out the largest size."""
    found: dict[str, dict[str, list[Point]]] = {}
    for panel, (sizes, lines) in PANELS.items():
        found[panel] = {line.label: [] for line in lines}
        for size in sizes[:-1] if quick else sizes:
            taken = [[line.take(bench, size) for line in lines] for _ in range(rounds)]
            for line, of_line in zip(lines, zip(*taken, strict=True), strict=True):
                seconds, peak = (median(one[key] for one in of_line) for key in ("wall", "peak"))
                found[panel][line.label].append(Point(size, seconds, peak))
                print(
                    f"{line.label}: {size:,}: {seconds:.2f} s, {peak / 2**20:.1f} MiB", flush=True
                )
    return found


def plot(points: Mapping[str, Mapping[str, Sequence[Point]]], path: Path) -> None:
    """Time above, memory below; both axes logarithmic. The name of the file chooses the format."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("agg")
    pyplot: Any = import_module("matplotlib.pyplot")
    matplotlib.rcParams |= {"font.size": 10, "svg.hashsalt": "scaling", "axes.axisbelow": True}
    figure, axes = pyplot.subplots(2, 2, figsize=(10, 7.2), sharex="col", sharey="row")
    for column, (panel, lines) in enumerate(points.items()):
        upper, lower = axes[0][column], axes[1][column]
        for line in PANELS[panel][1]:
            sizes, seconds, peaks = zip(*lines[line.label], strict=True)
            look = {
                "color": line.color,
                "linestyle": line.style,
                "marker": "o",
                "label": line.label,
            }
            upper.plot(sizes, seconds, **look)
            lower.plot(sizes, [peak / 2**20 for peak in peaks], **look)
        lower.set_xlabel(panel)
        upper.legend(frameon=False, loc="upper left")
    axes[0][0].set_ylabel("wall time of the listing, s")
    axes[1][0].set_ylabel("peak memory of the process, MiB")
    axes[1][0].set_ylim(20, 200)
    plain = matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:,.10g}")
    for one in axes.flat:
        one.set_xscale("log")
        one.set_yscale("log")
        one.xaxis.set_major_formatter(plain)
        one.yaxis.set_major_formatter(plain)
        one.grid(which="major", color="#dddddd")
        one.spines[["top", "right"]].set_visible(False)
    for one in axes[1]:
        one.set_yticks([20, 50, 100, 200])
        one.yaxis.set_minor_formatter(matplotlib.ticker.NullFormatter())
    figure.text(0.99, 0.008, machine(), ha="right", fontsize=7, color="#666666")
    figure.tight_layout(rect=(0, 0.02, 1, 1))
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
