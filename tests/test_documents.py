"""What the documents say is so; `tests/pages.py` runs all of their code."""

from __future__ import annotations

import re
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


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """The service with the keys that the README names."""
    by_key = {"my-job-run-key": JobRun("my-job-run-key", 250)}
    platform = "ocid1.aidataplatform.oc1.iad.example"
    with serve(workspace=Workspace(platform, "my-workspace-key", by_key)) as service:
        yield service


def test_the_first_example_lists_the_failed_task_runs(
    service: Service, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here: dict[str, Any] = {"base_url": service.base_url, "config_file": service.config_file}
    monkeypatch.setattr(aidp_workbench, "connect", partial(aidp_workbench.connect, **here))
    (code, *_) = re.findall(r"^```python\n(.*?)^```", PAGES[0].read_text(), re.DOTALL | re.M)
    exec(compile(code, "README.md", "exec"), {})
    states = [run.get("state") or {} for run in service.task_runs]
    failed = [state for state in states if state.get("status") in ("FAILED", "INTERNAL_ERROR")]
    printed = capsys.readouterr().out
    assert len(failed) > 20
    for state in failed:
        assert str(state.get("errorTrace") or "") in printed


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


@pytest.mark.slow
def test_the_report_in_contributing_is_what_the_differ_says() -> None:
    spec = (ROOT / "openapi" / "aidp-workbench.yaml").read_text()
    # Then there was one operation, the first.
    paths = re.split(r"^(?=  /)", spec.partition("\npaths:\n")[2], flags=re.MULTILINE)
    for path in paths[2:]:
        spec = spec.replace(path.partition("\ncomponents:\n")[0], "")
    head, filters = spec.split("    TaskRunStatusFilter:\n")
    before = head + "    TaskRunStatusFilter:\n" + filters.replace("        - QUEUED\n", "", 1)
    versions = ('__version__ = "0.1.0"', '__version__ = "0.2.0"')
    base, revision = (
        Source(name, text, version)
        for name, text, version in zip(("v0.1.0", "v0.2.0"), (before, spec), versions, strict=True)
    )
    report = as_markdown(examine(base, revision, with_python=True), "breaking")
    quoted = "".join(f"> {line}".rstrip() + "\n" for line in report.splitlines())
    contributing = (ROOT / "CONTRIBUTING.md").read_text()
    any_line = r"\| \d+ \|"  # lines move when the spec changes
    assert re.sub(any_line, "", quoted) in re.sub(any_line, "", contributing)
