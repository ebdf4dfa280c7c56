"""A break is never called safe, and what means the same raises no alarm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.specdiff_pairs import ALIKE, BREAKS, SAFE
from tools.openapi.errors import SpecError
from tools.openapi.parse import parse
from tools.specdiff.compare import compare

if TYPE_CHECKING:
    from tools.specdiff.model import Change

HEAD = 'openapi: 3.1.0\ninfo: {title: A, version: "1"}\npaths: {}\n'


def changes(base: Any, revision: Any) -> list[Change]:
    sides = zip((base, revision), ("base.json", "revision.json"), strict=True)
    return compare(*(parse(json.dumps(content), name) for content, name in sides))


def alarms(base: Any, revision: Any) -> list[str]:
    found = changes(base, revision)
    return [f"{c.id}: {c.text}" for c in found if c.level in ("breaking", "warning")]


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_never_called_safe(name: str) -> None:
    assert "breaking" in {change.level for change in changes(*BREAKS[name])}


@pytest.mark.parametrize("name", ALIKE)
def test_equivalent_documents_raise_no_alarm(name: str) -> None:
    base, revision = ALIKE[name]
    assert alarms(base, revision) == alarms(revision, base) == []


@pytest.mark.parametrize("name", SAFE)
def test_harmless_changes_raise_no_alarm(name: str) -> None:
    assert alarms(*SAFE[name]) == []


def test_the_order_of_paths_that_differ_in_names_only_means_nothing() -> None:
    def item(name: str, schema: Any) -> Any:
        variable = {"name": name, "in": "path", "required": True, "schema": schema}
        return {"get": {"operationId": name, "parameters": [variable], "responses": {}}}

    items = {
        f"/x/{{{name}}}": item(name, {"type": kind})
        for name, kind in (("a", "integer"), ("b", "string"), ("c", "boolean"))
    }
    base = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": items}
    turned = {**base, "paths": dict(reversed(items.items()))}
    assert changes(base, turned) == []


def test_a_scope_of_another_alternative_is_not_taken_for_a_change_of_this_one() -> None:
    (change,) = changes(*SAFE["other scopes will do, too"])
    assert change.text == "token (scope w) added"


def test_an_exclusive_bound_is_described() -> None:
    (change,) = changes(*BREAKS["a number must be larger than the next"])
    assert change.text == "minimum changed from more than 0 to 1"


def test_long_values_are_described_rather_than_cut() -> None:
    base = parse(HEAD, "base.yaml")
    long = {f"key{number}": number for number in range(40)}
    revision = parse(json.dumps({**base.content, "x-long": long}), "revision.json")
    (change,) = compare(base, revision)
    assert change.text == "x-long an object with key0, key1, key2, key3, key4 and 35 more added"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x-a: !!timestamp 2024-01-01\n", "x-a: 2024-01-01\n"),
        ("x-a: !!binary aGk=\n", 'x-a: "aGk="\n'),
        ("x-a: !!set {b, c}\n", "x-a: {b: , c: }\n"),
        ("x-a: 1.0\n", "x-a: 1\n"),
    ],
)
def test_yaml_is_read_as_json_has_it(one: str, other: str) -> None:
    assert compare(parse(HEAD + one, "one.yaml"), parse(HEAD + other, "other.yaml")) == []


def test_json_may_escape_what_it_likes() -> None:
    content = {"openapi": "3.1.0", "info": {"title": "\U0001f600", "version": "1"}, "paths": {}}
    escaped, plain = (json.dumps(content, ensure_ascii=escape) for escape in (True, False))
    assert compare(parse(escaped, "one.json"), parse(plain, "other.json")) == []


def test_a_version_without_quotes_is_a_version() -> None:
    text = HEAD.replace("3.1.0", "3.0")
    assert compare(parse(text, "one.yaml"), parse(text.replace("3.0", "'3.0.3'"), "o.yaml")) == []


LAUGHS = "".join(
    f"  {name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEAD}x-a:\n  a: &a [1]\n{LAUGHS}", "bad.yaml:1:1: not YAML: its aliases stand for"),
        (f"{HEAD}x-a: &a [*a]\n", "bad.yaml:4:6: not YAML: an alias contains itself"),
        (f"{HEAD}x-a: !mine 1\n", "bad.yaml:4:6: not YAML: could not determine a constructor"),
        ('{"openapi": "3.1.0", "openapi": "3.1.0"}', "bad.yaml: not YAML: the key openapi appears"),
        ('{"openapi": NaN}', "bad.yaml: not YAML: NaN is not JSON"),
        (
            f'{HEAD}components: {{schemas: {{A: {{$ref: "b.yaml#/A"}}}}}}\n',
            "bad.yaml:4: components > schemas > A: b.yaml#/A is outside of this document",
        ),
        (
            f'{HEAD}components: {{schemas: {{A: {{$ref: "#b"}}}}}}\n',
            "bad.yaml:4: components > schemas > A: #b leads nowhere",
        ),
    ],
)
def test_what_cannot_be_read_is_one_line_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse(text, "bad.yaml")
    assert str(caught.value).startswith(problem)
    assert "\n" not in str(caught.value)


def test_references_may_lead_through_files_that_lead_to_each_other() -> None:
    files = {
        "a/api.yaml": HEAD.replace("paths: {}", 'paths: {/x: {$ref: "../b/item%20s.yaml#/x"}}'),
        "b/item s.yaml": "x: {get: {responses: {'200': {$ref: '../a/api.yaml#/x-r'}}}}\n",
    }
    files["a/api.yaml"] += "x-r: {description: A}\n"
    document = parse(files["a/api.yaml"], "api.yaml", "a/api.yaml", files.__getitem__)
    (item,) = document.content["paths"].values()
    item, origin = document.resolve(item)
    assert origin == "../b/item s.yaml#/x"
    assert document.resolve(item["get"]["responses"]["200"])[0] == {"description": "A"}
