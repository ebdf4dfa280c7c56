"""The command line of the differ; `nox -s diff` passes its arguments on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools.openapi.errors import SpecError
from tools.openapi.parse import parse
from tools.paths import ACKNOWLEDGED, SPEC

from .acknowledged import acknowledged
from .compare import compare
from .report import Report, as_json, as_markdown, as_text
from .sources import Source, merge_base, source, working_tree
from .version import VersionRise, part_for, version_of

if TYPE_CHECKING:
    from .python_api import PythonChange


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.specdiff",
        description="Say what a change of the spec means for callers of the service and for users"
        " of the Python client. Exit code 0: fine; 1: it breaks callers, or the version has not"
        " risen enough; 2: the comparison could not be made.",
    )
    parser.add_argument(
        "base",
        nargs="?",
        help="file or git revision to compare with; the merge base with main if left out",
    )
    parser.add_argument(
        "revision", nargs="?", help="file or git revision; the working tree if left out"
    )
    parser.add_argument("--format", choices=["markdown", "json", "text"], default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report to FILE")
    parser.add_argument("--fail-on", choices=["breaking", "warning", "never"], default="breaking")
    parser.add_argument(
        "--no-python", action="store_true", help="leave the generated client out, which is faster"
    )
    return parser


def examine(base: Source, revision: Source, *, with_python: bool) -> Report:
    """Compare two documents; SpecError if one cannot be read."""
    changes = compare(parse(base.text, base.name), parse(revision.text, revision.name))
    python, no_python = _python(base, revision) if with_python else (None, "left out")
    versions = [
        version_of(side.pyproject, f"pyproject.toml of {side.name}")
        for side in (base, revision)
        if side.pyproject is not None
    ]
    part = part_for(changes, python or ())
    version = VersionRise(part, *versions) if len(versions) == 2 else VersionRise(part)
    reasons: dict[str, str] = {}
    if ACKNOWLEDGED.exists():
        reasons = acknowledged(ACKNOWLEDGED.read_text(encoding="utf-8"), str(ACKNOWLEDGED))
    return Report(changes, python, version, reasons, no_python)


def _python(base: Source, revision: Source) -> tuple[list[PythonChange] | None, str]:
    """Changes of the generated client, or why it could not be generated."""
    if base.text == revision.text:
        return [], ""
    from .python_api import python_changes  # the generator takes as long as the rest together

    try:
        return python_changes(base.text, revision.text), ""
    except SpecError as error:
        return None, str(error)


def main(argv: list[str] | None = None) -> int:
    options = arguments().parse_args(argv)
    try:
        base = source(options.base or merge_base(), SPEC)
        revision = source(options.revision, SPEC) if options.revision else working_tree(SPEC)
        report = examine(base, revision, with_python=not options.no_python)
        if options.format == "json":
            text = as_json(report)
        elif options.format == "markdown":
            text = as_markdown(report, options.fail_on)
        else:
            text = as_text(report, options.fail_on)
        if options.output:
            options.output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    except (SpecError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    failures = report.failures(options.fail_on)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
