"""The instructions in the documents work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aidp_workbench
import pytest

from tools.service import Service, serve
from tools.service.data import JobRun, Workspace
from tools.specdiff.__main__ import examine
from tools.specdiff.report.markdown import as_markdown
from tools.specdiff.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[Any]:
    """The blocks of code in the README and in docs/, by where they are."""
    found: list[Any] = []
    for path in PAGES:
        codes = re.findall(rf"^```{language}\n(.*?)^```", path.read_text(), re.DOTALL | re.M)
        found += (pytest.param(code, id=f"{path.stem}-{n}") for n, code in enumerate(codes))
    return found


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """The service with what the documents ask for: ids, and a job run KEY that has ended."""
    job_runs = [JobRun("my-job-run-key", 250), JobRun("another-job-run-key", 3), JobRun("KEY", 3)]
    by_key = {job_run.key: job_run for job_run in job_runs}
    platform = "ocid1.aidataplatform.oc1.iad.example"
    with serve(workspace=Workspace(platform, "my-workspace-key", by_key)) as service:
        yield service


@pytest.fixture
def _connected(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """`connect` leads to the service, whatever region and profile the documents name."""
    here: dict[str, Any] = {"base_url": service.base_url, "config_file": service.config_file}
    monkeypatch.setattr(aidp_workbench, "connect", partial(aidp_workbench.connect, **here))


@pytest.mark.parametrize("code", blocks("python"))
@pytest.mark.usefixtures("_connected")
def test_each_block_of_python_runs_as_it_stands(
    service: Service, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    before = len(service.requests)
    exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    assert len(service.requests) > before
    assert capsys.readouterr().out


@pytest.mark.usefixtures("_connected")
def test_the_first_example_lists_the_failed_task_runs(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(blocks("python")[0].values[0], "README.md", "exec"), {})
    states = [run.get("state") or {} for run in service.task_runs]
    failed = [state for state in states if state.get("status") in ("FAILED", "INTERNAL_ERROR")]
    printed = capsys.readouterr().out
    assert len(failed) > 20
    for state in failed:
        assert str(state.get("errorTrace") or "") in printed


@pytest.mark.parametrize(
    "script", [one for one in blocks("console") if "aidp-workbench " in one.values[0]]
)
def test_each_command_line_runs_as_it_stands(service: Service, tmp_path: Path, script: str) -> None:
    # What the script calls by its name leads to the service, and waits for nothing.
    programs = {
        "aidp-workbench": 'if [ "$2" = watch ]; then set -- "$@" --settle 0; fi\n'
        f'exec {sys.executable} -m aidp_workbench "$@"'
        f" --base-url {service.base_url} --config-file {service.config_file}",
        "publish.sh": "echo published",
    }
    for name, code in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{code}\n")
        (tmp_path / name).chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    # An end stands for half a minute before it counts: too long for a test.
    done = subprocess.run(
        ["bash", "-ec", script.replace("watch ", "watch --settle 0 ")],
        cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "published" in done.stdout
    assert (tmp_path / "failed.csv").read_text().startswith("key,name,")
    assert (tmp_path / "run.svg").read_text().startswith("<svg")


def test_every_session_that_the_documents_name_is_there() -> None:
    sessions = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text(), re.M))
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run"]
    text = "\n".join(document.read_text() for document in documents)
    named = {word for line in re.findall(r"nox -s ((?:\w+ ?)+)", text) for word in line.split()}
    assert {"demo", "tests", "generate"} <= named <= sessions


def test_links_within_the_repository_lead_somewhere() -> None:
    for document in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "SECURITY.md"]:
        targets = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text())
        local = [target for target in targets if "://" not in target]
        assert [one for one in local if not (document.parent / one).exists()] == []


def test_every_error_and_every_variable_of_the_documents_is_there() -> None:
    text = "".join(page.read_text() for page in PAGES)
    errors, variables = re.findall(r"`(\w+Error)`", text), re.findall(r"`((?:OCI|AIDP)_\w+)`", text)
    sources = "".join(path.read_text() for path in (ROOT / "overlays").rglob("*.py"))
    assert len(set(errors)) > 8
    assert len(set(variables)) > 15
    assert [name for name in errors if not hasattr(aidp_workbench, name)] == []
    assert [name for name in variables if f'"{name}"' not in sources] == []


def test_the_report_in_contributing_is_what_the_differ_says() -> None:
    spec = (ROOT / "openapi" / "aidp-workbench.yaml").read_text()
    # Then there was one operation, the first.
    paths = re.split(r"^(?=  /)", spec.partition("\npaths:\n")[2], flags=re.MULTILINE)
    for path in paths[2:]:
        spec = spec.replace(path.partition("\ncomponents:\n")[0], "")
    head, filters = spec.split("    TaskRunStatusFilter:\n")
    before = head + "    TaskRunStatusFilter:\n" + filters.replace("        - QUEUED\n", "", 1)
    versions = ('[project]\nversion = "0.1.0"', '[project]\nversion = "0.2.0"')
    base, revision = (
        Source(name, text, version)
        for name, text, version in zip(("v0.1.0", "v0.2.0"), (before, spec), versions, strict=True)
    )
    report = as_markdown(examine(base, revision, with_python=True), "breaking")
    quoted = "".join(f"> {line}".rstrip() + "\n" for line in report.splitlines())
    contributing = (ROOT / "CONTRIBUTING.md").read_text()
    any_line = r"\| \d+ \|"  # lines move when the spec changes
    assert re.sub(any_line, "", quoted) in re.sub(any_line, "", contributing)
