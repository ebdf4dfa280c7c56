"""A comparison of two documents says each change once, by the rules that oasdiff publishes."""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.specdiff_cases import (
    CASES,
    DEPARTURES,
    DOCUMENT,
    DOCUMENTATION,
    GONE,
    LEVELS,
    NEUTRAL_EDITS,
    NEUTRAL_TEXTS,
    OASDIFF_LEVELS,
    PARAMETERS,
    Case,
    content_of,
    edited,
    steps,
    text_of,
)
from tools.openapi.errors import SpecError
from tools.openapi.parse import parse
from tools.specdiff.compare import compare
from tools.specdiff.rules import RULES as API_RULES
from tools.specdiff.schema.rules import SCHEMA_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.specdiff_cases import Edit
    from tools.openapi.document import Document
    from tools.specdiff.model import Change

SPEC = (Path(__file__).parents[1] / "openapi/aidp-workbench.yaml").read_text(encoding="utf-8")
RULES = API_RULES | SCHEMA_RULES
BASE = parse(DOCUMENT, "base.yaml")
WITHOUT_RULE = {
    "safe": {"info", "warning"},
    "unsafe": {"breaking", "warning"},
    "any": {"breaking", "warning", "info"},
}
# What may be removed silently: what holds anyway, or is stated elsewhere in the schema.
NEUTRAL = re.compile(
    r"components/parameters/(House|AiDataPlatformId|WorkspaceKey)/required"
    r"|paths/.*/\{plantId\}/parameters/1/required"  # a path has all its variables
    r"|paths/.*/taskRuns/get/parameters/\d+/(style|explode)"  # the spec says the defaults
    r"|components/schemas/(Keyed|PlantSummary/allOf/1)/type"  # the other part is an object too
    r"|components/schemas/(Stage|\w+(Status|StatusFilter|SortBy|Order)|.*/soil/anyOf/0)/type"
    r"|.*/(health|family|order/schema|kind|labels/items|items)/type"  # its values have that type
    r"|.*/(Error|Plant\w*|NewPlant|Sown|Bought|State|place|water)/type"  # properties
    r"|components/schemas/(Job|RunOutput|Task|Workspace)\w*/type"  # properties or values
    r"|components/schemas/TaskRunSummaryMap/additionalProperties"  # true, as without it
    r"|.*/(labels|items|parameters/\d+/schema)/type"  # items
)


def document(edit: Edit, base: Any = None) -> Document:
    return parse(text_of(edited(edit, base)), "revision.yaml")


@cache
def revision_of(name: str) -> Document:
    return document(CASES[name].edit)


@cache
def changes_of(name: str) -> list[Change]:
    """What the comparison says of a case alone."""
    return compare(BASE, revision_of(name))


def said(change: Change) -> str:
    return f"{change.level} {change.id} | {change.operation} {change.location} | {change.text}"


def fits(change: Change, line: str) -> bool:
    """Whether `change` is what a line of a case expects."""
    rule, where, words, *_ = [*(part.strip() for part in line.split("|")), "", ""]
    rule, _, levels = rule.partition("@")
    if rule in WITHOUT_RULE:
        known = LEVELS.get(change.id, change.level) == change.level
        right = known and change.level in (levels.split(",") if levels else WITHOUT_RULE[rule])
    else:
        right = change.id == rule and change.level in (levels or LEVELS[rule]).split(",")
    places = change.places or (f"{change.operation}: {change.location}",)
    sentence = f"{' '.join(places)} {change.text}".lower()
    return (
        right
        and any(all(w in place.lower() for w in where.lower().split()) for place in places)
        and all(word in sentence for word in words.lower().split())
    )


def misfits(changes: list[Change], expected: tuple[str, ...]) -> list[str]:
    """What was said and not expected, and what was expected and not said."""
    missing = list(expected)
    wrong = []
    for change in changes:
        line = next((line for line in missing if fits(change, line)), None)
        if line is None:
            wrong.append(f"said: {said(change)}")
        else:
            missing.remove(line)
    return wrong + [f"expected: {line}" for line in missing]


def rewritten(pairs: tuple[tuple[str, str], ...]) -> str:
    text = DOCUMENT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def walk(node: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in `node` with its place, but for the node itself."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in pairs:
        yield (*place, key), value
        if isinstance(value, dict | list):
            yield from walk(value, (*place, key))


def at(node: Any, place: tuple[Any, ...]) -> Any:
    for step in place:
        node = node[step]
    return node


def shuffled(node: Any, chance: random.Random, key: str = "") -> Any:
    """A copy of `node` in another order, wherever order has no meaning."""
    if isinstance(node, dict):
        keys = list(node)
        chance.shuffle(keys)
        return {one: shuffled(node[one], chance, one) for one in keys}
    if isinstance(node, list):
        items = [shuffled(one, chance) for one in node]
        if key in {"required", "enum", "parameters", "anyOf", "oneOf", "type", "security", "tags"}:
            chance.shuffle(items)
        return items
    return node


@pytest.mark.parametrize("name", CASES)
def test_an_edit_and_undoing_it_are_reported_once_and_correctly(name: str) -> None:
    assert misfits(changes_of(name), CASES[name].forward) == []
    assert misfits(compare(revision_of(name), BASE), CASES[name].backward) == []


def test_no_case_hides_another() -> None:
    edits = Counter(repr(edit) for edit, _, _ in CASES.values())
    assert max(edits.values()) == 1
    assert len(CASES) > 180


@pytest.mark.parametrize("name", NEUTRAL_TEXTS)
def test_equivalent_spellings_are_no_change(name: str) -> None:
    revision = parse(rewritten(NEUTRAL_TEXTS[name]), "revision.yaml")
    assert [said(change) for change in compare(BASE, revision)] == []
    assert [said(change) for change in compare(revision, BASE)] == []


@pytest.mark.parametrize("name", NEUTRAL_EDITS)
def test_stating_what_holds_by_default_is_no_change(name: str) -> None:
    revision = document(NEUTRAL_EDITS[name])
    assert [said(change) for change in compare(BASE, revision)] == []
    assert [said(change) for change in compare(revision, BASE)] == []


def test_all_equivalent_spellings_at_once_are_no_change() -> None:
    pairs = [pair for name, pairs in NEUTRAL_TEXTS.items() if "null" not in name for pair in pairs]
    revision = parse(rewritten(tuple(pairs)), "revision.yaml")
    assert [said(change) for change in compare(BASE, revision)] == []


def test_json_is_no_change() -> None:
    assert compare(BASE, document({})) == []


@pytest.mark.parametrize("seed", range(5))
def test_another_order_is_no_change(seed: int) -> None:
    content = shuffled(content_of(DOCUMENT), random.Random(seed))
    revision = parse(text_of(content), "revision.yaml")
    assert [said(change) for change in compare(BASE, revision)] == []


def test_another_order_in_a_component_that_nothing_uses_is_no_change() -> None:
    schema = {"type": ["string", "null"], "enum": ["A", "B", None]}
    other = {"enum": [None, "B", "A"], "type": ["null", "string"]}
    base = document({"components/schemas/Spare": schema})
    revision = document({"components/schemas/Spare": other})
    assert [said(change) for change in compare(base, revision)] == []


def test_a_part_that_becomes_a_component_is_no_change() -> None:
    place = "NewPlant/properties/water"
    content = content_of(DOCUMENT)
    water = at(content, ("components", "schemas", "NewPlant", "properties", "water"))
    edit = {"components/schemas/Water": water, place: {"$ref": "#/components/schemas/Water"}}
    assert [said(change) for change in compare(BASE, document(edit))] == []
    assert [said(change) for change in compare(document(edit), BASE)] == []


def test_a_parameter_and_a_body_that_become_components_are_no_change() -> None:
    content = content_of(DOCUMENT)
    limit = at(content, (*steps("plants/get/parameters"), 1))
    body = at(content, steps("plants/post/requestBody"))
    edit: Edit = {
        "components/parameters/Limit": limit,
        "components/requestBodies": {"Plant": body},
        "limit": {"$ref": "#/components/parameters/Limit"},
        "plants/post/requestBody": {"$ref": "#/components/requestBodies/Plant"},
    }
    assert [said(change) for change in compare(BASE, document(edit))] == []


def test_a_change_beside_a_renamed_path_variable_is_still_reported() -> None:
    text = rewritten((("houseId", "house"), ("maximum: 100", "maximum: 50")))
    changes = compare(BASE, parse(text, "revision.yaml"))
    assert misfits(changes, ("request-parameter-max-decreased | query limit | 100 50",)) == []


def test_a_change_in_a_renamed_component_is_still_reported() -> None:
    text = rewritten(
        (("/Stage", "/Step"), ("    Stage:", "    Step:"), ("ROWN, DEAD]\n    P", "ROWN]\n    P"))
    )
    changes = compare(BASE, parse(text, "revision.yaml"))
    assert misfits(changes, ("response-property-enum-value-removed | 201 stage | DEAD",)) == []


@pytest.mark.parametrize("name", DOCUMENTATION)
def test_documentation_has_a_level_of_its_own(name: str) -> None:
    revision = document(DOCUMENTATION[name])
    assert [change.level for change in compare(BASE, revision)] == ["docs"]
    assert [change.level for change in compare(revision, BASE)] == ["docs"]


def test_a_removed_description_is_reported() -> None:
    edit: Edit = {"components/schemas/TaskRunStatus/description": GONE}
    (change,) = compare(parse(SPEC, "base.yaml"), document(edit, content_of(SPEC)))
    assert change.level == "docs"


def test_a_change_is_reported_at_the_nearest_place() -> None:
    edit: Edit = {"components/schemas/Stage/description": "How far it is."}
    (change,) = compare(BASE, document(edit))
    assert "stage" in change.location
    assert "parent" not in change.location


def test_documentation_alone_has_no_other_level() -> None:
    edit = {place: value for one in DOCUMENTATION.values() for place, value in one.items()}
    changes = compare(BASE, document(edit))
    assert {change.level for change in changes} == {"docs"}


COMBINED: dict[str, tuple[str, ...]] = {
    "parameters of one operation": (
        "a parameter's maximum falls",
        "a parameter's value is added",
        "a header parameter goes",
        "a parameter is not exploded",
        "an optional parameter is added",
    ),
    "facts of one parameter": (
        "a parameter's maximum falls",
        "a parameter's minimum rises",
        "a parameter's default is another",
        "a parameter's format widens",
    ),
    "facts of one property": (
        "a largest length rises",
        "a least length falls",
        "a pattern goes",
    ),
    "request and response": (
        "a value of a closed enum is added",
        "a value of the request is added",
        "a required header goes",
        "a body may be sent as something else",
        "an error status is added",
    ),
    "everywhere": (
        "the server is another",
        "a scope is offered",
        "a tag is added",
        "a deprecated path goes",
        "an error has another property",
        "the type of a path parameter is another",
    ),
}


@pytest.mark.parametrize("name", COMBINED)
def test_each_of_several_edits_is_reported_once(name: str) -> None:
    cases: list[Case] = [CASES[one] for one in COMBINED[name]]
    content = content_of(DOCUMENT)
    for one in cases:
        content = edited(one.edit, content)
    revision = document({}, content)
    forward = tuple(line for one in cases for line in one.forward)
    backward = tuple(line for one in cases for line in one.backward)
    assert misfits(compare(BASE, revision), forward) == []
    assert misfits(compare(revision, BASE), backward) == []


def test_a_change_of_a_component_is_one_entry_with_all_its_places() -> None:
    (change,) = compare(BASE, document({"Error/properties/hint": {"type": "string"}}))
    assert len(set(change.places)) == len(change.places) == 9
    assert change.places[0] == f"{change.operation}: {change.location}"
    for status, times in (("400", 2), ("404", 2), ("default", 5)):
        assert sum(status in place for place in change.places) == times


def test_a_change_of_a_recursive_component_has_an_end() -> None:
    (change,) = compare(BASE, document({"Plant/properties/shade": {"type": "boolean"}}))
    assert any("201" in place for place in change.places)
    assert any("200" in place for place in change.places)


def test_a_change_of_a_shared_parameter_is_one_entry_with_all_its_places() -> None:
    edit = PARAMETERS["the type of a path parameter is another"].edit
    (change,) = compare(BASE, document(edit))
    assert len(set(change.places)) == 5


def test_a_component_of_requests_and_responses_changes_for_both() -> None:
    content = edited({"NewPlant/properties/hint": {"$ref": "#/components/schemas/Stage"}})
    base = document({}, content)
    revision = document({"components/schemas/Stage/enum/+": "RIPE"}, content)
    forward = (
        "request-property-enum-value-added | POST hint | RIPE",
        "response-property-enum-value-added@info | 201 stage | RIPE open",
    )
    backward = (
        "request-property-enum-value-removed | POST hint | RIPE",
        "response-property-enum-value-removed | 201 stage | RIPE open",
    )
    assert misfits(compare(base, revision), forward) == []
    assert misfits(compare(revision, base), backward) == []


def test_a_fingerprint_names_a_change_whatever_else_changes() -> None:
    edit: Edit = {"limit/schema/maximum": 50}
    (alone,) = compare(BASE, document(edit))
    others: Edit = {"limit/schema/default": 10, "retired": GONE, "info/title": "Other"}
    among = compare(BASE, document(edit | others))
    assert alone.fingerprint in {change.fingerprint for change in among}
    assert len({change.fingerprint for change in among}) == len(among) == 4


@pytest.mark.slow
def test_changes_have_fingerprints_of_their_own() -> None:
    changes = [change for name in CASES for change in changes_of(name)]
    assert len({change.fingerprint for change in changes}) == len(set(map(said, changes))) > 180


def test_a_new_value_of_an_open_enum_is_less_severe() -> None:
    (opened,) = compare(BASE, document({"components/schemas/Stage/enum/+": "RIPE"}))
    (closed,) = compare(BASE, document({"Plant/properties/health/enum/+": "RIPE"}))
    assert (opened.level, closed.level) == ("info", "warning")
    assert "open" in opened.text
    assert "open" not in closed.text


def test_opening_or_closing_an_enum_is_severe() -> None:
    health = {"anyOf": [{"type": "string", "enum": ["GOOD", "POOR"]}, {"type": "string"}]}
    revision = document({"Plant/properties/health": health})
    for changes in (compare(BASE, revision), compare(revision, BASE)):
        assert changes
        assert all("health" in f"{change.location} {change.text}" for change in changes)
        assert {"breaking", "warning", "info"} >= {change.level for change in changes}


@pytest.mark.slow
@pytest.mark.parametrize("text", [DOCUMENT, SPEC], ids=["ours", "the spec"])
def test_every_changed_value_is_reported(text: str) -> None:
    silent = []
    content, base = content_of(text), parse(text, "base.yaml")
    for place, value in list(walk(content))[::2]:  # of every kind, some
        other = another(place, value)
        if other is None:
            continue
        node = at(content, place[:-1])
        node[place[-1]] = other
        name = "/".join(map(str, place))
        if not compare(base, parse(text_of(content), "revision.yaml")):
            silent.append(name)
        node[place[-1]] = value
    assert silent == []


def another(place: tuple[Any, ...], value: Any) -> Any:
    """Another scalar that may stand at `place`, or None if there is none."""
    match place[-1], value:
        case ("$ref" | "openapi", _) | (_, dict() | list()):
            return None
        case "in", "path":
            return None
        case "in", _:
            return "header" if value == "query" else "query"
        case ("required", True) | ("name", "houseId" | "plantId"):
            return False if place[0] == "paths" and place[-2] == "requestBody" else None
        case "type", str():
            return "boolean" if value == "string" else "string"
        case _, bool():
            return not value
        case _, int():
            return value + 1
        case _, str() if value.startswith("#/"):
            return None
    return f"{value}x"


@pytest.mark.slow
@pytest.mark.parametrize("text", [DOCUMENT, SPEC], ids=["ours", "the spec"])
def test_every_removal_is_reported(text: str) -> None:
    silent = []
    base = parse(text, "base.yaml")
    for place, value in list(walk(content_of(text)))[::4]:  # of every kind, some
        without = content_of(text)
        del at(without, place[:-1])[place[-1]]
        name = "/".join(map(str, place))
        try:
            revision = parse(text_of(without), "revision.yaml")
        except SpecError:  # nothing can do without it
            continue
        if not compare(base, revision) and not NEUTRAL.fullmatch(name):
            silent.append(f"{name}: {value}")
    assert silent == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("plants/get/whatever", 1),
        ("plants/whatever", 1),
        ("limit/whatever", 1),
        ("limit/schema/whatever", {"a": [1]}),
        ("page/whatever", 1),
        ("page/content/json/whatever", 1),
        ("Plant/properties/health/whatever", 1),
        ("Plant/properties/labels/items/whatever", 1),
        ("NewPlant/not", {"required": ["soul"]}),
        ("NewPlant/minProperties", 1),
        ("Error/maxProperties", 30),
        ("Plant/properties/labels/contains", {"const": "green"}),
        ("Error/additionalProperties", {"type": "string"}),
        ("NewPlant/patternProperties", {"^x": {"type": "string"}}),
        ("NewPlant/if", {"required": ["due"]}),
        ("components/schemas/Stage/type", "boolean"),
        ("whatever", 1),
    ],
)
def test_what_no_rule_covers_is_still_reported(place: str, value: Any) -> None:
    revision = document({place: value})
    for changes in (compare(BASE, revision), compare(revision, BASE)):
        (change,) = changes
        assert change.level != "docs"
        assert (change.id, change.level) == ("unclassified-change", "warning") or (
            change.id in RULES and change.id != "unclassified-change"
        )


def test_a_new_status_is_reported_once_for_filter_and_body() -> None:
    place = "components/schemas/{}/enum/+"
    edit: Edit = {
        place.format("TaskRunStatusFilter"): "HALTED",
        place.format("TaskRunStatus"): "HALTED",
    }
    changes = compare(parse(SPEC, "base.yaml"), document(edit, content_of(SPEC)))
    expected = (
        "request-parameter-property-enum-value-added | GET query status | HALTED",
        "response-property-enum-value-added@info | GET 200 status | HALTED open",
    )
    assert misfits(changes, expected) == []


BAD: dict[str, str] = {
    "an empty file": "",
    "a comment alone": "# nothing\n",
    "a list": "- openapi: 3.1.0\n",
    "a word": "openapi\n",
    "a number": "3\n",
    "a missing bracket": DOCUMENT.replace("[read]", "[read", 1),
    "a tab": "openapi: 3.1.0\n\tinfo: {}\n",
    "a key twice": DOCUMENT.replace("  title: Greenhouse\n", "  title: A\n  title: B\n"),
    "junk": "\x00\x01\x02\x7f PNG \x1b",
    "an unknown anchor": "openapi: *nothing\n",
    "Swagger 2.0": 'swagger: "2.0"\ninfo: {title: Old, version: "1"}\npaths: {}\n',
    "OpenAPI of another age": DOCUMENT.replace("openapi: 3.1.0", "openapi: 4.0.0"),
    "no paths that are a mapping": "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: [1]\n",
    "a dangling reference": DOCUMENT.replace("schemas/PlantPage", "schemas/Missing"),
    "a dangling reference to a parameter": DOCUMENT.replace("parameters/House", "parameters/Home"),
    "a reference through a scalar": DOCUMENT.replace("schemas/PlantPage", "schemas/Plant/type/a"),
    "a reference to itself": DOCUMENT.replace(
        "    Stage:\n      type: string\n      enum: [SEED, GROWN, DEAD]\n",
        '    Stage: {$ref: "#/components/schemas/Stage"}\n',
    ),
    "references in a circle": DOCUMENT.replace(
        "    Stage:\n      type: string\n      enum: [SEED, GROWN, DEAD]\n",
        '    Stage: {$ref: "#/components/schemas/Step"}\n'
        '    Step: {$ref: "#/components/schemas/Stage"}\n',
    ),
    "an allOf of itself": DOCUMENT.replace("schemas/Keyed", "schemas/PlantSummary"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(SpecError) as caught:
        compare(BASE, parse(BAD[name], "bad.yaml"))
    message = str(caught.value)
    assert message.startswith("bad.yaml")
    assert len(message.splitlines()) == 1
    assert len(message) < 400
    assert "Traceback" not in message


def test_a_dangling_reference_is_named() -> None:
    with pytest.raises(SpecError, match=r"schemas/Missing"):
        compare(BASE, parse(BAD["a dangling reference"], "bad.yaml"))


@pytest.mark.slow
def test_a_large_document_is_compared() -> None:
    content = content_of(DOCUMENT)
    plants = steps("plants")[-1]
    for number in range(300):
        item = {"get": {**content["paths"][plants]["get"], "operationId": f"list{number}"}}
        content["paths"][f"/copy{number}{plants}"] = item
    base = parse(text_of(content), "base.yaml")
    revision = document({"Error/properties/hint": {"type": "string"}}, content)
    (change,) = compare(base, revision)
    assert len(change.places) == 9 + 300 * 3


def test_a_rule_has_the_level_that_oasdiff_gives_it_or_a_higher_one() -> None:
    assert {rule: RULES.get(rule) for rule in LEVELS} == LEVELS
    order = ["info", "warning", "breaking"]
    for rule, level in DEPARTURES.items():
        assert order.index(level) > order.index(OASDIFF_LEVELS[rule])
