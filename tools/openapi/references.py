"""Where the references of a document stand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urldefrag, urljoin

from attrs import define, field, frozen

from .document import mapping, pointer_to, reference_of, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Document

Steps = tuple[str | int, ...]

# Values below these keys are data: a `$ref` in them is not a reference.
DATA = frozenset({"const", "default", "enum", "example", "value"})
# The keys of these mappings are names that the author chose, not words of OpenAPI.
NAMED = frozenset(
    {"callbacks", "content", "definitions", "dependentSchemas", "encoding", "examples", "headers"}
    | {"links", "mediaTypes", "parameters", "pathItems", "paths", "patternProperties"}
    | {"properties", "requestBodies", "responses", "schemas", "securitySchemes", "variables"}
    | {"webhooks", "$defs"}
)


@frozen
class Reference:
    """A reference as it is written.

    Attributes:
        holder: The mapping that has it.
        key: The key in there: `$ref`, or a value of a discriminator.
        kind: `object` for one in place of an object, `map` for one in place of a whole mapping
            of names, `value` for what a discriminator leads to, which may also be a plain name.
        base: The URL that it is relative to.
        place: Where the holder is in its file.
    """

    holder: dict[str, Any]
    key: str
    kind: Literal["object", "map", "value"]
    base: str
    place: Steps

    @property
    def text(self) -> str:
        return str(self.holder[self.key])


@define
class Walk:
    """Goes through a file once, and collects the URLs that its schemas give themselves."""

    references: list[Reference] = field(factory=list)
    resources: dict[str, Steps] = field(factory=dict)
    _seen: set[tuple[int, bool]] = field(factory=set)

    def visit(self, value: Any, base: str, place: Steps = (), *, is_named: bool = False) -> None:
        """Collect what is in `value`, of which aliases may show the same object several times."""
        if not isinstance(value, dict | list) or (id(value), is_named) in self._seen:
            return
        self._seen.add((id(value), is_named))
        if isinstance(value, list):
            for index, inner in enumerate(value):
                self.visit(inner, base, (*place, index))
            return
        if not is_named:
            base = self._resource(value, base, place)
        if reference_of(value):
            kind: Literal["map", "object"] = "map" if is_named else "object"
            self.references.append(Reference(value, "$ref", kind, base, place))
        for key, inner in value.items():
            if is_named:
                self.visit(inner, base, (*place, key))
            elif key == "discriminator":
                self._discriminator(mapping(inner).get("mapping"), base, (*place, key))
            elif key == "examples" and isinstance(inner, list):
                continue
            elif key not in DATA and not key.startswith("x-"):
                self.visit(inner, base, (*place, key), is_named=key in NAMED)

    def _resource(self, value: dict[str, Any], base: str, place: Steps) -> str:
        """Note the URL and the anchors of a schema, and say what its references start from."""
        identity = value.get("$id", value.get("$self") if not place else None)
        if isinstance(identity, str):
            base = urldefrag(urljoin(base, identity)).url
            self.resources[base] = place
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(anchor := value.get(keyword), str):
                self.resources[f"{base}#{anchor}"] = place
        dynamic = value.get("$dynamicRef")
        if isinstance(dynamic, str) and "$ref" not in value:
            value["$ref"] = value.pop("$dynamicRef")  # which leads there unless a caller says so
        return base

    def _discriminator(self, values: Any, base: str, place: Steps) -> None:
        for key, target in mapping(values).items():
            if isinstance(target, str):
                self.references.append(Reference(mapping(values), key, "value", base, place))


def references_in(value: Any) -> Iterator[str]:
    """Every reference in a part of a document that has been linked."""
    walk = Walk()
    walk.visit(value, "")
    for reference in walk.references:
        yield reference.text


@lru_cache(maxsize=8)
def used_components(document: Document) -> frozenset[str]:
    """References of the components that paths and webhooks lead to, over any number of steps.

    The schemas that extend a used one by `allOf` are used with it if it has a discriminator.
    """
    extensions = subtypes(document)
    used: set[str] = set()
    roots = {key: value for key, value in document.content.items() if key != "components"}
    waiting = list(references_in(roots))
    while waiting:
        reference = _full(document, waiting.pop())
        if reference not in used and document.has(reference):
            used.add(reference)
            target = document.target(reference)
            waiting += references_in({"": target})
            if "discriminator" in mapping(target):
                waiting += extensions.get(id(target), ())
    return frozenset("/".join(reference.split("/")[:4]) for reference in used)


def _full(document: Document, reference: str) -> str:
    """A discriminator may name a schema by its name alone."""
    by_name = f"#/components/schemas/{reference}"
    return by_name if "#" not in reference and document.has(by_name) else reference


@lru_cache(maxsize=8)
def subtypes(document: Document) -> dict[int, list[str]]:
    """By the id of each schema, the components that extend it by allOf."""
    schemas = mapping(mapping(document.content.get("components")).get("schemas"))
    found: dict[int, list[str]] = {}
    for name, schema in schemas.items():
        for part in sequence(mapping(schema).get("allOf")):
            if base := reference_of(part):
                extended = id(document.target(base))
                found.setdefault(extended, []).append(pointer_to("components", "schemas", name))
    return found
