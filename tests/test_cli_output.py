"""`task-runs output`: what a task printed, decoded, whatever it is."""

from __future__ import annotations

import bz2
import gzip
import json
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import ResponseError
from aidp_workbench.cli.printed import decoding
from aidp_workbench.cli.printed.decoding import Part, decoded
from aidp_workbench_api.models import RunOutputData
from hypothesis import given
from hypothesis import strategies as st

from tests.cli_support import run, run_here, run_in_terminal, where
from tests.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.programs import Ran

PNG = b"\x89PNG\r\n\x1a\n\0"
PLACE = "taskRuns/t/actions/fetchOutput"


def base64(data: bytes) -> str:
    return b64encode(data).decode()


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


def part(kind: str = "TEXT_PLAIN", value: str = "", **more: Any) -> dict[str, Any]:
    return {"type": kind, "value": value} | more


def packed(data: bytes, kind: str = "TEXT_PLAIN", **more: Any) -> dict[str, Any]:
    return part(kind, base64(data), isBase64=True, **more)


TEXT = "Größe: 3 ✓\n"


@pytest.mark.parametrize(
    ("sent", "content"),
    [
        (part(value=TEXT), TEXT),
        (part(value=TEXT, isBase64=False, charset="UTF_8"), TEXT),
        (packed(TEXT.encode(), charset="UTF_8"), TEXT),
        (packed(TEXT.encode()), TEXT),
        (packed(TEXT.encode("utf-16"), charset="UTF_16"), TEXT),
        (packed(TEXT.encode("utf-16-be"), charset="UTF_16"), TEXT),
        (packed(b"\xef\xbb\xbfa", charset="UTF_8"), "a"),
        (packed(b"a\xff", charset="UTF_8"), "a\\xff"),
        (packed(gzip.compress(TEXT.encode()), compression="GZIP"), TEXT),
        (packed(gzip.compress(b"a") + gzip.compress(b"b"), compression="GZIP"), "ab"),
        (packed(zlib.compress(TEXT.encode()), compression="DEFLATE"), TEXT),
        (packed(raw_deflate(TEXT.encode()), compression="DEFLATE"), TEXT),
        (packed(bz2.compress(TEXT.encode("utf-16")), compression="BZIP2", charset="UTF_16"), TEXT),
        (part(value=base64(gzip.compress(b"a")), compression="GZIP"), "a"),  # without isBase64
        (packed(b"{}", "APPLICATION_JSON"), "{}"),
        (packed(b"<svg/>", "IMAGE_SVG", charset="UTF_8"), "<svg/>"),
        (packed(PNG, "IMAGE_PNG"), PNG),
        (packed(b"only letters", "APPLICATION_PDF", charset="UTF_8"), b"only letters"),
        (packed(b"a\0b", "SOMETHING_NEW"), b"a\0b"),
        (part(value=""), ""),
        ({"type": "TEXT_PLAIN"}, ""),
    ],
)
def test_a_part_is_decoded(sent: dict[str, Any], content: str | bytes) -> None:
    assert decoded(RunOutputData.from_dict(sent)) == Part(sent["type"], content)


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (part(value="?", isBase64=True), "TEXT_PLAIN is no base64"),
        (packed(b"x", compression="COMPRESS"), "compression COMPRESS is unknown to this program"),
        (packed(b"no gzip", compression="GZIP"), "GZIP data is damaged"),
        (packed(b"no bzip2", compression="BZIP2"), "BZIP2 data is damaged"),
        (packed(b"\xff\xff", compression="DEFLATE"), "DEFLATE data is damaged"),
        (packed(b"x", charset="KLINGON"), "character set KLINGON is unknown to this program"),
    ],
)
def test_what_cannot_be_decoded_is_an_error(sent: dict[str, Any], problem: str) -> None:
    with pytest.raises(ResponseError, match=problem):
        decoded(RunOutputData.from_dict(sent))


@given(st.text(), st.sampled_from(["GZIP", "DEFLATE", "BZIP2", "COMPRESS", "X", None]))
def test_hostile_data_is_decoded_or_an_error(value: str, compression: str | None) -> None:
    data = {"type": "TEXT_PLAIN", "value": value, "isBase64": True, "compression": compression}
    try:
        assert isinstance(decoded(RunOutputData.from_dict(data)).content, str | bytes)
    except ResponseError as error:
        assert str(error)  # noqa: PT017  # any error of ours will do


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress])
def test_what_unpacks_to_too_much_is_an_error(
    compress: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MOST", 1000)
    kind = "GZIP" if compress is gzip.compress else "BZIP2"
    whole = packed(compress(b"a" * 1000), compression=kind)
    assert len(decoded(RunOutputData.from_dict(whole)).content) == 1000
    with pytest.raises(ResponseError, match="longer than 1,000 bytes when unpacked"):
        decoded(RunOutputData.from_dict(packed(compress(b"a" * 1001), compression=kind)))


def test_compressed_data_that_ends_early_is_kept_and_said_to_be_cut() -> None:
    cut = gzip.compress(bytes(range(256)) * 100)[:-20]
    part = decoded(RunOutputData.from_dict(packed(cut, "IMAGE_PNG", compression="GZIP")))
    assert part.is_cut
    assert isinstance(part.content, bytes)
    assert part.content.startswith(bytes(range(256)))


@pytest.fixture
def cli(config_file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `task-runs output t` on this answer of the service."""

    def call(output: dict[str, Any], *words: str) -> Ran:
        with Workbench({PLACE: output}) as server:
            return run_here(capsys, "task-runs", "output", "t", *words, *where(server, config_file))

    return call


def test_texts_are_printed_as_they_are(cli: Any) -> None:
    output = {"data": [part(value="a\x1b[1m\tb\r\n"), part("TEXT_HTML", "<p>")]}
    assert cli(output) == (0, "a\x1b[1m\tb\r\n<p>\n", "")


def test_on_a_terminal_they_do_not_move_the_cursor(config_file: Path) -> None:
    output = {"data": [part(value="a\x1b[2Jb\nc\rd\te\x9b1A")]}
    with Workbench({PLACE: output}) as server:
        shown = run_in_terminal("task-runs", "output", "t", *where(server, config_file))
    assert shown.lines == ["a\\x1b[2Jb", "c\\rd e\\x9b1A"]


def test_what_is_no_text_is_named(cli: Any) -> None:
    named = (
        "aidp-workbench: part 2 is IMAGE_PNG, 9 bytes, and no text:"
        " write it with --part 2 --out FILE\n"
    )
    picture = packed(PNG, "IMAGE_PNG")
    assert cli({"data": [part(value="a\n"), picture]}) == (0, "a\n", named)
    assert cli({"data": [picture]}) == (2, "", named.replace("2", "1"))


def test_a_part_is_written_into_a_file(cli: Any, tmp_path: Path) -> None:
    output = {"data": [part(value=TEXT), packed(PNG, "IMAGE_PNG")]}
    out = tmp_path / "plot.png"
    ran = cli(output, "--part", "2", "--out", str(out))
    assert ran == (0, f"{out}: part 2, IMAGE_PNG, 9 bytes\n", "")
    assert out.read_bytes() == PNG
    assert cli(output, "--part", "1", "--out", str(out)).code == 0
    assert out.read_text("utf-8") == TEXT
    assert cli(output, "--part", "1").out == TEXT


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_fetched(
    config_file: Path, tmp_path: Path
) -> None:
    with Workbench() as server:
        options = where(server, config_file)
        ran = run("task-runs", "output", "t", "--out", str(tmp_path / "lost" / "x"), *options)
    assert (ran.code, server.requests) == (3, [])
    assert f"the output cannot be written: no such folder: {tmp_path}/lost" in ran.err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--out", "x"], "the output has 2 parts; choose one with --part."),
        (["--part", "3"], "the output has 2 parts."),
        (["--part", "0"], "it must be a whole number from 1 on"),
        (["-o", "json", "--part", "1"], "it takes no --part and no --out."),
    ],
)
def test_a_choice_that_is_none_is_refused(cli: Any, words: list[str], problem: str) -> None:
    ran = cli({"data": [part(value="a"), part(value="b")]}, *words)
    assert (ran.code, ran.out) == (2, "")
    assert problem in " ".join(ran.err.split())


def test_json_is_what_the_service_said(cli: Any) -> None:
    output = {"data": [packed(PNG, "NEW")], "isTruncated": True, "version": 3}
    ran = cli(output, "-o", "json")
    assert json.loads(ran.out) == output
    assert (ran.code, ran.err) == (0, "")


def test_stderr_says_what_else_there_is(cli: Any) -> None:
    output = {
        "data": [part(value="a")],
        "isTruncated": True,
        "errorTrace": "E: x\n\tat y",
        "outputParameters": [{"name": "rows", "value": "3"}, {"name": "empty"}],
    }
    assert cli(output) == (
        0,
        "a\n",
        "aidp-workbench: this is not all: the service has truncated the output\n"
        "aidp-workbench: output parameter rows=3\n"
        "aidp-workbench: output parameter empty=\n"
        "    E: x\n        at y\n",
    )


@pytest.mark.parametrize("nothing", [{"data": []}, {"data": None}])
def test_no_output_is_no_error(cli: Any, nothing: dict[str, Any]) -> None:
    ran = cli(nothing)
    assert (ran.code, ran.out) == (0, "")
    assert (
        ran.err == "aidp-workbench: the task printed nothing, or its output is not kept any more\n"
    )


def test_a_part_that_cannot_be_decoded_is_named(cli: Any) -> None:
    ran = cli({"data": [part(value="a"), packed(b"x", compression="COMPRESS")]})
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "part 2 of the output: compression COMPRESS is unknown" in ran.err
    assert "--output json has it as the service sent it" in ran.err
