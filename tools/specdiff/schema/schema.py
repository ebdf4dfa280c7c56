"""A schema by what it means rather than how it is written."""

from __future__ import annotations

from typing import Any

from attrs import define, field, frozen

from tools.openapi.document import canonical, mapping, sequence

NOTES = frozenset({"$comment", "description", "example", "examples", "externalDocs", "title"})
_BYTES = {"contentMediaType": "application/octet-stream"}
ALTERNATIVES = ("anyOf", "oneOf")
FLAGS = frozenset({"deprecated", "readOnly", "uniqueItems", "writeOnly"})
SUBSCHEMAS = frozenset(
    {"additionalProperties", "contains", "contentSchema", "items", "propertyNames"}
    | {"unevaluatedItems", "unevaluatedProperties"}
)
# Keywords from which the type follows if it is not said.
_OBJECT = frozenset({"additionalProperties", "patternProperties", "properties"})
_ARRAY = frozenset({"items", "prefixItems"})


@frozen
class Note:
    """One piece of documentation, and the component that it stands in, if in one."""

    keyword: str
    value: Any
    source: str


@define(eq=False)
class Schema:
    """What a schema requires of a value. Schemas inside of it are left as they are written.

    Attributes:
        keywords: What remains of its keywords; each holds for the whole schema.
        sources: For `keyword` or `properties/name` the component that it was said in, if any.
        types: The types that are allowed besides null; empty: any.
        listed: Whether alternatives list them, each with its type only.
        nullable: Whether null is allowed.
        is_open: Whether the enum only names known values, and any other text is allowed.
    """

    keywords: dict[str, Any] = field(factory=dict)
    sources: dict[str, str] = field(factory=dict)
    notes: list[Note] = field(factory=list)
    types: frozenset[str] = frozenset()
    listed: bool = False
    nullable: bool = False
    is_open: bool = False

    @property
    def properties(self) -> dict[str, Any]:
        return mapping(self.keywords.get("properties"))

    @property
    def required(self) -> set[str]:
        return {str(name) for name in sequence(self.keywords.get("required"))}

    @property
    def values(self) -> list[Any] | None:
        """The values of its enum, of which `const` is one with a single value."""
        if "const" in self.keywords:
            return [self.keywords["const"]]
        enum = self.keywords.get("enum")
        return enum if isinstance(enum, list) else None

    @property
    def alternatives(self) -> list[Any]:
        """Its anyOf or oneOf; if it has both, the first."""
        return next(filter(None, (sequence(self.keywords.get(k)) for k in ALTERNATIVES)), [])

    @property
    def has_any_type(self) -> bool:
        """Whether nothing restricts the type of a value, so that null is allowed, too."""
        return not (self.types or self.values or self.alternatives)

    @property
    def format(self) -> str:
        written = self.keywords.get("format")
        return "" if written is None else str(written)

    @property
    def type_name(self) -> str:
        names = " or ".join(sorted(self.types)) or "any type"
        return f"{names} ({self.format})" if self.format else names

    @property
    def annotations(self) -> dict[str, Any]:
        """What it says besides what it asks of a value: `deprecated`, and extensions."""
        extensions = {note.keyword: note.value for note in reversed(self.notes)}
        return {"deprecated": self.keywords.get("deprecated", False), **extensions}

    @property
    def is_bytes(self) -> bool:
        """Whether it is any bytes, where values are not JSON: 3.1 has an empty schema for them."""
        if not self.keywords:
            return self.has_any_type
        return self.keywords == _BYTES and self.types <= {"string"}

    @property
    def is_enum(self) -> bool:
        """Whether it is a list of texts, and no other is allowed."""
        values = self.values or []
        are_texts = self.types <= {"string"} and all(isinstance(v, str | None) for v in values)
        return bool(values) and are_texts and not self.is_open

    @property
    def is_text(self) -> bool:
        """Whether it is any text of some form."""
        has_parts = any(keyword in self.keywords for keyword in (*ALTERNATIVES, "allOf"))
        return self.types == {"string"} and self.values is None and not has_parts

    def settle(self, admits: bool | None) -> None:
        """Take type and null out of the keywords, and those that say nothing.

        `admits` is whether null is allowed, or None if nothing says so.
        """
        keywords = self.keywords
        self.types = frozenset(keywords.pop("type", ()))
        keywords.pop("nullable", None)
        if self.types != {"null"}:
            self.types -= {"null"}
        enum = keywords.get("enum")
        if not self.types and isinstance(enum, list) and None in enum and len(enum) > 1:
            admits = admits is not False
        self.nullable = self.types != {"null"} and bool(admits)
        self.types = self.types or _implied_types(keywords)
        listed = {canonical(value) for value in sequence(enum)}
        if self.types == {"boolean"} and listed >= {"false", "true"}:
            del keywords["enum"]
        for keyword in [*keywords]:
            value = keywords[keyword]
            if (keyword in FLAGS and value is False) or (
                keyword in SUBSCHEMAS and (value is True or value == {})
            ):
                del keywords[keyword]


def _implied_types(keywords: dict[str, Any]) -> frozenset[str]:
    """The types that follow from the other keywords of a schema without a type."""
    values = [keywords["const"]] if "const" in keywords else sequence(keywords.get("enum"))
    if values:
        return frozenset(map(_type_of, values)) - {"null"}
    is_object, is_array = (not keywords.keys().isdisjoint(words) for words in (_OBJECT, _ARRAY))
    if is_object != is_array:
        return frozenset({"object" if is_object else "array"})
    return frozenset()


def _type_of(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
    return "object" if mapping(value) else "array"
