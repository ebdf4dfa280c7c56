"""What `python -m tools.generate` says when something is wrong: the cause, its place, all of it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.test_generate import PACKAGE, PARTS, SPEC, copy_project, generate, replace, tree

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

SCHEMAS = "  schemas:\n"
MODEL = "overlays/templates/model.py.jinja"
PATH = "  /20260430/aiDataPlatforms/{aiDataPlatformId}/workspaces/{workspaceKey}/taskRuns:\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project", *PARTS)


def said(project: Path) -> list[str]:
    """The lines that say what is wrong; the package is as it was."""
    before = tree(project / PACKAGE)
    finished = generate(project)
    assert (finished.code, finished.out) == (1, "")
    assert tree(project / PACKAGE) == before
    *lines, last = finished.err.splitlines()
    assert last == f"{PACKAGE} was left as it is."
    return lines


def line_of(project: Path, text: str) -> int:
    before, found, _ = (project / SPEC).read_text().partition(text)
    assert found
    return before.count("\n") + 1


def test_two_operations_with_one_name_in_python_are_both_named(project: Path) -> None:
    other = PATH.replace("taskRuns", "others") + (
        "    get:\n      operationId: list_task_runs\n      tags: [Task runs]\n"
        '      responses: { "204": { description: Nothing. } }\n'
    )
    replace(project / SPEC, PATH, other + PATH)
    (line,) = said(project)
    second = line_of(project, "operationId: listTaskRuns")
    first = line_of(project, "operationId: list_task_runs")
    assert line.startswith(f"error: {SPEC}:{second}: ")
    assert line.endswith(
        f"list_task_runs and listTaskRuns are both list_task_runs in Python (see line {first})"
    )


def test_an_operation_that_is_there_twice_has_its_line(project: Path) -> None:
    other = PATH.replace("taskRuns", "others") + (
        "    get:\n      operationId: listTaskRuns\n      tags: [Others]\n"
        '      responses: { "204": { description: Nothing. } }\n'
    )
    replace(project / SPEC, PATH, other + PATH)
    (line,) = said(project)
    second = (project / SPEC).read_text().rpartition("operationId: listTaskRuns")[0].count("\n") + 1
    assert f"{SPEC}:{second}: " in line
    assert line.endswith(f"listTaskRuns appears twice (see line {line_of(project, 'operationId')})")


def test_two_schemas_with_one_name_in_python_are_both_named_and_so_is_all_else(
    project: Path,
) -> None:
    more = (
        "    Sort_Order: { type: string, enum: [UP, UP] }\n"
        "    Client: { type: object, properties: { a: { type: string } } }\n"
    )
    replace(project / SPEC, SCHEMAS, SCHEMAS + more)
    lines = said(project)
    assert "Sort_Order and SortOrder are both SortOrder in Python" in "\n".join(lines)
    assert "Client: the generated code has its own Client; class_overrides" in lines[0]
    assert lines[-1].endswith("enum: 'UP' appears twice")
    assert len(lines) == 3


def test_what_the_generator_does_not_support_is_reported(project: Path) -> None:
    more = (
        "    Odd: { type: object, properties: { a-b: { type: string }, a.b: { type: string } } }\n"
    )
    replace(project / SPEC, SCHEMAS, SCHEMAS + more)
    text = "\n".join(said(project))
    assert "Properties a.b and a-b have the same python_name" in text
    assert "UntrustedString" not in text


def test_a_broken_template_is_not_blamed_on_the_spec(project: Path) -> None:
    replace(project / MODEL, "in_order(model)", "in_ordre(model)")
    (line,) = said(project)
    assert re.match(rf"error: {MODEL}:\d+: UndefinedError: 'in_ordre' is undefined", line)
    replace(project / MODEL, "in_ordre(model)", "in_order(model")
    (line,) = said(project)
    assert re.match(rf"error: {MODEL}:\d+: TemplateSyntaxError: ", line)


def test_a_misspelled_key_of_the_configuration_is_refused(project: Path) -> None:
    replace(project / "generator-config.yaml", "literal_enums:", "literal_enum:")
    assert said(project) == [
        "error: generator-config.yaml: unknown key literal_enum; did you mean literal_enums?"
    ]


def test_another_formatter_than_the_pinned_one_is_refused(project: Path) -> None:
    pins = '[dependency-groups]\ngenerate = ["ruff==0.1.2"]\n'
    (project / "pyproject.toml").write_text(pins)
    (line,) = said(project)
    assert re.fullmatch(
        r"error: ruff is [\d.]+, but pyproject\.toml pins 0\.1\.2: its output would differ", line
    )


def test_what_a_killed_run_left_is_removed(project: Path) -> None:
    leftover = project / "generated" / ".new-abc"
    (leftover / "old").mkdir(parents=True)
    assert generate(project).code == 0
    assert not leftover.exists()


def test_an_older_python_is_refused_in_one_line(project: Path) -> None:
    program = "import sys; sys.version_info = (3, 10); sys.version = '3.10.1 (main)'; import tools"
    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 1
    assert finished.stderr == "error: Python 3.11 or later is needed, this is 3.10.1\n"
