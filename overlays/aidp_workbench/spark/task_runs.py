"""What the data source does with its partitions. It knows Arrow, but not Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aidp_workbench_api.api.task_runs import list_task_runs

from ..errors import WorkbenchError
from ..tables.arrow import layout_of
from ..tables.columns import pa
from .columns import spark_schema
from .listings import ERROR, ERROR_TYPE, Listings, cast, described, repeated
from .query import CREATED, JOB, JOB_RUN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow

    from .query import JobRunFacts, Query

_JOB_NAME = "job_name"


def partitions(query: Query) -> list[list[JobRunFacts]]:
    """The job runs of each partition; at least one, which may be empty. Raises WorkbenchError."""
    found = query.job_runs()
    count = max(1, min(query.partitions, len(found)))
    return [found[i::count] for i in range(count)]


def rows(
    query: Query, job_runs: Sequence[JobRunFacts], rate: float | None
) -> Iterator[pyarrow.RecordBatch]:
    """The task runs of some job runs; a row with the error of each that cannot be listed."""
    known = {one.key: one for one in job_runs if one.error is None}
    for one in job_runs:
        if one.error is not None:
            yield _failed(one, one.error)
    listings = Listings.of(
        list_task_runs,
        "job_run_key",
        arguments=query.task_run_arguments,
        connection=query.connection,
        concurrency=query.concurrency,
        rate=rate,
    )
    for key, found in listings.found(known):
        if isinstance(found, WorkbenchError):
            yield _failed(known[key], described(found))
            continue
        facts = [repeated(value, found) for value in _facts(known[key]).values()]
        batch = cast([*facts, *found.columns, None], schema())
        for condition in query.conditions:
            batch = batch.filter(condition.holds(batch[condition.column]))
        yield batch


def schema() -> pyarrow.Schema:
    """The columns of the data source."""
    fields = [
        pa.field(JOB, pa.string()),
        pa.field(_JOB_NAME, pa.string()),
        pa.field(CREATED, pa.timestamp("us", "UTC")),
    ]
    return spark_schema([*fields, *layout_of(list_task_runs).schema, pa.field(ERROR, ERROR_TYPE)])


def _facts(job_run: JobRunFacts) -> dict[str, Any]:
    return {JOB: job_run.job_key, _JOB_NAME: job_run.job_name, CREATED: job_run.created}


def _failed(job_run: JobRunFacts, error: dict[str, Any]) -> pyarrow.RecordBatch:
    row = {**_facts(job_run), JOB_RUN: job_run.key, ERROR: error}
    batch: pyarrow.RecordBatch = pa.RecordBatch.from_pylist([row], schema=schema())
    return batch
