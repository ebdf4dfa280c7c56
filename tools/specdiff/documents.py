"""Read an OpenAPI document as plain values, whatever way it is written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import yaml
from attrs import field, frozen

from tools.spec import SpecError
from tools.specdiff.yaml12 import load

if TYPE_CHECKING:
    from collections.abc import Iterator

# Values below these keys are data: a `$ref` in there is none.
DATA = frozenset({"const", "default", "enum", "example", "value"})
# The keys of these mappings are names that the author chose, not words of OpenAPI.
NAMED = frozenset(
    [
        "callbacks",
        "content",
        "definitions",
        "dependentSchemas",
        "encoding",
        "examples",
        "headers",
        "links",
        "parameters",
        "pathItems",
        "paths",
        "patternProperties",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "securitySchemes",
        "variables",
        "webhooks",
        "$defs",
    ]
)


@frozen(eq=False)
class Document:
    """An OpenAPI document of which every `$ref` is known to lead somewhere."""

    name: str
    content: dict[str, Any] = field(repr=False)

    @property
    def is_30(self) -> bool:
        """Whether this is OpenAPI 3.0, in which nothing beside a `$ref` counts."""
        return str(self.content.get("openapi")).startswith("3.0")

    def target(self, reference: str) -> Any:
        """What `reference` names; LookupError if it names nothing in this document."""
        if not reference.startswith("#/"):
            raise LookupError(reference)
        value: Any = self.content
        for part in unquote(reference[2:]).split("/"):
            step = part.replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and re.fullmatch("[0-9]+", step):
                value = value[int(step)]
            elif isinstance(value, dict):
                value = value[step]
            else:
                raise LookupError(reference)
        return value

    def has(self, reference: str) -> bool:
        try:
            self.target(reference)
        except LookupError:
            return False
        return True

    def resolve_alone(self, value: Any) -> tuple[Any, str]:
        """Like `resolve`, but only while nothing that counts stands beside the `$ref`."""
        origin = ""
        while (reference := reference_of(value)) and (self.is_30 or len(value) == 1):
            value, origin = self.target(reference), reference
        return value, origin

    def resolve(self, value: Any, origin: str = "") -> tuple[Any, str]:
        """`value` with its `$ref` followed, and the reference that it came from, or `origin`."""
        said: dict[str, Any] = {}
        while reference := reference_of(value):
            if not self.is_30:
                beside = {key: value[key] for key in ("summary", "description") if key in value}
                said = beside | said
            value, origin = self.target(reference), reference
        return ({**value, **said} if said and isinstance(value, dict) else value), origin


def reference_of(value: Any) -> str:
    """The `$ref` of `value`, or empty."""
    reference = value.get("$ref") if isinstance(value, dict) else None
    return reference if isinstance(reference, str) else ""


def mapping(value: Any) -> dict[str, Any]:
    """`value` if it is a mapping; where it should be one but is not, an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """`value` if it is a list; where it should be one but is not, an empty one."""
    return value if isinstance(value, list) else []


def parse(text: str, name: str) -> Document:
    """Read the document in `text`; SpecError says in one line why `name` cannot be used."""
    try:
        content = load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise SpecError(f"{where}: not YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise SpecError(f"{name}: not YAML: {' '.join(str(error).split())}") from error
    except RecursionError:
        raise SpecError(f"{name}: nested too deeply") from None
    if content is None:
        raise SpecError(f"{name}: the file is empty")
    if not isinstance(content, dict):
        raise SpecError(f"{name}: not an OpenAPI document: it is no mapping")
    _check_version(content, name)
    document = Document(name, content)
    try:
        for reference, place in _references(content):
            _check_reference(document, reference, place)
        for schema in mapping(mapping(content.get("components")).get("schemas")):
            _check_all_of(document, (f"#/components/schemas/{schema}",))
    except RecursionError:
        raise SpecError(f"{name}: nested too deeply") from None
    return document


def _check_version(content: dict[str, Any], name: str) -> None:
    if "swagger" in content:
        raise SpecError(f"{name}: Swagger {content['swagger']}, not OpenAPI 3.0 or 3.1")
    if "openapi" not in content:
        raise SpecError(f"{name}: not an OpenAPI document: it has no `openapi` version")
    for key in ("info", "paths", "components"):
        if not isinstance(content.get(key, {}), dict):
            raise SpecError(f"{name}: not an OpenAPI document: `{key}` is no mapping")
    version = str(content["openapi"])
    if not re.match(r"3\.[01](\.|$)", version):
        raise SpecError(f"{name}: OpenAPI {version}, not 3.0 or 3.1")


def _check_reference(document: Document, reference: str, place: str) -> None:
    seen = set()
    while reference:
        if reference in seen:
            raise SpecError(f"{document.name}: {place}: {reference} refers to itself")
        seen.add(reference)
        if not reference.startswith("#"):
            raise SpecError(f"{document.name}: {place}: {reference} is outside of this document")
        try:
            reference = reference_of(document.target(reference))
        except LookupError:
            raise SpecError(f"{document.name}: {place}: {reference} leads nowhere") from None


def _check_all_of(document: Document, trail: tuple[str, ...]) -> None:
    """Raise SpecError if the schema at the end of `trail` is a part of itself."""
    for part in sequence(mapping(document.target(trail[-1])).get("allOf")):
        reference = reference_of(part)
        if reference in trail:
            raise SpecError(f"{document.name}: {reference} is a part of itself, by allOf")
        if reference:
            _check_all_of(document, (*trail, reference))


def _references(content: Any) -> Iterator[tuple[str, str]]:
    """Every `$ref` with the place that it stands at."""
    seen: set[tuple[int, bool]] = set()  # an anchor's value is the same object at each alias

    def visit(value: Any, named: bool, place: str) -> Iterator[tuple[str, str]]:
        if not isinstance(value, dict | list) or (id(value), named) in seen:
            return
        seen.add((id(value), named))
        if isinstance(value, list):
            for index, inner in enumerate(value):
                yield from visit(inner, False, f"{place} > {index}")
            return
        if not named and (reference := reference_of(value)):
            yield reference, place
        for key, inner in value.items():
            below = f"{place} > {key}" if place else key
            if named:
                yield from visit(inner, False, below)
            elif key not in DATA and not key.startswith("x-"):
                is_list = isinstance(inner, list)
                if not (key == "examples" and is_list):
                    yield from visit(inner, key in NAMED, below)

    yield from visit(content, False, "")


def used_components(document: Document) -> set[str]:
    """References of the components that the paths and webhooks lead to, over any steps."""
    used: set[str] = set()
    roots = [value for key, value in document.content.items() if key != "components"]
    waiting = [reference for root in roots for reference, _ in _references(root)]
    while waiting:
        reference = waiting.pop()
        if reference not in used:
            used.add(reference)
            waiting += [inner for inner, _ in _references({"": document.target(reference)})]
    return {"/".join(reference.split("/")[:4]) for reference in used}
