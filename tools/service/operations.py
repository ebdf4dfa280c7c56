"""The operations of the spec: what each returns, and which of them list or get the same things."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.openapi.document import Document

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_PARAMETER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Operation:
    """An operation of the spec and what it returns when it goes well."""

    id: str
    method: str
    """In lower case."""
    path: str
    parameters: frozenset[str]
    """The names of its query parameters."""
    status: int
    media_type: str
    """Empty if the answer has no body."""
    schema: Any
    headers: Mapping[str, Any]
    """The headers that every answer has, with their schemas."""

    @property
    def collection(self) -> str:
        """The path of the collection that has what this operation returns."""
        return collection_of(self.path) if self.path.endswith("}") else self.path

    @property
    def key(self) -> str:
        """The parameter that says which one to get; empty for a list and for a single thing."""
        return names_in(self.path)[-1] if self.path.endswith("}") else ""


def names_in(path: str) -> list[str]:
    """The parameters of a path, in their order."""
    return _PARAMETER.findall(path)


def collection_of(path: str) -> str:
    """A path without its last parameter."""
    return path.rpartition("/")[0]


def operations(document: Document) -> Iterator[Operation]:
    """Every operation of the spec."""
    for path, found in document.content["paths"].items():
        item, _ = document.resolve(found)
        for method in METHODS & item.keys():
            yield _operation(document, path, item, method)


def _operation(document: Document, path: str, item: Mapping[str, Any], method: str) -> Operation:
    operation = item[method]
    given = [*item.get("parameters", ()), *operation.get("parameters", ())]
    parameters = [document.resolve(one)[0] for one in given]
    good = (status for status in operation["responses"] if str(status).startswith("2"))
    status: str | int = next(good, "")
    response = document.resolve(operation["responses"].get(status, {}))[0]
    content = response.get("content", {})
    media_type = next((one for one in content if "json" in one), next(iter(content), ""))
    headers = {
        name.lower(): document.resolve(header)[0]
        for name, header in response.get("headers", {}).items()
    }
    return Operation(
        id=operation.get("operationId", path),
        method=method,
        path=path,
        parameters=frozenset(one["name"] for one in parameters if one["in"] == "query"),
        status=int(status) if str(status).isdecimal() else 200,
        media_type=media_type,
        schema=content.get(media_type, {}).get("schema", {}),
        headers={
            name: header.get("schema", {})
            for name, header in headers.items()
            if header.get("required")
        },
    )
