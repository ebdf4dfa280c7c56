"""Read an OpenAPI document and say, in one line with its place, what is wrong with it."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JsonPath = tuple[str | int, ...]


class SpecError(Exception):
    """The document cannot be used. The message names the file, the line and what is wrong."""


def load(path: Path) -> CommentedMap:
    """Parse the YAML document at `path`; it remembers the lines that its values stand on."""
    try:
        document = YAML().load(path)
    except OSError as error:
        raise SpecError(f"{path}: {error.strerror}") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else f"{path}"
        raise SpecError(f"{where}: not YAML: {error.problem or error.context}") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(document, CommentedMap) or "openapi" not in document:
        raise SpecError(f"{path}:1: not an OpenAPI 3 document: it has no `openapi` version")
    return document


def check(path: Path) -> None:
    """Raise SpecError unless the file at `path` is a valid OpenAPI 3.1 document."""
    # Imported here, because it takes longer than all that the differ does with this module.
    from openapi_spec_validator import OpenAPIV31SpecValidator
    from openapi_spec_validator.schemas import schema_v31
    from openapi_spec_validator.schemas.backend.jsonschema import create_validator

    document = load(path)
    version = str(document["openapi"])
    if not version.startswith("3.1"):
        raise SpecError(f"{path}:{line(document, ('openapi',))}: OpenAPI {version}, not 3.1")
    for place, value in _walk(document):
        if place[-1:] == ("$ref",):
            _follow(path, document, place, str(value))
        for key in value if isinstance(value, dict) else ():
            if not isinstance(key, str):
                problem = f"the key {key!r} is not text; put it in quotes"
                raise SpecError(_at(path, document, (*place, key), problem))
    validator = OpenAPIV31SpecValidator(document)
    # Not jsonschema-rs, which it takes where it finds it: that gives back copies of the values.
    validator.schema_validator = create_validator(schema_v31)
    for error in validator.iter_errors():
        # Errors inside a schema know their place in that schema only, but hold the very object.
        places = (place for place, value in _walk(document) if value is error.instance)
        place = next(places, tuple(error.absolute_path))
        raise SpecError(_at(path, document, place, shorten(error.message, 300)))


def line(document: CommentedMap, place: JsonPath) -> int:
    """The line, from 1, that the value at `place` stands on (or its nearest parent)."""
    number = 0
    value: Any = document
    for step in place:
        if isinstance(value, CommentedMap) and step in value:
            number = value.lc.key(step)[0]
        elif isinstance(value, CommentedSeq) and isinstance(step, int):
            number = value.lc.item(step)[0]
        else:
            break
        value = value[step]
    return int(number) + 1


def _at(path: Path, document: CommentedMap, place: JsonPath, problem: str) -> str:
    if not place:
        return f"{path}: {problem}"
    return f"{path}:{line(document, place)}: {' > '.join(map(str, place))}: {problem}"


def _walk(value: Any, place: JsonPath = ()) -> Iterator[tuple[JsonPath, Any]]:
    """Every value of the document with its place, outermost first."""
    yield place, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*place, index))


def _follow(path: Path, document: CommentedMap, place: JsonPath, reference: str) -> None:
    """Raise SpecError unless references lead from `place` to something that is none itself."""
    seen = set()
    while True:
        if reference in seen:
            raise SpecError(_at(path, document, place, f"{reference} refers to itself"))
        seen.add(reference)
        try:
            value = _target(document, reference)
        except LookupError:
            raise SpecError(
                _at(path, document, place, f"{reference} is not in this document")
            ) from None
        if not isinstance(value, dict) or "$ref" not in value:
            return
        reference = str(value["$ref"])


def _target(document: CommentedMap, reference: str) -> Any:
    value: Any = document
    if not reference.startswith("#/"):
        raise LookupError(reference)
    for part in reference[2:].split("/"):
        step = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict):
            raise LookupError(reference)
        value = value[step]
    return value
