"""The operations that both documents have, ready for the differ, and those that ours lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tools.openapi.document import Document, mapping, pointer_to
from tools.openapi.references import used_components
from tools.specdiff.api.paths import METHODS, base_path, path_items
from tools.specdiff.model import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

# They say where and by whom the API is called, not what it is.
_LEFT_OUT = frozenset({"operationId", "security", "servers", "tags"})
_VARIABLE = re.compile(r"\{[^{}]*\}")


def plain(name: str) -> str:
    """What is the same in all spellings of a name: `opc-next-page`, `OpcNextPage`."""
    return re.sub(r"[\W_]", "", name).lower()


@frozen
class Operation:
    """An operation as a document has it.

    Attributes:
        method: `get`, `post` and so on.
        path: Its whole path, with what all servers have in common.
        content: What the document says of it.
        item: What the document says of the path.
    """

    method: str
    path: str
    content: dict[str, Any]
    item: dict[str, Any]

    @property
    def title(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def summary(self) -> str:
        lines = str(self.content.get("summary") or self.name).splitlines()
        return lines[0].strip() if lines else ""

    @property
    def name(self) -> str:
        return str(self.content.get("operationId", ""))

    @property
    def shape(self) -> tuple[str, str]:
        """What is the same however the variables of the path are called."""
        return self.method, _VARIABLE.sub("{}", self.path)

    @property
    def key(self) -> str:
        """What is the same however the id is spelled: `listTaskRuns`, `ListTaskRuns`."""
        return plain(self.name)


@frozen
class Selection:
    """What the differ compares.

    Attributes:
        ours: Our document, or the older one of Oracle's.
        theirs: Oracle's, with the same operations.
        moved: The operations that Oracle's has at another path.
        not_covered: The operations that Oracle's has besides.
    """

    ours: Document
    theirs: Document
    moved: list[Change]
    not_covered: list[Operation]

    @property
    def titles(self) -> frozenset[str]:
        """`GET /path` of every operation of both."""
        return frozenset(
            f"{method.upper()} {path}"
            for document in (self.ours, self.theirs)
            for path, item in document.content["paths"].items()
            for method in item
            if method in METHODS
        )


def operations(document: Document) -> list[Operation]:
    """The operations of a document in its order, the base path folded into their paths."""
    base = base_path(document.content)
    return [
        Operation(method, base + item.path, mapping(item.operations[method]), item.content)
        for item in path_items(document, document.content.get("paths"))
        for method in METHODS
        if method in item.operations
    ]


def select(ours: Document, theirs: Document, known: Document | None = None) -> Selection:
    """Match the operations of `theirs` with ours; of both only those that `known` has, if given."""
    own, others = operations(ours), operations(theirs)
    wanted = own if known is None else operations(known)
    if known is not None:
        is_known = _matches(wanted, own)
        own = [one for one in own if id(one) in is_known]
    matches, is_wanted = _matches(own, others), _matches(wanted, others)
    kept, moved, not_covered = [], [], []
    for one in others:
        match = matches.get(id(one))
        if match and match.shape != one.shape:
            moved.append(_moved(match, one))
            one = _at_path_of(match, one)
        elif not match and id(one) not in is_wanted:
            not_covered.append(one)
            continue
        kept.append(one)
    return Selection(_document(ours, own), _document(theirs, kept), moved, not_covered)


def _matches(own: list[Operation], others: list[Operation]) -> dict[int, Operation]:
    """By the id of each of `others` that is among `own`, the one that it is: by path, else by name.

    No operation is matched twice.
    """
    by_shape = {one.shape: one for one in own}
    found = {id(one): by_shape[one.shape] for one in others if one.shape in by_shape}
    taken = {id(one) for one in found.values()}
    missing = {one.key: one for one in own if one.key and id(one) not in taken}
    for one in others:
        if id(one) not in found and (match := missing.pop(one.key, None)):
            found[id(one)] = match
    return found


def _at_path_of(ours: Operation, theirs: Operation) -> Operation:
    """Oracle's operation at the path of ours, with Oracle's names for the variables."""
    names = iter(_VARIABLE.findall(theirs.path))
    path = _VARIABLE.sub(lambda own: next(names, own[0]), ours.path)
    return Operation(ours.method, path, theirs.content, theirs.item)


def _moved(ours: Operation, theirs: Operation) -> Change:
    before, after = ours.path.split("/"), theirs.path.split("/")
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    if ours.method != theirs.method:
        before, after = ours.title.split("/"), theirs.title.split("/")
    text = f"changed from {'/'.join(before)} to {'/'.join(after)}"
    # The same change of all paths is one change.
    return Change("endpoint-moved", "breaking", ours.title, "path", text, origin="paths")


def _document(document: Document, kept: Iterable[Operation]) -> Document:
    """A document that has nothing but these operations and the components that they use."""
    paths: dict[str, Any] = {}
    for one in kept:
        shared = {key: one.item[key] for key in ("parameters",) if key in one.item}
        content = {key: value for key, value in one.content.items() if key not in _LEFT_OUT}
        paths.setdefault(one.path, shared)[one.method] = content
    components = mapping(document.content.get("components"))
    content = {"openapi": document.content.get("openapi"), "paths": paths}
    whole = {**content, "components": components}
    used = used_components(Document(document.name, whole, document.text, document.files))
    content["components"] = {
        section: {
            name: value
            for name, value in mapping(values).items()
            if pointer_to("components", section, name) in used
        }
        for section, values in components.items()
    }
    return Document(document.name, content, document.text, document.files)
