"""Write generated/aidp_workbench_api from the spec, or check that it is what the spec gives.

`python -m tools.generate` writes, `python -m tools.generate --check` compares. Both exit with 1 and
leave generated/ alone when the spec or the generator fails; `--check` also when the two differ.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tools.openapi.errors import SpecError
from tools.paths import PACKAGE, SPEC

from .generator import generate
from .package import WORK_PREFIX, Changes, compare, diff, swap, sweep


def _write() -> int:
    start = time.perf_counter()
    PACKAGE.parent.mkdir(exist_ok=True)
    sweep(PACKAGE.parent)
    # Beside the package, so that the swap is a rename within one file system.
    with tempfile.TemporaryDirectory(dir=PACKAGE.parent, prefix=WORK_PREFIX) as folder:
        fresh = Path(folder) / PACKAGE.name
        generate(SPEC, fresh)
        if changes := compare(PACKAGE, fresh):
            swap(fresh, PACKAGE)
    _report(changes)
    verdict = "regenerated" if changes else "was current"
    print(f"{PACKAGE} {verdict} ({time.perf_counter() - start:.1f} s)")
    return 0


def _report(changes: Changes) -> None:
    for verb in ("added", "changed", "removed"):
        for name in getattr(changes, verb):
            print(f"{verb:>8}  {PACKAGE / name}")


def _check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / PACKAGE.name
        generate(SPEC, fresh)
        changes = compare(PACKAGE, fresh)
        difference = diff(PACKAGE, fresh)
    if changes:
        print(difference, end="")
        _report(changes)
        print(f"{PACKAGE} is not what {SPEC} gives. Run `nox -s generate` and commit the result.")
        return 1
    print(f"{PACKAGE} is what {SPEC} gives.")
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; write nothing")
    options = parser.parse_args(arguments)
    try:
        return (_check if options.check else _write)()
    except (SpecError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        print(f"{PACKAGE} was left as it is.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
