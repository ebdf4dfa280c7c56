"""Whatever the documents: the same says nothing, and the way back says the opposite."""

from __future__ import annotations

import copy
import random
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.specdiff_cases import CASES, DOCUMENT, content_of, edited, steps, text_of
from tests.test_specdiff import changes_of, said, shuffled, walk
from tools.openapi.errors import SpecError
from tools.openapi.parse import parse
from tools.specdiff.compare import compare

if TYPE_CHECKING:
    from tools.specdiff.model import Change

pytestmark = pytest.mark.slow

CONTENT = content_of(DOCUMENT)
BASE = parse(DOCUMENT, "base.yaml")
# The same examples in every run, so that a change fails for what it does and not by chance.
quick = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

# The last words of an id say which way a change goes, and these pairs are each other's way back.
PAIRS = """
added removed, set unset, increased decreased, required optional, deprecated reactivated,
nullable not-nullable, read-only not-read-only, write-only not-write-only,
generalized specialized, widened narrowed, open closed
"""
BACK = {
    way: back
    for one, other in (pair.split() for pair in PAIRS.split(","))
    for way, back in ((one, other), (other, one))
}
# What an id says beside what changed and which way: `new-required-request-property` and
# `request-property-removed` are about the same.
SAME = (
    (r"^new-(?:required|optional)-(request-[a-z-]+?)(?:-with-default)?$", r"\1-added"),
    (r"-(?:with|without)-(?:deprecation|sunset|default)$", ""),
    (r"^(request|response)-(?:required|optional|read-only|write-only)-property-", r"\1-property-"),
    (r"^(?:required|optional)-response-header-", "response-header-"),
    (r"^request-body-(added|removed)-(?:required|optional)$", r"request-body-\1"),
    (r"^(?:api|api-path)-removed$", "endpoint-removed"),
    (r"-became-enum$", "-enum-added"),
    (r"-deleted$", "-removed"),
    (r"-opened$", "-open"),
    (r"-mediatype-", "-body-"),
    (r"-became-", "-"),
)
WAY = re.compile(rf"(.+?)-({'|'.join(sorted(BACK, key=len, reverse=True))}|changed?|compatible)")


def split(rule: str) -> tuple[str, str]:
    """What a rule is about, and which way the change goes: `changed` if it goes neither way."""
    for pattern, text in SAME:
        rule = re.sub(pattern, text, rule)
    match = WAY.fullmatch(rule)
    assert match, rule
    return match[1], match[2] if match[2] in BACK else "changed"


def opposite(one: Change, other: Change) -> bool:
    """Whether `other` can be what `one` is on the way back."""
    if (one.operation, one.location) != (other.operation, other.location):
        return False
    (about, way), (about_back, way_back) = split(one.id), split(other.id)
    # oasdiff names few types and patterns `specialized`: the way back of `generalized` is
    # `changed`, and an operation id that is another is `removed` both ways.
    loose = {way, way_back} & {"changed"} or about == "api-operation-id"
    return about == about_back and bool(loose or BACK[way] == way_back)


def unpaired(forward: list[Change], backward: list[Change]) -> list[str]:
    left = list(backward)
    alone = []
    for change in forward:
        pair = next((one for one in left if opposite(change, one)), None)
        if pair is None:
            alone.append(f"> {said(change)}")
        else:
            left.remove(pair)
    return alone + [f"< {said(change)}" for change in left]


def apart(one: str, other: str) -> bool:
    """Whether edits of these cases have nothing to do with each other."""
    # Of another type, a schema is another one: what else changed about it is not said then.
    ways = [
        [steps(place.removesuffix("/type")) for place in CASES[name].edit] for name in (one, other)
    ]
    return not any(
        a[:shorter] == b[:shorter]
        for a in ways[0]
        for b in ways[1]
        for shorter in [min(len(a), len(b))]
    )


@st.composite
def edits(draw: st.DrawFn) -> list[str]:
    """Names of cases that can be made in one document."""
    names: list[str] = []
    for name in draw(st.lists(st.sampled_from(sorted(CASES)), min_size=1, max_size=5)):
        if all(apart(name, one) for one in names):
            names.append(name)
    return names


NAMES = st.sampled_from(["alpha", "beta", "gamma", "delta"])
COMPONENTS = ("A", "B", "C")
LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={"minimum": st.integers(0, 3), "maximum": st.integers(4, 9)},
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["string", ["string", "null"]])},
        optional={
            "minLength": st.integers(0, 3),
            "maxLength": st.integers(4, 9),
            "pattern": st.sampled_from(["^a", ".*"]),
            "enum": st.lists(NAMES, min_size=1, unique=True),
            "default": NAMES,
            "description": NAMES,
        },
    ),
    st.just({"type": "boolean"}),
    st.just({}),
    st.sampled_from(COMPONENTS).map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
)


def objects(schemas: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(NAMES, schemas, max_size=3)},
        optional={
            "required": st.lists(NAMES, unique=True),
            "additionalProperties": st.booleans(),
            "deprecated": st.booleans(),
        },
    )


def nested(schemas: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        objects(schemas),
        st.fixed_dictionaries({"type": st.just("array"), "items": schemas}),
        st.lists(schemas, min_size=1, max_size=3).map(lambda parts: {"anyOf": parts}),
        st.lists(schemas, min_size=1, max_size=2).map(lambda parts: {"oneOf": parts}),
        st.lists(objects(schemas), min_size=1, max_size=2).map(lambda parts: {"allOf": parts}),
    )


SCHEMAS = st.recursive(LEAVES, nested, max_leaves=6)
PARAMETERS = st.lists(
    st.fixed_dictionaries(
        {"name": NAMES, "in": st.sampled_from(["query", "header", "cookie"]), "schema": SCHEMAS},
        optional={"required": st.booleans(), "explode": st.booleans()},
    ),
    max_size=3,
    unique_by=lambda one: (one["name"], one["in"]),
)
BODIES = SCHEMAS.map(lambda schema: {"content": {"application/json": {"schema": schema}}})
OPERATIONS = st.fixed_dictionaries(
    {
        "responses": st.dictionaries(
            st.sampled_from(["200", "404", "default"]),
            BODIES.map(lambda body: {"description": "It.", **body}),
            min_size=1,
        )
    },
    optional={"parameters": PARAMETERS, "requestBody": BODIES, "deprecated": st.booleans()},
)
# All components are used: unused components are tested separately.
USES: Any = {
    "get": {
        "responses": {
            status: {
                "description": "It.",
                "content": {
                    "application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}
                },
            }
            for status, name in zip(("200", "201", "202"), COMPONENTS, strict=True)
        }
    }
}
DOCUMENTS = st.fixed_dictionaries(
    {
        "openapi": st.just("3.1.0"),
        "info": st.just({"title": "Any", "version": "1"}),
        "paths": st.dictionaries(
            st.sampled_from(["/", "/a", "/b/c"]),
            st.dictionaries(st.sampled_from(["get", "put", "post"]), OPERATIONS, max_size=2),
            max_size=2,
        ).map(lambda paths: {**paths, "/uses": USES}),
        "components": st.fixed_dictionaries(
            {"schemas": st.fixed_dictionaries(dict.fromkeys(COMPONENTS, objects(LEAVES)))}
        ),
    }
)


@given(DOCUMENTS, st.integers(0, 99))
@quick
def test_a_document_and_itself_in_another_order_have_no_difference(content: Any, seed: int) -> None:
    base = parse(text_of(content), "base.yaml")
    assert compare(base, base) == []
    assert compare(base, parse(text_of(copy.deepcopy(content)), "same.yaml")) == []
    again = parse(text_of(shuffled(content, random.Random(seed))), "shuffled.yaml")
    assert [said(change) for change in compare(base, again)] == []


@given(DOCUMENTS, DOCUMENTS)
@quick
def test_any_two_documents_can_be_compared(one: Any, other: Any) -> None:
    base, revision = parse(text_of(one), "one.yaml"), parse(text_of(other), "other.yaml")
    forward, backward = compare(base, revision), compare(revision, base)
    assert bool(forward) == bool(backward)
    for changes in (forward, backward):
        assert max(Counter(change.fingerprint for change in changes).values(), default=1) == 1


@given(edits())
@quick
def test_the_reverse_comparison_reports_the_opposite(names: list[str]) -> None:
    content = CONTENT
    for name in names:
        content = edited(CASES[name].edit, content)
    revision = parse(text_of(content), "revision.yaml")
    forward, backward = compare(BASE, revision), compare(revision, BASE)
    assert len(forward) >= len(names)
    assert unpaired(forward, backward) == []


@given(edits())
@quick
def test_edits_are_reported_together_as_they_are_alone(names: list[str]) -> None:
    content = CONTENT
    alone: Counter[str] = Counter()
    for name in names:
        content = edited(CASES[name].edit, content)
        alone.update(map(without_place, changes_of(name)))
    revision = parse(text_of(content), "revision.yaml")
    assert Counter(map(without_place, compare(BASE, revision))) == alone


def without_place(change: Change) -> str:
    """What is said, apart from where: another edit may take that operation away, or give the
    body a second media type, which is then named."""
    return said(evolve(change, operation="", location=""))


PLACES = [place for place, _ in walk(CONTENT)]
JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(["", "x", "3.1.0", "object", "#/components/schemas/Plant"]),
    st.sampled_from([[], {}, [1], {"a": 1}, {"$ref": "#/components/schemas/Error"}, {"type": []}]),
)


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK, st.booleans()), min_size=1, max_size=3))
@settings(quick, max_examples=60)
def test_no_mutation_makes_it_fail(mutations: list[tuple[tuple[Any, ...], Any, bool]]) -> None:
    content = copy.deepcopy(CONTENT)
    for place, value, goes in mutations:
        node = content
        try:
            for step in place[:-1]:
                node = node[step]
            if goes:
                del node[place[-1]]
            else:
                node[place[-1]] = value
        except (LookupError, TypeError):  # it was removed before, with its parent
            continue
    try:
        revision = parse(text_of(content), "revision.yaml")
    except SpecError:
        return
    forward, backward = compare(BASE, revision), compare(revision, BASE)
    assert bool(forward) == bool(backward)
    assert compare(revision, revision) == []
