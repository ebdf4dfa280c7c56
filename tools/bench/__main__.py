"""`nox -s bench`: our client beside Oracle's SDK, with what ours has to reach.

Times on a busy machine vary; both clients take turns, so that ratios of the medians vary less.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.bench import environments, scaling
from tools.bench.measures import Bench, Measure, measures
from tools.bench.report import Figures, Row, machine, rows, table, write_json
from tools.bench.server import endpoint
from tools.paths import ROOT


def run(bench: Bench, chosen: list[Measure], rounds: int) -> Figures:
    figures: Figures = {one.name: {name: [] for name in one.samples} for one in chosen}
    for number in range(rounds):
        for measure in chosen:
            if measure.once and number > 0:
                continue
            print(f"round {number + 1} of {rounds}: {measure.title}", flush=True)
            order = list(measure.samples.items())
            for name, take in order if number % 2 == 0 else reversed(order):
                figures[measure.name][name].append(take(bench))
    return figures


def options() -> argparse.Namespace:
    names = [one.name for one in measures()]
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="samples of each figure (5)")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="leave out the largest sizes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures of each round")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a limit is exceeded")
    parser.add_argument("--scaling", action="store_true", help="plot how both clients scale")
    parser.add_argument("--plot", type=Path, default=ROOT / "docs/scaling.svg", metavar="FILE")
    parser.add_argument(
        "--environments", type=Path, default=ROOT / ".nox/.cache/bench", metavar="FOLDER"
    )
    return parser.parse_args()


def main() -> int:
    given = options()
    folder = given.environments.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    pythons = {"ours": environments.ours(folder), "official": environments.official(folder)}
    found: list[Row] = []
    with endpoint() as server:
        bench = Bench(pythons, server, folder)
        figures: object
        if given.scaling:
            figures = points = scaling.measure(bench, given.rounds, quick=given.quick)
            scaling.plot(points, given.plot)
            print(f"wrote {given.plot}")
        else:
            chosen = [
                one
                for one in measures(quick=given.quick)
                if given.only is None or one.name in given.only
            ]
            figures = samples = run(bench, chosen, given.rounds)
            found = [row for one in chosen for row in rows(one, samples[one.name])]
            print(f"\n{table(found)}\n\nMedians of {given.rounds} rounds. {machine()}")
    if given.json:
        write_json(given.json, figures)
    return 1 if given.strict and any(row.verdict == "OVER" for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
