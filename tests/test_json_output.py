"""JSON of the command line: valid, in one line, and nothing is lost, whatever the service sent."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from aidp_workbench.cli.output.json import Json, JsonLines, to_json
from aidp_workbench_api.models import TaskRunSummary
from hypothesis import given
from hypothesis import strategies as st

from tests.cli_support import run
from tests.scripted_server import ScriptedServer, answer

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def strictly(text: str) -> Any:
    """What RFC 8259 allows, which has no NaN and no Infinity."""

    def refuse(constant: str) -> Any:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


@given(_JSON)
def test_whatever_came_is_valid_json_in_one_line(value: Any) -> None:
    text = to_json(value)
    strictly(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e]", text)


@given(_JSON)
def test_values_that_json_has_come_through_unchanged(value: Any) -> None:
    sent = strictly(to_json(value))  # without what JSON has no number for
    assert strictly(to_json(sent)) == sent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("nan"), '"NaN"'),
        ([float("inf"), {"a": float("-inf")}], '["Infinity",{"a":"-Infinity"}]'),
        ([10**30, float("nan")], "[1" + "0" * 30 + ',"NaN"]'),
        ({"a": [True, None, 1.5], "b": float("nan")}, '{"a":[true,null,1.5],"b":"NaN"}'),
        ("\ud800", '"\ud800"'),
        ("a\x7f\x9b\u2028\u202e", r'"a\u007f\u009b\u2028\u202e"'),
    ],
)
def test_what_json_has_no_number_for_is_a_string(value: Any, text: str) -> None:
    assert to_json(value) == text


def test_a_whole_number_too_long_for_python_to_write_is_a_string() -> None:
    assert to_json([10**5000, 10**30]) == f'["1{"0" * 5000}",1{"0" * 30}]'


@pytest.mark.parametrize("output", ["json", "jsonl"])
def test_the_command_prints_valid_json(reach: Any, output: str) -> None:
    body = '{"items": [{"name": "\\ud800", "x": [NaN, -Infinity, 1e999], "retryAttempt": 1e400}]}'
    with ScriptedServer(answer(200, body, content_type="application/json")) as server:
        ran = run("task-runs", "list", *reach(server), "--output", output)
    assert (ran.code, ran.err) == (0, "")
    found = strictly(ran.out)
    assert (found[0] if output == "json" else found) == {
        "name": "\ud800",
        "x": ["NaN", "-Infinity", "Infinity"],
        "retryAttempt": "Infinity",
    }


def test_an_array_is_closed_only_at_the_end() -> None:
    stream = io.StringIO()
    writer = Json(stream)
    writer.write([TaskRunSummary.from_dict({"name": "a"})])
    with pytest.raises(ValueError, match="delimiter"):
        json.loads(stream.getvalue())
    writer.end()
    assert json.loads(stream.getvalue()) == [{"name": "a"}]


def test_json_lines_are_one_for_each_task_run() -> None:
    stream = io.StringIO()
    JsonLines(stream).write([TaskRunSummary.from_dict({"name": one}) for one in ("a\n", "b")])
    assert [json.loads(line)["name"] for line in stream.getvalue().splitlines()] == ["a\n", "b"]
