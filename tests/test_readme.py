"""What the documents tell people to do works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tools.service import serve
from tools.specdiff.__main__ import examine
from tools.specdiff.report.markdown import as_markdown
from tools.specdiff.sources import Source

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_the_example_lists_the_failed_task_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example, *_) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    with serve(task_runs=250) as service:
        here = f'base_url="{service.base_url}", config_file="{service.config_file}"'
        for words, value in (
            ('region="us-ashburn-1", profile="DEFAULT"', here),
            ("ocid1.aidataplatform.oc1.iad.example", service.ai_data_platform_id),
            ("my-workspace-key", service.workspace_key),
            ("my-job-run-key", service.job_run_key),
        ):
            assert words in example
            example = example.replace(words, value)
        exec(compile(example, "README.md", "exec"), {})
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
    for document in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text()
        targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
        assert all((ROOT / target.partition("#")[0]).exists() for target in targets)


def test_every_error_and_every_variable_of_the_readme_is_there() -> None:
    import aidp_workbench

    for name in re.findall(r"`(\w+Error)`", README):
        assert hasattr(aidp_workbench, name)
    sources = "".join(path.read_text() for path in (ROOT / "overlays").rglob("*.py"))
    for name in re.findall(r"`(OCI_\w+)`", README):
        assert f'"{name}"' in sources


def test_the_report_in_contributing_is_what_the_differ_says() -> None:
    spec = (ROOT / "openapi" / "aidp-workbench.yaml").read_text()
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
