"""An operation of Oracle's in the style of our spec."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, pointer_to, sequence
from tools.upstream.selection import plain

from .schemas import NOTES, TODO, Schemas

if TYPE_CHECKING:
    from tools.openapi.document import Document
    from tools.upstream.selection import Operation

_JSON = "application/json"
# Both spell an identifier of a request alike, and only ours says which characters it may have.
_LOOSE = NOTES | {"pattern"}


def draft(operation: Operation, theirs: Document, ours: Document) -> dict[str, Any]:
    """`paths` and `components` for `operation`; what ours has already is referred to."""
    return _Draft(operation, theirs, ours).content()


class _Draft:
    def __init__(self, operation: Operation, theirs: Document, ours: Document) -> None:
        self._operation = operation
        self._theirs = theirs
        self._components = mapping(ours.content.get("components"))
        self._errors = _error_responses(ours)
        self._name = _pascal(operation.name) or TODO
        self._schemas = Schemas(theirs, mapping(self._components.get("schemas")))

    def content(self) -> dict[str, Any]:
        said, one = self._operation.content, self._operation
        operation: dict[str, Any] = {
            "operationId": self._name[:1].lower() + self._name[1:],
            "tags": [TODO],
            "summary": one.summary,
            "description": TODO,
            "parameters": self._parameters(),
        }
        if "requestBody" in said:
            operation["requestBody"] = self._body(
                mapping(self._theirs.resolve(said["requestBody"])[0])
            )
        operation["responses"] = self._responses(mapping(said.get("responses")))
        if said.get("deprecated") is True:
            operation["deprecated"] = True
        draft: dict[str, Any] = {"paths": {one.path: {one.method: operation}}}
        if self._schemas.drafted:
            draft["components"] = {"schemas": self._schemas.drafted}
        return draft

    def _parameters(self) -> list[Any]:
        """Those of the path, then those of the operation, of which one may replace another."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for owner in (self._operation.item, self._operation.content):
            for raw in sequence(owner.get("parameters")):
                one = mapping(self._theirs.resolve(raw)[0])
                found[str(one.get("in")), str(one.get("name"))] = one
        return [self._parameter(one) for one in found.values()]

    def _parameter(self, theirs: dict[str, Any]) -> dict[str, Any]:
        for name, ours in mapping(self._components.get("parameters")).items():
            if self._is_same(ours, theirs):
                return {"$ref": pointer_to("components", "parameters", name)}
        kept: dict[str, Any] = {
            key: theirs[key] for key in ("name", "in", "required", "deprecated") if key in theirs
        }
        schema = mapping(theirs.get("schema"))
        list_words = {"style": "form", "explode": theirs.get("explode", True)}
        return {
            **kept,
            "description": TODO,
            **(list_words if schema.get("type") == "array" and theirs.get("in") == "query" else {}),
            "schema": self._schemas.of_request(
                schema, self._name + _pascal(str(theirs.get("name")))
            ),
        }

    def _is_same(self, ours: Any, theirs: dict[str, Any]) -> bool:
        """Whether a shared parameter of ours is this one, apart from words."""
        alike = all(ours.get(key) == theirs.get(key) for key in ("in", "name", "required"))
        return alike and self._schemas.is_same(ours.get("schema"), theirs.get("schema"), _LOOSE)

    def _body(self, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "required": body.get("required") is True,
            "description": TODO,
            "content": {
                media: {
                    "schema": self._schemas.of_request(one.get("schema"), f"{self._name}Details")
                }
                for media, one in mapping(body.get("content")).items()
            },
        }

    def _responses(self, responses: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for status, raw in responses.items():
            if status.startswith("x-"):
                continue
            if not status.startswith("2") and status in self._errors:
                found[status] = self._errors[status]
            else:
                found[status] = self._response(mapping(self._theirs.resolve(raw)[0]))
        return {**found, "default": self._errors["default"]}

    def _response(self, response: dict[str, Any]) -> dict[str, Any]:
        headers = {"opc-request-id": {}, **mapping(response.get("headers"))}
        content = {
            media: {"schema": self._schemas.of_response(one.get("schema"), f"{self._name}Response")}
            for media, one in mapping(response.get("content")).items()
        }
        return {
            "description": TODO,
            "headers": {name: self._header(name, raw) for name, raw in sorted(headers.items())},
            **({"content": content} if content else {}),
        }

    def _header(self, name: str, raw: Any) -> dict[str, Any]:
        for ours in mapping(self._components.get("headers")):
            if plain(ours) == plain(name):
                return {"$ref": pointer_to("components", "headers", ours)}
        schema = mapping(mapping(self._theirs.resolve(raw)[0]).get("schema"))
        kept = {key: value for key, value in schema.items() if key not in NOTES}
        return {"description": TODO, "schema": kept or {"type": "string"}}


def _error_responses(ours: Document) -> dict[str, Any]:
    """By status, the shared responses of our operations."""
    found: dict[str, Any] = {}
    for item in mapping(ours.content.get("paths")).values():
        for operation in mapping(item).values():
            for status, response in mapping(mapping(operation).get("responses")).items():
                if "$ref" in mapping(response):
                    found.setdefault(status, dict(response))
    return found


def _pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[\W_]+", name))
