"""Make a document out of a text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .document import Document, version_of
from .errors import SpecError
from .linking import link
from .reader import read

if TYPE_CHECKING:
    from collections.abc import Callable


def parse(
    text: str, name: str, path: str = "", fetch: Callable[[str], str] | None = None
) -> Document:
    """The document in `text`; SpecError says in one line why `name` cannot be used.

    Args:
        path: Where the document is; the files that it refers to are relative to it.
        fetch: Gives the text of the file at a path; None if there must be no other files.
    """
    content = read(text, name)
    if content is None:
        raise SpecError(f"{name}:1: not an OpenAPI document: the file is empty")
    if not isinstance(content, dict):
        raise SpecError(f"{name}:1: not an OpenAPI document: it is no mapping")
    _check_kind(content, name)
    document = Document(name, content, text)
    try:
        link(document, path, fetch)
    except RecursionError:
        raise SpecError(f"{name}: nested too deeply") from None
    return document


def parse_file(path: Path) -> Document:
    """The document in the file at `path`, with the files that it refers to."""
    return parse(read_text(path), str(path), path.resolve().as_posix(), fetch_file)


def read_text(path: Path) -> str:
    """The text in the file at `path`, or SpecError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SpecError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}: not UTF-8 text, and so not YAML") from error


def fetch_file(path: str) -> str:
    """The text of a file that another refers to."""
    return read_text(Path("/", path))


def _check_kind(content: dict[str, Any], name: str) -> None:
    if "swagger" in content:
        raise SpecError(f"{name}:1: Swagger {content['swagger']}, not OpenAPI 3")
    if "openapi" not in content:
        raise SpecError(f"{name}:1: not an OpenAPI document: it has no `openapi` version")
    for key in ("info", "paths", "components"):
        if not isinstance(content.get(key, {}), dict):
            raise SpecError(f"{name}: not an OpenAPI document: `{key}` is no mapping")
    version = version_of(content)
    if not re.match(r"3\.[012](\.|$)", version):
        raise SpecError(f"{name}: OpenAPI {version}, not 3.0, 3.1 or 3.2")
