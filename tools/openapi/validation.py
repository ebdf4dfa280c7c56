"""Say, in one line with its place, why an OpenAPI document is invalid."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from .document import version_of
from .errors import SpecError
from .lines import Lines
from .parse import parse, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .references import Steps


def check(path: Path) -> None:
    """Raise SpecError unless the file at `path` is a valid OpenAPI 3.1 document on its own."""
    # Imported here, because it takes longer than all that the differ does with this package.
    from openapi_spec_validator import OpenAPIV31SpecValidator
    from openapi_spec_validator.schemas import schema_v31
    from openapi_spec_validator.schemas.backend.jsonschema import create_validator

    document = parse(read_text(path), str(path))
    lines = Lines(document.text)
    version = version_of(document.content)
    if not version.startswith("3.1"):
        raise SpecError(f"{path}:{lines.line(['openapi'])}: OpenAPI {version}, not 3.1")
    for place, key in lines.keys_that_are_not_text():
        problem = f"the key {key} is not text; put it in quotes"
        raise SpecError(_at(path, lines, (*place, key), problem))
    validator = OpenAPIV31SpecValidator(document.content)
    # Not jsonschema-rs, which it takes where it finds it: that gives back copies of the values.
    validator.schema_validator = create_validator(schema_v31)
    for error in validator.iter_errors():
        # Errors inside a schema know their place in that schema only, but hold the very object.
        places = (place for place, value in _walk(document.content) if value is error.instance)
        place = next(places, tuple(error.absolute_path))
        raise SpecError(_at(path, lines, place, shorten(_message(error), 300)))


def _message(error: Any) -> str:
    """The library's message; where one of several keys is due, their names."""
    if error.context and all(one.validator == "required" for one in error.context):
        return " or ".join(one.message for one in error.context)
    return str(error.message)


def _at(path: Path, lines: Lines, place: Steps, problem: str) -> str:
    if not place:
        return f"{path}: {problem}"
    return f"{path}:{lines.line(place)}: {' > '.join(map(str, place))}: {problem}"


def _walk(value: Any, place: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Every value of the document with its place, outermost first."""
    yield place, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*place, index))
