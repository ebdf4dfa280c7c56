"""The report on the spec is one comment of a pull request, kept up to date."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Stands for GitHub's command line: records its arguments, and has one comment or none.
GH = """\
#!/usr/bin/env bash
echo "$*" >> calls
case "$*" in *--paginate*) cat comments ;; *) echo '{}' ;; esac
"""


def post(folder: Path, *, comment: str, known: str) -> list[str]:
    """What is asked of GitHub, when it has the comments `known` and the report is `comment`."""
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    (folder / "comments").write_text(known)
    (folder / "comment.md").write_text(comment)
    subprocess.run(
        [ROOT / ".github/post-report.sh"],
        cwd=folder,
        check=True,
        env={
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_RUN_ID": "7",
            "PULL_REQUEST": "5",
        },
    )
    return (folder / "calls").read_text().splitlines()[1:]


@pytest.mark.parametrize(
    ("known", "call"),
    [
        ("", "api --method POST repos/o/r/issues/5/comments --field body=@body.md"),
        ("31\n32\n", "api --method PATCH repos/o/r/issues/comments/31 --field body=@body.md"),
    ],
)
def test_a_report_is_posted_once_and_then_kept_up_to_date(
    tmp_path: Path, known: str, call: str
) -> None:
    assert post(tmp_path, comment="**Ready**\n", known=known) == [call]
    body = (tmp_path / "body.md").read_text()
    assert body.startswith("<!-- report on the spec -->\n**Ready**\n")
    assert "https://github.example/o/r/actions/runs/7" in body


def test_where_nothing_changes_nothing_is_posted(tmp_path: Path) -> None:
    assert post(tmp_path, comment="", known="") == []


def test_a_report_whose_change_was_taken_back_says_so(tmp_path: Path) -> None:
    (call,) = post(tmp_path, comment="", known="31\n")
    assert call.startswith("api --method PATCH ")
    assert "The spec is as it was." in (tmp_path / "body.md").read_text()


def test_actions_that_see_a_token_are_pinned_by_hash() -> None:
    workflow = (ROOT / ".github/workflows/spec.yml").read_text()
    uses = [line.split("uses: ")[1] for line in workflow.splitlines() if "uses: " in line]
    assert uses
    for action in uses:
        commit = action.partition("@")[2].partition(" ")[0]
        assert len(commit) == 40
        assert int(commit, 16)
