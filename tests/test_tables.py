"""Listings as Arrow tables: typed by the models, and nothing that the service sent is lost."""

from __future__ import annotations

import importlib
import json
import math
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from aidp_workbench import ArgumentError, Page, ServiceError, connect, pages
from aidp_workbench.tables import record_batches, schema_of, to_arrow
from aidp_workbench_api.api.jobs import get_job, list_jobs
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import JobRun, JobRunSummary, JobSummary, State, TaskRunSummary
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import IMPATIENT, KEYS
from tests.every_kind import generated
from tests.scripted_server import ScriptedServer, answer, page
from tools.service.data import JOB_RUN_KEY, sample_workspace

if TYPE_CHECKING:
    from types import ModuleType

SPEC = Path(__file__).parents[1] / "openapi/aidp-workbench.yaml"
TIME = pa.timestamp("ms", "UTC")
ENUM = pa.dictionary(pa.int32(), pa.string())
TASK_RUN = {
    "key": pa.string(),
    "name": pa.string(),
    "task_key": pa.string(),
    "job_run_key": pa.string(),
    "parent_job_run_key": pa.string(),
    "root_job_run_key": pa.string(),
    "external_id": pa.string(),
    "retry_attempt": pa.int64(),
    "cluster_validation_start_time": TIME,
    "start_time": TIME,
    "end_time": TIME,
    "state_status": ENUM,
    "state_state_message": pa.string(),
    "state_error_trace": pa.string(),
    "state_is_user_canceled_or_timed_out": pa.bool_(),
    "additional_properties": pa.string(),
}


THING: Any = {
    "pets": [{"meow": True}, {"bark": False}],
    "counts": {"a": 1, "b": 2},
    "labels": {"a": "x"},
    "objects": {"a": {"name": "n"}},
    "nullables": ["a", None],
    "nested": [[1], [], [2, 3]],
    "untyped": [1, "a", {"b": None}],
    "level": 2,
    "closed": "RED",
    "constant": 1,
    "since": "2026-04-30T02:00:00Z",
    "times": ["2026-04-30T02:00:00Z"],
    "day": "2026-04-30",
    "id": "12345678-1234-5678-1234-567812345678",
    "anything": {"a": [1]},
    "named": {"name": "n"},
    "at": 0,
    "moments": [0],
    "class": "c",
}
WHEN = datetime(2026, 4, 30, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def source() -> list[dict[str, Any]]:
    """Task runs in their JSON form."""
    return list(sample_workspace(2500).job_runs[JOB_RUN_KEY])


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("tables")
    return generated(folder, package="table_kinds_api", shared=True)["models"]


def types(schema: Any) -> dict[str, pa.DataType]:
    return {one.name: one.type for one in schema}


def milliseconds(when: datetime) -> int:
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


class TestSchemas:
    def test_follow_from_the_model(self) -> None:
        assert types(schema_of(TaskRunSummary)) == TASK_RUN

    def test_follow_from_the_operation_that_lists_it(self) -> None:
        assert schema_of(list_task_runs) == schema_of(TaskRunSummary)
        assert schema_of(list_jobs) == schema_of(JobSummary)
        with pytest.raises(TypeError, match="get_job lists nothing"):
            schema_of(get_job)

    @pytest.mark.slow
    def test_follow_from_the_spec_alone(self, tmp_path: Path) -> None:
        spec, place = SPEC.read_text(), "    TaskRunSummary:\n"
        before, rest = spec.split(place)
        head, properties, rest = rest.partition("      properties:\n")
        new = """\
        cost: { type: [number, "null"], description: What it cost. }
        queuedTime:
          type: [integer, "null"]
          x-format: epoch-milliseconds
          description: When it was queued, in milliseconds since 1970-01-01 UTC.
"""
        changed = tmp_path / "changed.yaml"
        changed.write_text(before + place + head + properties + new + rest)
        tags = ("task_runs",)
        api = generated(tmp_path, changed, "changed_api", tags, shared=True)
        expected = {"cost": pa.float64(), "queued_time": TIME, **TASK_RUN}
        assert types(schema_of(api["models"].TaskRunSummary)) == expected

    def test_may_keep_objects_together(self) -> None:
        schema = schema_of(TaskRunSummary, structs=True)
        names = [name for name in TASK_RUN if not name.startswith("state_")]
        assert schema.names == [*names[:-1], "state", names[-1]]
        inner = types(schema.field("state").type)
        prefixed = {f"state_{name}": data_type for name, data_type in inner.items()}
        assert prefixed == {name: TASK_RUN[name] for name in TASK_RUN if name not in names}

    def test_have_times_for_texts_and_for_milliseconds(self) -> None:
        found = types(schema_of(JobRunSummary))
        assert found["time_created"] == found["start_time"] == TIME
        assert found["execution_duration"] == pa.int64()

    def test_of_the_whole_api_can_be_written_as_parquet(self, tmp_path: Path) -> None:
        for structs in (False, True):
            table = to_arrow([], JobRun, structs=structs)
            pq.write_table(table, tmp_path / "runs.parquet")
            assert pq.read_schema(tmp_path / "runs.parquet") == table.schema


class TestItems:
    @pytest.mark.parametrize("structs", [False, True])
    def test_have_all_that_the_service_sent(
        self, source: list[dict[str, Any]], *, structs: bool
    ) -> None:
        table = to_arrow(map(TaskRunSummary.from_dict, source), structs=structs)
        assert table.schema == schema_of(TaskRunSummary, structs=structs)
        assert table["additional_properties"].null_count == len(source)
        for row, run in zip(table.to_pylist(), source, strict=True):
            state = run.get("state") or {}
            found = row["state"] or {} if structs else {}
            status = found.get("status") if structs else row["state_status"]
            trace = found.get("error_trace") if structs else row["state_error_trace"]
            assert (row["key"], row["name"]) == (run["key"], run["name"])
            assert (status, trace) == (state.get("status"), state.get("errorTrace"))
            ended = row["end_time"] and milliseconds(row["end_time"])
            assert ended == run.get("endTime")

    def test_that_are_none_keep_the_schema(self) -> None:
        table = to_arrow([], list_task_runs)
        assert (table.num_rows, table.schema) == (0, schema_of(TaskRunSummary))

    def test_that_are_none_and_may_be_anything_are_an_error(self) -> None:
        with pytest.raises(ArgumentError, match="pass their model"):
            to_arrow([])

    def test_of_another_model_are_an_error(self) -> None:
        with pytest.raises(TypeError, match="expected TaskRunSummary, found State"):
            to_arrow([TaskRunSummary(), State()])

    def test_with_more_than_the_api_says_have_it_as_json(self) -> None:
        source = {"key": "k", "cost": 1.5, "state": {"status": "NEW", "phase": {"a": "ü"}}}
        for structs in (False, True):
            (row,) = to_arrow([TaskRunSummary.from_dict(source)], structs=structs).to_pylist()
            rest = '{"cost":1.5,"state":{"phase":{"a":"ü"}}}'
            assert row["additional_properties"] == rest
            state = row["state"] if structs else {"status": row["state_status"]}
            assert state["status"] == "NEW"

    @pytest.mark.parametrize(
        ("name", "value", "column"),
        [
            ("retryAttempt", "many", "retry_attempt"),
            ("retryAttempt", 2**63, "retry_attempt"),
            ("startTime", 253402300800000, "start_time"),
            ("startTime", -62135596800001, "start_time"),
            ("startTime", 2**70, "start_time"),
            ("name", 5, "name"),
            ("name", "half a pair: \ud83d", "name"),
        ],
    )
    def test_whose_column_cannot_hold_a_value_have_it_as_json(
        self, name: str, value: Any, column: str
    ) -> None:
        runs = [TaskRunSummary.from_dict({"key": "k", name: one}) for one in (value, None)]
        row, other = to_arrow(runs).to_pylist()
        assert (row["key"], row[column]) == ("k", None)
        assert json.loads(row["additional_properties"]) == {name: value}
        assert other["additional_properties"] is None

    def test_may_have_the_first_and_the_last_time_of_python(self) -> None:
        ends = (datetime.min, datetime.max.replace(microsecond=999000))
        times = [milliseconds(one.replace(tzinfo=UTC)) for one in ends]
        table = to_arrow([TaskRunSummary(start_time=times[0], end_time=times[1])])
        (row,) = table.to_pylist()
        assert [milliseconds(row[name]) for name in ("start_time", "end_time")] == times

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("2026-04-30T02:00:00.123Z", False),
            ("2026-04-30T04:00:00.1230+02:00", False),
            ("2026-04-30T02:00:00.123456Z", True),
            ("2026-04-30T02:00:00.123000001Z", True),
        ],
    )
    def test_with_finer_times_have_them_as_json(self, text: str, *, kept: bool) -> None:
        run = JobRunSummary.from_dict({"key": "k", "timeCreated": text})
        (row,) = to_arrow([run]).to_pylist()
        assert row["time_created"] == datetime(2026, 4, 30, 2, 0, 0, 123000, tzinfo=UTC)
        rest = row["additional_properties"]
        assert (json.loads(rest) == {"timeCreated": text}) if kept else rest is None

    def test_beyond_the_times_of_utc_are_kept(self) -> None:
        text = "0001-01-01T00:00:00+14:00"
        (row,) = to_arrow([JobRunSummary.from_dict({"key": "k", "timeCreated": text})]).to_pylist()
        assert row["time_created"] is None
        assert json.loads(row["additional_properties"]) == {"timeCreated": text}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
STATE = st.fixed_dictionaries(
    {}, optional={"status": JSON, "errorTrace": JSON, "isUserCanceledOrTimedOut": JSON, "new": JSON}
)
RUN = st.fixed_dictionaries(
    {}, optional={"key": JSON, "name": JSON, "startTime": JSON, "retryAttempt": JSON, "new": JSON,
                  "state": STATE | st.none()},
)  # fmt: skip


def same(sent: Any, found: Any) -> bool:
    """Whether JSON says the same; numbers that it does not have are texts in it."""
    if isinstance(sent, float) and not math.isfinite(sent):
        return bool(found == {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(sent)])
    if isinstance(sent, list):
        return len(sent) == len(found) and all(map(same, sent, found))
    if isinstance(sent, dict):
        return sent.keys() == found.keys() and all(same(sent[one], found[one]) for one in sent)
    return bool(sent == found)


@given(st.lists(RUN, min_size=1, max_size=4))
def test_whatever_the_service_sends_is_in_a_column_or_in_the_json(
    sent: list[dict[str, Any]],
) -> None:
    runs = [TaskRunSummary.from_dict(one) for one in sent]
    columns = {"startTime": "start_time", "retryAttempt": "retry_attempt"}
    for source, row in zip(sent, to_arrow(runs).to_pylist(), strict=True):
        rest = json.loads(row["additional_properties"] or "{}")
        state = source.pop("state", None) or {}
        parts = [("", source, rest), ("state_", state, rest.get("state", {}))]
        for prefix, values, kept in parts:
            assert kept.keys() - {"state"} <= values.keys()
            for name, value in values.items():
                if name in kept:
                    assert same(value, kept[name])
                    continue
                found = row[prefix + columns.get(name, _snake(name))]
                assert (milliseconds(found) if isinstance(found, datetime) else found) == value


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name)


class TestPages:
    def test_become_batches_as_they_arrive(self, config_file: Path) -> None:
        answers = page("a", "b", token="1"), page(token="2"), page("c")
        with (
            ScriptedServer(*answers) as server,
            connect(base_url=server.base_url, config_file=config_file) as client,
        ):
            reader = record_batches(pages(list_task_runs, client=client, **KEYS), list_task_runs)
            assert (server.requests, reader.schema) == ([], schema_of(TaskRunSummary))
            assert reader.read_next_batch()["key"].to_pylist() == ["a", "b"]
            assert len(server.requests) == 1
            assert reader.read_all()["key"].to_pylist() == ["c"]

    def test_without_a_model_are_read_until_there_is_an_item(self) -> None:
        items: list[list[TaskRunSummary]] = [[], [TaskRunSummary()], [], [TaskRunSummary()]]
        found = record_batches(Page(one, None, None) for one in items)
        assert [len(batch) for batch in found] == [1, 1]
        with pytest.raises(ArgumentError):
            record_batches([Page(list[TaskRunSummary](), None, None)])

    def test_end_with_the_error_of_the_listing(self, config_file: Path) -> None:
        failure = answer(404, {"code": "NotFound", "message": "gone"})
        with (
            ScriptedServer(page("a", token="1"), failure) as server,
            connect(base_url=server.base_url, config_file=config_file, retry=IMPATIENT) as client,
        ):
            reader = record_batches(pages(list_task_runs, client=client, **KEYS), list_task_runs)
            assert reader.read_next_batch().num_rows == 1
            with pytest.raises(ServiceError) as raised:
                reader.read_next_batch()
        assert (raised.value.status, raised.value.resume_page) == (404, "1")


class TestEveryKind:
    def test_has_a_type_of_its_own_or_is_json(self, models: Any) -> None:
        found = types(schema_of(models.Thing))
        expected = {
            "pet": pa.string(), "pets": pa.string(), "counts": pa.map_(pa.string(), pa.int64()),
            "labels": pa.map_(pa.string(), pa.string()),
            "objects": pa.map_(pa.string(), pa.struct([("name", pa.string())])),
            "nullables": pa.list_(pa.string()), "nested": pa.list_(pa.list_(pa.int64())),
            "untyped": pa.string(), "level": pa.int64(), "closed": ENUM, "constant": pa.int64(),
            "since": TIME, "times": pa.list_(TIME), "day": pa.date32(), "id": pa.string(),
            "anything": pa.string(), "named_name": pa.string(), "at": TIME, "moment": TIME,
            "moments": pa.list_(TIME), "class": pa.string(), "to_dict": pa.string(),
            "additional_properties": pa.string(), "additional_properties_": pa.string(),
        }  # fmt: skip
        assert {name: found[name] for name in expected} == expected
        assert found.keys() >= {"startTime", "start_time"}

    def test_is_read_back_from_parquet(self, models: Any, tmp_path: Path) -> None:
        things = [models.Thing.from_dict(sent) for sent in (THING, dict[str, Any](), THING)]
        table = to_arrow(things)
        pq.write_table(table, tmp_path / "things.parquet")
        assert pq.ParquetFile(tmp_path / "things.parquet").read().to_pylist() == table.to_pylist()
        row, empty, again = table.to_pylist()
        assert (row, set(empty.values())) == (again, {None})
        assert {name: row[name] for name in ("pets", "untyped", "anything")} == {
            name: json.dumps(THING[name], separators=(",", ":"))
            for name in ("pets", "untyped", "anything")
        }
        assert row["counts"] == [("a", 1), ("b", 2)]
        assert row["objects"] == [("a", {"name": "n"})]
        assert (row["nullables"], row["nested"]) == (["a", None], [[1], [], [2, 3]])
        assert (row["since"], row["times"]) == (WHEN, [WHEN])
        assert (row["day"], row["id"]) == (date(2026, 4, 30), str(UUID(THING["id"])))
        assert row["at"] == row["moments"][0] == datetime(1970, 1, 1, tzinfo=UTC)
        assert (row["named_name"], row["class"], row["closed"]) == ("n", "c", "RED")

    def test_of_which_a_part_does_not_fit_is_kept_as_json(self, models: Any) -> None:
        source: Any = {
            "counts": {"a": 2**70, "\ud800": 1},
            "labels": {"fits": "yes"},
            "nested": [[1], [2**70]],
            "moments": [0, 2**60],
            "objects": {"a": {"name": "n", "more": 1}},
            "named": {"name": "n", "more": 1},
        }
        (row,) = to_arrow([models.Thing.from_dict(source)]).to_pylist()
        del source["labels"]
        assert json.loads(row["additional_properties_"]) == source | {"named": {"more": 1}}
        assert (row["nested"], row["moments"][1]) == ([[1], [None]], None)
        assert (row["counts"], row["labels"]) == (None, [("fits", "yes")])

    def test_of_its_own_kind_is_json(self, models: Any) -> None:
        tree = {"size": 1, "parts": [{"size": 2, "parts": []}], "parent": {"size": 3}}
        (row,) = to_arrow([models.Tree.from_dict(tree)]).to_pylist()
        assert row["size"] == 1
        assert [json.loads(row[name]) for name in ("parts", "parent")] == [
            tree["parts"],
            tree["parent"],
        ]

    def test_of_another_type_than_python_may_set_is_kept_as_json(self, models: Any) -> None:
        thing = models.Thing(whole="w", nested=5, times=[datetime(2026, 4, 30, 2)])
        with pytest.raises(ArgumentError, match="time zone"):
            to_arrow([thing])
        thing.times = [WHEN.astimezone(timezone(timedelta(hours=2)))]
        thing.named = "no object"
        row, other = to_arrow([thing, models.Thing()]).to_pylist()
        rest = json.loads(row["additional_properties_"])
        assert rest == {"whole": "w", "nested": 5, "named": "no object"}
        assert other["additional_properties_"] is None


def test_without_pyarrow_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("aidp_workbench.tables")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match="extra `arrow`") as raised:
        importlib.import_module("aidp_workbench.tables")
    assert raised.value.name == "pyarrow"
