"""Listings of the command line as Parquet: typed, whole or unreadable, never on a terminal."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from aidp_workbench.cli.app import app
from aidp_workbench.cli.output import parquet
from aidp_workbench.tables import schema_of, to_arrow
from aidp_workbench_api.api.job_runs import list_job_runs
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import JobRunSummary, TaskRunSummary

from tests.cli_support import run_here, run_in_terminal
from tests.scripted_server import ScriptedServer, answer, page
from tools.service import Service, serve
from tools.service.data import JOB_RUN_KEY, JobRun, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST = ("task-runs", "list", "--output", "parquet")


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    job_runs = {JOB_RUN_KEY: JobRun(JOB_RUN_KEY, 1234), "none": JobRun("none", 0)}
    with serve(workspace=Workspace("platform", "workspace", job_runs)) as service:
        yield service


def write(path: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line with stdout in a file; its exit code."""
    with path.open("w") as stdout, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stdout)
        with pytest.raises(SystemExit) as ended:
            app(arguments)
    return int(ended.value.code or 0)


def where(service: Service, job_run: str = JOB_RUN_KEY) -> list[str]:
    address = ["--base-url", service.base_url, "--config-file", str(service.config_file)]
    return [*address, "--platform", "platform", "--workspace", "workspace", "--job-run", job_run]


@pytest.mark.parametrize("group", [100_000, 700])
def test_a_listing_becomes_a_typed_table(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    monkeypatch.setattr(parquet, "_ROWS", group)
    path = tmp_path / "runs.parquet"
    assert write(path, monkeypatch, *LIST, *where(service), "--sort-order", "ASC") == 0
    file = pq.ParquetFile(path)
    table = file.read()
    runs = map(TaskRunSummary.from_dict, service.task_runs)
    assert table.to_pylist() == to_arrow(runs).to_pylist()
    assert table.schema == schema_of(list_task_runs)
    assert file.num_row_groups == (1 if group > 1234 else 2)


def test_without_items_it_has_the_schema(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "runs.parquet"
    assert write(path, monkeypatch, *LIST, *where(service, "none")) == 0
    table = pq.ParquetFile(path).read()
    assert (table.num_rows, table.schema) == (0, schema_of(TaskRunSummary))


def test_other_listings_have_their_own_columns(
    config_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "runs.parquet"
    item = {"key": "r1", "jobName": "nightly_load", "timeCreated": "2026-04-30T02:00:00Z"}
    with ScriptedServer(answer(200, {"items": [item]})) as server:
        reach = ["--base-url", server.base_url, "--config-file", str(config_file)]
        options = [*reach, "--platform", "p", "--workspace", "w", "-o", "parquet"]
        assert write(path, monkeypatch, "job-runs", "list", *options) == 0
    table = pq.ParquetFile(path).read()
    assert table.schema == schema_of(list_job_runs)
    assert table == to_arrow([JobRunSummary.from_dict(item)])


@pytest.mark.parametrize("group", [100_000, 1])
def test_after_an_error_the_file_cannot_be_read(
    reach: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    monkeypatch.setattr(parquet, "_ROWS", group)
    path = tmp_path / "runs.parquet"
    failure = answer(404, {"code": "NotFound", "message": "gone"})
    with ScriptedServer(page("a", token="1"), failure) as server:
        assert write(path, monkeypatch, *LIST, *reach(server)) == 3
    gc.collect()
    with pytest.raises(pa.ArrowInvalid):
        pq.ParquetFile(path)


def test_a_terminal_is_refused_before_anything_is_sent(service: Service) -> None:
    before = len(service.requests)
    shown = run_in_terminal(*LIST, *where(service))
    assert (shown.code, len(service.requests)) == (2, before)
    assert "parquet is binary: add `> FILE`" in " ".join(shown.text.split())


def test_without_pyarrow_the_error_names_the_extra(
    service: Service, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run_here(capsys, *LIST, *where(service))
    assert ran.code == 2
    assert "parquet needs pyarrow: python3 -m pip install '.[arrow]'" in " ".join(ran.err.split())
