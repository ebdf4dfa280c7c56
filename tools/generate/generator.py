"""Runs the generator with the templates of this project, and reports what went wrong."""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import shutil
import subprocess
import sys
import tomllib
import traceback
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.schema.untrusted_string import UntrustedString
from ruamel.yaml import YAML

from tools.openapi.errors import SpecError
from tools.openapi.parse import parse_file
from tools.openapi.validation import check
from tools.paths import CONFIG, PYPROJECT, TEMPLATES

from . import kinds, names
from .formats import Formats
from .operations import Operations, source
from .prepare import content_type_overrides, discriminators, prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tools.openapi.document import Document


def generate(spec: Path, output: Path) -> None:
    """Generate the package from `spec` into the new folder `output`, or raise SpecError."""
    check_versions()
    config = read_config(spec, output)
    document = parse_file(spec)
    refuse(names.problems(document, config))
    check(spec)
    config.content_type_overrides |= content_type_overrides(document)
    data = _parsed(document, config)
    operations = Operations(document, config)
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            operations.finish(endpoint)
    refuse(f"{spec}: {one}" for one in names.finish_models(data, config))
    kinds.add_unknown_objects(data)
    _write(document, data, config, operations)
    for module in sorted((TEMPLATES / "package").glob("*.py")):
        shutil.copy(module, output)
    (output / "py.typed").touch()


def refuse(problems: Iterable[str]) -> None:
    """Raise SpecError with all problems, a line for each, if there are any."""
    if found := list(problems):
        raise SpecError("\n".join(found))


def read_config(spec: Path, output: Path) -> Config:
    """The configuration of the generator; SpecError if it has a key that the generator lacks."""
    try:
        keys = YAML(typ="safe").load(CONFIG) or {}
        config_file = ConfigFile.load_from_path(CONFIG)
    except Exception as error:
        raise SpecError(f"{CONFIG}: {' '.join(str(error).split())}") from error
    known = list(ConfigFile.model_fields)
    unknown = [str(key) for key in keys if key not in known]
    refuse(f"{CONFIG}: unknown key {key}{_suggestion(key, known)}" for key in unknown)
    return Config.from_sources(
        config_file=config_file,
        meta_type=MetaType.NONE,
        document_source=spec,
        file_encoding="utf-8",
        overwrite=False,
        output_path=output,
    )


def _suggestion(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f"; did you mean {close[0]}?" if close else ""


def check_versions() -> None:
    """Raise SpecError unless generator and formatter are those that pyproject.toml pins."""
    # The hooks run ruff: the one that is installed beside this Python.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    if not PYPROJECT.exists():
        return
    groups = tomllib.loads(PYPROJECT.read_text(encoding="utf-8")).get("dependency-groups", {})
    pins = dict(one.split("==") for one in groups.get("generate", ()) if "==" in one)
    installed = {"openapi-python-client": version("openapi-python-client")}
    if ruff := shutil.which("ruff"):
        said = subprocess.run([ruff, "--version"], capture_output=True, text=True, check=False)
        installed["ruff"] = said.stdout.strip().removeprefix("ruff ")
    refuse(
        f"{name} is {found}, but {PYPROJECT} pins {pins[name]}: its output would differ"
        for name, found in installed.items()
        if pins.get(name, found) != found
    )


def _parsed(document: Document, config: Config) -> GeneratorData:
    try:
        with _names_in_words():
            data = GeneratorData.from_dict(prepared(document), config=config)
    except Exception as error:
        raise SpecError(f"{document.name}: the generator failed: {error}") from error
    if isinstance(data, GeneratorError):
        raise SpecError(f"{document.name}: the generator: {_in_words(data)}")
    problems = [*data.errors]
    for collection in data.endpoint_collections_by_tag.values():
        problems += collection.parse_errors
    # Warnings too: the generator leaves out what it warns about.
    refuse(f"{document.name}: the generator: {_in_words(one)}" for one in problems)
    return data


@contextlib.contextmanager
def _names_in_words() -> Iterator[None]:
    """The generator's messages name things by `UntrustedString`, which hides its text."""
    setattr(UntrustedString, "__str__", UntrustedString.get_untrusted_value)  # noqa: B010
    try:
        yield
    finally:
        del UntrustedString.__str__


def _in_words(problem: GeneratorError) -> str:
    words = f"{problem.header.strip().rstrip(':')}: {problem.detail or ''}".split()
    return " ".join(words).rstrip(": ")


def _write(document: Document, data: Any, config: Config, operations: Operations) -> None:
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    project.env.undefined = StrictUndefined
    project.env.globals.update(
        additional_type=kinds.additional_type,
        details_of=operations.details,
        format_of=Formats(document).of,
        imports=kinds.imports,
        in_order=kinds.in_order,
        is_map=kinds.is_map,
        kind=kinds.Kinds(discriminators(document)).code,
        source=source,
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            problems = project.build()
    except Exception as error:
        raise SpecError(f"{_template(error)}: {type(error).__name__}: {error}") from error
    refuse(f"the generated code: {_in_words(one)}" for one in problems)


def _template(error: Exception) -> str:
    """File and line of the template that failed."""
    if (file := getattr(error, "filename", None)) and (line := getattr(error, "lineno", None)):
        return f"{file}:{line}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".jinja"):
            return f"{frame.filename}:{frame.lineno}"
    return "the generator"
