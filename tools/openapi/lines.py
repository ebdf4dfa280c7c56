"""The lines that the values of a document stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from attrs import define, field

from .reader import compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .references import Steps


@define
class Lines:
    """Finds places in a text; the text is read again only for the first one."""

    text: str
    _root: yaml.Node | None = field(default=None, init=False)

    def line(self, place: Iterable[str | int]) -> int:
        """The line, from 1, of the value at `place`, or of its nearest parent."""
        node, number = self._tree(), 1
        for step in place:
            found = next(
                ((key, value) for key, value in _children(node) if key.value == str(step)), None
            )
            if found is None:
                break
            key, node = found
            number = key.start_mark.line + 1
        return number

    def keys_that_are_not_text(self) -> Iterator[tuple[Steps, str]]:
        """Keys such as 200 without quotes, with the place of their mapping."""
        waiting: list[tuple[Steps, yaml.Node]] = [((), self._tree())]
        seen: set[int] = set()
        while waiting:
            place, node = waiting.pop(0)
            if id(node) in seen:
                continue
            seen.add(id(node))
            for key, value in _children(node):
                if isinstance(node, yaml.MappingNode) and key.tag not in _TEXT_TAGS:
                    yield place, key.value
                waiting.append(((*place, key.value), value))

    def _tree(self) -> yaml.Node:
        if self._root is None:
            try:
                self._root = compose(self.text)
            except (yaml.YAMLError, RecursionError):  # JSON that is no YAML: no line is known
                self._root = None
            self._root = self._root or yaml.ScalarNode("", "")
        return self._root


_TEXT_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge")


def _children(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Keys and values of a mapping, or the items of a list by their numbers."""
    if isinstance(node, yaml.MappingNode):
        yield from node.value
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield yaml.ScalarNode("", str(index), item.start_mark, item.end_mark), item
