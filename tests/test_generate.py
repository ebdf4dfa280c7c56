"""`python -m tools.generate`: writes what the spec gives, or says why not and touches nothing."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.programs import Ran, fork_server
from tools.generate import swap

ROOT = Path(__file__).parents[1]
PARTS = ("openapi", "generator-config.yaml", "overlays/templates", "tools", "generated")
SPEC = "openapi/aidp-workbench.yaml"
PACKAGE = "generated/aidp_workbench_api"
TEXT = (ROOT / SPEC).read_text()


def copy_project(folder: Path, *parts: str) -> Path:
    """Copy these parts of the project to the new folder `folder`."""
    for part in parts:
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, target)
    return folder


def generate(project: Path, *arguments: str) -> Ran:
    """Run `python -m tools.generate` in `project`."""
    scripts = str(Path(sys.executable).parent)  # where ruff is, also if the venv is not activated
    path = {"PATH": os.pathsep.join([scripts, os.environ["PATH"]])}
    server = fork_server("tools.generate")
    return server.run("-m", "tools.generate", *arguments, cwd=project, environment=path)


def tree(folder: Path) -> dict[str, bytes | None]:
    """All files below `folder` with their content, and all folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project", *PARTS)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose package has just been regenerated."""
    project = copy_project(tmp_path_factory.mktemp("fresh") / "project", *PARTS)
    shutil.rmtree(project / "generated")
    assert generate(project).code == 0
    return project


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose spec tests may replace, as long as nothing is generated from it."""
    return copy_project(tmp_path_factory.mktemp("untouched"), *PARTS)


def test_the_committed_package_is_what_the_spec_gives(fresh: Path, project: Path) -> None:
    assert tree(project / PACKAGE) == tree(fresh / PACKAGE)


@pytest.mark.slow
def test_the_package_has_the_same_bytes_in_any_folder(fresh: Path, tmp_path: Path) -> None:
    other = copy_project(tmp_path / "a folder of another name", *PARTS)
    shutil.rmtree(other / "generated")
    assert generate(other).code == 0
    assert tree(other / PACKAGE) == tree(fresh / PACKAGE)


@pytest.mark.slow
def test_a_package_that_is_current_is_not_touched(project: Path) -> None:
    files = [project / PACKAGE, *(project / PACKAGE).rglob("*")]
    before = {path: path.stat().st_mtime_ns for path in files}
    finished = generate(project)
    assert re.fullmatch(rf"{PACKAGE} was current \(\d+\.\d s\)\n", finished.out)
    assert (finished.code, finished.err) == (0, "")
    assert {path: path.stat().st_mtime_ns for path in files} == before


@pytest.mark.slow
def test_an_edit_of_the_spec_is_carried_out_and_each_change_named(project: Path) -> None:
    before = tree(project / PACKAGE)
    replace(project / SPEC, "WorkspaceSortBy", "WorkspaceOrder")
    finished = generate(project)
    assert (finished.code, finished.err) == (0, "")
    assert finished.out.splitlines()[:-1] == [
        f"   added  {PACKAGE}/models/workspace_order.py",
        f" changed  {PACKAGE}/api/workspaces/list_workspaces.py",
        f" changed  {PACKAGE}/models/__init__.py",
        f" removed  {PACKAGE}/models/workspace_sort_by.py",
    ]
    last = finished.out.splitlines()[-1]
    assert re.fullmatch(rf"{PACKAGE} regenerated \(\d+\.\d s\)", last)
    after = tree(project / PACKAGE)
    assert after.keys() - before.keys() == {"models/workspace_order.py"}
    assert before.keys() - after.keys() == {"models/workspace_sort_by.py"}
    assert {name for name in after.keys() & before.keys() if after[name] != before[name]} == {
        "api/workspaces/list_workspaces.py",
        "models/__init__.py",
    }
    assert {Path(name).suffix for name, text in after.items() if text is not None} == {
        ".py",
        ".typed",
    }
    assert after["py.typed"] == b""
    assert "was current" in generate(project).out
    assert tree(project / PACKAGE) == after


@pytest.mark.slow
def test_what_was_edited_added_or_deleted_by_hand_is_put_right(project: Path) -> None:
    before = tree(project / "generated")
    edit_by_hand(project)
    (project / PACKAGE / "py.typed").unlink()
    finished = generate(project)
    assert finished.code == 0
    assert finished.out.splitlines()[:-1] == [
        f"   added  {PACKAGE}/py.typed",
        f"   added  {PACKAGE}/types.py",
        f" changed  {PACKAGE}/errors.py",
        f" removed  {PACKAGE}/models/mine.py",
    ]
    assert tree(project / "generated") == before


def edit_by_hand(project: Path) -> None:
    with (project / PACKAGE / "errors.py").open("a") as file:
        file.write("# by hand\n")
    (project / PACKAGE / "models/mine.py").write_text("MINE = 1\n")
    (project / PACKAGE / "types.py").unlink()


@pytest.mark.slow
def test_check_accepts_a_current_package_and_writes_nothing(project: Path) -> None:
    before = tree(project / "generated")
    finished = generate(project, "--check")
    assert (finished.code, finished.err) == (0, "")
    assert tree(project / "generated") == before


@pytest.mark.slow
def test_check_shows_the_difference_and_writes_nothing(project: Path) -> None:
    edit_by_hand(project)
    before = tree(project / "generated")
    finished = generate(project, "--check")
    assert (finished.code, finished.err) == (1, "")
    for lines in (
        "--- committed/errors.py\n+++ from the spec/errors.py\n",
        "-# by hand\n",
        "--- committed/models/mine.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-MINE = 1\n",
        "--- /dev/null\n+++ from the spec/types.py\n",
        "nox -s generate",
    ):
        assert lines in finished.out
    assert tree(project / "generated") == before


@pytest.mark.slow
def test_check_sees_empty_files_too(project: Path) -> None:
    (project / PACKAGE / "py.typed").unlink()
    (project / PACKAGE / "models/empty.py").touch()
    finished = generate(project, "--check")
    assert finished.code == 1
    assert "py.typed" in finished.out
    assert "models/empty.py" in finished.out


def edited(old: str, new: str, says: str = "") -> tuple[bytes, str]:
    """The spec with one edit, and what the error says: the line of the edit unless given."""
    before, found, after = TEXT.partition(old)
    assert found
    line = (before + new).count("\n") + 1
    return (before + new + after).encode(), says or f"{SPEC}:{line}:"


BROKEN = {
    "a tab": edited("  title: AI", "\ttitle: AI"),
    "a duplicate key": edited("  title: AI", "  title: First\n  title: AI"),
    "a reference to nothing": edited("schemas/SortOrder", "schemas/SortOder"),
    "a misspelt type": edited("type: integer", "type: integr"),
    "a misspelt in": edited("in: header", "in: heder"),
    "response for responses": edited("      responses:", "      response:", "taskRuns > get: "),
    "a default that the enum lacks": edited("default: timeCreated", "default: created"),
    "an array without items": edited(
        '\n          items: { $ref: "#/components/schemas/TaskRunSummary" }',
        "",
        "TaskRunCollection",
    ),
    "a value twice in an enum": edited("- QUEUED", "- QUEUED\n        - QUEUED", "QUEUED"),
    "Swagger 2.0": (b'swagger: "2.0"\ninfo: {title: A, version: "1"}\npaths: {}\n', f"{SPEC}:1:"),
    "nothing": (b"", f"{SPEC}:1:"),
    "no text": (bytes(range(256)), "not YAML"),
    "a status that is a number": edited('"400":', "400:"),
    "a schema that refers to itself": edited(
        "    SortOrder:\n      type: string",
        '    SortOrder:\n      $ref: "#/components/schemas/SortOrder"',
        "SortOrder",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_spec_is_one_message_with_its_place_and_changes_nothing(
    untouched: Path, fault: str
) -> None:
    before = tree(untouched / "generated")
    content, says = BROKEN[fault]
    (untouched / SPEC).write_bytes(content)
    finished = generate(untouched)
    assert tree(untouched / "generated") == before
    assert (finished.code, finished.out) == (1, "")
    assert "Traceback" not in finished.err
    (message,) = [line for line in finished.err.splitlines() if line.startswith("error: ")]
    assert message.startswith(f"error: {SPEC}")
    assert says in message


def test_if_the_new_package_cannot_be_put_in_place_the_old_one_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, new = tmp_path / "package", tmp_path / ".new" / "package"
    for folder in (package, new):
        folder.mkdir(parents=True)
        (folder / "file").write_text(str(folder))
    before = tree(tmp_path)
    rename, sources = Path.rename, list[Path]()

    def fail_at_the_second(source: Path, target: Path) -> Path:
        sources.append(source)
        if len(sources) == 2:
            raise OSError("no space left")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_second)
    with pytest.raises(OSError, match="no space left"):
        swap(new, package)
    assert tree(tmp_path) == before
