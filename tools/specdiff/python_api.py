"""What a change of the spec means for those who import the generated client."""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import griffe
from attrs import frozen

from tools.generate import generate
from tools.openapi.errors import SpecError
from tools.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the generated code says about parameters for the overlays; the report has it as the API's.
_DERIVED = frozenset({"BOUNDS"})
# A member of the package by its path, with all that a caller can notice of it.
Surface = dict[str, dict[str, str]]


@frozen
class PythonChange:
    """One change of the generated package.

    Attributes:
        breaking: Whether code that was right may now fail.
        name: What changed: `api.task_runs.list_task_runs(page)` is a parameter.
        text: What happened to it.
    """

    breaking: bool
    name: str
    text: str


def python_changes(base: str, revision: str) -> list[PythonChange]:
    """Generate the client from both documents, given as text, and compare the two packages.

    Raises SpecError if one of them cannot be generated from.
    """
    return list(_changes(_surface(base), _surface(revision)))


def _surface(text: str) -> Surface:
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder, "openapi.yaml")
        spec.write_text(text, encoding="utf-8")
        try:
            generate(spec, Path(folder, PACKAGE.name))
        except SpecError as error:
            raise SpecError(str(error).replace(f"{spec}:", "").strip()) from error
        package = griffe.load(PACKAGE.name, search_paths=[folder])
    assert isinstance(package, griffe.Module)
    return dict(_members(package, ""))


def _members(
    parent: griffe.Module | griffe.Class, path: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """All that a caller can name below `parent`; what it imports belongs elsewhere."""
    for name, member in sorted(parent.members.items()):
        if name.startswith("_") or member.is_alias or name in _DERIVED:
            continue
        inner = f"{path}.{name}".lstrip(".")
        if isinstance(member, griffe.Module | griffe.Class):
            bases = member.bases if isinstance(member, griffe.Class) else []
            yield inner, {"kind": member.kind.value, "base": ", ".join(map(str, bases))}
            yield from _members(member, inner)
        elif isinstance(member, griffe.Attribute) and _is_literal(member):
            yield inner, {"kind": "literal"}
            values: list[object] = list(ast.literal_eval(f"[{str(member.value)[8:-1]}]"))
            yield from ((f"{inner}.{value}", {"kind": "value"}) for value in values)
        elif isinstance(member, griffe.Attribute):
            yield inner, {"type": str(member.annotation or ""), "value": str(member.value or "")}
        elif isinstance(member, griffe.Function):
            yield inner, {"kind": "function", "returns": str(member.returns or "")}
            # The functions of one operation (sync, asyncio, …) share their parameters.
            owner = path if isinstance(parent, griffe.Module) else inner
            yield from _parameters(owner, member)


def _is_literal(member: griffe.Attribute) -> bool:
    """Whether it is an enum, which the generator writes as `Name = Literal[...]`."""
    return str(member.value).startswith("Literal[")


def _parameters(owner: str, function: griffe.Function) -> Iterator[tuple[str, dict[str, str]]]:
    for position, parameter in enumerate(function.parameters):
        named = parameter.kind is griffe.ParameterKind.keyword_only
        yield (
            f"{owner}({parameter.name})",
            {
                "position": "" if named else str(position),
                "type": str(parameter.annotation or ""),
                "default": str(parameter.default or ""),
            },
        )


def _changes(base: Surface, revision: Surface) -> Iterator[PythonChange]:
    one_sided = base.keys() ^ revision.keys()
    for name in sorted(base.keys() | revision.keys()):
        old, new = base.get(name), revision.get(name)
        if old == new or _parent(name) in one_sided:
            continue
        if new is None:
            yield PythonChange(True, name, "removed")
        elif old is None:
            required = name.endswith(")") and not new["default"]
            yield PythonChange(required, name, "added and required" if required else "added")
        else:
            yield from (
                PythonChange(_breaks(facet, old, new), name, _said(facet, old, new))
                for facet in sorted(old.keys() & new.keys())
                if old[facet] != new[facet]
            )


def _parent(name: str) -> str:
    return name.partition("(")[0] if name.endswith(")") else name.rpartition(".")[0]


def _breaks(facet: str, old: dict[str, str], new: dict[str, str]) -> bool:
    """Types are only annotations, and a parameter may become optional; the rest is noticed."""
    if facet == "type":
        return False
    return not (facet == "default" and not old["default"])


def _said(facet: str, old: dict[str, str], new: dict[str, str]) -> str:
    if facet == "default" and not new["default"]:
        return "now required"
    if facet == "default" and not old["default"]:
        return f"now optional, default {new['default']}"
    return f"{facet} changed from {old[facet] or 'none'} to {new[facet] or 'none'}"
