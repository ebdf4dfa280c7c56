"""JSON is read as the standard library reads it, with two deliberate differences."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aidp_workbench.transport.json import loads
from hypothesis import assume, given
from hypothesis import strategies as st

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=20,
)


def outcome(read: Any, content: bytes) -> str:
    """What comes of reading it, to the type of each number and the order of keys; or the error."""
    try:
        return repr(read(content))
    except (ValueError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


@given(values, st.booleans())
def test_any_json_reads_the_same(value: object, ascii_only: bool) -> None:
    content = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert outcome(loads, content) == outcome(json.loads, content)


@given(values, st.data())
def test_damaged_json_reads_the_same_or_fails_with_the_same_words(
    value: object, data: st.DataObject
) -> None:
    content = bytearray(json.dumps(value).encode())
    at = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(at, min(at + 3, len(content))))
    content[at:end] = data.draw(st.binary(max_size=2) | st.sampled_from([b"{", b'"', b"-", b"0"]))
    found = outcome(loads, bytes(content))
    assume("twice" not in found)
    assert found == outcome(json.loads, bytes(content))


@pytest.mark.parametrize(
    "content",
    [
        b"[NaN, Infinity, -Infinity, 1e999]",
        b"[123456789012345678901234567890, -0, -0.0, 1E5]",
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        b"[" * 300 + b"]" * 300,
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'"\x00"',
        b"nan",
        b"01",
        b"[1,]",
        b"",
    ],
    ids=lambda content: repr(content[:20]),
)
def test_rarer_forms_read_the_same(content: bytes) -> None:
    assert outcome(loads, content) == outcome(json.loads, content)


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": 1, "a": 2}',
        b'{"b": [{"a": 1, "b": 2, "a": 1}], "n": "\\ud800"}',
        b'{"a":1,"\\u0061":2}',
    ],
)
def test_an_object_with_the_same_key_twice_is_damaged(content: bytes) -> None:
    with pytest.raises(ValueError, match="twice"):
        loads(content)


def test_an_integer_of_too_many_digits_is_its_text_and_the_rest_is_there() -> None:
    digits = "9" * 5000
    assert loads(f'{{"a": {digits}, "b": [1]}}'.encode()) == {"a": digits, "b": [1]}
