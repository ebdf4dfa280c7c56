"""Figures as a table, and as JSON."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tools.bench.environments import SDK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tools.bench.measures import Check, Measure

Figures = dict[str, dict[str, list[float]]]
"""What was measured in each round, by measure and sample; seconds and bytes."""

_SCALES = {"s": 1, "ms": 1e-3, "MiB": 2**20, "MB": 1e6}


class Row(NamedTuple):
    """One check of a measure."""

    title: str
    ours: str
    theirs: str
    against: str
    compared: str
    limit: str
    verdict: str


def rows(measure: Measure, samples: Mapping[str, Sequence[float]]) -> list[Row]:
    scale = _SCALES[measure.unit]
    medians = {name: median(values) / scale for name, values in samples.items()}
    digits = 1 if measure.unit in ("MiB", "MB") else 2

    def row(check: Check) -> Row:
        ours, theirs = medians["ours"], medians[check.against]
        is_ratio = check.kind == "ratio"
        compared = ours / theirs if is_ratio else ours - theirs
        shape = ".2f" if is_ratio else f"+.{digits}f"
        within = check.limit is None or compared <= check.limit
        return Row(
            measure.title,
            f"{ours:.{digits}f} {measure.unit}",
            f"{theirs:.{digits}f} {measure.unit}",
            check.against,
            f"{compared:{shape}}",
            "" if check.limit is None else f"{check.limit:{shape}}",
            "" if check.limit is None else "ok" if within else "OVER",
        )

    return [row(check) for check in measure.checks]


def table(found: Sequence[Row]) -> str:
    head = Row("measure", "ours", "compared", "with", "ratio", "limit", "")
    lines = [head, *found]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text, last = [], ""
    for row in lines:
        title = row.title if row.title != last else ""
        cells = [title.ljust(widths[0])]
        for at, cell in enumerate(row[1:], 1):
            cells.append(cell.ljust(widths[at]) if at in (3, 6) else cell.rjust(widths[at]))
        text.append("  ".join(cells).rstrip())
        last = row.title
    return "\n".join(text)


def machine() -> str:
    """The machine, the versions and the day, for small print."""
    return (
        f"{_processor()}, Python {platform.python_version()}, {SDK}, {datetime.now(UTC):%Y-%m-%d}"
    )


def _processor() -> str:
    import os

    cores = f"{os.cpu_count()} cores"
    try:
        with open("/proc/cpuinfo") as info:  # noqa: PTH123
            names = [line.partition(":")[2].strip() for line in info if "model name" in line]
    except OSError:
        names = []
    return ", ".join([*names[:1], cores, f"{platform.system()} {platform.machine()}"])


def write_json(path: Path, figures: object) -> None:
    path.write_text(json.dumps({"machine": machine(), "figures": figures}, indent=2) + "\n")
