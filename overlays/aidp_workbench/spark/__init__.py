"""Lists with Spark's executors: each partition of keys with its own client and credentials.

It needs the extra `spark`, and this package on the executors, too. `list_many` works with Spark
3.5 and later; Spark 4 has a data source as well: `register(spark)`, then
`spark.read.format("aidp_task_runs")`.
"""

from __future__ import annotations

import importlib
import typing

if typing.TYPE_CHECKING:
    from .frames import list_many
    from .source import TaskRunsSource, register

__all__ = ["TaskRunsSource", "list_many", "register"]

if not typing.TYPE_CHECKING:
    # Executors do without the parts that need Spark, and Spark 3.5 has no data sources in Python.
    _MODULES = {"list_many": "frames", "register": "source", "TaskRunsSource": "source"}

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            module = importlib.import_module(f".{_MODULES[name]}", __name__)
        except ModuleNotFoundError as error:
            if error.name == "pyspark":
                text = f"{name} needs pyspark, which the extra `spark` of aidp-workbench installs"
            elif error.name == "pyspark.sql.datasource":
                text = f"{name} needs Spark 4; list_many works with this one, too"
            else:
                raise
            raise ModuleNotFoundError(text, name=error.name) from error
        return getattr(module, name)
