"""Models of random specs: what fits a schema is read without a loss, what does not is kept."""

from __future__ import annotations

import importlib
import json
import random
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tools.generate import generate

if TYPE_CHECKING:
    from pathlib import Path

SCALARS: dict[str, list[Any]] = {
    "string": ["", "a", "ä\u2028"],
    "integer": [0, -1, 2**63, 1.0],
    "number": [0, 1.5, -2.0],
    "boolean": [True, False],
    "null": [None],
}
FORMATS = {
    "date-time": ["2026-04-30T02:00:00Z", "2026-04-30T02:00:00.123456789+02:00"],
    "date": ["2026-04-30"],
    "uuid": ["6f1c2a54-8c0e-4b7e-9a53-0d3e7c1b9f10"],
}
WRONG = [None, True, 5, 1.5, "wrong", [], [1], {}, {"a": None}]


class RandomSpec:
    """A spec of random schemas, and random values for them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.schemas: dict[str, Any] = {}
        for index in range(12):
            self.schemas[f"Model{index}"] = self._object()

    def _object(self) -> Any:
        names = [f"{word}{n}" for n, word in enumerate(self._random.sample(WORDS, 5))]
        required = [name for name in names if self._random.random() < 0.3]
        properties = {name: self._schema(2) for name in names}
        return {"type": "object", "required": required, "properties": properties}

    def _schema(self, depth: int) -> Any:
        pick = self._random.choice
        kinds = ["scalar", "nullable", "format", "enum"]
        kinds += ["array", "map", "ref", "union"] if depth else []
        match pick(kinds):
            case "scalar":
                return {"type": pick([*SCALARS][:4])}
            case "nullable":
                return {"type": [pick([*SCALARS][:4]), "null"]}
            case "format":
                return {"type": "string", "format": pick([*FORMATS])}
            case "enum":
                return {"anyOf": [{"type": "string", "const": "A"}, {"type": "string"}]}
            case "array":
                return {"type": "array", "items": self._schema(depth - 1)}
            case "map":
                return {"type": "object", "additionalProperties": self._schema(depth - 1)}
            case "ref" if self.schemas:
                return {"$ref": f"#/components/schemas/{pick([*self.schemas])}"}
            case _:
                return {
                    "anyOf": [self._schema(depth - 1) for _ in range(self._random.randint(2, 3))]
                }

    def value(self, schema: Any) -> Any:
        """A value that fits `schema`."""
        pick = self._random.choice
        if "$ref" in schema:
            return self.value(self.schemas[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return self.value(pick(schema["anyOf"]))
        if "format" in schema:
            return pick(FORMATS[schema["format"]])
        kind = schema["type"] if isinstance(schema["type"], str) else pick(schema["type"])
        if kind == "array":
            return [self.value(schema["items"]) for _ in range(self._random.randint(0, 3))]
        if kind == "object" and "properties" not in schema:
            return {key: self.value(schema["additionalProperties"]) for key in ("a", "b{x}")}
        if kind == "object":
            return {
                name: self.value(inner)
                for name, inner in schema["properties"].items()
                if name in schema["required"] or self._random.random() < 0.7
            }
        return pick(SCALARS[kind])

    def damaged(self, value: Any) -> Any:
        """`value` with something else in one place."""
        if isinstance(value, dict | list) and value and self._random.random() < 0.8:
            key = self._random.choice([*(value if isinstance(value, dict) else range(len(value)))])
            copy = dict(value) if isinstance(value, dict) else list(value)
            copy[key] = self.damaged(value[key])
            return copy
        return self._random.choice(WRONG)


WORDS = [
    "error",
    "one",
    "d",
    "cls",
    "values",
    "model",
    "class",
    "from",
    "type",
    "startTime",
    "é",
    "a-b",
]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_values_are_read_without_a_loss_or_refused_with_their_place(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, name = RandomSpec(seed), f"random_api_{seed}"
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Random", "version": "1"},
        "paths": {},
        "components": {"schemas": spec.schemas},
    }
    (tmp_path / "spec.yaml").write_text(json.dumps(document))
    generate(tmp_path / "spec.yaml", tmp_path / name)
    monkeypatch.syspath_prepend(tmp_path)
    models = importlib.import_module(f"{name}.models")
    error = importlib.import_module(f"{name}.errors").ResponseError
    try:
        for schema, content in spec.schemas.items():
            model = getattr(models, schema)
            for _ in range(50):
                value = spec.value(content)
                assert model.from_dict(value).to_dict() == value
                damaged = spec.damaged(value)
                try:
                    assert model.from_dict(damaged).to_dict() == damaged
                except error as refused:
                    assert refused.reason.startswith("expected ")  # noqa: PT017
    finally:
        for module in [one for one in sys.modules if one.split(".")[0] == name]:
            del sys.modules[module]
