"""Nothing private of a dependency is used: what starts with an underscore may change any day."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for name in ("overlays", "generated", "tools") for path in (ROOT / name).rglob("*.py")
)
OURS = {"aidp_workbench", "aidp_workbench_api", "tools", "tests"}
ELSEWHERE = {"pyspark"}  # installed in the session spark alone
# These are documented, though they look private; the type of zlib's objects has no other name.
ALLOWED = {"_asdict", "_exit", "_fields", "_make", "_missing_", "_replace", "_Decompress"}
BY_NAME = {"getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller"}


def is_private(name: str) -> bool:
    """Whether a name, or a part of a dotted one, starts with an underscore but is no dunder."""
    return any(
        part.startswith("_") and not part.startswith("__") and part not in ALLOWED
        for part in name.split(".")
    )


def private_names(source: str) -> list[tuple[int, str]]:
    """Line and name of each use of a private name that is not of the project's own."""
    nodes = list(ast.walk(ast.parse(source)))
    own = set(own_names(nodes))
    imports = dict(imported_names(nodes))
    found = []
    for node in nodes:
        if isinstance(node, ast.stmt):
            found += [(node.lineno, name) for name in imported(node) if is_private(name)]
        if isinstance(node, ast.expr):
            names = (name for name in accessed(node) if is_private(name) and name not in own)
            found += [(node.lineno, name) for name in names]
        if isinstance(node, ast.ClassDef):
            found += inherited(node, imports)
    return sorted(set(found))


def own_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Names that a module defines, attributes of its objects among them."""
    for node in nodes:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name
            case _:
                pass


def imported(node: ast.AST) -> Iterator[str]:
    """Modules and names that are imported from outside of the project."""
    match node:
        case ast.Import(names=names):
            modules = [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names, level=0):
            modules = [f"{module}.{alias.name}" for alias in names]
        case _:
            return
    yield from (name for name in modules if name.partition(".")[0] not in OURS)


def accessed(node: ast.AST) -> Iterator[str]:
    """Attributes that are read or written, also by `getattr` and its like."""
    match node:
        case ast.Attribute(attr=name):
            yield name
        case ast.Call(func=ast.Name(id=function) | ast.Attribute(attr=function), args=args):
            if function in BY_NAME:
                yield from (
                    arg.value
                    for arg in args
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                )
        case _:
            pass


def imported_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """What a module imports from others, and the full name of each."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{'.' * node.level}{node.module}.{alias.name}"


def inherited(node: ast.ClassDef, imports: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Private names that a class shares with a base that is a dependency's."""
    theirs = {name for base in bases(node, imports) for name in private_attributes(base)}
    for inner in ast.walk(node):
        match inner:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                pass
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                pass
            case _:
                continue
        if name in theirs:
            yield inner.lineno, name


def bases(node: ast.ClassDef, imports: Mapping[str, str]) -> Iterator[type]:
    """The classes of dependencies that a class inherits from."""
    for base in node.bases:
        name = ast.unparse(base.value if isinstance(base, ast.Subscript) else base)
        first, _, rest = name.partition(".")
        module, _, attribute = f"{imports.get(first, first)}.{rest}".rstrip(".").rpartition(".")
        package = module.partition(".")[0]
        if package and package not in OURS | sys.stdlib_module_names | ELSEWHERE:
            found: Any = getattr(importlib.import_module(module), attribute)
            yield from (one for one in inspect.getmro(found) if one.__module__ != "builtins")


def private_attributes(kind: type) -> Iterator[str]:
    """Private names that a class defines, and those that its methods use."""
    for name, member in vars(kind).items():
        code = getattr(getattr(member, "fget", member), "__code__", None)
        yield from (one for one in (name, *(code.co_names if code else ())) if is_private(one))


def test_no_private_name_of_a_dependency_is_used() -> None:
    found = {path: private_names(path.read_text("utf-8")) for path in SOURCES}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import httpx._models", "httpx._models"),
        ("from httpx._models import Response", "httpx._models.Response"),
        ("from rich import _log_render", "rich._log_render"),
        ("def use(client): return client._transport", "_transport"),
        ("import asyncio; asyncio.sleep._wrapped = 1", "_wrapped"),
        ("getattr(client, '_transport')", "_transport"),
        ("import httpx\nclass A(httpx.Response):\n def f(self): self._content = b''", "_content"),
        ("from httpx import Client\nclass A(Client):\n def _send(self): self._state", "_state"),
    ],
)
def test_a_private_name_is_seen(source: str, name: str) -> None:
    assert [found for _, found in private_names(source)] == [name]


@pytest.mark.parametrize(
    "source",
    [
        "from ._version import __version__",
        "from aidp_workbench._version import __version__",
        "class A:\n def f(self, other: A): self._x = other._x",
        "import httpx\nclass A(httpx.Auth):\n def f(self): self._key = 1",
        "pair._replace(a=1)",
        "value.__class__",
    ],
)
def test_what_is_ours_or_documented_may_be_used(source: str) -> None:
    assert private_names(source) == []
