"""Lists of the API as tables: Arrow, and with it pandas, Polars, DuckDB, Parquet and Spark.

It needs the extra `arrow`. The schema of a table follows from the generated model, so that a
change of the API's description is all that a new column takes.
"""

from __future__ import annotations

try:
    from .arrow import record_batches, schema_of, to_arrow
except ModuleNotFoundError as error:
    if error.name != "pyarrow":
        raise
    text = "aidp_workbench.tables needs pyarrow, which the extra `arrow` of aidp-workbench installs"
    raise ModuleNotFoundError(text, name="pyarrow") from error

__all__ = ["record_batches", "schema_of", "to_arrow"]
