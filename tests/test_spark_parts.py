"""What Spark's executors do, without Spark: `on_spark.py` shows it with Spark."""

from __future__ import annotations

import importlib
import pickle
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aidp_workbench.spark
import pyarrow as pa
import pytest
from aidp_workbench import ArgumentError, ConfigError, RetryPolicy, connect, paginate
from aidp_workbench.spark import task_runs
from aidp_workbench.spark.columns import ddl, spark_schema
from aidp_workbench.spark.connection import checked
from aidp_workbench.spark.listings import Listings
from aidp_workbench.spark.query import Condition, Query
from aidp_workbench.tables import schema_of, to_arrow
from aidp_workbench_api.api.job_runs import list_job_runs
from aidp_workbench_api.api.jobs import get_job
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import JobRun, JobRunSummary, TaskRunSummary

from tools.service import Service, serve

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serve(40) as service:
        yield service


@pytest.fixture
def connection(service: Service) -> dict[str, Any]:
    return {"base_url": service.base_url, "config_file": service.config_file}


@pytest.fixture
def where(service: Service) -> dict[str, str]:
    ids = ("ai_data_platform_id", service.ai_data_platform_id)
    return dict([ids, ("workspace_key", service.workspace_key)])


@pytest.fixture
def options(service: Service) -> dict[str, str]:
    return options_for(service)


def options_for(service: Service) -> dict[str, str]:
    return {
        "platform": service.ai_data_platform_id,
        "workspace": service.workspace_key,
        "base_url": service.base_url,
        "config_file": str(service.config_file),
    }


def listings(connection: dict[str, Any], where: dict[str, Any], **settings: Any) -> Listings:
    return Listings.of(
        list_task_runs, "job_run_key", arguments=where, connection=checked(connection), **settings
    )


def listed(query: Query) -> list[dict[str, Any]]:
    """The rows of all partitions, which travel to the executors and back."""
    parts = pickle.loads(
        pickle.dumps([(query, part, None) for part in task_runs.partitions(query)])
    )
    return [row for part in parts for batch in task_runs.rows(*part) for row in batch.to_pylist()]


@pytest.fixture(scope="module")
def recent(service: Service) -> list[dict[str, Any]]:
    """What the data source lists for the newest job runs of one job."""
    created: dict[Any, list[datetime]] = {}
    for one in Query.of(options_for(service)).job_runs():
        if one.created:
            created.setdefault(one.job_key, []).append(one.created)
    job, times = max(created.items(), key=lambda item: len(item[1]))
    chosen = {"job": job, "since": sorted(times)[-6].isoformat()}
    return listed(Query.of({**options_for(service), **chosen, "partitions": "3", "rate": "1e6"}))


class TestListings:
    def test_give_the_rows_of_each_key_and_a_row_for_each_error(
        self, service: Service, connection: dict[str, Any], where: dict[str, str]
    ) -> None:
        made = pickle.loads(pickle.dumps(listings(connection, where)))
        keys = [service.job_run_key, "gone", None, " "]
        rows = [row for batch in made.rows(iter(keys)) for row in batch.to_pylist()]
        by_key: dict[Any, list[dict[str, Any]]] = {}
        for row in rows:
            by_key.setdefault(row.pop("listing_key"), []).append(row)
        expected = to_arrow(map(TaskRunSummary.from_dict, service.task_runs)).to_pylist()
        ours = by_key[service.job_run_key]
        assert [row.pop("listing_error") for row in ours] == [None] * 40
        assert sorted(ours, key=lambda row: str(row["key"])) == (
            sorted(expected, key=lambda row: str(row["key"]))
        )
        (gone,), (none,), (blank,) = (by_key[key] for key in keys[1:])
        assert (gone["listing_error"]["type"], gone["listing_error"]["status"]) == (
            ("NotFoundError", 404)
        )
        assert gone["listing_error"]["opc_request_id"] in gone["listing_error"]["message"]
        assert none["listing_error"]["type"] == blank["listing_error"]["type"] == "ArgumentError"
        assert none["key"] is None

    def test_of_no_key_need_nothing(self, where: dict[str, str]) -> None:
        assert list(listings({"profile": "NOT_THERE"}, where).rows([])) == []

    def test_that_can_reach_nothing_fail(self, where: dict[str, str]) -> None:
        with pytest.raises(ConfigError, match="; credentials do not travel"):
            list(listings({"profile": "NOT_THERE"}, where).rows(["a"]))

    def test_are_checked_before_they_travel(
        self, connection: dict[str, Any], where: dict[str, str]
    ) -> None:
        with pytest.raises(ArgumentError, match="status"):
            listings(connection, {**where, "status": ["LOST"]})
        with pytest.raises(TypeError, match="get_job takes no page"):
            Listings.of(get_job, "job_key", arguments=where, connection={})

    def test_hold_the_name_of_a_key_and_not_the_key(
        self, connection: dict[str, Any], where: dict[str, str]
    ) -> None:
        config = Path(connection["config_file"]).read_text()
        (key_file,) = [line for line in config.splitlines() if line.startswith("key_file")]
        secret = Path(key_file.partition("=")[2].strip()).read_text().splitlines()[5]
        travels = pickle.dumps(listings(connection, where, rate=5))
        assert str(connection["config_file"]).encode() in travels
        assert secret.encode() not in travels


class TestConnections:
    def test_may_not_have_a_signer(self) -> None:
        with pytest.raises(ArgumentError, match="a signer holds a key"):
            checked({"signer": lambda request: None})

    def test_take_what_connect_takes(self) -> None:
        given = {"auth": "resource_principal", "config_file": Path("c"), "retry": RetryPolicy()}
        assert checked(given) == given | {"config_file": "c"}
        assert checked(None) == {}
        with pytest.raises(ArgumentError, match="connection has no profil; it takes"):
            checked({"profil": "DEFAULT"})


class TestColumns:
    @pytest.mark.parametrize("structs", [False, True])
    @pytest.mark.parametrize("model", [TaskRunSummary, JobRunSummary, JobRun])
    def test_have_types_that_spark_has(self, model: Any, *, structs: bool) -> None:
        schema = schema_of(model, structs=structs)
        table = to_arrow([], model, structs=structs).cast(spark_schema(schema))
        assert table.schema.names == schema.names
        assert len(ddl(table.schema).split("`")) > 2 * len(schema)

    def test_are_written_as_sql(self) -> None:
        inner = pa.struct([("a", pa.dictionary(pa.int32(), pa.string())), ("b", pa.bool_())])
        fields = [
            pa.field("when", pa.timestamp("ms", "UTC")),
            pa.field("day", pa.date32()),
            pa.field("all", pa.list_(inner)),
            pa.field("by", pa.map_(pa.string(), pa.float64())),
        ]
        assert ddl(spark_schema(fields)) == (
            "`when` timestamp, `day` date, `all` array<struct<`a`:string,`b`:boolean>>,"
            " `by` map<string,double>"
        )


class TestQueries:
    def test_list_task_runs_with_their_job_runs(
        self, service: Service, where: dict[str, Any], recent: list[dict[str, Any]]
    ) -> None:
        keys = {row["job_run_key"] for row in recent}
        address: Any = {"base_url": service.base_url, "config_file": service.config_file}
        with connect(**address) as client:
            job_runs = list(paginate(list_job_runs, **where, client=client))
            expected = [
                (one.job_key, one.job_name, one.time_created, run.key)
                for one in job_runs
                if one.key in keys
                for run in paginate(list_task_runs, **where, job_run_key=one.key, client=client)
            ]
        columns = ("job_key", "job_name", "job_run_time_created", "key")
        assert sorted(tuple(row[one] for one in columns) for row in recent) == sorted(expected)
        assert {row["listing_error"] for row in recent} == {None}
        planned = Query.of(options_for(service)).job_runs()
        assert sorted(one.key for one in planned) == sorted(str(one.key) for one in job_runs)
        assert len(planned) > len(keys) > 3

    def test_ask_the_service_for_what_is_wanted(
        self, service: Service, options: dict[str, str], recent: list[dict[str, Any]]
    ) -> None:
        job = recent[0]["job_key"]
        since, _, last, after = sorted({row["job_run_time_created"] for row in recent})[-4:]
        given = {"job": job, "status": "FAILED, SUCCESS", "since": since.isoformat()}
        before = len(service.requests)
        created = Condition("<", "job_run_time_created", after)
        rows = listed(Query.of({**options, **given}).where([created, Condition("is", "key")]))
        expected = [
            row["key"]
            for row in recent
            if since <= row["job_run_time_created"] <= last
            and row["state_status"] in ("FAILED", "SUCCESS")
        ]
        assert expected
        assert sorted(row["key"] for row in rows) == sorted(expected)
        first, *others = [str(one) for one in service.requests[before:]]
        assert f"jobKey={job}" in first
        assert "timeCreatedGreaterThanOrEqualTo" in first
        assert "timeCreatedLessThanOrEqualTo" in first
        assert all("status=FAILED&status=SUCCESS" in one for one in others)
        assert len(others) <= 4

    def test_for_one_time_ask_for_it_alone(
        self, service: Service, options: dict[str, str], recent: list[dict[str, Any]]
    ) -> None:
        then = max(row["job_run_time_created"] for row in recent)
        query = Query.of(options).where([Condition("=", "job_run_time_created", then)])
        assert len(query.job_runs()) < 5
        expected = [row["key"] for row in recent if row["job_run_time_created"] == then]
        assert {row["key"] for row in listed(query)} >= {*expected}

    def test_pick_out_statuses_that_the_service_does_not_filter_by(
        self, service: Service, options: dict[str, str]
    ) -> None:
        query = Query.of({**options, "job_run": service.job_run_key})
        chosen = query.where([Condition("in", "state_status", ["TIMED_OUT", "FAILED"])])
        assert "status" not in chosen.task_run_arguments
        states = [run.get("state") or {} for run in service.task_runs]
        expected = [one["status"] for one in states if one.get("status") in ("TIMED_OUT", "FAILED")]
        assert sorted(row["state_status"] for row in listed(chosen)) == sorted(expected)

    def test_that_nothing_can_satisfy_send_nothing(
        self, service: Service, options: dict[str, str]
    ) -> None:
        before = len(service.requests)
        query = Query.of({**options, "status": "FAILED"})
        assert listed(query.where([Condition("in", "state_status", ["SUCCESS"])])) == []
        assert len(service.requests) == before

    def test_of_job_runs_that_are_not_there_give_their_errors(
        self, service: Service, options: dict[str, str]
    ) -> None:
        query = Query.of({**options, "job_run": f"gone,{service.job_run_key}", "status": "FAILED"})
        gone, *rows = sorted(listed(query), key=lambda row: str(row["listing_error"])[::-1])
        errors = [row for row in [gone, *rows] if row["listing_error"]]
        assert [(row["job_run_key"], row["listing_error"]["status"]) for row in errors] == (
            [("gone", 404)]
        )
        assert {row["job_name"] for row in [gone, *rows]} == {None, "backfill_history"}

    def test_of_another_job_are_not_requested(
        self, service: Service, options: dict[str, str]
    ) -> None:
        named = {**options, "job_run": service.job_run_key}
        (one,) = Query.of(named).job_runs()
        assert Query.of({**named, "job": str(one.job_key)}).job_runs() == [one]
        assert Query.of({**named, "job": "another"}).job_runs() == []

    def test_of_job_runs_that_cannot_be_listed_give_their_errors(
        self, service: Service, options: dict[str, str]
    ) -> None:
        query = Query.of({**options, "job_run": service.job_run_key})
        ((facts,),) = task_runs.partitions(query)
        (batch,) = task_runs.rows(query, [type(facts)("lost", "j", "job")], None)
        (row,) = batch.to_pylist()
        assert (row["job_run_key"], row["job_name"], row["key"]) == ("lost", "job", None)
        assert row["listing_error"]["type"] == "NotFoundError"

    @pytest.mark.parametrize(
        ("option", "value", "message"),
        [
            ("workspace", "", "the option workspace is missing"),
            ("statuses", "FAILED", "there is no option statuses"),
            ("since", "yesterday", "since must be a time such as 2026-04-30"),
            ("partitions", "0", "partitions must be a number above 0"),
            ("rate", "fast", "rate must be a number above 0"),
        ],
    )
    def test_with_a_wrong_option_are_refused(
        self, options: dict[str, str], option: str, value: str, message: str
    ) -> None:
        with pytest.raises(ArgumentError, match=message):
            Query.of({**options, option: value})

    def test_take_a_time_without_an_offset_for_utc(self, options: dict[str, str]) -> None:
        (one, other) = Query.of(
            {**options, "since": "2026-04-30", "until": "2026-05-01T02:00+02:00"}
        ).conditions
        assert one.value == datetime(2026, 4, 30, tzinfo=UTC)
        assert other.value - one.value == timedelta(days=1)


@pytest.mark.parametrize(
    ("missing", "message"),
    [("pyspark", "needs pyspark, which the extra `spark`"), ("pyspark.sql.datasource", "Spark 4")],
)
def test_without_spark_the_error_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, missing: str, message: str
) -> None:
    for name in ("aidp_workbench.spark.frames", "aidp_workbench.spark.source"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    absent = ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    def import_module(*_: str) -> Any:
        raise absent

    monkeypatch.setattr(importlib, "import_module", import_module)
    with pytest.raises(ModuleNotFoundError, match=message):
        _ = aidp_workbench.spark.register
    absent.name = "something"
    with pytest.raises(ModuleNotFoundError, match="No module named"):
        _ = aidp_workbench.spark.list_many
    with pytest.raises(AttributeError):
        _ = aidp_workbench.spark.nothing  # type: ignore[attr-defined]
