"""What is in the collections of the spec.

A thing follows from its schema, the keys above it and its position, unless it has its own data.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from tools.service.operations import Operation
from tools.service.selection import Item
from tools.service.values import Schema, Values, type_of

SIZE = 250
"""How many things each collection has."""
_KEYS = ("key", "id", "ocid", "identifier", "name", "displayName")

Keys = tuple[tuple[str, str], ...]
"""The names and values of the parameters of a path."""

Own = Callable[[Keys], Mapping[str, Item]]
"""The things of a collection with its own data, by their keys, below other keys.

They come in the order of their creation, and have all that a list or a get returns.
"""


class Collections:
    """The collections that the operations of the spec list, or get a thing of.

    Args:
        operations: All operations.
        values: What makes their values.
        known: The first keys of things, by the name of the parameter that takes them.
        own: The collections with their own data, by the id of the operation that lists them.
    """

    def __init__(
        self,
        operations: Sequence[Operation],
        values: Values,
        known: Mapping[str, Sequence[str]],
        own: Mapping[str, Own],
    ) -> None:
        self._values = values
        self._known = known
        self._own = own
        gets = [one for one in operations if one.method == "get"]
        self._lists = {one.path: one for one in gets if self.item_schema(one) is not None}
        self._gets = {one.collection: one for one in gets if one.key}
        self.things = lru_cache(maxsize=64)(self._things)

    def is_list(self, operation: Operation) -> bool:
        return operation.path in self._lists

    def is_own(self, path: str) -> bool:
        """Whether the collection at `path` has its own data."""
        return path in self._lists and self._lists[path].id in self._own

    def has(self, path: str, above: Keys, name: str, key: str) -> bool:
        """Whether the collection at `path`, below the keys `above`, has the thing `name`=`key`.

        Of things that nothing lists or gets, every key counts as known.
        """
        if path in self._lists or path in self._gets:
            return key in self.things(path, above)
        return key in self._known.get(name, [key])

    def _things(self, path: str, above: Keys) -> Mapping[str, Item]:
        """The things of a collection by their keys, in the order of their creation."""
        listing, get = self._lists.get(path), self._gets.get(path)
        if listing and listing.id in self._own:
            return self._own[listing.id](above)
        schema: Schema = self._gets[path].schema if get else {}
        if listing:
            schema = self.item_schema(listing) or {}
        properties = self._values.properties(schema)
        parameter = get.key if get else f"{_singular(path)}Key"
        names = (parameter, re.split("(?=[A-Z])", parameter)[-1].lower(), *_KEYS)
        key = next((name for name in names if name in properties), "")
        things: dict[str, Item] = {}
        for position in range(SIZE):
            item = self._values.make(schema, path, position)
            for name, value in above:
                if name in properties and self._values.is_valid(properties[name], value):
                    item[name] = value
            if key:
                known = self._known.get(parameter, [])[position : position + 1]
                candidates = [*known, _unique(path, above, position), position + 1]
                fits = (one for one in candidates if self._values.is_valid(properties[key], one))
                item[key] = next(fits, item.get(key))
            things.setdefault(str(item[key] if key else position), item)
        return things

    def item_schema(self, operation: Operation) -> Schema | None:
        """The schema of the items that an operation lists; `None` if it is no list."""
        flat = self._values.flat(operation.schema)
        array = self._values.flat(flat.get("properties", {}).get("items", {}))
        arrays = (one for one in (array, flat) if type_of(one) == "array")
        return next((one.get("items", {}) for one in arrays), None)


def _singular(path: str) -> str:
    name = path.rpartition("/")[2]
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _unique(path: str, above: Keys, position: int) -> str:
    seed = f"{path} {above} {position}".encode()
    return str(UUID(bytes=blake2b(seed, digest_size=16).digest()))
