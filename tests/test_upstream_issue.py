"""While the spec is behind Oracle's document there is one issue, kept up to date."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
# Stands for GitHub's command line: records its arguments, and has one issue or none.
GH = """\
#!/usr/bin/env bash
echo "$*" >> calls
case "$*" in *--paginate*) cat issues ;; *) echo '{}' ;; esac
"""
UPDATE = "api --method PATCH repos/o/r/issues/31 --field"
OPEN = "api --method POST repos/o/r/issues --field title=Oracle's API is ahead of the spec --field"


def post(folder: Path, *, status: str, known: str, report: str = "**Behind by 1**\n") -> list[str]:
    """What is asked of GitHub, when it has the issues `known`."""
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    (folder / "issues").write_text(known)
    (folder / "report.md").write_text(report)
    subprocess.run(
        [ROOT / ".github/post-issue.sh"],
        cwd=folder,
        check=True,
        env={
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_RUN_ID": "7",
            "STATUS": status,
        },
    )
    return (folder / "calls").read_text().splitlines()[1:]


@pytest.mark.parametrize(
    ("status", "known", "calls"),
    [
        ("1", "", [f"{OPEN} body=@body.md"]),
        ("1", "31\n32\n", [f"{UPDATE} body=@body.md"]),
        ("0", "31\n", [f"{UPDATE} state=closed"]),
        ("0", "", []),
    ],
)
def test_the_issue_is_opened_updated_and_closed(
    tmp_path: Path, status: str, known: str, calls: list[str]
) -> None:
    assert post(tmp_path, status=status, known=known) == calls


def test_the_issue_has_the_report_and_leads_to_the_run(tmp_path: Path) -> None:
    post(tmp_path, status="1", known="", report="x" * 70_000)
    body = (tmp_path / "body.md").read_text()
    assert body.startswith("<!-- report on the document of Oracle -->\nxxx")
    assert "https://github.example/o/r/actions/runs/7" in body
    assert len(body) < 65_536


def test_the_workflow_may_write_issues_and_nothing_else() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/upstream.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"contents": "read", "issues": "write"}
    actions = [step["uses"] for step in job["steps"] if "uses" in step]
    assert [len(action.partition("@")[2]) for action in actions] == [40] * 3
