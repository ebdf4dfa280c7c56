"""Schemas by meaning: references followed, `allOf` merged, one way to say null and open enum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from tools.openapi.document import canonical, mapping, reference_of, sequence
from tools.specdiff.schema.joining import SchemaMerger, joined_value
from tools.specdiff.schema.schema import ALTERNATIVES, NOTES, SUBSCHEMAS, Note, Schema
from tools.specdiff.schema.spelling import Group, flat_alternatives, in_one_way, with_null

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document

SCHEMA_MAPS = frozenset({"dependentSchemas", "patternProperties", "properties"})

Part = tuple[dict[str, Any], str]


@define(eq=False)
class SchemaReader:
    """Reads the schemas of one document, each once."""

    document: Document
    _read: dict[int, Schema] = field(factory=dict, init=False)
    _merger: SchemaMerger = field(factory=SchemaMerger, init=False)
    # What is known by its id must not be freed, or another value could get that id.
    _kept: list[Any] = field(factory=list, init=False)

    def read(self, raw: Any) -> Schema:
        """The meaning of `raw`, which is what a document has where it may have a schema."""
        key = id(raw)
        if key not in self._read:
            self._kept.append(raw)
            self._read[key] = Schema()  # for the case that it is its own alternative
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
        schema.settle(admits)
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
                yield in_one_way(own), source
            for inner in sequence(raw.get("allOf")):
                yield from self._parts(inner, source, seen)
        if reference:
            yield from self._parts(self.document.target(reference), reference, seen)

    def _inline(
        self, schema: Schema, keyword: str, written: list[Any], admits: bool | None
    ) -> bool | None:
        """Take in alternatives that are not really any; say whether null is allowed then."""
        source = schema.sources.get(keyword, "")
        flat = flat_alternatives(written)
        branches = [raw for raw in flat if not self._is_null(raw)]
        has_null = len(branches) < len(flat)
        if has_null:
            admits = admits is not False
        if len(branches) == 1:
            return self._inline_one(schema, keyword, branches[0], admits, has_null=has_null)
        read = [self.read(raw) for raw in branches]
        texts = sum(branch.is_text for branch in read)
        known = [raw for raw, b in zip(branches, read, strict=True) if b.is_text or b.is_enum]
        is_open = keyword == "anyOf" and texts == 1 and len(known) > 1
        is_among = is_open and len(known) < len(branches)
        if is_among:
            # An open enum among others is one alternative, as it is one schema when alone.
            others = [raw for raw in branches if all(raw is not one for one in known)]
            branches, is_open = [Group({keyword: known}), *others], False
            read = [self.read(raw) for raw in branches]
        is_list = all(b.types and not b.keywords for b in read)
        if branches and (is_open or is_list or all(map(_is_constant, read))):
            del schema.keywords[keyword]
            if has_null and not is_open and not is_list:
                read.append(Schema({"const": None}))
            self._absorb_alternatives(schema, read, source, is_open=is_open, is_list=is_list)
            if any(branch.nullable for branch in read):
                admits = admits is not False
            return admits
        if branches and [*map(id, branches)] != [*map(id, written)]:
            self._kept.append(branches)
            schema.keywords[keyword] = branches
        return admits

    def _inline_one(
        self, schema: Schema, keyword: str, branch: Any, admits: bool | None, *, has_null: bool
    ) -> bool | None:
        is_nullable = schema.keywords.get("nullable") is True
        source = schema.sources.get(keyword, "")
        del schema.keywords[keyword]
        parts = list(self._parts(branch, source, set()))
        if has_null:
            parts = [(with_null(part), where) for part, where in parts]
        inner = self._absorb_parts(schema, parts)
        if is_nullable:  # it applies to the alternative
            return True
        return admits if has_null or inner is None else inner and admits is not False

    def _is_null(self, raw: Any) -> bool:
        parts = [part for part, _ in self._parts(raw, "", set())]
        types = [part["type"] for part in parts if "type" in part]
        return types == [["null"]] or any(
            part.get("enum") == [None] or ("const" in part and part["const"] is None)
            for part in parts
        )

    def _absorb_alternatives(
        self, schema: Schema, branches: list[Schema], source: str, *, is_open: bool, is_list: bool
    ) -> None:
        """Merge alternatives that amount to one list of types, or to one enum."""
        for branch in branches if is_open or is_list else ():
            schema.notes += [
                Note(note.keyword, note.value, note.source or source) for note in branch.notes
            ]
            for keyword, where in branch.sources.items():
                schema.sources.setdefault(keyword, where or source)
        types = sorted(frozenset[str]().union(*(branch.types for branch in branches)))
        if is_list:
            self._absorb(schema, {"type": types}, source)
            schema.listed = True
            return
        values = [v for b in branches for v in b.values or () if not (is_open and v is None)]
        unique = {canonical(value): value for value in values}
        if is_open:
            types = ["string"]
            for text in (branch for branch in branches if branch.is_text):
                self._absorb(schema, text.keywords, source)
        self._absorb(schema, {"type": types, "enum": list(unique.values())}, source)
        schema.is_open = is_open

    def _absorb_parts(self, schema: Schema, parts: list[Part]) -> bool | None:
        """Let all of `parts` hold; whether they allow null, or None if they do not say."""
        for part, source in parts:
            self._absorb(schema, part, source)
        # Written beside a `$ref`, `nullable` applies to its target.
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
                    together[name] = self._merger.both(known, inner)
                    schema.sources.setdefault(f"{keyword}/{name}", source)
                keywords[keyword] = together
            else:
                if keyword in keywords:
                    value = self._join(schema, keyword, keywords[keyword], value, source)
                keywords[keyword] = value
            schema.sources.setdefault(keyword, source)

    def _join(self, schema: Schema, keyword: str, one: Any, other: Any, source: str) -> Any:
        """What `keyword` says where both values hold."""
        if keyword in SUBSCHEMAS:
            return self._merger.both(one, other)
        value = joined_value(keyword, one, other)
        if value is not NotImplemented:
            return value
        # No single value says that both hold: keep the other one beside it.
        beside = [*sequence(schema.keywords.get("allOf")), {keyword: other}]
        schema.keywords["allOf"] = sorted(beside, key=canonical)
        schema.sources.setdefault("allOf", source)
        return one


def _is_constant(schema: Schema) -> bool:
    """Whether it only lists values."""
    return schema.values is not None and not schema.is_open and len(schema.keywords) == 1
