"""Files that a command writes: whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aidp_workbench.cli.output.files import check_file, write_file
from typer import BadParameter

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written_with_what_it_is_given(tmp_path: Path) -> None:
    write_file(tmp_path / "text.html", "grün")
    write_file(tmp_path / "bytes.png", b"\x89")
    assert (tmp_path / "text.html").read_bytes() == "grün".encode()
    assert (tmp_path / "bytes.png").read_bytes() == b"\x89"
    assert {path.name for path in tmp_path.iterdir()} == {"text.html", "bytes.png"}


def test_if_writing_fails_the_file_before_stays_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("before")
    with pytest.raises(UnicodeEncodeError):
        write_file(out, "half \ud800")
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_the_mode_of_a_file_and_a_link_to_it_stay(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    out, link = tmp_path / "folder" / "page.html", tmp_path / "link.html"
    out.write_text("before")
    out.chmod(0o640)
    link.symlink_to(out)
    write_file(check_file(str(link), [".html"]), "after")
    assert link.is_symlink()
    assert out.read_text() == "after"
    assert out.stat().st_mode & 0o777 == 0o640


def test_a_file_with_another_suffix_is_refused() -> None:
    with pytest.raises(BadParameter, match=r"'page\.pdf' must end in \.html"):
        check_file("page.pdf", [".html"])
