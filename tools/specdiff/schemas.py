"""Schemas by meaning: references followed, `allOf` merged, one way to say null and open enum."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from tools.openapi.document import mapping, reference_of, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document

NOTES = frozenset({"$comment", "description", "example", "examples", "externalDocs", "title"})
FLAGS = frozenset({"deprecated", "readOnly", "uniqueItems", "writeOnly"})
SUBSCHEMAS = frozenset(
    {"additionalProperties", "contains", "contentSchema", "items", "propertyNames"}
    | {"unevaluatedItems", "unevaluatedProperties"}
)
SCHEMA_MAPS = frozenset({"dependentSchemas", "patternProperties", "properties"})
ALTERNATIVES = ("anyOf", "oneOf")
_LOWER = ["exclusiveMinimum", "minContains", "minItems", "minLength", "minProperties", "minimum"]
_UPPER = ["exclusiveMaximum", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum"]

Part = tuple[dict[str, Any], str]


@frozen
class Note:
    """One piece of documentation, and the component that it stands in, if in one."""

    keyword: str
    value: Any
    source: str


@define(eq=False)
class Schema:
    """What a schema asks of a value. Schemas inside of it are left as they are written.

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
    def is_enum(self) -> bool:
        """Whether it is a list of texts, and no other is allowed."""
        values = self.values or []
        are_texts = self.types <= {"string"} and all(isinstance(v, str | None) for v in values)
        return bool(values) and are_texts and not self.is_open

    @property
    def is_text(self) -> bool:
        """Whether it is any text of some form."""
        has_alternatives = any(keyword in self.keywords for keyword in (*ALTERNATIVES, "allOf"))
        return self.types == {"string"} and self.values is None and not has_alternatives


class _Merged(dict[str, Any]):
    """A schema that no document has: several that hold together."""


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


def canonical(value: Any) -> str:
    """A text that is the same for equal values; unlike ==, it tells 1 from true."""
    return _encode(value)


@define(eq=False)
class SchemaReader:
    """Reads the schemas of one document, each once."""

    document: Document
    _read: dict[int, Schema] = field(factory=dict, init=False)
    _merged: dict[tuple[int, ...], _Merged] = field(factory=dict, init=False)
    # What is known by its id must not be freed, or another value could get that id.
    _kept: list[Any] = field(factory=list, init=False)

    def read(self, raw: Any) -> Schema:
        """The meaning of `raw`, which is what a document has where it may have a schema."""
        key = id(raw)
        if key not in self._read:
            self._kept.append(raw)
            self._read[key] = Schema()  # what it is to itself, should it be its own alternative
            self._read[key] = self._make(raw)
        return self._read[key]

    def _make(self, raw: Any) -> Schema:
        schema = Schema()
        admits = self._absorb_parts(schema, list(self._parts(raw, "", set())))
        seen: set[int] = set()
        for keyword in (*ALTERNATIVES, *ALTERNATIVES):
            while (written := schema.keywords.get(keyword)) and id(written) not in seen:
                seen.add(id(written))
                admits = self._inline(schema, keyword, sequence(written), admits)
        _settle(schema, admits)
        return schema

    def _parts(self, raw: Any, source: str, seen: set[int]) -> Iterator[Part]:
        """The schemas that all hold where `raw` does, outermost first, with their component."""
        if raw is False:
            yield {"not": {}}, source
        if not isinstance(raw, dict) or id(raw) in seen:
            return
        seen.add(id(raw))
        reference = reference_of(raw)
        if not (reference and self.document.is_30):
            own = {key: value for key, value in raw.items() if key != "$ref"}
            if isinstance(own.get("allOf"), list):
                del own["allOf"]
            if own:
                yield _in_one_way(own), source
            for inner in sequence(raw.get("allOf")):
                yield from self._parts(inner, source, seen)
        if reference:
            yield from self._parts(self.document.target(reference), reference, seen)

    def _inline(
        self, schema: Schema, keyword: str, written: list[Any], admits: bool | None
    ) -> bool | None:
        """Take in alternatives that are not really any; say whether null is allowed then."""
        source = schema.sources.get(keyword, "")
        branches = [raw for raw in written if not self._is_null(raw)]
        has_null = len(branches) < len(written)
        if has_null:
            admits = admits is not False
        if len(branches) == 1:
            del schema.keywords[keyword]
            parts = list(self._parts(branches[0], source, set()))
            if has_null:
                parts = [(_with_null(part), where) for part, where in parts]
            inner = self._absorb_parts(schema, parts)
            return admits if has_null or inner is None else inner and admits is not False
        read = [self.read(raw) for raw in branches]
        texts = sum(branch.is_text for branch in read)
        known = [raw for raw, b in zip(branches, read, strict=True) if b.is_text or b.is_enum]
        is_open = keyword == "anyOf" and texts == 1 and len(known) > 1
        is_among = is_open and len(known) < len(branches)
        if is_among:
            # An open enum among others is one alternative, as it is one schema when alone.
            others = [raw for raw in branches if all(raw is not one for one in known)]
            branches, is_open = [{keyword: known}, *others], False
            read = [self.read(raw) for raw in branches]
        if branches and (is_open or all(b.types and not b.keywords for b in read)):
            del schema.keywords[keyword]
            self._absorb_alternatives(schema, read, source, is_open)
            if any(branch.nullable for branch in read):
                admits = admits is not False
            return admits
        if (has_null or is_among) and branches:
            self._kept.append(branches)
            schema.keywords[keyword] = branches
        return admits

    def _is_null(self, raw: Any) -> bool:
        parts = [part for part, _ in self._parts(raw, "", set())]
        types = [part["type"] for part in parts if "type" in part]
        return types == [["null"]] or any(
            part.get("enum") == [None] or ("const" in part and part["const"] is None)
            for part in parts
        )

    def _absorb_alternatives(
        self, schema: Schema, branches: list[Schema], source: str, is_open: bool
    ) -> None:
        """Take in alternatives that come to one list of types, or to one open enum."""
        for branch in branches:
            schema.notes += [
                Note(note.keyword, note.value, note.source or source) for note in branch.notes
            ]
            for keyword, where in branch.sources.items():
                schema.sources.setdefault(keyword, where or source)
        if is_open:
            values = [v for b in branches for v in b.values or () if v is not None]
            unique = {canonical(value): value for value in values}
            for text in (branch for branch in branches if branch.is_text):
                self._absorb(schema, text.keywords, source)
            self._absorb(schema, {"type": ["string"], "enum": list(unique.values())}, source)
            schema.is_open = True
        else:
            types = frozenset[str]().union(*(branch.types for branch in branches))
            self._absorb(schema, {"type": sorted(types)}, source)
            schema.listed = True

    def _absorb_parts(self, schema: Schema, parts: list[Part]) -> bool | None:
        """Let all of `parts` hold; whether they allow null, or None if they do not say."""
        for part, source in parts:
            self._absorb(schema, part, source)
        # Written beside a `$ref`, `nullable` is meant to hold for what that leads to.
        if any(part.get("nullable") is True for part, _ in parts):
            return True
        said = ["null" in part["type"] for part, _ in parts if "type" in part]
        return all(said) if said else None

    def _absorb(self, schema: Schema, part: dict[str, Any], source: str) -> None:
        keywords = schema.keywords
        for keyword, value in part.items():
            if keyword in NOTES or keyword.startswith("x-"):
                schema.notes.append(Note(keyword, value, source))
            elif keyword in SCHEMA_MAPS and isinstance(value, dict):
                together = dict(mapping(keywords.get(keyword)))
                for name, inner in value.items():
                    known = together.get(name, inner)
                    together[name] = self._both(known, inner)
                    schema.sources.setdefault(f"{keyword}/{name}", source)
                keywords[keyword] = together
            else:
                if keyword in keywords:
                    value = self._join(schema, keyword, keywords[keyword], value, source)
                keywords[keyword] = value
            schema.sources.setdefault(keyword, source)

    def _join(self, schema: Schema, keyword: str, one: Any, other: Any, source: str) -> Any:
        """What `keyword` says where both values hold."""
        if keyword == "type":
            return _common_types(one, other)
        if keyword in FLAGS:
            return one is True or other is True
        if keyword in (*_LOWER, *_UPPER) and is_number(one) and is_number(other):
            return max(one, other) if keyword in _LOWER else min(one, other)
        if keyword == "required":
            return [*sequence(one), *sequence(other)]
        if keyword == "enum":
            allowed = {canonical(item) for item in sequence(other)}
            return [item for item in sequence(one) if canonical(item) in allowed]
        if keyword in SUBSCHEMAS:
            return self._both(one, other)
        if keyword not in ("default", "format", "nullable") and canonical(one) != canonical(other):
            # No single value says that both hold: keep the other one beside it.
            beside = [*sequence(schema.keywords.get("allOf")), {keyword: other}]
            schema.keywords["allOf"] = sorted(beside, key=canonical)
            schema.sources.setdefault("allOf", source)
        return one

    def _both(self, one: Any, other: Any) -> Any:
        """The schema of what both allow; the same object for the same two."""
        if one is other or one is True or other is False:
            return other
        if other is True or one is False or canonical(one) == canonical(other):
            return one
        # Flat, or a recursive schema would nest them without end.
        members = {
            id(raw): raw
            for side in (one, other)
            for raw in (side["allOf"] if isinstance(side, _Merged) else [side])
        }
        key = tuple(sorted(members))
        if key not in self._merged:
            self._kept += members.values()
            self._merged[key] = _Merged(allOf=list(members.values()))
        return self._merged[key]


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_one_way(keywords: dict[str, Any]) -> dict[str, Any]:
    """What OpenAPI 3.0 and 3.1 write differently, as 3.1 writes it."""
    result = dict(keywords)
    if "type" in result:
        types = result["type"] if isinstance(result["type"], list) else [result["type"]]
        result["type"] = [name if isinstance(name, str) else canonical(name) for name in types]
        if result.pop("nullable", None) is True:
            result["type"].append("null")
    for bound, strict in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(result.get(strict), bool):
            is_strict = result.pop(strict)
            if is_strict and bound in result:
                result[strict] = result.pop(bound)
    return result


def _with_null(part: dict[str, Any]) -> dict[str, Any]:
    """`part`, allowing null in its enum too."""
    values = [part["const"]] if "const" in part else part.get("enum")
    if not isinstance(values, list) or None in values:
        return part
    return {key: part[key] for key in part if key != "const"} | {"enum": [*values, None]}


def _common_types(one: list[str], other: list[str]) -> list[str]:
    common = [name for name in one if name in other]
    if "integer" not in common and {"integer", "number"} <= {*one, *other}:
        common.append("integer")
    return common or ["no type"]


def _settle(schema: Schema, admits: bool | None) -> None:
    """Take type and null out of the keywords, and those that say nothing."""
    keywords = schema.keywords
    schema.types = frozenset(keywords.pop("type", ()))
    keywords.pop("nullable", None)
    if schema.types != {"null"}:
        schema.types -= {"null"}
    enum = keywords.get("enum")
    if not schema.types and isinstance(enum, list) and None in enum and len(enum) > 1:
        keywords["enum"] = [value for value in enum if value is not None]
        admits = admits is not False
    schema.nullable = schema.types != {"null"} and bool(admits)
    for keyword in [*keywords]:
        value = keywords[keyword]
        if (keyword in FLAGS and value is False) or (
            keyword in SUBSCHEMAS and (value is True or value == {})
        ):
            del keywords[keyword]
