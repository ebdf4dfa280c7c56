"""The command line of the differ; `nox -s diff` passes its arguments on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools.openapi.document import mapping
from tools.openapi.errors import SpecError
from tools.paths import ACKNOWLEDGED, SPEC, VERSION

from .acknowledged import acknowledged
from .compare import compare
from .evidence import Reading
from .report.data import as_json
from .report.markdown import COMMENT, as_markdown
from .report.report import Found, Report
from .report.text import as_text
from .sources import Source, merge_base, source, working_tree
from .version import VersionRise, last_release, part_for, version_of

if TYPE_CHECKING:
    from tools.openapi.document import Document

    from .python_api import PythonChange
    from .version import Part


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
    parser.add_argument(
        "--comment",
        type=Path,
        metavar="FILE",
        help="write it to FILE also as Markdown that fits in a comment of a pull request",
    )
    parser.add_argument(
        "--link", default="", metavar="URL", help="where the revision's document is on the web"
    )
    parser.add_argument("--fail-on", choices=["breaking", "warning", "never"], default="breaking")
    parser.add_argument(
        "--no-python", action="store_true", help="leave the generated client out, which is faster"
    )
    return parser


def examine(base: Source, revision: Source, *, with_python: bool) -> Report:
    """Compare two documents; SpecError if one cannot be read."""
    old, new = base.parse(), revision.parse()
    changes = compare(old, new)
    before, after = Reading(old), Reading(new)
    found = [
        Found(
            change,
            after.line(change.evidence[1]),
            before.words(change.evidence[0]),
            after.words(change.evidence[1]),
        )
        for change in changes
    ]
    python, no_python = _python(base, revision) if with_python else (None, "left out")
    past = acknowledged(base.acknowledged, f"{ACKNOWLEDGED} of {base.name}")
    reasons = acknowledged(revision.acknowledged, str(ACKNOWLEDGED))
    return Report(
        base.title,
        revision.title,
        revision.name,
        found,
        python,
        _version(base, revision, part_for(changes, python or ())),
        no_python,
        with_python,
        reasons,
        frozenset(past),
        _operations(old) | _operations(new),
    )


def _version(base: Source, revision: Source, part: Part) -> VersionRise:
    if base.version is None or revision.version is None:
        return VersionRise(part)
    before, after = (
        version_of(side.version or "", f"{VERSION} of {side.name}") for side in (base, revision)
    )
    return VersionRise(part, last_release(base.tags, base.changelog, before), after)


def _operations(document: Document) -> frozenset[str]:
    return frozenset(
        f"{method.upper()} {path}"
        for path, item in mapping(document.content.get("paths")).items()
        for method in mapping(item)
    )


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
        _write(report, options)
    except (SpecError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    failures = report.failures(options.fail_on)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _write(report: Report, options: argparse.Namespace) -> None:
    if options.format == "json":
        text = as_json(report)
    elif options.format == "markdown":
        text = as_markdown(report, options.fail_on, options.link)
    else:
        # A file is empty if there is nothing to post; a terminal has a line in any case.
        is_silent = report.is_empty and options.output
        text = "" if is_silent else as_text(report, options.fail_on)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    if options.comment:
        comment = as_markdown(report, options.fail_on, options.link, COMMENT)
        options.comment.write_text(comment, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
