"""What is measured, and what our client has to reach."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from tools.bench.environments import installed_size
from tools.bench.server import Endpoint, job_run_key
from tools.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CLIENTS = Path(__file__).with_name("clients.py")
Figure = Literal["wall", "cpu", "done", "peak", "start"]

LATENCY = 0.04  # seconds, for each page, where there is any
WORK = 0.02  # seconds, of the caller, for each page
PAGES = 100
JOB_RUNS = 500
AT_ONCE = 32  # job runs, with asyncio
THREADS = 16


@dataclass(frozen=True)
class Bench:
    """Where the clients and the endpoint are."""

    pythons: Mapping[str, Path]
    endpoint: Endpoint
    folder: Path

    def run(self, client: str, measure: str, **options: object) -> dict[Figure, float]:
        """One measure of a client in a new process; `start` is the wall time since its start."""
        given = json.dumps({**self.endpoint, **options})
        command = [str(self.pythons[client]), "-I", str(CLIENTS), client, measure, given]
        begun = time.monotonic()
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        figures: dict[Figure, float] = json.loads(done.stdout)
        figures["start"] = figures["done"] - begun
        return figures


class Check(NamedTuple):
    """How one sample compares with another; `limit` is what the first must not exceed."""

    against: str
    limit: float | None
    kind: Literal["ratio", "difference"] = "ratio"


class Measure(NamedTuple):
    """Samples of our client and of what it is compared with, by what a table calls them."""

    name: str
    title: str
    unit: Literal["s", "ms", "MiB", "MB"]
    samples: Mapping[str, Callable[[Bench], float]]
    checks: tuple[Check, ...]
    once: bool = False  # for what does not vary from round to round


def sample(
    client: str, measure: str, figure: Figure, **options: object
) -> Callable[[Bench], float]:
    return lambda bench: bench.run(client, measure, **options)[figure]


def constant(value: float) -> Callable[[Bench], float]:
    return lambda _: value


def size(client: str) -> Callable[[Bench], float]:
    return lambda bench: installed_size(bench.pythons[client])


def generate(bench: Bench) -> float:
    """Wall time of `nox -s generate` in a copy of this tree, once its environment exists."""
    environments = bench.folder / "nox"
    with tempfile.TemporaryDirectory() as folder:
        leave_out = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs", "build", "dist")
        shutil.copytree(ROOT, folder, ignore=leave_out, dirs_exist_ok=True)
        command = [sys.executable, "-m", "nox", f"--envdir={environments.absolute()}"]
        begun = 0.0
        for _ in range(2):  # the first time it may have to make the environment
            begun = time.perf_counter()
            ran = subprocess.run(
                [*command, "--session=generate"],
                cwd=folder,
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            if ran.returncode:
                sys.exit(ran.stdout)
        return time.perf_counter() - begun


def measures(*, quick: bool = False) -> list[Measure]:
    """All measures; `quick` drains a tenth as many task runs for the peak of memory."""
    many = 100_000 if quick else 1_000_000
    first_page = {"task_runs": job_run_key(100)}
    drain = {"task_runs": job_run_key(100_000), "limit": 1000}
    requests = {"task_runs": job_run_key(1001)}
    memory = {"task_runs": job_run_key(many), "limit": 1000}
    keys = {"keys": [job_run_key(100, LATENCY, str(number)) for number in range(JOB_RUNS)]}
    work = {"task_runs": job_run_key(100 * PAGES, LATENCY), "limit": 100, "work": WORK}
    overlapped, in_turn = max(LATENCY, WORK) * PAGES, (LATENCY + WORK) * PAGES
    return [
        Measure(
            "start",
            "process start to the first 100 task runs",
            "s",
            {
                "ours": sample("ours", "first_page", "start", **first_page),
                "official SDK": sample("official", "first_page", "start", **first_page),
            },
            (Check("official SDK", 0.35),),
        ),
        Measure(
            "drain",
            "CPU to list 100,000 task runs, limit=1000",
            "s",
            {
                "ours": sample("ours", "drain", "cpu", **drain),
                "official SDK": sample("official", "drain", "cpu", **drain),
                "json.loads": sample("ours", "json_loads", "cpu", **drain),
            },
            (Check("official SDK", 0.35), Check("json.loads", 2.5)),
        ),
        Measure(
            "request",
            "CPU per request with limit=1, beyond its signature",
            "ms",
            {
                "ours": sample("ours", "requests", "cpu", **requests),
                "official SDK": sample("official", "requests", "cpu", **requests),
            },
            (Check("official SDK", 0.5),),
        ),
        Measure(
            "memory",
            f"peak memory to list {many:,} task runs",
            "MiB",
            {
                "ours": sample("ours", "drain", "peak", **memory),
                "official SDK": sample("official", "drain", "peak", **memory),
                "ours, 10,000": sample(
                    "ours", "drain", "peak", task_runs=job_run_key(10_000), limit=1000
                ),
            },
            (Check("official SDK", 0.6), Check("ours, 10,000", 2.0, "difference")),
            once=True,
        ),
        Measure(
            "job-runs",
            f"{JOB_RUNS} job runs of one page, 40 ms latency, asyncio",
            "s",
            {
                "ours": sample("ours", "job_runs", "wall", at_once=AT_ONCE, **keys),
                "SDK in sequence": sample("official", "job_runs", "wall", at_once=1, **keys),
                "SDK, 16 threads": sample("official", "job_runs", "wall", at_once=THREADS, **keys),
            },
            (Check("SDK in sequence", 0.1), Check("SDK, 16 threads", 0.6)),
        ),
        Measure(
            "work",
            f"{PAGES} pages at 40 ms, 20 ms of work for each",
            "s",
            {
                "ours": sample("ours", "work", "wall", **work),
                "official SDK": sample("official", "work", "wall", **work),
                "overlapped": constant(overlapped),
                "in turn": constant(in_turn),
            },
            (Check("official SDK", None), Check("overlapped", 1.15), Check("in turn", None)),
        ),
        Measure(
            "size",
            "installed size",
            "MB",
            {"ours": size("ours"), "official SDK": size("official")},
            (Check("official SDK", 0.05),),
            once=True,
        ),
        Measure(
            "generate",
            "nox -s generate, in an environment that exists",
            "s",
            {"ours": generate, "at most": constant(3.0)},
            (Check("at most", 1.0),),
        ),
    ]
