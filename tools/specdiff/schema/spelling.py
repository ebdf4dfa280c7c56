"""One way to write what OpenAPI 3.0, 3.1 and JSON Schema write in several."""

from __future__ import annotations

from typing import Any

from tools.openapi.document import canonical, mapping

_ALTERNATIVES = frozenset({"anyOf", "oneOf"})
_NOTES = frozenset({"$comment", "description", "example", "examples", "externalDocs", "title"})
# What 3.0 says by a format, and 3.1 by a keyword of JSON Schema.
_FORMATS = {
    "base64": {"contentEncoding": "base64"},
    "binary": {"contentMediaType": "application/octet-stream"},
    "byte": {"contentEncoding": "base64"},
}


class Group(dict[str, Any]):
    """An open enum that stands for several alternatives."""


def in_one_way(keywords: dict[str, Any]) -> dict[str, Any]:
    """The keywords of a schema as OpenAPI 3.1 writes them, types as a list."""
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
    written = result.get("format")
    if isinstance(written, str) and written in _FORMATS:
        del result["format"]
        result = _FORMATS[written] | result
    return result


def with_null(part: dict[str, Any]) -> dict[str, Any]:
    """`part`, allowing null in its enum too."""
    values = [part["const"]] if "const" in part else part.get("enum")
    if not isinstance(values, list) or None in values:
        return part
    return {key: part[key] for key in part if key != "const"} | {"enum": [*values, None]}


def flat_alternatives(written: list[Any], seen: tuple[int, ...] = ()) -> list[Any]:
    """Alternatives, with those in the place of each that has nothing but alternatives."""
    flat = []
    for raw in written:
        keywords = mapping(raw).keys() - _NOTES
        inner = raw[next(iter(keywords))] if len(keywords) == 1 else None
        is_nested = keywords <= _ALTERNATIVES and not isinstance(raw, Group)
        if is_nested and isinstance(inner, list) and id(raw) not in seen:
            flat += flat_alternatives(inner, (*seen, id(raw)))
        else:
            flat.append(raw)
    return flat
