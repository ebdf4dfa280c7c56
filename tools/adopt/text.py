"""A draft as text, in the layout of our spec."""

from __future__ import annotations

import re
from typing import Any

import yaml

# What YAML would read as something else, or what our spec has in quotes.
_QUOTED = re.compile(r"#.*|[-+.\d].*|null|true|false|~|", re.IGNORECASE)
_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes what is short on one line, and lists below their key with an indent."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = '"' if _QUOTED.fullmatch(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.MappingNode:
    are_plain = not any(isinstance(one, dict | list) for one in value.values())
    is_short = are_plain and "description" not in value and bool(value.keys() & {"$ref", "type"})
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=is_short)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    words = all(isinstance(one, str) for one in value)
    is_short = words and sum(len(one) + 2 for one in value) < _WIDTH - 20
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=is_short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)


def as_yaml(draft: dict[str, Any], name: str) -> str:
    """The draft of the operation `name`, to be edited."""
    text = yaml.dump(draft, Dumper=_Dumper, sort_keys=False, width=_WIDTH, allow_unicode=True)
    # As our spec has it: a space inside of braces, and an empty line before each schema.
    text = re.sub(r"(?<=[:-] )\{([^{}]*)\}", r"{ \1 }", text)
    text = re.sub(r"(?m)(?<!schemas:\n)^(?=    [A-Z]\w*:$)", "\n", text)
    head = f"# A draft from Oracle's document ({name}). Each TODO wants our own words.\n"
    return head + text
