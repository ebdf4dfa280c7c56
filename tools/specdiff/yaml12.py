"""YAML as version 1.2 reads it: no dates, `yes` is a word, 010 is ten, and keys are text."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.constructor import ConstructorError

# libyaml recurses without a limit, and would crash on what PyYAML's own parser only refuses.
_DEEP = re.compile(r"(?:[-?:] ){500}|^ {1000}", re.MULTILINE)
_MAX_BRACKETS = 500

_TAG = "tag:yaml.org,2002:"
_SCALARS = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)",
        list("-+.0123456789"),
    ),
    ("merge", r"<<", ["<"]),
)


def load(text: str) -> Any:
    """The value that `text` stands for; yaml.YAMLError if it stands for none."""
    return yaml.load(text, _PurePythonLoader if _is_deep(text) else _Loader)  # noqa: S506 - safe


def _is_deep(text: str) -> bool:
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _MAX_BRACKETS:
            return True
    return _DEEP.search(text) is not None


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    written: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ConstructorError(None, None, "a key is not plain text", key.start_mark)
        if key.value in written and key.tag != f"{_TAG}merge":
            problem = f"the key {key.value} is there twice"
            raise ConstructorError(None, None, problem, key.start_mark)
        written.add(key.value)
    loader.flatten_mapping(node)
    # Keys as they are written, so that 200 and "200" are the same.
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


def _integer(loader: Any, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


def _number(loader: Any, node: yaml.ScalarNode) -> float | int:
    number = float(str(loader.construct_scalar(node)).lower().replace(".inf", "inf"))
    # JSON does not tell 1 from 1.0.
    return int(number) if abs(number) < 1e15 and number == int(number) else number


def _boolean(loader: Any, node: yaml.ScalarNode) -> bool:
    return str(loader.construct_scalar(node)).lower() == "true"


def _loader(base: Any) -> Any:
    loader: Any = type("Loader", (base,), {"yaml_implicit_resolvers": {}})
    for kind, pattern, first in _SCALARS:
        loader.add_implicit_resolver(_TAG + kind, re.compile(f"^(?:{pattern})$"), first)
    constructors = {"map": _mapping, "int": _integer, "float": _number, "bool": _boolean}
    for kind, construct in constructors.items():
        loader.add_constructor(_TAG + kind, construct)
    return loader


_PurePythonLoader = _loader(yaml.SafeLoader)
_Loader = _loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
