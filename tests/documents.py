"""What an OpenAPI document says, fact by fact, and the rules that this project has for one."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
DEFAULT_ERROR = {"$ref": "#/components/responses/UnknownError"}
_MAPS = {"additionalProperties", "patternProperties", "allOf", "anyOf", "oneOf"}


def facts(line: str) -> Iterator[str]:
    """The facts of a line: each allowed value is a separate one."""
    rest, _, values = line.partition(" enum=")
    yield rest
    yield from (f"{rest} enum={value}" for value in values.split())


class Document(Schemas):
    """An OpenAPI document, and what is wrong with it by the rules of this project."""

    def __init__(self, content: Any) -> None:
        super().__init__(content)
        self.operations: dict[str, Any] = {
            f"{method} {path}": {
                **operation,
                "parameters": [*item.get("parameters", ()), *operation.get("parameters", ())],
                "responses": operation.get("responses", {}),
            }
            for path, item in content.get("paths", {}).items()
            for method, operation in item.items()
            if method in METHODS
        }

    def faults(self) -> list[str]:
        if missing := [f"{one} leads nowhere" for one in self._dangling(self._content)]:
            return missing
        operations = (
            f"{operation.get('operationId', name)}: {rule}"
            for name, operation in self.operations.items()
            for rule, kept in self._rules(operation)
            if not kept
        )
        return [
            *operations,
            *self._faults_of_values(),
            *self._faults_of_schemas(),
            *self._misfits(),
        ]

    def list_operations(self) -> list[str]:
        return [
            operation.get("operationId", name)
            for name, operation in self.operations.items()
            if self._marks(operation)
        ]

    def facts(self, name: str) -> set[str]:
        """What the document says about the operation `name`, a line for each fact."""
        operation = self.operations[name]
        lines = {name}
        for one in map(self._at, operation["parameters"]):
            mark = "!" if one.get("required") else ""
            lines.add(f"{one['in']} {one['name']}{mark} {self._line(one.get('schema', {}))}")
        for status, response in operation["responses"].items():
            response = self._at(response)
            headers = [
                f"{header} {self._line(self._at(value).get('schema', {}))}"
                for header, value in sorted(response.get("headers", {}).items())
            ]
            for media_type, body in response.get("content", {}).items():
                words = f"{status} {media_type} {self._line(body.get('schema', {}))}"
                lines.add(", ".join([words, *headers]))
        for place, schema, required in self._returned(operation):
            if "." in place and "[]" not in place:
                lines.add(f"{place}{'!' if required else ''} {self._line(schema)}")
        return {fact for line in lines for fact in facts(line)}

    def _rules(self, operation: Any) -> Iterator[tuple[str, bool]]:
        """The rules of operations, and whether this one keeps them."""
        yield "has an operationId", "operationId" in operation
        yield "has one tag", len(operation.get("tags", ())) == 1
        yield "declares the default error", operation["responses"].get("default") == DEFAULT_ERROR
        for status, response in operation["responses"].items():
            headers = self._at(response).get("headers", {})
            yield f"returns opc-request-id with {status}", "opc-request-id" in headers
        if marks := self._marks(operation):
            parameters = {one["name"]: one for one in map(self._at, operation["parameters"])}
            page, limit = (parameters.get(name, {}) for name in ("page", "limit"))
            facts = self._facts(limit.get("schema", {}))
            yield "always returns items", "required items" in marks
            yield "returns opc-next-page", "opc-next-page" in marks
            yield "takes a page", page.get("in") == "query" and not page.get("required")
            yield "takes no empty page", self._line(page.get("schema", {})) == "string minLength=1"
            yield "takes a limit", limit.get("in") == "query" and not limit.get("required")
            lowest = (facts["type"], facts.get("minimum"))
            yield "takes a whole limit from 1", lowest == ("integer", 1)
            yield "has a largest limit", "maximum" in facts
            yield "has a default limit", "default" in facts

    def _marks(self, operation: Any) -> set[str]:
        """What shows that an operation is a list operation.

        Any one will do: an array `items` in the body of its 200, the header `opc-next-page`, a
        parameter `page` or `limit`. The rules then demand them all.
        """
        marks = {"page", "limit"} & {self._at(one)["name"] for one in operation["parameters"]}
        response = self._at(operation["responses"].get("200", {}))
        marks |= {"opc-next-page"} & response.get("headers", {}).keys()
        for body in response.get("content", {}).values():
            facts = self._facts(body.get("schema", {}))
            if self._facts(facts.get("properties", {}).get("items", {}))["type"] == "array":
                marks.add("required items" if "items" in facts.get("required", ()) else "items")
        return marks

    def _faults_of_values(self) -> Iterator[str]:
        """What would break a client that meets a new value or a `null`, or lead a table astray."""
        for place, schema, required in self._returned(*self.operations.values()):
            enums = [value for part in self._parts(schema) for value in part.get("enum", ())]
            if enums and any(self._errors(schema, value) for value in [*enums, "LATER"]):
                yield f"{place} is a closed enum"
            if not required and self._errors(schema, None):
                yield f"{place} cannot be null"
            in_words = "milliseconds since 1970" in str(schema.get("description", ""))
            if in_words != (schema.get("x-format") == "epoch-milliseconds"):
                yield f"{place} is in milliseconds by its description or its x-format alone"

    def _faults_of_schemas(self) -> Iterator[str]:
        """Slips that OpenAPI allows, and the generator takes for something else."""
        for name, schema in self._schemas.items():
            if not isinstance(schema, dict):
                continue
            described = schema.get("properties", {}).keys()
            values: list[Any] = schema.get("enum", [])
            if schema.get("type") == "object" and not (described or schema.keys() & _MAPS):
                yield f"{name} has no properties"
            if not set(schema.get("required", ())) <= described:
                yield f"{name} requires what it does not describe"
            if len(schema.get("x-enum-varnames", values)) != len(values):
                yield f"{name} does not name each of its values"

    def _misfits(self) -> Iterator[str]:
        """Examples that do not fit their schema, or have properties that it does not know."""
        content = copy.deepcopy(self._content)
        for schema in content.get("components", {}).get("schemas", {}).values():
            if isinstance(schema, dict):
                schema["unevaluatedProperties"] = False
        strict = Document(content)
        for body in strict._bodies(*strict.operations.values()):
            for name, example in body.get("examples", {}).items():
                schema, value = body.get("schema", {}), strict._at(example).get("value")
                yield from (f"{name}: {error}" for error in strict._errors(schema, value))

    def _bodies(self, *operations: Any) -> Iterator[Any]:
        """Every body that operations return: schema and examples."""
        for operation in operations:
            for response in operation["responses"].values():
                yield from self._at(response).get("content", {}).values()

    def _returned(self, *operations: Any) -> Iterator[tuple[str, Any, bool]]:
        """Every value that operations return: place, schema, and whether it is always there."""
        waiting = [("body", body.get("schema", {}), True) for body in self._bodies(*operations)]
        seen = set()
        while waiting:
            place, schema, required = waiting.pop()
            yield place, schema, required
            for part in self._parts(schema):
                if id(part) in seen:
                    continue
                seen.add(id(part))
                owner, always = self._name(part) or place, part.get("required", ())
                properties = part.get("properties", {}).items()
                waiting += [(f"{owner}.{name}", one, name in always) for name, one in properties]
                inner = [part.get("items"), part.get("additionalProperties")]
                waiting += [(f"{place}[]", one, True) for one in inner if isinstance(one, dict)]
