"""Values that a schema allows. A value follows from its schema, its name and its position alone.

Values repeat after ten positions, so that a filter finds several. Among ten, one is `null` wherever
it may be, and one has only what it must have.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from openapi_schema_validator import OAS31Validator, oas31_format_checker

from tools.openapi.document import Document, reference_of
from tools.service.scalars import CYCLE, FORMATS, integer, number

Schema = Mapping[str, Any] | bool

_NULLS = 7
_BARE = 8
_DEPTH = 4  # below, recursive schemas hold only what they must
_TRIES = 200
_COMPOSED = frozenset({"$ref", "allOf", "anyOf", "oneOf"})


class Values:
    """Makes values for the schemas of one document.

    Args:
        content: The OpenAPI document, to which references lead.
        known: Values that properties of a name hold, where their schema allows it.
    """

    def __init__(self, content: dict[str, Any], known: Mapping[str, Sequence[object]]) -> None:
        self._document = Document("the spec", content)
        self._known = known
        self._validator = OAS31Validator(content, format_checker=oas31_format_checker)
        self._makers: dict[str, Callable[[Mapping[str, Any], str, int, int], Any]] = {
            "null": lambda *_: None,
            "boolean": lambda _, __, n, ___: n % 2 == 0,
            "integer": lambda flat, _, n, __: integer(flat, n),
            "number": lambda flat, _, n, __: number(flat, n),
            "string": self._string,
            "array": self._array,
            "object": self._object,
        }

    def make(self, schema: Schema, name: str, position: int, depth: int = 0) -> Any:
        """The value of this name at this position, valid unless the schema contradicts itself."""
        flat = self.flat(schema, position)
        if "const" in flat:
            return flat["const"]
        if choices := [one for one in flat.get("enum", ()) if one is not None]:
            return choices[position % len(choices)]
        if known := self._known.get(name):
            value = known[position % len(known)]
            if self.is_valid(schema, value):
                return value
        return self._makers[type_of(flat)](flat, name, position, depth)

    def errors(self, schema: Schema, value: object) -> Iterator[str]:
        """What is wrong with a value."""
        return (one.message for one in self._validator.evolve(schema=schema).iter_errors(value))

    def is_valid(self, schema: Schema, value: object) -> bool:
        return next(self.errors(schema, value), None) is None

    def properties(self, schema: Schema, position: int = 0) -> Mapping[str, Schema]:
        properties: Mapping[str, Schema] = self.flat(schema, position).get("properties", {})
        return properties

    def flat(self, schema: Schema, position: int = 0) -> dict[str, Any]:
        """A schema without references, one with its parts; of alternatives it takes one."""
        if isinstance(schema, bool):
            return {}
        flat = {key: value for key, value in schema.items() if key not in _COMPOSED}
        parts = [self.flat(part, position) for part in schema.get("allOf", ())]
        if reference := reference_of(schema):
            parts.append(self.flat(self._document.target(reference), position))
        unions = (schema[keyword] for keyword in ("anyOf", "oneOf") if keyword in schema)
        parts += (self._alternative(schema, union, position) for union in unions)
        for part in parts:
            properties = part.get("properties", {}) | flat.get("properties", {})
            required = [*flat.get("required", ()), *part.get("required", ())]
            flat = part | flat
            if properties:
                flat["properties"] = properties
            if required:
                flat["required"] = required
        return flat

    def _alternative(
        self, schema: Mapping[str, Any], alternatives: Sequence[Schema], position: int
    ) -> dict[str, Any]:
        """One of the alternatives: by turns, but an enum rather than the text that opens it."""
        found = [(one, self.flat(one, position)) for one in alternatives]
        found = [pair for pair in found if pair[1].get("type") != "null"] or found
        found = [pair for pair in found if "enum" in pair[1]] or found
        chosen, flat = found[position % len(found)]
        discriminator = schema.get("discriminator", {})
        if tag := discriminator.get("propertyName"):
            reference = reference_of(chosen)
            names = {to: name for name, to in discriminator.get("mapping", {}).items()}
            short = reference.rpartition("/")[2]
            value = names.get(reference, names.get(short, short))
            flat["properties"] = flat.get("properties", {}) | {tag: {"const": value}}
            flat["required"] = [*flat.get("required", ()), tag]
        return flat

    def _string(self, flat: Mapping[str, Any], name: str, position: int, _: int) -> str:
        shortest, longest = flat.get("minLength", 0), flat.get("maxLength", 1_000)
        if pattern := flat.get("pattern"):
            from rstr import Rstr  # few specs have patterns

            tries = (
                Rstr(Random(f"{name} {position} {one}")).xeger(pattern) for one in range(_TRIES)
            )
            return next((one for one in tries if self.is_valid(flat, one)), "")
        if make := FORMATS.get(flat.get("format", "")):
            return make(position % 250)
        text = f"{name} {position % CYCLE}"
        return (text if len(text) <= longest else str(position % CYCLE)).ljust(shortest, "x")

    def _array(self, flat: Mapping[str, Any], name: str, position: int, depth: int) -> list[Any]:
        first = flat.get("prefixItems", ())
        fewest = flat.get("minItems", 0)
        count = max(fewest, min(2, flat.get("maxItems", 2)) if depth < _DEPTH else 0)
        schemas = [*first, *[flat.get("items", {})] * count][: max(count, len(first))]
        return [self.make(one, name, position + i, depth + 1) for i, one in enumerate(schemas)]

    def _object(self, flat: Mapping[str, Any], _: str, position: int, depth: int) -> dict[str, Any]:
        properties, required = flat.get("properties", {}), flat.get("required", ())
        bare = depth >= _DEPTH or position % CYCLE == _BARE
        found: dict[str, Any] = {}
        for name, schema in properties.items():
            if name not in required and bare:
                continue
            may_be_null = bare or position % CYCLE == _NULLS
            null = may_be_null and self.is_valid(schema, None)
            found[name] = None if null else self.make(schema, name, position, depth + 1)
        more = flat.get("additionalProperties", flat.get("unevaluatedProperties", {}))
        names = [name for name in required if name not in found]
        if not properties and more is not False:
            count = max(0 if bare else 2, flat.get("minProperties", 0))
            names += [f"key{i}" for i in range(count)]
        return found | {name: self.make(more, name, position, depth + 1) for name in names}


def type_of(flat: Mapping[str, Any]) -> str:
    """The type of a schema that has no references; without one, what its keywords are for."""
    types = flat.get("type", ())
    types = [types] if isinstance(types, str) else [one for one in types if one != "null"]
    implied = {"properties": "object", "additionalProperties": "object", "items": "array"}
    found = next((kind for keyword, kind in implied.items() if keyword in flat), "string")
    return types[0] if types else found
