"""The documentation: every block of code on its pages runs, and the reference is complete.

The blocks run against the local endpoint, which has the keys that the pages name. A comment
`<!-- skip: next, "reason" -->` says why the next block does not run.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import SkipTest

import aidp_workbench
import nbformat
import pytest
from aidp_workbench import drift, runs, tables
from nbclient import NotebookClient
from sphinx.util.inventory import InventoryFile
from sybil.document import Document
from sybil.parsers.markdown import CodeBlockParser, SkipParser

from tests import rules_page
from tools.service import serve
from tools.service.data import JobRun, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sybil import Example

ROOT = Path(__file__).parents[1]
COMMANDS = ROOT / "docs/commands.md"  # written with the site: what `--help` says
PAGES = [ROOT / "README.md", *sorted({*(ROOT / "docs").glob("*.md")} - {COMMANDS})]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
PLATFORM, WORKSPACE = "ocid1.aidataplatform.oc1.iad.example", "my-workspace-key"
# What only sets up a machine.
SETUP = re.compile(r"export |nox |pipx |uvx |python3 -m (pip|venv) |source ")
# Done; something failed; some job runs could not be looked through.
EXIT_CODES = (0, 1, 5)
# An end stands for half a minute before it counts: too long for a test. KEY is a job run.
PROGRAMS = {
    "aidp-workbench": 'case "$*" in\n'
    '"task-runs watch"*) set -- "$@" --settle 0;;\n'
    '"task-runs show KEY" | "task-runs output KEY") set -- "$1" "$2" "$TASK_RUN";;\n'
    "esac\n"
    f'exec {shlex.quote(sys.executable)} -m aidp_workbench "$@"',
    "publish.sh": "echo published",
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[dict[str, str]]:
    """The variables that lead to an endpoint with what the pages ask for."""
    job_runs = [JobRun("my-job-run-key", 250), JobRun("another-job-run-key", 3), JobRun("KEY", 3)]
    by_key = {job_run.key: job_run for job_run in job_runs}
    with serve(workspace=Workspace(PLATFORM, WORKSPACE, by_key)) as service:
        yield {
            "AIDP_ENDPOINT": service.base_url,
            "AIDP_PLATFORM_ID": PLATFORM,
            "AIDP_WORKSPACE_KEY": WORKSPACE,
            "OCI_CLI_CONFIG_FILE": str(service.config_file),
            "TASK_RUN": service.task_runs[0]["key"],
        }


@pytest.fixture
def environment(endpoint: dict[str, str], tmp_path: Path) -> dict[str, str]:
    for name, code in PROGRAMS.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{code}\n")
        (tmp_path / name).chmod(0o755)
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    return os.environ | endpoint | {"PATH": path, "PYTHONPATH": str(ROOT)}


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of a language that are not to be skipped."""
    found: list[tuple[str, str]] = []

    def parser(one: str) -> CodeBlockParser:
        def collect(example: Example) -> None:
            found.append((one, str(example.parsed)))

        return CodeBlockParser(one, collect)

    # Both at once: a skip is for the next block, whatever its language.
    both = parser("python"), parser("console")
    for example in Document.parse(str(page), *both, SkipParser()).examples():
        with suppress(SkipTest):
            example.evaluate()
    return [code for one, code in found if one == language]


def having(language: str) -> list[object]:
    return [pytest.param(page, id=page.stem) for page in PAGES if blocks(page, language)]


def run(
    *command: str | Path, cwd: Path, env: dict[str, str], codes: tuple[int, ...] = EXIT_CODES
) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in codes, f"{command}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("page", having("python"))
def test_the_python_of_a_page_runs(page: Path, environment: dict[str, str], tmp_path: Path) -> None:
    # An argument comes before the environment, and would lead to Oracle's host.
    program = "\n".join(blocks(page, "python")).replace('region="us-ashburn-1", ', "")
    script = tmp_path / "page.py"
    script.write_text(program, encoding="utf-8")
    run(sys.executable, script, cwd=tmp_path, env=environment, codes=(0,))


@pytest.mark.parametrize("page", having("console"))
def test_the_commands_of_a_page_run(
    page: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    for command in "\n".join(blocks(page, "console")).splitlines():
        if command and not SETUP.match(command):
            run("bash", "-c", command, cwd=tmp_path, env=environment)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs(example: Path, environment: dict[str, str], tmp_path: Path) -> None:
    arguments = {"collect_output": ["my-job-run-key", "output"], "wait_and_notify": ["KEY"]}
    where = [PLATFORM, WORKSPACE, *arguments.get(example.stem, [])]
    assert run(sys.executable, example, *where, cwd=tmp_path, env=environment)


def test_the_notebook_runs(environment: dict[str, str], tmp_path: Path) -> None:
    notebook = nbformat.read(ROOT / "examples/run_history.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(notebook, kernel_name="python3")
    client.execute(cwd=tmp_path, env=environment)
    text = str(notebook.cells)
    assert "task runs; 0 job runs could not be listed" in text
    assert "image/png" in text


def test_every_public_name_is_in_the_reference() -> None:
    """The site's inventory of objects has them all; `nox -s docs` builds it before."""
    found = InventoryFile.loads((ROOT / "build/docs/objects.inv").read_bytes(), uri="")
    known = {name for names in found.data.values() for name in names}
    modules = (aidp_workbench, drift, runs, tables)
    public = {f"{module.__name__}.{name}" for module in modules for name in module.__all__}
    assert public <= known


def test_the_page_of_rules_has_an_example_of_each() -> None:
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.page()
