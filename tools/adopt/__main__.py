"""The command line; `nox -s adopt` passes its arguments on."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from tools.openapi.errors import SpecError
from tools.openapi.parse import parse_file
from tools.paths import SPEC
from tools.upstream.convert import read_document
from tools.upstream.selection import Operation, operations, plain

from .operation import draft
from .text import as_yaml

if TYPE_CHECKING:
    from tools.openapi.document import Document


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.adopt",
        description="Write the draft of an operation in the style of our spec, from Oracle's"
        " document: its `paths` and `components` go below ours. Each TODO wants words of our own."
        " Exit code 2: the document cannot be used, or does not have the operation.",
    )
    parser.add_argument("file", type=Path, help="Oracle's document, Swagger 2.0 or OpenAPI 3")
    parser.add_argument("operation", help="its operation id, in any spelling, or `GET /path`")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the draft to FILE")
    return parser


def main(argv: list[str] | None = None) -> int:
    options = arguments().parse_args(argv)
    try:
        theirs = read_document(options.file)
        operation = _find(theirs, options.operation)
        text = as_yaml(draft(operation, theirs, parse_file(SPEC)), operation.name)
        if options.output:
            options.output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    except (SpecError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _find(document: Document, wanted: str) -> Operation:
    """The operation of this id, whatever its spelling, or of this method and path; or SpecError."""
    every = operations(document)
    for one in every:
        if wanted in (one.title, one.name) or (one.key and one.key == plain(wanted)):
            return one
    names = {one.key: one.name or one.title for one in every}
    close = [names[key] for key in get_close_matches(plain(wanted), names, cutoff=0.5)]
    hint = f"; perhaps {', '.join(close)}" if close else ""
    raise SpecError(f"{document.name}: no operation {wanted}{hint}")


if __name__ == "__main__":
    sys.exit(main())
