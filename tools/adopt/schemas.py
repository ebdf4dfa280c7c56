"""Schemas of Oracle's in our style: open enums, nullable properties, a name for each object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import canonical, mapping, pointer_to, reference_of, sequence

if TYPE_CHECKING:
    from collections.abc import Collection

    from tools.openapi.document import Document

TODO = "TODO"
NOTES = frozenset({"description", "title", "example", "examples", "externalDocs"})
# What is kept of a schema besides its parts.
_KEPT = frozenset({"type", "format", "pattern", "default", "deprecated", "uniqueItems"}) | {
    f"{least}{kind}" for least in ("min", "max") for kind in ("imum", "Length", "Items")
}


_UNITS = ", in milliseconds since 1970-01-01 UTC."


class Schemas:
    """Drafts the schemas that an operation needs and our spec does not have.

    Attributes:
        drafted: Those, by name, in the order in which they are needed.
    """

    def __init__(self, theirs: Document, ours: dict[str, Any]) -> None:
        self.drafted: dict[str, Any] = {}
        self._theirs = theirs
        self._ours = ours

    def of_request(self, raw: Any, name: str) -> dict[str, Any]:
        """What callers send: enums are closed, null is no value."""
        return self._schema(raw, name, is_response=False, is_optional=False)

    def of_response(self, raw: Any, name: str) -> dict[str, Any]:
        """What the service returns."""
        return self._schema(raw, name, is_response=True, is_optional=False)

    def is_same(self, ours: Any, theirs: Any, but: Collection[str]) -> bool:
        """Whether two schemas say the same but for these keywords."""
        return canonical(self._flat(ours, but)) == canonical(self._flat(theirs, but))

    def _flat(self, raw: Any, but: Collection[str]) -> dict[str, Any]:
        """A schema with the references and `allOf` of our spec or of Oracle's written out."""
        flat: dict[str, Any] = {}
        for part in (*sequence(mapping(raw).get("allOf")), raw):
            if name := reference_of(part).rpartition("/")[2]:
                known = self._ours.get(name)
                part = known if known is not None else self._theirs.resolve(part)[0]
            flat |= {key: value for key, value in mapping(part).items() if key not in but}
        flat = {key: value for key, value in flat.items() if not key.startswith("x-")}
        flat.pop("allOf", None)
        if "items" in flat:
            flat["items"] = self._flat(flat["items"], but)
        if "enum" in flat:
            flat["enum"] = sorted(flat["enum"], key=str)
        return flat

    def _schema(
        self, raw: Any, name: str, *, is_response: bool, is_optional: bool
    ) -> dict[str, Any]:
        """What stands where `raw` did; `name` is for a component that it needs."""
        name = reference_of(raw).rpartition("/")[2] or name
        schema = self._merged(raw)
        if "enum" in schema:
            return self._enum(schema, name, is_response=is_response, is_optional=is_optional)
        if schema.get("type") == "object" or "properties" in schema:
            self._object(schema, name, is_response=is_response)
            return _nullable({"$ref": pointer_to("components", "schemas", name)}, is_optional)
        kept = {key: value for key, value in schema.items() if key in _KEPT}
        if is_optional and "type" in kept:
            kept["type"] = [kept["type"], "null"]
        if "items" in schema:
            kept["items"] = self._schema(
                schema["items"], f"{name}Item", is_response=is_response, is_optional=False
            )
        words = str(schema.get("description")).lower()
        if kept.get("format") == "int64" and "milliseconds" in words and "epoch" in words:
            kept["x-format"] = "epoch-milliseconds"
        return kept

    def _merged(self, raw: Any) -> dict[str, Any]:
        """A schema with its reference followed and the parts of its `allOf` put together."""
        schema = mapping(self._theirs.resolve(raw)[0])
        if "allOf" not in schema:
            return schema
        merged: dict[str, Any] = {"properties": {}, "required": []}
        own = {key: value for key, value in schema.items() if key != "allOf"}
        for part in (*map(self._merged, sequence(schema["allOf"])), own):
            properties = merged["properties"] | mapping(part.get("properties"))
            required = [*merged["required"], *sequence(part.get("required"))]
            merged = {**merged, **part, "properties": properties, "required": required}
        return {key: value for key, value in merged.items() if value not in ({}, [])}

    def _object(self, schema: dict[str, Any], name: str, *, is_response: bool) -> None:
        if name in self._ours or name in self.drafted:
            return
        found: dict[str, Any] = {"type": "object", "description": TODO}
        self.drafted[name] = found  # before its properties, which may lead back to it
        required, properties = sequence(schema.get("required")), mapping(schema.get("properties"))
        if required:
            found["required"] = required
        if properties:
            found["properties"] = {
                key: self._property(
                    inner,
                    name + key[:1].upper() + key[1:],
                    is_response=is_response,
                    is_optional=is_response and key not in required,
                )
                for key, inner in properties.items()
            }
            return
        found["title"] = name  # else the generator would make one up
        values = schema.get("additionalProperties", True)
        if isinstance(values, dict):
            values = self._schema(
                values, f"{name}Value", is_response=is_response, is_optional=is_response
            )
        found["additionalProperties"] = values

    def _property(self, raw: Any, name: str, *, is_response: bool, is_optional: bool) -> Any:
        found = self._schema(raw, name, is_response=is_response, is_optional=is_optional)
        if "$ref" in found or "anyOf" in found:  # what it leads to has the words
            return found
        return {**found, "description": f"{TODO}{_UNITS if 'x-format' in found else ''}"}

    def _enum(
        self, schema: dict[str, Any], name: str, *, is_response: bool, is_optional: bool
    ) -> dict[str, Any]:
        """A reference to an enum, which in a response is open."""
        values = [value for value in schema["enum"] if value is not None]
        name = next((one for one, ours in self._ours.items() if _lists(ours, values)), name)
        if name not in self._ours:
            kind = schema.get("type", "string")
            self.drafted[name] = {"type": kind, "description": TODO, "enum": values}
        reference = {"$ref": pointer_to("components", "schemas", name)}
        if is_response:
            others = [
                {"type": schema.get("type", "string")},
                *([{"type": "null"}] if is_optional else []),
            ]
            return {"description": TODO, "anyOf": [reference, *others]}
        if "default" in schema:
            return {"allOf": [reference], "default": schema["default"]}
        return reference


def _nullable(reference: dict[str, Any], is_optional: bool) -> dict[str, Any]:
    return {"anyOf": [reference, {"type": "null"}]} if is_optional else reference


def _lists(ours: Any, values: list[Any]) -> bool:
    """Whether a schema of ours is an enum of the same values."""
    return sorted(map(str, sequence(mapping(ours).get("enum")))) == sorted(map(str, values))
