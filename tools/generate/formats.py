"""What the numbers of a property stand for, where their type does not say it: `x-format`.

OpenAPI has no format for milliseconds since 1970, and `format` says already how wide they are.
https://spec.openapis.org/registry/format/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, sequence

if TYPE_CHECKING:
    from openapi_python_client.parser.properties import ModelProperty

    from tools.openapi.document import Document

KEY = "x-format"
KNOWN = ("epoch-milliseconds",)


class Formats:
    """The `x-format` of properties, by the models that have them."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def of(self, model: ModelProperty, prop: Any) -> str:
        """The format of a property, or of the items of its lists; empty if it has none."""
        schema = model.data.model_dump(by_alias=True, exclude_unset=True, mode="json")
        name = prop.name.get_untrusted_value()
        written = [mapping(part.get("properties")).get(name) for part in self._parts(schema)]
        found = (part.get(KEY, "") for one in written for part in self._parts(one))
        return next(filter(None, found), "")

    def _parts(self, schema: Any) -> list[dict[str, Any]]:
        """A schema and those that it is made of; a recursive one only once."""
        found: list[dict[str, Any]] = []
        waiting, seen = [schema], set[str]()
        while waiting:
            part, origin = self._document.resolve(waiting.pop())
            if not isinstance(part, dict) or (origin and origin in seen):
                continue
            seen.add(origin)
            found.append(part)
            waiting.append(part.get("items"))
            for key in ("allOf", "anyOf", "oneOf"):
                waiting += sequence(part.get(key))
        return found
