"""What the operations of the spec list and get.

Lists and gets of the same collection agree: a thing has the same values in both. What it holds
follows from the schemas of the spec, the keys above it and its position, unless it has data of its
own.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from starlette.responses import Response

from tools.openapi.document import Document
from tools.service.collections import Collections, Item, Keys, Own
from tools.service.contract import Call
from tools.service.data import Workspace
from tools.service.errors import invalid_parameter, not_found, not_implemented
from tools.service.operations import Operation, names_in, operations
from tools.service.pages import PageTokens
from tools.service.values import Values

_PAGING = frozenset({"page", "limit"})


class Resources:
    """Answers calls of GET operations.

    Args:
        content: The spec.
        workspace: Whose platform, workspace and job runs are known by their keys.
        tokens: What seals the tokens of pages.
        own: What has its own data, by the id of the operation that lists it.
    """

    def __init__(
        self,
        content: dict[str, Any],
        workspace: Workspace,
        tokens: PageTokens,
        own: Mapping[str, Own],
    ) -> None:
        self._known = {
            "aiDataPlatformId": [workspace.ai_data_platform_id],
            "workspaceKey": [workspace.key],
            "jobRunKey": [*workspace.job_runs],
        }
        self._tokens = tokens
        self._own = own
        self._values = Values(content, self._known)
        found = [*operations(Document("the spec", content))]
        self._operations = {one.id: one for one in found}
        self._collections = Collections(found, self._values, self._known, own)

    def answer(self, call: Call) -> Response:
        """The answer to a call; `ApiError` if there is none."""
        operation = self._operations.get(call.operation_id)
        if operation is None:
            raise not_implemented(call.operation_id, "this service answers only GET")
        self._check_exists(operation, call)
        if call.faults:
            raise invalid_parameter("; ".join(call.faults))
        if own := self._own.get(operation.id):
            return own.list(call)
        keys = tuple((name, call.path[name]) for name in names_in(operation.path))
        headers: dict[str, str] = {}
        if self._collections.is_list(operation):
            value, headers = self._page(operation, keys, call)
        elif operation.key:
            value = self._detail(operation, keys[:-1], call.path[operation.key])
        else:
            value = self._values.make(operation.schema, operation.id, 0)
        return self._response(operation, value, headers)

    def _response(self, operation: Operation, value: Any, headers: dict[str, str]) -> Response:
        for name, schema in operation.headers.items():
            headers.setdefault(name, str(self._values.make(schema, name, 0)))
        if not operation.media_type:
            return Response(None, operation.status, headers)
        if wrong := next(self._values.errors(operation.schema, value), None):
            raise not_implemented(operation.id, f"no value found for its schema: {wrong}")
        if "json" in operation.media_type:
            value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Response(str(value), operation.status, headers, operation.media_type)

    def _page(self, operation: Operation, keys: Keys, call: Call) -> tuple[Any, dict[str, str]]:
        """The part of a collection that a call asks for, and the headers for it."""
        properties = self._values.properties(self._collections.item_schema(operation) or {})
        query = {name: call.query[name] for name in sorted(call.query.keys() - _PAGING)}
        filters = [(name, value) for name, value in query.items() if name in properties]
        things = self._collections.things(operation.path, keys).values()
        found = [
            one for one in things if all(_matches(one.get(name), value) for name, value in filters)
        ]
        page: Sequence[Item] = found
        headers: dict[str, str] = {}
        if operation.parameters & _PAGING:
            sealed = (operation.id, keys, query)
            page, headers = self._tokens.page(sealed, call.query, found)
        if "page" not in operation.parameters:
            headers = {}
        if "items" not in self._values.properties(operation.schema):
            return [*page], headers
        return {**self._values.make(operation.schema, operation.id, 0), "items": [*page]}, headers

    def _detail(self, operation: Operation, above: Keys, key: str) -> Any:
        """What a get returns: what the list has of it, and the rest from its own schema."""
        things = self._collections.things(operation.collection, above)
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


def _matches(value: Any, asked: Any) -> bool:
    """Whether the value of a property is, or contains, what a query parameter asks for."""
    if isinstance(asked, list | tuple | set):
        return any(_matches(value, one) for one in asked)
    if isinstance(value, list):
        return any(_matches(one, asked) for one in value)
    if isinstance(asked, date) and isinstance(value, str):
        return type(asked).fromisoformat(value) == asked
    return bool(value == (str(asked) if isinstance(asked, UUID) else asked))
