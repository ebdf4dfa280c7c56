"""Rewrites a document into the forms that the generator supports."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from openapi_python_client.strings import ClassName, pascal_case

from tools.openapi.document import mapping, reference_of, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document

# By the names of the classes of a union: the property that distinguishes them, and their values.
Discriminators = dict[frozenset[str], tuple[str, dict[str, str]]]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
BINARY = "application/octet-stream"
_FILE = {"type": "string", "format": "binary"}
_IN_HEADERS = {"boolean", "integer", "null", "number", "string"}


def prepared(document: Document) -> dict[str, Any]:
    """A copy of the document in forms that the generator supports.

    A title names the object or enum of a union with null, which would be `…Type0`. The generator
    refuses lists and times in headers, so they are put into the query; `Operations` puts them back.
    """
    content = copy.deepcopy(document.content)
    for name, schema in mapping(mapping(content.get("components")).get("schemas")).items():
        _name_enum(schema, name)
        for key, prop in mapping(mapping(schema).get("properties")).items():
            _name_map(prop, f"{pascal_case(name)}{pascal_case(key)}")
            _name_enum(prop, f"{pascal_case(name)}{pascal_case(key)}")
    for value in _mappings(content):
        if value.get("in") == "header" and "schema" in value and not _fits_header(document, value):
            value["in"] = "query"
        for media_type, body in mapping(value.get("content")).items():
            if is_binary(media_type) and isinstance(body, dict):
                body["schema"] = _FILE
    return content


def content_type_overrides(document: Document) -> dict[str, str]:
    """The media types that are files to the generator, which knows only one of them."""
    types = {
        media_type
        for value in _mappings(document.content)
        for media_type in mapping(value.get("content"))
        if is_binary(media_type)
    }
    return dict.fromkeys(sorted(types - {BINARY}), BINARY)


def is_binary(media_type: str) -> bool:
    """Whether content of this type is a file: no JSON, no text, no form."""
    name = media_type.partition(";")[0].strip().lower()
    if name.endswith("+json") or name.startswith(("text/", "multipart/")):
        return False
    return name not in ("application/json", "application/x-www-form-urlencoded")


def discriminators(document: Document) -> Discriminators:
    """How to distinguish the alternatives of each union, where the document says it."""
    found: Discriminators = {}
    for value in _mappings(document.content):
        by = mapping(value.get("discriminator"))
        parts = [*sequence(value.get("oneOf")), *sequence(value.get("anyOf"))]
        names = [one.rpartition("/")[2] for one in map(reference_of, parts) if one]
        if "propertyName" in by and names:
            classes = {name: str(ClassName(name, "field_")) for name in names}
            explicit = {
                key: classes[target.rpartition("/")[2]]
                for key, target in mapping(by.get("mapping")).items()
                if target.rpartition("/")[2] in classes
            }
            found[frozenset(classes.values())] = (by["propertyName"], classes | explicit)
    return found


def _name_map(prop: Any, name: str) -> None:
    types = sequence(mapping(prop).get("type"))
    if "object" in types:
        prop.setdefault("title", name)
        return
    parts = [*sequence(mapping(prop).get("oneOf")), *sequence(mapping(prop).get("anyOf"))]
    objects = [one for one in parts if mapping(one).get("type") == "object"]
    if len(objects) == 1:
        objects[0].setdefault("title", mapping(prop).get("title", name))


def _name_enum(schema: Any, name: str) -> None:
    """Make an enum that has null among its values a union of null and a named enum."""
    values = sequence(mapping(schema).get("enum"))
    others = [one for one in values if one is not None]
    if not others or len(others) == len(values):
        return
    enum = {key: schema.pop(key) for key in [*schema] if key not in ("default", "description")}
    enum |= {"enum": others, "title": enum.get("title", name)}
    if types := [one for one in sequence(enum.get("type")) if one != "null"]:
        enum["type"] = types[0] if len(types) == 1 else types
    schema["oneOf"] = [enum, {"type": "null"}]


def _fits_header(document: Document, parameter: dict[str, Any]) -> bool:
    schema = mapping(document.resolve(parameter["schema"])[0])
    if schema.get("format") in ("date", "date-time"):
        return False
    written = schema.get("type", "string" if "enum" in schema else None)
    kinds = {written} if isinstance(written, str) else {*sequence(written)}
    return bool(kinds) and kinds <= _IN_HEADERS


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _mappings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mappings(inner)
