"""The operations of a document, found by what a caller sends and not by how it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from tools.openapi.document import mapping, sequence

if TYPE_CHECKING:
    from tools.openapi.document import Document

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


@frozen
class Parameter:
    """A parameter of an operation.

    Attributes:
        content: Its object, with the `$ref` followed.
        origin: The component or path that it is shared by; empty if it is the operation's own.
        is_shared: Whether it is the path's, for all of its operations.
        label: What a reviewer calls it.
    """

    content: dict[str, Any]
    origin: str
    is_shared: bool
    label: str


@frozen
class PathItem:
    """A path with its operations."""

    path: str
    content: dict[str, Any]
    origin: str
    operations: dict[str, Any] = field(repr=False)


def path_items(document: Document, section: str = "paths") -> dict[str, PathItem]:
    """The paths, by their text with `{}` for each variable."""
    items: dict[str, PathItem] = {}
    for path, raw in mapping(document.content.get(section)).items():
        if path.startswith("x-"):
            continue
        content, origin = document.resolve(raw)
        if isinstance(raw, dict) and isinstance(content, dict):
            content = {**content, **{k: v for k, v in raw.items() if k != "$ref"}}
        content = mapping(content)
        operations = {method: content[method] for method in METHODS if method in content}
        key = _VARIABLE.sub("{}", path)
        items[path if key in items else key] = PathItem(path, content, origin, operations)
    return items


def parameters(
    document: Document, item: PathItem, operation: dict[str, Any]
) -> dict[tuple[str, str], Parameter]:
    """The parameters of an operation, its path's included, by place and name."""
    variables = _VARIABLE.findall(item.path)
    found: dict[tuple[str, str], Parameter] = {}
    for owner, is_shared in ((item.content, True), (operation, False)):
        for raw in sequence(owner.get("parameters")):
            content, origin = document.resolve(raw)
            content = mapping(content)
            name, where = str(content.get("name")), str(content.get("in"))
            key, label = (where, name), f"{where} parameter {name}"
            if where == "header":
                key = (where, name.lower())
            elif where == "path" and name in variables:
                position = variables.index(name) + 1
                key, label = (where, str(position)), f"path parameter {position} ({name})"
            if is_shared and not origin:
                origin = f"path {_VARIABLE.sub('{}', item.path)}|{key}"
            found[key] = Parameter(content, origin, is_shared, label)
    return found
