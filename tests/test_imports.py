"""Importing the package stays light."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import metadata

import aidp_workbench
import pytest
from aidp_workbench import RetryPolicy, runs
from aidp_workbench_api import models

HEAVY = {"oci", "requests", "anyio", "httpcore", "pyarrow", "pyspark", "pandas", "numpy"}


@pytest.mark.parametrize("module", ["aidp_workbench", "aidp_workbench_api"])
def test_an_import_loads_no_heavy_dependency(module: str) -> None:
    code = f"import sys, json, {module}; print(json.dumps(list(sys.modules)))"
    # httpx imports its command line where rich is installed, as here; we import it nowhere.
    hidden = "import sys; sys.modules['rich'] = None;"
    run = subprocess.run([sys.executable, "-c", hidden + code], stdout=subprocess.PIPE, check=True)
    assert not HEAVY & set(json.loads(run.stdout))


def test_an_operation_imports_the_models_that_it_needs_alone() -> None:
    code = (
        "import sys, aidp_workbench_api.api.task_runs.list_task_runs;"
        "print([m for m in sys.modules if 'models.job' in m or 'models.workspace' in m])"
    )
    found = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    assert found.stdout.strip() == b"[]"
    assert set(models.__all__) <= set(dir(models))
    for name in models.__all__:
        assert getattr(models, name)
    with pytest.raises(AttributeError, match="no attribute 'JobRuns'"):
        models.JobRuns  # type: ignore[attr-defined]  # noqa: B018


def test_the_version_is_that_of_the_distribution() -> None:
    assert aidp_workbench.__version__ == metadata.version("aidp-workbench")


def test_all_lists_every_public_name() -> None:
    for name in aidp_workbench.__all__:
        assert getattr(aidp_workbench, name).__doc__
    public = {name for name in vars(aidp_workbench) if not name.startswith("_")}
    modules = {name for name in public if type(getattr(aidp_workbench, name)) is type(sys)}
    assert public - modules - {"annotations"} == set(aidp_workbench.__all__)
    assert RetryPolicy() == RetryPolicy(attempts=8, timeout=600.0, wait_initial=1.0, wait_max=30.0)


def test_what_runs_mean_is_imported_when_it_is_used() -> None:
    code = "import sys, aidp_workbench.runs; print([m for m in sys.modules if '.listing' in m])"
    found = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    assert found.stdout.strip() == b"[]"
    assert set(runs.__all__) <= set(dir(runs))
    for name in runs.__all__:
        assert getattr(runs, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'await_end'"):
        runs.await_end  # type: ignore[attr-defined]  # noqa: B018
