"""Read JSON or YAML 1.2 as plain values: no dates, `yes` is a word, 010 is ten, keys are text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml
from yaml.constructor import ConstructorError

from .errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator

# libyaml recurses without a limit, and would crash on what PyYAML's own parser only refuses.
_DEEP = re.compile(r"(?:[-?:] ){500}|^ {1000}", re.MULTILINE)
_MAX_BRACKETS = 500
# Aliases may write the same values out so many times before the document counts as hostile.
_MAX_EXPANSION = 20
_MIN_EXPANDED = 1_000_000
_ANCHOR = re.compile(r"[\s\[{,:-]&\S")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

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


def read(text: str, name: str) -> Any:
    """The value that `text` stands for, or SpecError, which calls the file `name`."""
    try:
        value = _from_json(text)
        return _from_yaml(text) if value is _NOT_JSON else value
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise SpecError(f"{where}: not YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise SpecError(f"{name}: not YAML: {' '.join(str(error).split())}") from error
    except RecursionError:
        raise SpecError(f"{name}: nested too deeply") from None


def compose(text: str) -> yaml.Node | None:
    """The tree of `text` with the line of each value; yaml.YAMLError if it is invalid."""
    if _is_json(text):  # which may have what YAML refuses: halves of characters, tabs
        text = _SURROGATE_ESCAPE.sub(r"\\ufffd", text).replace("\t", " ")
    loader = (_PurePythonLoader if _is_deep(text) else _Loader)(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node


_NOT_JSON = object()


def _from_json(text: str) -> Any:
    """The value of a JSON text, which escapes what YAML does not; _NOT_JSON for other texts."""
    if not _is_json(text):
        return _NOT_JSON
    try:
        value = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_json_object,
            parse_float=lambda number: _plain(float(number)),
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError:
        return _NOT_JSON  # YAML has brackets too
    if "\\u" in text and _LONE_SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise ValueError("a text has half of a surrogate pair")
    return value


def _is_json(text: str) -> bool:
    """Whether it looks like JSON."""
    return text.lstrip("\ufeff \t\r\n").startswith(("{", "["))


def _json_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice} appears twice")
    return value


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _from_yaml(text: str) -> Any:
    loader = (_PurePythonLoader if _is_deep(text) else _Loader)(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if _ANCHOR.search(text):
            _check_size(node)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _check_size(root: yaml.Node) -> None:
    """Refuse aliases that stand for more values than a document has, or for themselves."""
    sizes: dict[int, int] = {}  # 0 while a node is being measured
    waiting = [root]
    while waiting:
        node = waiting[-1]
        inner = list(_inner_nodes(node))
        if id(node) not in sizes:
            sizes[id(node)] = 0
            waiting += [one for one in inner if id(one) not in sizes]
            continue
        if sizes[id(node)] == 0:
            if any(sizes[id(one)] == 0 for one in inner):
                raise ConstructorError(None, None, "an alias contains itself", node.start_mark)
            sizes[id(node)] = 1 + sum(sizes[id(one)] for one in inner)
        waiting.pop()
    if sizes[id(root)] > max(_MIN_EXPANDED, _MAX_EXPANSION * len(sizes)):
        problem = "its aliases stand for too many values"
        raise ConstructorError(None, None, problem, root.start_mark)


def _inner_nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from pair
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _is_deep(text: str) -> bool:
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _MAX_BRACKETS:
            return True
    return _DEEP.search(text) is not None


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise ConstructorError(None, None, "the tag needs a mapping", node.start_mark)
    written: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ConstructorError(None, None, "a key is not plain text", key.start_mark)
        if key.value in written and key.tag != f"{_TAG}merge":
            problem = f"the key {key.value} appears twice"
            raise ConstructorError(None, None, problem, key.start_mark)
        written.add(key.value)
    loader.flatten_mapping(node)
    # Keys as they are written, so that 200 and "200" are the same.
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


def _integer(loader: Any, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


def _number(loader: Any, node: yaml.ScalarNode) -> float | int:
    return _plain(float(str(loader.construct_scalar(node)).lower().replace(".inf", "inf")))


def _plain(number: float) -> float | int:
    """JSON does not distinguish 1 from 1.0."""
    return int(number) if abs(number) < 1e15 and number == int(number) else number


def _boolean(loader: Any, node: yaml.ScalarNode) -> bool:
    return str(loader.construct_scalar(node)).lower() == "true"


def _text(loader: Any, node: yaml.ScalarNode) -> str:
    """A date or binary data that a tag asks for, as it is written: JSON has neither."""
    return str(loader.construct_scalar(node))


def _list(loader: Any, node: yaml.SequenceNode) -> list[Any]:
    return list(loader.construct_sequence(node, deep=True))


def _loader(base: Any) -> Any:
    loader: Any = type("Loader", (base,), {"yaml_implicit_resolvers": {}})
    for kind, pattern, first in _SCALARS:
        loader.add_implicit_resolver(_TAG + kind, re.compile(f"^(?:{pattern})$"), first)
    constructors = {
        "binary": _text,
        "bool": _boolean,
        "float": _number,
        "int": _integer,
        "map": _mapping,
        "omap": _list,
        "pairs": _list,
        "set": _mapping,
        "timestamp": _text,
    }
    for kind, construct in constructors.items():
        loader.add_constructor(_TAG + kind, construct)
    return loader


_PurePythonLoader = _loader(yaml.SafeLoader)
_Loader = _loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
