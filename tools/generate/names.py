"""Finds what would get the same name in Python, or one that the generated code needs itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_python_client.strings import ClassName, PythonIdentifier

from tools.openapi.document import mapping
from tools.openapi.lines import Lines

from . import formats
from .operations import operation_name
from .prepare import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openapi_python_client.config import Config

    from tools.openapi.document import Document
    from tools.openapi.references import Steps

# Classes that generated modules import beside those of the spec.
_TAKEN = frozenset(
    {"Any", "AuthenticatedClient", "Client", "File", "Literal", "Response", "UUID", "Unset"}
)
# What models have beside their properties, and the arguments of `from_dict`.
_ATTRIBUTES = frozenset(
    {"additional_properties", "cls", "from_dict", "keys", "schema_", "src_dict", "to_dict"}
)


def problems(document: Document, config: Config) -> list[str]:
    """What is wrong with names, enums and formats of a document, a line for each with its place."""
    lines = Lines(document.text)
    found = [*_operations(document, config), *_schemas(document, config), *_values(document)]
    return [
        f"{document.name}:{lines.line(place)}: {' > '.join(map(str, place))}: "
        + (f"{said} (see line {lines.line(other)})" if other else said)
        for place, said, other in found
    ]


# A place, what is wrong there, and the place that it clashes with.
Problem = tuple["Steps", str, "Steps"]


def _operations(document: Document, config: Config) -> Iterator[Problem]:
    seen: dict[tuple[str, str], tuple[Steps, str]] = {}
    for path, item in mapping(document.content.get("paths")).items():
        for method in METHODS:
            operation = mapping(mapping(item).get(method))
            if not operation:
                continue
            place: Steps = ("paths", path, method, "operationId")
            name = operation_name(path, method, operation, config.field_prefix)
            written = str(operation.get("operationId", name))
            tags = operation.get("tags")
            first = str(tags[0]) if isinstance(tags, list) and tags else "default"
            tag = PythonIdentifier(first, "tag")
            twin, _ = seen.setdefault(("", written), (place, written))
            other, other_name = seen.setdefault((tag, name), (place, written))
            if twin != place:
                yield place, f"the operation {written} appears twice", twin
            elif other != place:
                yield place, f"{other_name} and {written} are both {name} in Python", other


def _schemas(document: Document, config: Config) -> Iterator[Problem]:
    seen: dict[str, tuple[Steps, str]] = {}
    schemas = mapping(mapping(document.content.get("components")).get("schemas"))
    for written in schemas:
        place: Steps = ("components", "schemas", written)
        name = ClassName(written, config.field_prefix)
        override = config.class_overrides.get(name)
        if override and override.class_name:
            name = ClassName(override.class_name, config.field_prefix)
        if name in _TAKEN:
            text = f"the generated code has its own {name}; class_overrides can rename it"
            yield place, f"{written}: {text}", ()
        module = PythonIdentifier(name, config.field_prefix)
        other, other_name = seen.setdefault(module, (place, written))
        if other != place:
            yield place, f"{other_name} and {written} are both {name} in Python", other


def _values(document: Document) -> Iterator[Problem]:
    waiting: list[tuple[Steps, Any]] = [((), document.content)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, list):
            waiting += [((*place, index), inner) for index, inner in enumerate(value)]
            twice = [one for index, one in enumerate(value) if one in value[:index]]
            if place[-1:] == ("enum",):
                yield from ((place, f"{one!r} appears twice", ()) for one in twice)
        elif isinstance(value, dict):
            waiting += [((*place, key), inner) for key, inner in value.items()]
            if isinstance(said := value.get(formats.KEY), str) and said not in formats.KNOWN:
                text = f"{said!r} is none of {', '.join(formats.KNOWN)}"
                yield (*place, formats.KEY), text, ()


def finish_models(data: Any, config: Config) -> list[str]:
    """Rename properties that models have methods for; what is wrong with the names of classes."""
    modules: dict[str, str] = {}
    found = []
    for model in [*data.models, *data.enums]:
        name = model.class_info.name
        other = modules.setdefault(model.class_info.module_name, name)
        if other != name:
            module = model.class_info.module_name
            found.append(f"{name} and {other} would both be in models/{module}.py")
    for model in data.models:
        for prop in [*(model.required_properties or []), *(model.optional_properties or [])]:
            if prop.python_name in _ATTRIBUTES:
                prop.set_python_name(f"{prop.python_name}_", config=config, skip_snake_case=True)
    return found
