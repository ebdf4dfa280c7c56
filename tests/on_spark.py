"""Listings on real Spark, with two workers: exact whatever happens. `nox -s spark` runs it."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import sys
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyspark
import pytest
from aidp_workbench import ArgumentError, RetryPolicy, connect, paginate_many
from aidp_workbench.spark import list_many
from aidp_workbench.tables import to_arrow
from aidp_workbench_api.api.task_runs import list_task_runs
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from tests.scripted_server import HANG_UP, Received, answer
from tests.workspace_server import Workspace as Holdings
from tests.workspace_server import at, job_run, task_run
from tools.service import Faults, Kind, Service, serve
from tools.service.data import JobRun, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyspark.sql import DataFrame, Row

ROOT = Path(__file__).parents[1]
JOB_RUNS = {f"run-{number}": JobRun(f"run-{number}", number * 7 % 40) for number in range(60)}
WHERE: dict[str, Any] = {"ai_data_platform_id": "platform", "workspace_key": "workspace"}
NO_DATA_SOURCES = pyspark.__version__.startswith("3.")
PATIENT = RetryPolicy(wait_initial=0.01, wait_max=0.1)
# When two of the job runs in `holdings` were created.
FIRST, LAST = at(-30).isoformat(), at(-10).isoformat()
# Faults that cost no time; all of them are gone when a request is repeated.
QUICK = (
    *(Kind.RESET, Kind.RESET_IN_BODY, Kind.CUT_BODY, Kind.CUT_GZIP, Kind.GARBAGE),
    *(Kind.TOO_MANY, Kind.INTERNAL_SERVER_ERROR, Kind.SERVICE_UNAVAILABLE),
)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Two workers, each a process of its own with one core."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        "spark.ui.enabled": "false",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serve(workspace=Workspace("platform", "workspace", JOB_RUNS)) as service:
        yield service


@pytest.fixture(scope="module")
def story() -> Iterator[Service]:
    """A service with the job runs of several jobs."""
    with serve(40) as service:
        yield service


@pytest.fixture
def holdings() -> Holdings:
    """A workspace of 120 job runs of three jobs, with 50 task runs each in pages of 20."""
    made = Holdings()
    made.page_size = 20
    statuses = ("SUCCESS", "FAILED", "TIMED_OUT", "NOT_KNOWN_YET")
    for number in range(120):
        key = f"run-{number}"
        made.add(
            job_run(key, "SUCCESS", -number, -number + 0.5, job=f"job-{number % 3}"),
            *(task_run(f"{key}/{i}", statuses[i % 4], -number, task="t") for i in range(50)),
        )
    return made


def connection(service: Service) -> dict[str, Any]:
    return {
        "base_url": service.base_url,
        "config_file": service.config_file,
        "retry": PATIENT,
    }


def frame(spark: SparkSession, keys: Sequence[str | None]) -> DataFrame:
    return spark.createDataFrame([(key,) for key in keys], "job_run_key string")


def rows(found: Sequence[Row]) -> list[tuple[Any, ...]]:
    """The rows in an order of ours; times in milliseconds, which each side has in its own way."""
    plain = [tuple(_plain(value) for value in row) for row in found]
    return sorted(plain, key=repr)


def _plain(value: Any) -> Any:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if hasattr(value, "strftime") else value


def expected(service: Service, keys: Sequence[str]) -> list[tuple[Any, ...]]:
    """What `paginate_many` gives for the keys."""
    found: list[tuple[Any, ...]] = []
    with connect(**connection(service)) as client:
        many = paginate_many(list_task_runs, "job_run_key", keys, **WHERE, client=client)
        for key, page in many:
            table = to_arrow(page.items, list_task_runs)  # type: ignore[union-attr]
            found += [(key, *row.values(), None) for row in table.to_pylist()]
    return rows(found)  # type: ignore[arg-type]


class TestDataFrames:
    def test_have_the_rows_that_paginate_many_gives(
        self, spark: SparkSession, service: Service
    ) -> None:
        keys = frame(spark, [*JOB_RUNS, "gone", None])
        listed = list_many(
            list_task_runs, "job_run_key", keys, connection=connection(service), **WHERE
        )
        found = listed.collect()
        failed = [row for row in found if row.listing_error is not None]
        assert rows([row for row in found if row not in failed]) == expected(service, [*JOB_RUNS])
        errors = {row.listing_key: row.listing_error.type for row in failed}
        assert errors == {"gone": "NotFoundError", None: "ArgumentError"}

    def test_have_them_under_faults(self, spark: SparkSession, service: Service) -> None:
        faults = Faults(seed=5, rate=0.3, kinds=QUICK)
        workspace = Workspace("platform", "workspace", JOB_RUNS)
        with serve(workspace=workspace, faults=faults) as faulty:
            listed = list_many(
                list_task_runs, "job_run_key", frame(spark, [*JOB_RUNS]),
                connection=connection(faulty), partitions=4, concurrency=4, limit=10, **WHERE,
            )  # fmt: skip
            assert rows(listed.collect()) == expected(service, [*JOB_RUNS])
            assert len(faulty.faults) > 20

    def test_have_each_once_when_an_executor_is_killed(
        self, spark: SparkSession, service: Service
    ) -> None:
        keys, (pid, _) = [*JOB_RUNS][:40], processes(spark)
        before = len(service.requests)
        listed = list_many(
            list_task_runs, "job_run_key", frame(spark, keys), connection=connection(service),
            partitions=4, rate=8, **WHERE,
        )  # fmt: skip
        found: list[Row] = []
        listing = threading.Thread(target=lambda: found.extend(listed.collect()))
        listing.start()
        # Each partition has 10 keys and a share of 2 requests a second, so that none is done yet.
        while len(service.requests) < before + 3:
            listing.join(0.01)
            assert listing.is_alive()
        os.kill(pid, signal.SIGKILL)
        listing.join()
        assert rows(found) == expected(service, keys)
        assert len(service.requests) > before + 2 * len(keys)  # some were listed again

    def test_are_exact_with_faults_a_killed_worker_and_a_killed_executor(
        self, spark: SparkSession, holdings: Holdings, config_file: Path
    ) -> None:
        executor, worker = processes(spark)
        faults = Misfortune(forbidden="run-7", kills={150: worker, 300: executor})
        holdings.fault = faults
        with holdings.serve() as server:
            listed = list_many(
                list_task_runs, "job_run_key", frame(spark, [*holdings.task_runs]),
                connection={"base_url": server.base_url, "config_file": config_file,
                            "retry": PATIENT},
                partitions=4, concurrency=8, **WHERE,
            ).collect()  # fmt: skip
        failed = [row for row in listed if row.listing_error]
        assert [(row.listing_key, row.listing_error.status) for row in failed] == [("run-7", 403)]
        found = [(row.listing_key, *task_run_of(row)) for row in listed if row not in failed]
        assert sorted(found, key=repr) == sorted(
            (
                (run["jobRunKey"], run["jobRunKey"], run["key"], run["state"]["status"])
                for key, runs in holdings.task_runs.items()
                if key != "run-7"
                for run in runs
            ),
            key=repr,
        )
        assert not faults.kills
        assert faults.count > 30
        assert max(Counter(faults.answered).values()) > 1  # what was killed was listed again

    def test_never_send_faster_than_the_rate_of_all_partitions(
        self, spark: SparkSession, holdings: Holdings, config_file: Path
    ) -> None:
        arrivals: list[float] = []

        def fault(_: Received) -> bytes | None:
            arrivals.append(time.monotonic())
            return answer(503) if len(arrivals) % 5 == 0 else None

        holdings.fault = fault
        keys, partitions, rate = [*holdings.task_runs][:20], 3, 20
        with holdings.serve() as server:
            address = {"base_url": server.base_url, "config_file": config_file, "retry": PATIENT}
            listed = list_many(
                list_task_runs, "job_run_key", frame(spark, keys), connection=address,
                partitions=partitions, rate=rate, limit=1000, **WHERE,
            )  # fmt: skip
            start = time.monotonic()
            assert {row.listing_key for row in listed.collect()} == {*keys}
        # The first request of each partition does not wait.
        for count, arrival in enumerate(arrivals, start=1):
            assert count <= partitions + rate * (arrival - start)
        assert len(arrivals) >= len(keys) * 5 / 4

    def test_of_no_keys_are_empty(self, spark: SparkSession, service: Service) -> None:
        keys = frame(spark, [])
        given = {"connection": connection(service), **WHERE}
        listed = list_many(list_task_runs, "job_run_key", keys, **given)
        assert listed.collect() == []
        assert "state_status" in listed.columns

    def test_say_what_an_executor_lacks(self, spark: SparkSession, tmp_path: Path) -> None:
        keys = frame(spark, ["run-1"])
        missing = {"config_file": tmp_path / "not-there", "region": "us-ashburn-1"}
        listed = list_many(list_task_runs, "job_run_key", keys, connection=missing, **WHERE)
        with pytest.raises(PySparkException, match=r"not-there[\s\S]*credentials do not travel"):
            listed.collect()

    def test_are_refused_before_anything_is_sent(
        self, spark: SparkSession, service: Service
    ) -> None:
        keys = frame(spark, ["run-1"])
        before = len(service.requests)
        given: dict[str, Any] = {"connection": connection(service), **WHERE}
        for wrong in ({"partitions": 0}, {"status": ["LOST"]}, {"connection": {"signer": 1}}):
            with pytest.raises(ArgumentError):
                list_many(list_task_runs, "job_run_key", keys, **given | wrong)
        for columns, message in (
            (["job_run_key as a", "job_run_key as b"], "no column job_run_key"),
            (["array(job_run_key) as job_run_key"], r"must be one of text, not array<string>"),
            (["7 as other"], "column other must be one of text, not int"),
            (["job_run_key", "job_run_key"], "must be one of text, not string and string"),
        ):
            with pytest.raises(ArgumentError, match=message):
                list_many(list_task_runs, "job_run_key", keys.selectExpr(*columns), **given)
        with pytest.raises(ArgumentError, match="keys must be a data frame of Spark, not list"):
            list_many(list_task_runs, "job_run_key", ["run-1"], **given)  # type: ignore[arg-type]
        assert len(service.requests) == before


def processes(spark: SparkSession) -> tuple[int, int]:
    """One of the executors, and its worker that runs Python."""

    def found(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # What runs Python belongs to a daemon, and that to the executor.
        fields = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()
        for _ in batches:
            yield pa.RecordBatch.from_pydict({"executor": [int(fields[1])], "of": [os.getpid()]})

    (row,) = spark.range(1).mapInArrow(found, "executor bigint, of bigint").collect()
    return row.executor, row.of


class Misfortune:
    """Requests that go wrong at first, kills in the middle, and a key that nobody may list.

    Attributes:
        kills: The processes that are still to be killed, by the number of the request.
        count: How many requests went wrong.
        answered: What was answered.
    """

    def __init__(self, forbidden: str = "", kills: dict[int, int] | None = None) -> None:
        self._forbidden = forbidden
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.kills = kills or {}
        self.count = 0
        self.answered: list[str] = []

    def __call__(self, received: Received) -> bytes | None:
        with self._lock:
            target = received.target
            self._seen[target] += 1
            number = self._seen[target]
            if pid := self.kills.pop(self._seen.total(), None):
                os.kill(pid, signal.SIGKILL)
            if self._forbidden and f"jobRunKey={self._forbidden}&" in f"{target}&":
                return answer(403, {"code": "NotAuthorized", "message": "no"})
            wrong = self._wrong(target) if number == 1 else None
            if wrong is None:
                self.answered.append(target)
            else:
                self.count += 1
            return wrong

    def _wrong(self, target: str) -> bytes | None:
        """What goes wrong with the first request for this; most of the time nothing."""
        body = gzip.compress(json.dumps({"items": []}).encode())
        kinds: list[bytes | None] = [
            HANG_UP,
            answer(500),
            answer(503, "<html>"),
            answer(429, retry_after="0"),
            answer(200, "{", length=100),
            answer(200, body[:-4].decode("latin-1"), content_encoding="gzip"),
        ]
        random = Random(target)
        return random.choice(kinds) if random.random() < 0.2 else None


def task_run_of(row: Row) -> tuple[Any, ...]:
    return row.job_run_key, row.key, row.state_status


@pytest.mark.skipif(NO_DATA_SOURCES, reason="Spark 3.5 has no data sources in Python")
class TestDataSources:
    @pytest.fixture
    def task_runs(self, spark: SparkSession, story: Service) -> DataFrame:
        from aidp_workbench.spark import register

        register(spark)
        return spark.read.format("aidp_task_runs").options(**self.options(story)).load()

    def options(self, story: Service) -> dict[str, str]:
        return {
            "platform": story.ai_data_platform_id,
            "workspace": story.workspace_key,
            "base_url": story.base_url,
            "config_file": str(story.config_file),
            "partitions": "2",
        }

    def test_have_the_rows_of_all_job_runs(self, task_runs: DataFrame, story: Service) -> None:
        found = task_runs.select("job_run_key", "key", "state_status").collect()
        per_key = {row.job_run_key for row in found}
        assert len(per_key) > 20
        main = [row.key for row in found if row.job_run_key == story.job_run_key]
        assert sorted(main) == sorted(run["key"] for run in story.task_runs)

    @pytest.mark.skipif(pyspark.__version__.startswith("4.0."), reason="since Spark 4.1")
    def test_let_the_service_filter(self, task_runs: DataFrame, story: Service) -> None:
        before = len(story.requests)
        found = task_runs.where(
            f"job_run_key in ('{story.job_run_key}', 'gone') and state_status = 'FAILED'"
            " and key is not null"
        ).collect()
        sent = [str(one) for one in story.requests[before:]]
        assert len([one for one in sent if "/taskRuns?" in one]) == 1
        assert all("status=FAILED" in one for one in sent if "/taskRuns?" in one)
        assert not [one for one in sent if "/jobRuns?" in one]
        failed = [
            run["key"]
            for run in story.task_runs
            if (run.get("state") or {}).get("status") == "FAILED"
        ]
        assert sorted(row.key for row in found) == sorted(failed)

    @pytest.mark.skipif(pyspark.__version__.startswith("4.0."), reason="since Spark 4.1")
    @pytest.mark.parametrize(
        ("where", "is_wanted", "asked"),
        [
            ("state_status = 'FAILED'", lambda _, status: status == "FAILED", "status=FAILED"),
            (
                "state_status in ('TIMED_OUT', 'FAILED') and job_key = 'job-1'",
                lambda run, status: run["jobKey"] == "job-1" and status in ("TIMED_OUT", "FAILED"),
                "jobKey=job-1",
            ),
            ("job_key <> 'job-1'", lambda run, _: run["jobKey"] != "job-1", ""),
            (
                "job_run_time_created > timestamp'{first}' and job_key in ('job-0', 'job-2')"
                " and job_run_time_created <= timestamp'{last}' and state_status is not null",
                lambda run, _: FIRST < run["timeCreated"] <= LAST and run["jobKey"] != "job-1",
                "timeCreatedGreaterThanOrEqualTo=",
            ),
            (
                "job_run_time_created = timestamp'{last}'",
                lambda run, _: run["timeCreated"] == LAST,
                "timeCreatedLessThanOrEqualTo=",
            ),
            ("job_run_key = 'run-3'", lambda run, _: run["key"] == "run-3", "/jobRuns/run-3"),
        ],
    )  # fmt: skip
    def test_are_exact_with_filters_and_faults(
        self,
        spark: SparkSession,
        holdings: Holdings,
        config_file: Path,
        where: str,
        is_wanted: Callable[[dict[str, Any], str], bool],
        asked: str,
    ) -> None:
        from aidp_workbench.spark import register

        register(spark)
        holdings.fault = Misfortune()
        # Times in SQL are those of the session, which is not in UTC everywhere.
        zone = ZoneInfo("America/St_Johns")
        spark.conf.set("spark.sql.session.timeZone", zone.key)
        first, last = (
            datetime.fromisoformat(one).astimezone(zone).replace(tzinfo=None)
            for one in (FIRST, LAST)
        )
        with holdings.serve() as server:
            options = {"platform": "p", "workspace": "w", "base_url": server.base_url}
            reader = spark.read.format("aidp_task_runs").options(**options, partitions="3")
            table = reader.option("config_file", str(config_file)).load()
            found = table.where(where.format(first=first, last=last)).collect()
            spark.conf.set("spark.sql.session.timeZone", "UTC")
        job_runs = {one["key"]: one for one in holdings.job_runs}
        assert sorted(task_run_of(row) for row in found) == sorted(
            (run["jobRunKey"], run["key"], run["state"]["status"])
            for runs in holdings.task_runs.values()
            for run in runs
            if is_wanted(job_runs[run["jobRunKey"]], run["state"]["status"])
        )
        assert any(asked in one.target for one in server.requests)

    def test_have_a_row_for_each_error(self, spark: SparkSession, story: Service) -> None:
        from aidp_workbench.spark import register

        register(spark)
        options = {**self.options(story), "job_run": "gone", "status": "FAILED"}
        (row,) = spark.read.format("aidp_task_runs").options(**options).load().collect()
        assert (row.job_run_key, row.listing_error.status) == ("gone", 404)


def test_the_page_runs_night_after_night(spark: SparkSession, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "spark.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    with serve(40) as service:
        for name, value in {
            "ocid1.aidataplatform.oc1.iad.example": service.ai_data_platform_id,
            "my-workspace-key": service.workspace_key,
            '"auth": "resource_principal"': (
                f'"base_url": "{service.base_url}", "config_file": "{service.config_file}"'
            ),
            'auth="resource_principal"': (
                f'base_url="{service.base_url}", config_file="{service.config_file}"'
            ),
            # What Spark reads and writes is relative to where Java was started.
            '"job_runs"': f'"{tmp_path / "job_runs"}"',
            '"task_runs"': f'"{tmp_path / "task_runs"}"',
        }.items():
            blocks = [block.replace(name, value) for block in blocks]
        nightly = [block for block in blocks if "register(spark)" not in block]
        for night in (nightly, nightly if NO_DATA_SOURCES else blocks):
            exec(compile("\n".join(night), "spark.md", "exec"), {"spark": spark})
    job_runs = spark.read.parquet(str(tmp_path / "job_runs"))
    task_runs = spark.read.parquet(str(tmp_path / "task_runs"))
    assert job_runs.count() == job_runs.select("job_run_key").distinct().count() > 20
    assert task_runs.count() == task_runs.select("key").distinct().count() > 100
