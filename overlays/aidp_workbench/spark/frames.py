"""`list_many`: a data frame of keys becomes a data frame of what is listed for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pyspark.errors import PySparkException
from pyspark.sql.types import StringType

from ..errors import ArgumentError
from .columns import ddl
from .connection import checked
from .listings import KEY, Listings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow
    from pyspark.sql import DataFrame

    from ..listing.operation import Operation


def list_many(
    operation: Operation[..., Any],
    by: str,
    keys: DataFrame,
    /,
    *,
    connection: Mapping[str, Any] | None = None,
    partitions: int | None = None,
    concurrency: int | None = None,
    rate: float | None = None,
    structs: bool = False,
    **arguments: Any,
) -> DataFrame:
    """What `paginate_many` gives for a data frame of keys, listed by the executors.

    A row for each item, with the columns of `tables.schema_of` between `listing_key`, the key
    that it was listed for, and `listing_error`. A listing that fails is a row with its key and
    its error (`type`, `message`, `status`, `opc_request_id`, `resume_page`) after the rows of its
    pages; the others continue. Enums are text. As with every data frame nothing happens before an
    action, and each action lists again: write the result, or cache it.

    Args:
        operation: The module of a list operation.
        by: Name of the argument in which the listings differ, such as `job_run_key`.
        keys: Its values, which are text: the column of this name, or else the only column. A
            value that is there twice is listed twice; null has a row with its error.
        connection: Arguments of `connect` with which each partition opens its own client.
            Names of profiles and files, variables and principals are those of the executors.
        partitions: In how many parts the keys are listed; Spark's default parallelism if not
            given. As many run at the same time as the executors have cores.
        concurrency: How many listings of a partition run at the same time, 32 if not given.
        rate: Requests a second at most, all partitions together.
        structs: Whether an object in an item is one column; see `tables.schema_of`.
        arguments: The other arguments of the operation, the same for all.

    Raises:
        ArgumentError: An argument is invalid, or `connection` holds what must not travel.
    """
    column = _column(keys, by)
    count = _partitions(keys, partitions)
    listings = Listings.of(
        operation,
        by,
        arguments=arguments,
        connection=checked(connection),
        concurrency=concurrency,
        # Each has its share, so that no more is sent however many run at the same time.
        rate=None if rate is None else rate / count,
        structs=structs,
    )
    texts = keys.selectExpr(f"{column} AS {KEY}")
    # Text in columns is the same in each attempt, so that a task that runs again does the same.
    return texts.repartition(count).mapInArrow(partial(_listed, listings), ddl(listings.schema))


def _column(keys: Any, by: str) -> str:
    """The column of keys, as SQL writes it."""
    if not hasattr(keys, "mapInArrow"):  # Spark Connect has classes of its own
        raise ArgumentError(f"keys must be a data frame of Spark, not {type(keys).__name__}")
    names = keys.columns
    if by not in names and len(names) != 1:
        raise ArgumentError(f"keys has no column {by}, and more than one other: {names}")
    name = by if by in names else names[0]
    found = [field.dataType for field in keys.schema if field.name == name]
    if len(found) != 1 or not isinstance(found[0], StringType):
        types = " and ".join(one.simpleString() for one in found)
        raise ArgumentError(f"keys: the column {name} must be one of text, not {types}")
    return f"`{name.replace('`', '``')}`"


def _partitions(keys: DataFrame, given: int | None) -> int:
    if given is None:
        session: Any = keys.sparkSession
        try:
            return max(1, int(session.sparkContext.defaultParallelism))
        except PySparkException as error:
            raise ArgumentError("pass partitions: Spark Connect has no default of it") from error
    if type(given) is not int or given < 1:
        raise ArgumentError(f"partitions must be a whole number above 0, not {given!r}")
    return given


def _listed(listings: Listings, batches: Iterator[Any]) -> Iterator[pyarrow.RecordBatch]:
    return listings.rows(key for batch in batches for key in batch.column(0).to_pylist())
