"""Generated models, for every kind of schema: what fits is typed, what does not is not lost."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from uuid import UUID

import attrs
import pytest
from aidp_workbench_api.models import TaskRunSummary
from aidp_workbench_api.types import UNSET, Unset
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.every_kind import SPEC, generated, names_in
from tools.openapi.parse import parse_file

if TYPE_CHECKING:
    from types import ModuleType

DOCUMENT = parse_file(SPEC).content


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ModuleType]:
    return generated(tmp_path_factory.mktemp("every_kind"))


@pytest.fixture
def thing(api: dict[str, ModuleType]) -> Any:
    return api["models"].Thing


@pytest.fixture
def error(api: dict[str, ModuleType]) -> Any:
    return api["errors"].ResponseError


class TestUnions:
    def test_the_alternative_that_fits_is_taken(self, api: Any, thing: Any) -> None:
        read = thing.from_dict({"pet": {"bark": True}, "pets": [{"meow": True}, {"bark": False}]})
        assert read.pet == api["models"].Dog(bark=True)
        assert [type(pet).__name__ for pet in read.pets] == ["Cat", "Dog"]

    def test_an_unknown_kind_is_kept_and_nothing_beside_it_is_lost(
        self, api: Any, thing: Any
    ) -> None:
        source = {"pet": {"tweet": 1}, "pets": [{"tweet": 1}, {"bark": True}], "one": "x"}
        read = thing.from_dict(source)
        assert (read.pet, read.additional_properties) == (UNSET_OF(api), {"pet": {"tweet": 1}})
        assert read.pets == [{"tweet": 1}, api["models"].Dog(bark=True)]
        assert (read.one, read.to_dict()) == ("x", source)

    @pytest.mark.parametrize(
        ("kind", "name"), [("round", "Circle"), ("Square", "Square"), ("Circle", "Circle")]
    )
    def test_a_discriminator_tells_them_apart(self, thing: Any, kind: str, name: str) -> None:
        assert type(thing.from_dict({"shape": {"kind": kind}}).shape).__name__ == name

    def test_a_discriminator_with_another_value_is_an_unknown_kind(
        self, api: Any, thing: Any
    ) -> None:
        read = thing.from_dict({"shape": {"kind": "star", "size": 1}})
        assert read.shape is UNSET_OF(api)
        assert read.to_dict() == {"shape": {"kind": "star", "size": 1}}

    def test_without_one_the_alternative_is_taken_that_leaves_the_least(self, thing: Any) -> None:
        assert type(thing.from_dict({"shape": {"size": "XL"}}).shape).__name__ == "Square"
        assert type(thing.from_dict({"shape": {"size": 5}}).shape).__name__ == "Circle"


class TestMaps:
    def test_have_a_name_from_their_title_or_property(self, api: Any, thing: Any) -> None:
        read = thing.from_dict({"labels": {}, "counts": {}})
        assert type(read.labels) is api["models"].Labels
        assert type(read.counts) is api["models"].ThingCounts

    def test_are_mappings(self, thing: Any) -> None:
        counts = thing.from_dict({"counts": {"a": 1, "b": 2}}).counts
        assert ("a" in counts, "c" in counts, len(counts), list(counts)) == (
            True,
            False,
            2,
            ["a", "b"],
        )
        assert (list(counts.values()), dict(counts.items())) == ([1, 2], {"a": 1, "b": 2})
        assert (counts["a"], counts.get("c"), counts == {"a": 1, "b": 2}) == (1, None, True)
        counts["c"] = 3
        del counts["a"]
        assert counts.to_dict() == {"b": 2, "c": 3}

    @pytest.mark.parametrize("wrong", ["x", None, [], {}])
    def test_with_a_wrong_value_are_set_aside(self, api: Any, thing: Any, wrong: Any) -> None:
        read = thing.from_dict({"counts": {"a": 1, "b": wrong}, "one": "x"})
        assert (read.counts, read.one) == (UNSET_OF(api), "x")
        assert read.additional_properties == {"counts": {"a": 1, "b": wrong}}

    def test_an_error_names_the_key(self, api: Any, thing: Any, error: Any) -> None:
        with pytest.raises(error, match=r"^objects\.b: expected an object, found null$"):
            thing.from_dict({"objects": {"a": {"name": "x"}, "b": None}})
        with pytest.raises(error, match=r"^b: expected a whole number, found a text$"):
            api["models"].ThingCounts.from_dict({"a": 1, "b": "x"})


FITTING: dict[str, tuple[Any, Any]] = {
    "nullables": (["a", None], ["a", None]),
    "nested": ([[1], []], [[1], []]),
    "untyped": ([1, "a", None, {}], [1, "a", None, {}]),
    "level": (7, 7),
    "closed": ("RED", "RED"),
    "constant": (1, 1),
    "since": ("2026-04-30T02:00:00Z", datetime(2026, 4, 30, 2, tzinfo=UTC)),
    "day": ("2026-04-30", date(2026, 4, 30)),
    "id": (
        "6F1C2A54-8c0e-4b7e-9a53-0d3e7c1b9f10",
        UUID("6f1c2a54-8c0e-4b7e-9a53-0d3e7c1b9f10"),
    ),
    "whole": (1.0, 1),
    "wholes": ([1.0, 2], [1, 2]),
    "anything": ({"a": [None]}, {"a": [None]}),
}
WRONG: dict[str, list[Any]] = {
    "nullables": ["a", [1]],
    "nested": [[1], [["a"]], [[None]]],
    "level": ["1", 1.5, True],
    "closed": ["BLUE", 1],
    "constant": [2, True, "1"],
    "since": ["yesterday", "2026-04-30", "2026-04-30T02:00:00", 5],
    "times": ["2026-04-30T02:00:00Z", ["x"]],
    "day": ["20260430", "2026-04-30T00:00:00Z"],
    "id": ["6f1c2a54", 1],
    "whole": [1.5, "1", True, None],
    "wholes": [[1.5], [None], 1],
    "one": [1, None, []],
}


@pytest.mark.parametrize("name", FITTING)
def test_a_value_that_fits_is_typed_and_given_back(thing: Any, name: str) -> None:
    value, expected = FITTING[name]
    read = thing.from_dict({name: value})
    assert getattr(read, name) == expected
    assert isinstance(getattr(read, name), type(expected))
    assert read.to_dict() == {name: value}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_value_of_another_type_is_kept_as_it_came(
    api: Any, thing: Any, name: str, value: Any
) -> None:
    read = thing.from_dict({name: value})
    assert getattr(read, name) is UNSET_OF(api)
    assert read.additional_properties == read.to_dict() == {name: value}


@pytest.mark.parametrize("value", [None, [], "x", 1, True])
def test_something_else_in_place_of_an_object_is_an_error(
    thing: Any, error: Any, value: Any
) -> None:
    with pytest.raises(error, match=r"^expected an object, found"):
        thing.from_dict(value)
    with pytest.raises(error, match=r"^named: expected an object, found"):
        thing.from_dict({"named": value})


def test_what_a_closed_object_does_not_know_is_kept(api: Any) -> None:
    assert api["models"].Dog.from_dict({"bark": True, "new": 1}).to_dict() == {
        "bark": True,
        "new": 1,
    }


def test_properties_of_every_name_are_right(thing: Any) -> None:
    names = names_in(DOCUMENT, "Thing")
    texts = {name: name for name in names[names.index("error") :]}
    read = thing.from_dict(texts)
    assert read.to_dict() == texts
    values = [getattr(read, field.name) for field in attrs.fields(thing)]
    assert set(texts) <= {value for value in values if isinstance(value, str)}
    assert (read.class_, read.to_dict_, read.start_time) == ("class", "to_dict", "start_time")


class TestTimes:
    @pytest.mark.parametrize(
        "text",
        ["2026-04-30T02:00:00.123456789Z", "2026-04-30t02:00:00z", "2026-04-30T02:00:00.5+02:00"],
    )
    def test_that_came_are_given_back_as_they_came(self, thing: Any, text: str) -> None:
        read = thing.from_dict({"since": text, "times": [text]})
        assert isinstance(read.since, datetime)
        for one in (read, pickle.loads(pickle.dumps(read)), copy.deepcopy(read)):
            assert one.to_dict() == {"since": text, "times": [text]}
            assert one == read

    def test_of_a_caller_go_out_in_utc(self, thing: Any) -> None:
        zone = timezone(timedelta(hours=2))
        made = thing(since=datetime(2026, 4, 30, 2, 0, 0, 5, zone), day=date(2026, 4, 30))
        assert made.to_dict() == {"since": "2026-04-30T00:00:00.000005Z", "day": "2026-04-30"}

    @pytest.mark.parametrize("wrong", [datetime(2026, 4, 30), date(2026, 4, 30), "2026-04-30"])
    def test_without_a_zone_are_refused_by_name(self, api: Any, thing: Any, wrong: Any) -> None:
        with pytest.raises(api["errors"].ArgumentError, match=r"^since: must be a datetime"):
            thing(since=wrong).to_dict()

    def test_that_are_calculated_have_no_text_of_their_own(self, thing: Any) -> None:
        read = thing.from_dict({"since": "2026-04-30T02:00:00.123456789Z"})
        read.since += timedelta(days=1)
        assert read.to_dict() == {"since": "2026-05-01T02:00:00.123456Z"}


class TestWherePeoplePutModels:
    run = TaskRunSummary.from_dict(
        {"key": "k", "new": 1, "startTime": 5, "state": {"status": "FAILED", "stateMessage": None}}
    )

    def test_copies_are_equal_and_unset_stays_itself(self) -> None:
        for one in (
            pickle.loads(pickle.dumps(self.run)),
            copy.copy(self.run),
            copy.deepcopy(self.run),
        ):
            assert one == self.run
            assert one.name is UNSET
        assert pickle.loads(pickle.dumps(UNSET)) is copy.deepcopy(UNSET) is Unset() is UNSET

    def test_asdict_and_json(self) -> None:
        assert attrs.asdict(self.run)["state"]["status"] == "FAILED"
        assert json.loads(json.dumps(self.run.to_dict())) == self.run.to_dict()

    def test_the_repr_has_what_is_set(self) -> None:
        assert repr(self.run) == (
            "TaskRunSummary(key='k', start_time=5,"
            " state=State(status='FAILED', state_message=None), additional_properties={'new': 1})"
        )
        assert repr(UNSET) == "UNSET"

    def test_it_reads_as_a_mapping_of_its_json(self) -> None:
        assert dict(self.run) == {**self.run} == self.run.to_dict()
        assert ("startTime" in self.run, "start_time" in self.run) == (True, False)
        assert (self.run["startTime"], sorted(self.run)) == (
            5,
            ["key", "new", "startTime", "state"],
        )
        with pytest.raises(KeyError, match="name"):
            self.run["name"]
        assert bool(TaskRunSummary())


def UNSET_OF(api: Any) -> Any:  # noqa: N802
    """UNSET of the package that was generated here, which is not that of the project."""
    return api["types"].UNSET


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["RED", "2026-04-30T02:00:00Z", "2026-04-30"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "name", "kind", "meow", "bark", "size"]), inner)
    ),
    max_leaves=8,
)


@pytest.mark.slow
@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_json_is_typed_without_a_loss_or_one_error(api: Any, data: st.DataObject) -> None:
    names = names_in(DOCUMENT, "Thing")
    source = data.draw(st.dictionaries(st.sampled_from([*names, "new"]), json_values))
    try:
        read = api["models"].Thing.from_dict(source)
    except api["errors"].ResponseError:
        return
    assert read.to_dict() == source


@pytest.mark.parametrize("name", ["at", "moment", "moments", "until"])
def test_numbers_that_stand_for_times_say_so(api: dict[str, ModuleType], name: str) -> None:
    later = api["models"].Later
    formats = {one.name: one.value_format for one in later.schema_.properties}
    assert formats[name] == "epoch-milliseconds"
    assert formats["whole"] == ""
