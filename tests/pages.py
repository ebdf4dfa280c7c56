"""Every block of code on the pages of the documentation runs, against the local endpoint.

A comment `<!-- skip: next, reason -->` says why the next block does not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import SkipTest

import aidp_workbench
import pytest
from aidp_workbench import runs
from sphinx.util.inventory import InventoryFile
from sybil.document import Document
from sybil.parsers.markdown import CodeBlockParser, SkipParser

from tests import rules_page
from tools.local_service import Service, local_service

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# What sets up a machine, or needs a terminal, is known by its form.
SETUP = re.compile(r"export |nox |pipx? |uvx |python3 -m (pip|venv) |source ")
# A page may end with 1 or 5 from `failures`.
EXIT_CODES = (0, 1, 5)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with local_service("--port", "0", "--task-runs", "250") as service:
        yield service


@pytest.fixture
def names(service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """What stands on the pages for keys, and the keys of the endpoint, which is configured."""
    monkeypatch.chdir(tmp_path)
    scripts = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for name, value in {
        "AIDP_ENDPOINT": service["base_url"],
        "AIDP_PLATFORM_ID": service["ai_data_platform_id"],
        "AIDP_WORKSPACE_KEY": service["workspace_key"],
        "OCI_CLI_CONFIG_FILE": service["config_file"],
        "PATH": scripts,
        "PYTHONPATH": str(ROOT),
    }.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "publish.sh").write_text("#!/bin/sh\n")
    (tmp_path / "publish.sh").chmod(0o755)
    return {
        "ocid1.aidataplatform.oc1.iad.example": service["ai_data_platform_id"],
        "my-workspace-key": service["workspace_key"],
        "my-job-run-key": service["job_run_key"],
        "another-job-run-key": service["job_run_key"],
        'region="us-ashburn-1", ': "",
        "KEY": service["job_run_key"],
    }


def replaced(text: str, names: dict[str, str]) -> str:
    for placeholder, value in names.items():
        text = re.sub(rf"(?<![\w-]){re.escape(placeholder)}(?![\w-])", value, text)
    return text


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of a language that are not to be skipped."""
    found: list[str] = []
    parser = CodeBlockParser(language, lambda example: found.append(str(example.parsed)))
    for example in Document.parse(str(page), parser, SkipParser()).examples():
        with suppress(SkipTest):
            example.evaluate()
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_python_of_a_page_runs(page: Path, names: dict[str, str], tmp_path: Path) -> None:
    program = replaced("\n".join(blocks(page, "python")), names)
    if program:
        script = tmp_path / "page.py"
        script.write_text(program, encoding="utf-8")
        done = subprocess.run([sys.executable, script], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_run(page: Path, names: dict[str, str]) -> None:
    for line in "\n".join(blocks(page, "console")).splitlines():
        command = replaced(line, names)
        if not SETUP.match(command):
            done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
            assert done.returncode in EXIT_CODES, f"{command}\n{done.stderr}"
            assert "Traceback" not in done.stderr


def test_every_session_on_a_page_exists() -> None:
    sessions = set(re.findall(r"@nox.session\ndef (\w+)", (ROOT / "noxfile.py").read_text()))
    pages = [ROOT / "CONTRIBUTING.md", *PAGES]
    for page in pages:
        named = set(re.findall(r"nox -s (\w+)", page.read_text(encoding="utf-8")))
        assert named <= sessions, page.name


def test_every_public_name_is_in_the_reference() -> None:
    """The site's inventory of objects, which other projects link to, has them all."""
    found = InventoryFile.loads((ROOT / "build/docs/objects.inv").read_bytes(), uri="")
    known = {name for names in found.data.values() for name in names}
    modules = (aidp_workbench, runs)
    public = {f"{module.__name__}.{name}" for module in modules for name in module.__all__}
    assert public <= known


def test_the_page_of_rules_has_an_example_of_each() -> None:
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.page()
