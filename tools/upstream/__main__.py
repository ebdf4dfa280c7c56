"""The command line; `nox -s upstream` passes its arguments on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.openapi.errors import SpecError
from tools.openapi.parse import parse_file, read_text
from tools.paths import DELIBERATE, SPEC

from . import report
from .convert import read_document
from .findings import changes_between, examine, read_deliberate

_FORMATS = {
    "text": report.as_text,
    "markdown": report.as_markdown,
    "json": report.as_json,
}


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.upstream",
        description="Compare our spec with Oracle's document, Swagger 2.0 or OpenAPI 3, or two of"
        " Oracle's documents with each other, each for the operations of our spec. Exit code 0:"
        " ours is not behind, or nothing changed but words; 1: it is, or something did; 2: a"
        " document cannot be used.",
    )
    parser.add_argument("file", type=Path, help="Oracle's document, or the older one of two")
    parser.add_argument("new", type=Path, nargs="?", help="the newer one of two")
    parser.add_argument("--format", choices=[*_FORMATS], default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report to FILE")
    return parser


def main(argv: list[str] | None = None) -> int:
    options = arguments().parse_args(argv)
    try:
        if options.new:
            text, code = _two(options.file, options.new, options.format)
        else:
            text, code = _one(options.file, options.format)
        if options.output:
            options.output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    except (SpecError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return code


def _one(file: Path, form: str) -> tuple[str, int]:
    """The report on our spec and Oracle's document, and the exit code."""
    deliberate = read_deliberate(read_text(DELIBERATE), str(DELIBERATE))
    found = examine(parse_file(SPEC), read_document(file), deliberate)
    return _FORMATS[form](found, str(SPEC), str(file)), 1 if found.behind else 0


def _two(old: Path, new: Path, form: str) -> tuple[str, int]:
    """The report on two of Oracle's documents, and the exit code."""
    changes, operations = changes_between(read_document(old), read_document(new), parse_file(SPEC))
    if form == "json":
        text = report.changes_as_json(changes, str(old), str(new))
    else:
        text = report.changes_as_text(changes, operations, str(old), str(new))
    return text, 1 if any(one.level != "docs" for one in changes) else 0


if __name__ == "__main__":
    sys.exit(main())
