"""The schemas of an OpenAPI document, with their references followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_schema_validator import OAS31Validator, oas31_format_checker

from tools.openapi.document import Document as OpenApiDocument
from tools.openapi.document import reference_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS = ("format", "minLength", "maxLength", "minimum", "maximum", "pattern", "default", "enum")


class Schemas:
    """Reads the schemas of a document."""

    def __init__(self, content: Any) -> None:
        self._content = content
        self._references = OpenApiDocument("the spec", content)
        self._schemas = content.get("components", {}).get("schemas", {})
        self._validator = OAS31Validator(content, format_checker=oas31_format_checker)

    def _dangling(self, node: Any) -> Iterator[str]:
        """The references in `node` that lead nowhere."""
        if (reference := reference_of(node)) and not self._references.has(reference):
            yield reference
        for one in node.values() if isinstance(node, dict) else node:
            if isinstance(one, dict | list):
                yield from self._dangling(one)

    def _at(self, node: Any) -> Any:
        """`node`, or what it refers to."""
        while reference := reference_of(node):
            node = self._references.target(reference)
        return node

    def _parts(self, schema: Any) -> Iterator[Any]:
        """`schema` without references, and all that it is composed of."""
        schema = self._at(schema)
        schema = schema if isinstance(schema, dict) else {}
        yield schema
        for keyword in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(keyword, ()):
                yield from self._parts(part)

    def _name(self, schema: Any) -> str:
        return next((name for name, one in self._schemas.items() if one is schema), "")

    def _errors(self, schema: Any, value: object) -> list[str]:
        return [one.message for one in self._validator.evolve(schema=schema).iter_errors(value)]

    def _facts(self, schema: Any) -> dict[str, Any]:
        """The keywords of `schema` and its parts in one, with the type that is not `null`."""
        facts: dict[str, Any] = {"type": "anything"}
        for part in self._parts(schema):
            types = part.get("type", ())
            types = [types] if isinstance(types, str) else types
            kind = next((one for one in types if one != "null"), facts["type"])
            facts |= {**part, "type": self._name(part) if kind == "object" else kind}
        return facts

    def _line(self, schema: Any) -> str:
        facts = self._facts(schema)
        if facts["type"] == "array":
            return f"array of {self._line(facts['items'])}"
        if "enum" in facts:
            facts["enum"] = " ".join(map(str, facts["enum"]))
        return " ".join([facts["type"], *(f"{one}={facts[one]}" for one in FACTS if one in facts)])
