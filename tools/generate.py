"""Write generated/aidp_workbench_api from the spec, or check that it is what the spec gives.

`python -m tools.generate` writes, `python -m tools.generate --check` compares. Both exit with 1 and
leave generated/ alone when the spec or the generator fails; `--check` also when the two differ.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import os
import shutil
import sys
import tempfile
import time
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen
from openapi_python_client import generate as run_generator
from openapi_python_client.config import Config, ConfigFile, MetaType

from tools.openapi.errors import SpecError
from tools.openapi.lines import Lines
from tools.openapi.parse import parse_file
from tools.openapi.validation import check
from tools.paths import CONFIG, PACKAGE, SPEC, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen
class Changes:
    """How a fresh package differs from the one that is there: file names, sorted."""

    added: list[str]
    changed: list[str]
    removed: list[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def generate(spec: Path, output: Path) -> None:
    """Generate the package from `spec` into the new folder `output`, or raise SpecError."""
    check(spec)
    _check_enums(spec)
    try:
        config_file = ConfigFile.load_from_path(CONFIG)
    except Exception as error:
        raise SpecError(f"{CONFIG}: {' '.join(str(error).split())}") from error
    config = Config.from_sources(
        config_file=config_file,
        meta_type=MetaType.NONE,
        document_source=spec,
        file_encoding="utf-8",
        overwrite=False,
        output_path=output,
    )
    # The hooks run ruff: the one that is installed beside this Python, which is pinned.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    try:
        with contextlib.redirect_stdout(io.StringIO()), _templates() as templates:
            problems = run_generator(config=config, custom_template_path=templates)
    except Exception as error:
        raise SpecError(f"{spec}: the generator failed: {error}") from error
    if problems:  # warnings too: the generator leaves out what it warns about
        problem = problems[0]
        raise SpecError(f"{spec}: the generator: {problem.header}: {problem.detail}")
    (output / "py.typed").touch()


def _check_enums(spec: Path) -> None:
    """Raise SpecError for a value that an enum has twice, which the generator takes for one."""
    document = parse_file(spec)
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), document.content)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, list):
            waiting += [((*place, index), inner) for index, inner in enumerate(value)]
            twice = next((one for index, one in enumerate(value) if one in value[:index]), None)
            if twice is not None and place[-1] == "enum":
                where = f"{spec}:{Lines(document.text).line(place)}: {' > '.join(map(str, place))}"
                raise SpecError(f"{where}: {twice!r} is there twice")
        elif isinstance(value, dict):
            waiting += [((*place, key), inner) for key, inner in value.items()]


@contextlib.contextmanager
def _templates() -> Iterator[Path]:
    """A folder with our templates, in which those that they change are under `upstream/`."""
    with tempfile.TemporaryDirectory() as folder:
        templates = Path(folder)
        shutil.copytree(TEMPLATES, templates, dirs_exist_ok=True)
        upstream = files("openapi_python_client") / "templates"
        with as_file(upstream) as path:
            shutil.copytree(path, templates / "upstream")
        yield templates


def compare(old: Path, new: Path) -> Changes:
    """The changes that turn the package `old` into `new`."""
    before, after = _files(old), _files(new)
    return Changes(
        added=sorted(after.keys() - before.keys()),
        changed=sorted(
            name for name in after.keys() & before.keys() if before[name] != after[name]
        ),
        removed=sorted(before.keys() - after.keys()),
    )


def diff(old: Path, new: Path) -> str:
    """A unified diff from the package `old` to `new`, with the file names below each."""
    before, after = _files(old), _files(new)
    return "".join(
        "".join(
            difflib.unified_diff(
                before.get(name, b"").decode(errors="replace").splitlines(keepends=True),
                after.get(name, b"").decode(errors="replace").splitlines(keepends=True),
                f"committed/{name}" if name in before else "/dev/null",
                f"from the spec/{name}" if name in after else "/dev/null",
            )
        )
        for name in sorted(before.keys() | after.keys())
    )


def swap(new: Path, target: Path) -> None:
    """Put the folder `new` in the place of `target`; both stay as they are if that fails."""
    old = new.with_name("old")
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except BaseException:  # Ctrl-C, too
        if old.exists():
            old.rename(target)
        raise


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _write() -> int:
    start = time.perf_counter()
    PACKAGE.parent.mkdir(exist_ok=True)
    # Beside the package, so that the swap is a rename within one file system.
    with tempfile.TemporaryDirectory(dir=PACKAGE.parent, prefix=".new-") as folder:
        fresh = Path(folder) / PACKAGE.name
        generate(SPEC, fresh)
        if changes := compare(PACKAGE, fresh):
            swap(fresh, PACKAGE)
    _tell(changes)
    verdict = "regenerated" if changes else "was current"
    print(f"{PACKAGE} {verdict} ({time.perf_counter() - start:.1f} s)")
    return 0


def _tell(changes: Changes) -> None:
    for verb in ("added", "changed", "removed"):
        for name in getattr(changes, verb):
            print(f"{verb:>8}  {PACKAGE / name}")


def _check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / PACKAGE.name
        generate(SPEC, fresh)
        changes = compare(PACKAGE, fresh)
        difference = diff(PACKAGE, fresh)
    if changes:
        print(difference, end="")
        _tell(changes)
        print(f"{PACKAGE} is not what {SPEC} gives. Run `nox -s generate` and commit the result.")
        return 1
    print(f"{PACKAGE} is what {SPEC} gives.")
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; write nothing")
    options = parser.parse_args(arguments)
    try:
        return (_check if options.check else _write)()
    except (SpecError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        print(f"{PACKAGE} was left as it is.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
