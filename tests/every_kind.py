"""A package that is generated for tests and imported: by default that of `every_kind.yaml`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.generate import generate

if TYPE_CHECKING:
    from types import ModuleType

SPEC = Path(__file__).with_name("every_kind.yaml")
NAME = "every_kind_api"


def generated(
    folder: Path,
    spec: Path = SPEC,
    package: str = NAME,
    tags: tuple[str, ...] = ("bodies", "things"),
    *,
    shared: bool = False,
) -> dict[str, ModuleType]:
    """Generate the package below `folder` and import its parts.

    If `shared`, its models are those of `aidp_workbench_api.model`, for overlays that look at them.
    """
    generate(spec, folder / package)
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]
    if shared:
        for name in (
            "either",
            "errors",
            "model",
            "request",
            "response",
            "times",
            "types",
            "values",
        ):
            module = importlib.import_module(f"aidp_workbench_api.{name}")
            sys.modules[f"{package}.{name}"] = module
    sys.path.insert(0, str(folder))
    try:
        modules = ("models", "errors", "types", "values", "client")
        found = {one: importlib.import_module(f"{package}.{one}") for one in modules}
        for tag in tags:
            for path in (folder / package / "api" / tag).glob("[!_]*.py"):
                found[path.stem] = importlib.import_module(f"{package}.api.{tag}.{path.stem}")
    finally:
        sys.path.remove(str(folder))
    return found


def names_in(spec: dict[str, Any], schema: str) -> list[str]:
    """The names of the properties of a schema."""
    return list(spec["components"]["schemas"][schema]["properties"])
