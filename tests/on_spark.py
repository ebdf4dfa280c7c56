"""Listings on real Spark, with two workers: exact whatever happens. `nox -s spark` runs it."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyspark
import pytest
from aidp_workbench import ArgumentError, RetryPolicy, connect, paginate_many
from aidp_workbench.spark import list_many
from aidp_workbench.tables import to_arrow
from aidp_workbench_api.api.task_runs import list_task_runs
from pyspark.sql import SparkSession

from tools.service import Faults, Kind, Service, serve
from tools.service.data import JobRun, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import DataFrame, Row

ROOT = Path(__file__).parents[1]
JOB_RUNS = {f"run-{number}": JobRun(f"run-{number}", number * 7 % 40) for number in range(60)}
WHERE: dict[str, Any] = {"ai_data_platform_id": "platform", "workspace_key": "workspace"}
NO_DATA_SOURCES = pyspark.__version__.startswith("3.")
PATIENT = RetryPolicy(wait_initial=0.01, wait_max=0.1)
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
        keys, pid = [*JOB_RUNS][:40], executor(spark)
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

    def test_have_a_rate_for_all_partitions(self, spark: SparkSession, service: Service) -> None:
        before = len(service.requests)
        keys = [key for key, job_run in JOB_RUNS.items() if len(job_run) <= 10]
        listed = list_many(
            list_task_runs, "job_run_key", frame(spark, keys), connection=connection(service),
            partitions=2, rate=1e6, **WHERE,
        )  # fmt: skip
        assert {row.listing_key for row in listed.collect()} == set(keys) - {"run-0", "run-40"}
        assert len(service.requests) == before + len(keys)

    def test_are_refused_before_anything_is_sent(
        self, spark: SparkSession, service: Service
    ) -> None:
        keys = frame(spark, ["run-1"])
        before = len(service.requests)
        given: dict[str, Any] = {"connection": connection(service), **WHERE}
        for wrong in ({"partitions": 0}, {"status": ["LOST"]}, {"connection": {"signer": 1}}):
            with pytest.raises(ArgumentError):
                list_many(list_task_runs, "job_run_key", keys, **given | wrong)
        two = keys.selectExpr("job_run_key as a", "job_run_key as b")
        with pytest.raises(ArgumentError, match="no column job_run_key"):
            list_many(list_task_runs, "job_run_key", two, **given)
        assert len(service.requests) == before


def executor(spark: SparkSession) -> int:
    """The process of one of the executors."""

    def parents(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # What runs Python belongs to a daemon, and that to the executor.
        fields = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()
        for _ in batches:
            yield pa.RecordBatch.from_pydict({"pid": [int(fields[1])]})

    return int(spark.range(1).mapInArrow(parents, "pid bigint").collect()[0].pid)


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
