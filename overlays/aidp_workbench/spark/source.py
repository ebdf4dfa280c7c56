"""The data source `aidp_task_runs`: the task runs of a workspace, for Spark 4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

from . import task_runs
from .columns import ddl
from .query import COLUMNS, CREATED, Condition, Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow
    from pyspark.sql import SparkSession

_PUSHDOWN = "spark.sql.python.filterPushdown.enabled"
# What Spark calls the comparisons that the source makes itself.
_OPERATORS = {
    "EqualTo": "=", "In": "in", "IsNotNull": "is", "LessThan": "<", "LessThanOrEqual": "<=",
    "GreaterThan": ">", "GreaterThanOrEqual": ">=",
}  # fmt: skip


def register(spark: SparkSession) -> None:
    """Make `spark.read.format("aidp_task_runs")` known, and let Spark hand down filters to it."""
    spark.dataSource.register(TaskRunsSource)
    spark.conf.set(_PUSHDOWN, "true")


class TaskRunsSource(DataSource):
    """Task runs with their job runs, listed by the executors: `format("aidp_task_runs")`.

    The columns are those of `tables.schema_of(list_task_runs)` after `job_key`, `job_name` and
    `job_run_time_created`, and before `listing_error`: a job run whose task runs cannot be listed
    is a row with its `job_run_key` and its error, which passes every filter that was handed down.

    Options: `platform` and `workspace`; `region`, `profile`, `config_file`, `auth`, `base_url` and
    `api_version` as in `connect`; `job_run`, `job` and `status`, several with commas; `since` and
    `until`, when job runs were created, in ISO 8601, UTC unless it has an offset; `partitions` (8
    if not given), `concurrency` (in each) and `rate` (of all), as in `list_many`. Spark 4.1 and
    later hand down filters on `state_status`, `job_run_key`, `job_key` and
    `job_run_time_created`.
    """

    @classmethod
    def name(cls) -> str:
        return "aidp_task_runs"

    def schema(self) -> str:
        Query.of(self.options)  # a wrong option is found before anything is listed
        return ddl(task_runs.schema())

    def reader(self, schema: Any) -> DataSourceReader:
        return TaskRunsReader(Query.of(self.options))


class TaskRunsReader(DataSourceReader):
    """Lists job runs where the query is planned, and their task runs on the executors."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def pushFilters(self, filters: Sequence[Any]) -> Iterable[Any]:  # noqa: N802  # Spark's name
        """Takes the filters that the service can help with; the others stay with Spark."""
        for one in filters:
            if (condition := _condition(one)) is None:
                yield one
            else:
                self._query = self._query.where([condition])

    def partitions(self) -> list[InputPartition]:
        found = task_runs.partitions(self._query)
        rate = self._query.rate
        share = None if rate is None else rate / len(found)
        return [InputPartition((job_runs, share)) for job_runs in found]

    def read(self, partition: Any) -> Iterator[pyarrow.RecordBatch]:
        return task_runs.rows(self._query, *partition.value)


def _condition(found: Any) -> Condition | None:
    """The filter as a condition of ours; None if the service cannot help with it."""
    operator = _OPERATORS.get(type(found).__name__)
    if operator is None:
        return None
    (column, *inner) = found.attribute
    if inner or column not in COLUMNS:
        return None
    if operator == "is":
        return Condition(operator, column)
    if column == CREATED:
        return None if operator == "in" else Condition(operator, column, found.value)
    if operator == "=":
        return Condition("in", column, [found.value])
    if operator == "in":
        return Condition(operator, column, [one for one in found.value if one is not None])
    return None
