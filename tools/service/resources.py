"""What the operations of the spec list and get.

Lists and gets of the same collection agree: a thing has the same values in both. What it holds
follows from the schemas of the spec, the keys above it and its position, unless it has its own
data.
"""

import json
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from tools.openapi.document import Document
from tools.service.collections import Collections, Keys, Own
from tools.service.contract import Call
from tools.service.errors import invalid_parameter, not_found, not_implemented
from tools.service.operations import Operation, names_in, operations
from tools.service.pages import PageTokens
from tools.service.selection import Item, narrowed, select
from tools.service.values import Values

_PAGING = frozenset({"page", "limit"})


class Resources:
    """Answers calls of operations.

    Args:
        content: The spec.
        known: The keys that there are, by the names of the parameters that take them.
        tokens: What seals the tokens of pages.
        own: The collections with their own data, by the id of the operation that lists them.
        answers: What answers an operation by itself, by its id; others must be GET.
    """

    def __init__(
        self,
        content: dict[str, Any],
        known: Mapping[str, Sequence[str]],
        tokens: PageTokens,
        own: Mapping[str, Own],
        answers: Mapping[str, Callable[[Call], Response]],
    ) -> None:
        self._known = known
        self._tokens = tokens
        self._answers = answers
        self._values = Values(content, self._known)
        found = [*operations(Document("the spec", content))]
        self._operations = {one.id: one for one in found}
        self._collections = Collections(found, self._values, self._known, own)

    def answer(self, call: Call) -> Response:
        """The answer to a call; `ApiError` if there is none."""
        operation = self._operations[call.operation_id]
        if operation.method != "get" and operation.id not in self._answers:
            raise not_implemented(operation.id, "this service answers only GET")
        self._check_exists(operation, call)
        if call.faults:
            raise invalid_parameter("; ".join(call.faults))
        if answer := self._answers.get(operation.id):
            return answer(call)
        keys = tuple((name, call.path[name]) for name in names_in(operation.path))
        headers: dict[str, str] = {}
        if self._collections.is_list(operation):
            value, headers = self._page(operation, keys, call)
        elif operation.key:
            value = self._detail(operation, keys[:-1], call)
        else:
            value = self._values.make(operation.schema, operation.id, 0)
        return self._response(operation, value, headers)

    def _response(self, operation: Operation, value: Any, headers: dict[str, str]) -> Response:
        for name, schema in operation.headers.items():
            headers.setdefault(name, str(self._values.make(schema, name, 0)))
        if not operation.media_type:
            return Response(None, operation.status, headers)
        made = not self._collections.is_own(operation.collection)
        if made and (wrong := next(self._values.errors(operation.schema, value), None)):
            raise not_implemented(operation.id, f"no value found for its schema: {wrong}")
        if "json" in operation.media_type:
            value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Response(str(value), operation.status, headers, operation.media_type)

    def _page(self, operation: Operation, keys: Keys, call: Call) -> tuple[Any, dict[str, str]]:
        """The part of a collection that a call asks for, and the headers for it."""
        properties = self._values.properties(self._collections.item_schema(operation) or {})
        query = {name: call.query[name] for name in sorted(call.query.keys() - _PAGING)}
        found = select(self._collections.things(operation.path, keys).values(), query, properties)
        page: Sequence[Item] = found
        headers: dict[str, str] = {}
        if operation.parameters & _PAGING:
            sealed = (operation.id, keys, query)
            page, headers = self._tokens.page(sealed, call.query, found)
        if "page" not in operation.parameters:
            headers = {}
        if self._collections.is_own(operation.path):
            page = [_part(one, properties) for one in page]
        if "items" not in self._values.properties(operation.schema):
            return [*page], headers
        return {**self._values.make(operation.schema, operation.id, 0), "items": [*page]}, headers

    def _detail(self, operation: Operation, above: Keys, call: Call) -> Any:
        """What a get returns: what the list has of it, and the rest from its own schema."""
        things = self._collections.things(operation.collection, above)
        key = call.path[operation.key]
        if self._collections.is_own(operation.collection):
            found = _part(things[key], self._values.properties(operation.schema))
            return narrowed(found, call.query)
        position = [*things].index(key)
        made = self._values.make(operation.schema, operation.id, position)
        properties = self._values.properties(operation.schema, position)
        same = {
            name: value
            for name, value in things[key].items()
            if name in properties and self._values.is_valid(properties[name], value)
        }
        return made | same if isinstance(made, dict) else made

    def _check_exists(self, operation: Operation, call: Call) -> None:
        """Raise `ApiError` unless each key in a call is that of something that there is."""
        if call.faults and not call.path.keys() >= {*names_in(operation.path)}:
            raise invalid_parameter("; ".join(call.faults))
        path, above = "", Keys()
        for segment in operation.path.split("/")[1:]:
            for name in names_in(segment):
                if not self._collections.has(path, above, name, call.path[name]):
                    raise not_found(name)
                above += ((name, call.path[name]),)
            path += f"/{segment}"
        job_run_key = call.query.get("jobRunKey")
        if job_run_key is not None and job_run_key not in self._known["jobRunKey"]:
            raise not_found("jobRunKey")


def _part(thing: Item, names: Container[str]) -> Item:
    """What a thing has of these properties."""
    return {name: value for name, value in thing.items() if name in names}
