"""The differ as a reviewer meets it: in a git repository, with a version and a report."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.programs import Ran, fork_server
from tests.test_generate import copy_project

SMALL_SPEC = Path(__file__).with_name("small_spec.yaml")
SPEC = "openapi/aidp-workbench.yaml"
ANOTHER_VALUE = ("enum: [ASC, DESC", "enum: [RANDOM, ASC, DESC")
LOWER_LIMIT = ("maximum: 1000", "maximum: 500")
REWORDED = ("What went wrong.", "What happened.")


class Repository:
    """A git repository of this project, with one commit on main."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def git(self, *arguments: str) -> None:
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.com")
        subprocess.run(["git", *identity, *arguments], cwd=self.path, check=True)

    def add_spec(self) -> None:
        (self.path / SPEC).parent.mkdir()
        shutil.copy(SMALL_SPEC, self.path / SPEC)
        (self.path / "openapi/acknowledged-changes.yaml").write_text("[]\n")

    def edit(self, *edits: tuple[str, str], file: str = SPEC) -> None:
        text = (self.path / file).read_text()
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (self.path / file).write_text(text)

    def set_version(self, version: str) -> None:
        file = self.path / "overlays/aidp_workbench/_version.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'__version__ = "{version}"\n')

    def diff(self, *arguments: str) -> Ran:
        modules = ("tools.specdiff.compare", "tools.specdiff.report.markdown", "tools.generate")
        return fork_server(*modules).run("-m", "tools.specdiff", *arguments, cwd=self.path)

    def report(self, *arguments: str) -> Any:
        return json.loads(self.diff(*arguments, "--format", "json").out)


@pytest.fixture
def repository(tmp_path: Path, new_repository: Repository) -> Repository:
    return Repository(shutil.copytree(new_repository.path, tmp_path / "r"))


@pytest.fixture(scope="module")
def new_repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """What each test has a copy of."""
    folder = tmp_path_factory.mktemp("repository")
    repository = Repository(copy_project(folder, "overlays/templates", "generator-config.yaml"))
    repository.add_spec()
    repository.set_version("1.2.3")
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.git("add", ".")
    repository.git("commit", "--quiet", "--message=base")
    repository.git("tag", "v1.2.3")
    repository.git("checkout", "--quiet", "-b", "change")
    return repository


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_to_say_is_zero_bytes(repository: Repository, form: str) -> None:
    repository.edit(("# The contract of", "# The very contract of"))
    done = repository.diff("--format", form, "--output", "report")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (repository.path / "report").read_bytes() == b""


def test_nothing_to_say_is_one_line_on_a_terminal(repository: Repository) -> None:
    done = repository.diff()
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"No change: {SPEC} compared with ")
    assert done.out.count("\n") == 1


def test_nothing_to_say_is_still_json(repository: Repository) -> None:
    report = repository.report()
    assert (report["changes"], report["python"]) == ([], [])
    assert report["version"]["part"] == "none"


def test_a_breaking_change_fails_and_says_where_and_what(repository: Repository) -> None:
    repository.edit(LOWER_LIMIT)
    repository.set_version("2.0.0")
    done = repository.diff("--format", "markdown", "--no-python")
    assert done.code == 1
    assert "Not ready to merge: 1 breaking change." in done.out
    text = (repository.path / SPEC).read_text()
    line = text[: text.index("maximum: 500")].count("\n") + 1
    said = "query parameter limit of GET …/taskRuns: maximum lowered from 1000 to 500"
    assert f"| {said} | `maximum: 1000` | `maximum: 500` | {line} |" in done.out
    assert "request-parameter-max-decreased" in done.out
    assert done.err == "1 breaking, not acknowledged\n"


def test_an_acknowledged_change_does_not_fail(repository: Repository) -> None:
    repository.edit(LOWER_LIMIT)
    repository.set_version("2.0.0")
    (change,) = repository.report("--no-python")["changes"]
    assert change["acknowledged"] is False
    (repository.path / "openapi/acknowledged-changes.yaml").write_text(
        f'- fingerprint: "{change["fingerprint"]}"\n  reason: The service never gave more.\n'
    )
    done = repository.diff("--format", "markdown", "--no-python")
    assert (done.code, done.err) == (0, "")
    assert "accepted: The service never gave more." in done.out
    assert repository.report("--no-python")["changes"][0]["acknowledged"] is True


def test_an_acknowledgement_that_the_base_has_does_not_fail(repository: Repository) -> None:
    (repository.path / "openapi/acknowledged-changes.yaml").write_text(
        "- {fingerprint: abcdefabcdef, reason: It was so.}\n"
    )
    repository.git("commit", "--quiet", "--all", "--message=accepted")
    repository.edit(REWORDED)
    repository.set_version("1.2.4")
    done = repository.diff("HEAD", "--no-python")
    assert (done.code, done.err) == (0, "")
    assert "Remove the acknowledgement abcdefabcdef" in done.out


def test_an_acknowledgement_of_nothing_fails(repository: Repository) -> None:
    (repository.path / "openapi/acknowledged-changes.yaml").write_text(
        "- {fingerprint: abcdefabcdef, reason: It was so.}\n"
    )
    done = repository.diff("--no-python")
    assert done.code == 1
    assert "abcdefabcdef" in done.err


@pytest.mark.parametrize(
    "text", ["a: [", "- fingerprint: abc", "- {fingerprint: 1, reason: x}", "5"]
)
def test_an_unreadable_acknowledgement_is_one_line(repository: Repository, text: str) -> None:
    (repository.path / "openapi/acknowledged-changes.yaml").write_text(text)
    done = repository.diff("--no-python")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: openapi/acknowledged-changes.yaml: ")
    assert done.err.count("\n") == 1


def test_fail_on_chooses_what_fails(repository: Repository) -> None:
    repository.edit(LOWER_LIMIT)
    assert repository.diff("--no-python", "--fail-on", "never").code == 0
    repository.git("checkout", "--quiet", SPEC)
    repository.edit(('        - $ref: "#/components/parameters/OpcRequestId"\n', ""))
    repository.set_version("1.3.0")
    assert repository.diff("--no-python").code == 0
    done = repository.diff("--no-python", "--fail-on", "warning")
    assert (done.code, done.err) == (1, "1 warning, not acknowledged\n")


@pytest.mark.parametrize(
    ("edits", "version", "part", "enough"),
    [
        ([ANOTHER_VALUE], "1.2.3", "minor", False),
        ([ANOTHER_VALUE], "1.2.4", "minor", False),
        ([ANOTHER_VALUE], "1.3.0", "minor", True),
        ([REWORDED], "1.2.3", "patch", False),
        ([REWORDED], "1.2.4", "patch", True),
        ([LOWER_LIMIT], "1.3.0", "major", False),
        ([LOWER_LIMIT], "2.0.0", "major", True),
        ([], "1.2.3", "none", True),
    ],
)
def test_the_version_must_rise_enough(
    repository: Repository,
    edits: list[tuple[str, str]],
    version: str,
    part: str,
    enough: bool,
) -> None:
    repository.edit(*edits)
    repository.set_version(version)
    done = repository.diff("--format", "json", "--no-python")
    found = json.loads(done.out)["version"]
    assert (found["part"], found["base"], found["revision"]) == (part, "1.2.3", version)
    assert found["enough"] is enough
    assert ("must rise from 1.2.3" in done.err) is not enough
    assert done.code == (1 if not enough or part == "major" else 0)


def test_before_1_0_the_minor_part_stands_for_the_major_one(repository: Repository) -> None:
    repository.set_version("0.4.1")
    repository.git("commit", "--quiet", "--all", "--message=0.4.1")
    repository.edit(LOWER_LIMIT)
    version = repository.report("HEAD", "--no-python")["version"]
    assert (version["part"], version["needed"]) == ("major", "0.5.0")


@pytest.mark.slow
@pytest.mark.parametrize(("version", "is_enough"), [("1.3.0", True), ("1.2.9", False)])
def test_what_counts_is_the_last_release(
    repository: Repository, version: str, is_enough: bool
) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.edit(ANOTHER_VALUE)
    repository.set_version("1.3.0")
    repository.git("commit", "--quiet", "--all", "--message=a value, not released yet")
    repository.git("checkout", "--quiet", "-B", "another")
    repository.edit(REWORDED, ("enum: [RANDOM, ASC", "enum: [RANDOM, SHUFFLED, ASC"))
    repository.set_version(version)
    found = repository.report("--no-python")["version"]
    assert (found["part"], found["base"], found["needed"]) == ("minor", "1.2.3", "1.3.0")
    assert found["enough"] is is_enough


def test_without_tags_the_changelog_says_what_was_released(repository: Repository) -> None:
    repository.git("tag", "--delete", "v1.2.3")
    (repository.path / "CHANGELOG.md").write_text("## 1.2.3 (unreleased)\n\n## 1.1.0\n")
    repository.git("add", ".")
    repository.git("commit", "--quiet", "--message=changelog")
    repository.edit(ANOTHER_VALUE)
    version = repository.report("HEAD", "--no-python")["version"]
    assert (version["base"], version["needed"], version["enough"]) == ("1.1.0", "1.2.0", True)


def test_revisions_and_files_can_be_compared(repository: Repository) -> None:
    repository.edit(ANOTHER_VALUE)
    repository.git("commit", "--quiet", "--all", "--message=queued")
    repository.edit(LOWER_LIMIT)
    (repository.path / "other.yaml").write_text((repository.path / SPEC).read_text())
    repository.git("checkout", "--quiet", SPEC)

    def ids(*named: str) -> list[str]:
        return [change["id"] for change in repository.report(*named, "--no-python")["changes"]]

    added = "request-parameter-enum-value-added"
    lowered = "request-parameter-max-decreased"
    assert ids() == ids("main") == ids("v1.2.3", "HEAD") == [added]
    assert ids("HEAD") == []
    assert ids("HEAD", "other.yaml") == ids(SPEC, "other.yaml") == [lowered]
    assert ids("HEAD~1", "other.yaml") == [lowered, added]
    assert ids("other.yaml", "HEAD") == ["request-parameter-max-increased"]


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        (["nowhere.yaml"], "nowhere.yaml: neither a file nor a git revision"),
        (["main", "v9"], "v9: neither a file nor a git revision"),
        (["openapi"], "openapi: not a file"),
        (["broken.yaml"], "broken.yaml:2"),
        (["swagger.yaml"], "swagger.yaml"),
        (["binary.yaml"], "binary.yaml: not UTF-8"),
    ],
)
def test_what_cannot_be_compared_is_one_clear_line(
    repository: Repository, named: list[str], problem: str
) -> None:
    (repository.path / "broken.yaml").write_text("openapi: 3.1.0\n\tinfo: {}\n")
    (repository.path / "swagger.yaml").write_text('swagger: "2.0"\n')
    (repository.path / "binary.yaml").write_bytes(bytes(range(128, 256)))
    done = repository.diff(*named)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert problem in done.err
    assert done.err.count("\n") == 1


def test_outside_of_git_a_base_must_be_named(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.add_spec()
    repository.set_version("1.2.3")
    done = repository.diff()
    assert done.code == 2
    assert "name a BASE" in done.err
    assert repository.diff(SPEC, SPEC, "--no-python").code == 0


@pytest.mark.slow
def test_the_report_says_what_users_of_the_client_notice(repository: Repository) -> None:
    repository.edit(
        ANOTHER_VALUE,
        ("default: 100", "default: 50"),
        ('        - $ref: "#/components/parameters/OpcRequestId"\n', ""),
        (
            "        - name: displayName\n          in: query\n",
            "        - name: displayName\n          in: query\n          required: true\n",
        ),
    )
    report = repository.report()
    said = {(change["name"], change["text"]): change["breaking"] for change in report["python"]}
    operation = "api.task_runs.list_task_runs"
    assert said[f"{operation}(opc_request_id)", "removed"] is True
    assert said[f"{operation}(display_name)", "now required"] is True
    assert said[f"{operation}(limit)", "default changed from 100 to 50"] is True
    member = "models.sort_order.SortOrder.RANDOM"
    assert said[member, "added"] is False
    assert f"`{member}`" in repository.diff("--format", "markdown").out


@pytest.mark.slow
def test_a_document_that_the_generator_refuses_is_compared_without_it(
    repository: Repository,
) -> None:
    small = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n"
    (repository.path / "old.yaml").write_text(small)
    (repository.path / "new.yaml").write_text(small.replace("title: A", "title: B"))
    report = repository.report("old.yaml", "new.yaml")
    assert [change["level"] for change in report["changes"]] == ["docs"]
    assert "3.0.3" in report["python_skipped"]
    for form in ("text", "markdown"):
        done = repository.diff("old.yaml", "new.yaml", "--format", form)
        assert done.code == 1
        assert "Not ready to merge" in done.out
        assert "The Python client could not be compared: " in done.out


def test_a_fingerprint_does_not_depend_on_the_commit(repository: Repository) -> None:
    repository.edit(LOWER_LIMIT)
    before = repository.report("--no-python")["changes"][0]["fingerprint"]
    repository.edit(ANOTHER_VALUE, REWORDED)
    repository.git("commit", "--quiet", "--all", "--message=more")
    changes = repository.report("--no-python")["changes"]
    assert before in [change["fingerprint"] for change in changes]
    assert len({change["fingerprint"] for change in changes}) == len(changes)


def test_the_report_names_both_sides(repository: Repository) -> None:
    repository.edit(REWORDED)
    report = repository.report("v1.2.3", "--no-python")
    assert report["base"].startswith(f"v1.2.3:{SPEC} (")
    assert report["revision"] == SPEC


def test_files_beside_the_spec_are_read_from_the_same_revision(repository: Repository) -> None:
    repository.edit(('{ $ref: "#/components/schemas/SortOrder" }', '{ $ref: "parts.yaml#/Order" }'))
    part = repository.path / "openapi/parts.yaml"
    part.write_text("Order: { type: string, enum: [ASC, DESC] }\n")
    repository.git("add", ".")
    repository.git("commit", "--quiet", "--message=a file of its own")
    part.write_text("Order: { type: string, enum: [ASC] }\n")
    changes = repository.report("main", "HEAD", "--no-python")["changes"]
    assert {change["level"] for change in changes} <= {"docs", "info"}
    (change,) = repository.report("HEAD", "--no-python")["changes"]
    assert change["id"] == "request-parameter-enum-value-removed"
    part.unlink()
    done = repository.diff("--no-python")
    assert done.code == 2
    assert "parts.yaml: No such file or directory" in done.err
    assert f"error: {SPEC}:" in done.err
    assert done.err.count("\n") == 1


def test_a_comment_is_short_and_the_worst_comes_first(repository: Repository) -> None:
    text = (repository.path / SPEC).read_text()
    values = ", ".join(f"VALUE_{number}_{'X' * 80}" for number in range(1500))
    repository.edit(LOWER_LIMIT, ("enum: [ASC, DESC", f"enum: [{values}, ASC, DESC"))
    repository.diff("--no-python", "--comment", "comment.md", "--link", "https://e.example/spec")
    comment = (repository.path / "comment.md").read_text()
    line = text[: text.index("maximum: 1000")].count("\n") + 1
    assert 20_000 < len(comment) < 60_000
    assert f"| [{line}](https://e.example/spec#L{line}) |" in comment
    assert comment.index("### Breaks callers (1)") < comment.index("<details>")
    assert "more, which the whole report has." in comment
    assert comment.count("<details>") == comment.count("</details>")


def test_what_a_document_says_is_no_markup(repository: Repository) -> None:
    hostile = "<img src=x> @everyone #1 [a](javascript:b) `c` |"
    repository.edit((REWORDED[0], hostile))
    report = repository.diff("--no-python", "--format", "markdown").out
    (row,) = [line for line in report.splitlines() if "img" in line]
    assert "\\<img src=x\\>" in row
    assert "@\u200beveryone" in row
    assert "[a](" not in row.replace("\\[a\\](", "")
    (head,) = [line for line in report.splitlines() if line.startswith("| change")]
    assert row.replace("\\|", "").count("|") == head.count("|")


def test_an_operation_is_named_in_full_where_its_last_word_is_not_enough(
    repository: Repository,
) -> None:
    small = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n"
    item = "  /{}/runs: {{get: {{deprecated: false, responses: {{'200': {{description: A}}}}}}}}\n"
    text = small + item.format("jobs") + item.format("tasks")
    (repository.path / "old.yaml").write_text(text)
    (repository.path / "new.yaml").write_text(
        text.replace("deprecated: false", "deprecated: true", 1)
    )
    done = repository.diff("old.yaml", "new.yaml", "--no-python")
    assert "operation of GET /jobs/runs: deprecated" in done.out


def test_a_property_that_looks_renamed_is_connected(repository: Repository) -> None:
    repository.edit(("stateMessage", "statusMessage"))
    changes = repository.report("--no-python")["changes"]
    hints = {change["location"].rpartition(".")[2]: change["hint"] for change in changes}
    assert hints["stateMessage"] == "looks like a rename: is now statusMessage"
    assert hints["statusMessage"] == "looks like a rename: was stateMessage"


def test_lines_for_the_changelog_are_in_users_words(repository: Repository) -> None:
    repository.edit(ANOTHER_VALUE, ("stateMessage", "statusMessage"), LOWER_LIMIT)
    assert repository.report()["changelog"] == [
        "`State.state_message` is gone.",
        "`SortOrder.RANDOM` is new.",
        "`State.status_message` is new.",
        "The service: query parameter limit: maximum lowered from 1000 to 500.",
    ]
