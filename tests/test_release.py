"""What a release takes from the repository, and the files that repeat a version."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml

from tools.release import ReleaseError, notes

ROOT = Path(__file__).parents[1]
MODULE = '__version__ = "1.2.0"\n'
CHANGELOG = (
    "# Changelog\n\n## 1.3.0\n\n- C.\n\n## 1.2.0\n\n- New.\n- Fixed.\n\n## 1.1.0\n\n- Old.\n"
)


def test_the_notes_of_a_release_are_its_section_of_the_changelog() -> None:
    assert notes("v1.2.0", MODULE, CHANGELOG) == "- New.\n- Fixed.\n"
    assert notes("v1.1.0", MODULE.replace("1.2", "1.1"), CHANGELOG) == "- Old.\n"


@pytest.mark.parametrize(
    ("tag", "changelog", "problem"),
    [
        ("v1.3.0", CHANGELOG, "another version than the tag"),
        ("v1.2", CHANGELOG, "another version than the tag"),
        ("v1.2.0", CHANGELOG.replace("## 1.2.0", "## 1.2.1"), "no section"),
        ("v1.2.0", CHANGELOG.replace("## 1.2.0", "## 1.2.0 (unreleased)"), "unreleased"),
        ("v1.2.0", "## 1.2.0\n\n## 1.1.0\n\n- Old.\n", "says nothing"),
    ],
)
def test_a_tag_that_cannot_be_released_says_why(tag: str, changelog: str, problem: str) -> None:
    with pytest.raises(ReleaseError, match=problem):
        notes(tag, MODULE, changelog)


def test_the_hook_before_a_commit_has_the_pinned_formatter() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    (revision,) = (hook["rev"] for hook in config["repos"] if "ruff" in hook["repo"])
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert f"ruff=={revision.removeprefix('v')}" in groups["generate"]
    assert f"ruff=={revision.removeprefix('v')}" in groups["lint"]
