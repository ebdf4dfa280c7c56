"""The operations of a document, found by what a caller sends and not by how it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from tools.openapi.document import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_URL = re.compile(r"(?:[^/?#]*:)?(?://[^/?#]*)?([^?#]*)")
# OpenAPI ignores parameters for these headers: other parts of the document describe them.
_IGNORED_HEADERS = frozenset({"accept", "authorization", "content-type"})


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
    """A path with its operations; the path of a webhook is its name."""

    path: str
    content: dict[str, Any]
    origin: str
    operations: dict[str, Any] = field(repr=False)


def path_items(document: Document, items: Any, label: str = "{}") -> list[PathItem]:
    """The paths in `items`; `label` says what a reviewer calls one."""
    found = []
    for path, raw in mapping(items).items():
        if path.startswith("x-"):
            continue
        content, origin = document.resolve(raw)
        if isinstance(raw, dict) and isinstance(content, dict):
            content = {**content, **{k: v for k, v in raw.items() if k != "$ref"}}
        content = mapping(content)
        operations = {method: content[method] for method in METHODS if method in content}
        operations |= mapping(content.get("additionalOperations"))
        found.append(PathItem(label.replace("{}", path), content, origin, operations))
    return found


def matched_paths(
    base: Document, revision: Document
) -> tuple[list[tuple[PathItem | None, PathItem | None]], bool]:
    """The paths of both documents in pairs, and whether a base path moved out of the servers."""
    old = path_items(base, base.content.get("paths"))
    new = path_items(revision, revision.content.get("paths"))
    pairs = list(_matched(old, new, "", ""))
    one, other = base_path(base.content), base_path(revision.content)
    if one != other:
        moved = list(_matched(old, new, one, other))
        if len(moved) < len(pairs):
            return moved, True
    return pairs, False


def matched(
    old: list[PathItem], new: list[PathItem]
) -> Iterator[tuple[PathItem | None, PathItem | None]]:
    """Path items of two documents in pairs, by their text with `{}` for each variable."""
    return _matched(old, new, "", "")


def _matched(
    old: list[PathItem], new: list[PathItem], old_prefix: str, new_prefix: str
) -> Iterator[tuple[PathItem | None, PathItem | None]]:
    groups: dict[str, tuple[list[PathItem], list[PathItem]]] = {}
    for side, items, prefix in ((0, old, old_prefix), (1, new, new_prefix)):
        for item in items:
            key = _VARIABLE.sub("{}", prefix + item.path)
            groups.setdefault(key, ([], []))[side].append(item)
    for _, (befores, afters) in sorted(groups.items()):
        # Paths that differ only in the names of their variables, if that is all they differ in.
        afters = list(afters)
        rest = []
        for before in befores:
            after = next((item for item in afters if item.path == before.path), None)
            if after is None:
                rest.append(before)
            else:
                afters.remove(after)
                yield before, after
        for index in range(max(len(rest), len(afters))):
            yield (
                rest[index] if index < len(rest) else None,
                afters[index] if index < len(afters) else None,
            )


def base_path(owner: dict[str, Any]) -> str:
    """The path that all servers have in common; empty if they do not agree."""
    urls = (str(mapping(server).get("url")) for server in sequence(owner.get("servers")))
    paths = {path_of(url) for url in urls}
    return paths.pop() if len(paths) == 1 else ""


def path_of(url: str) -> str:
    """The path in the URL of a server, which may have variables."""
    found = _URL.match(url)
    return found[1].rstrip("/") if found else ""


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
                if name.lower() in _IGNORED_HEADERS:
                    continue
            elif where == "path" and name in variables:
                position = variables.index(name) + 1
                key, label = (where, str(position)), f"path parameter {position} ({name})"
            if is_shared and not origin:
                origin = f"path {_VARIABLE.sub('{}', item.path)}|{key}"
            found[key] = Parameter(content, origin, is_shared, label)
    return found
