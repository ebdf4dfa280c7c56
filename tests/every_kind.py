"""The package that is generated from `every_kind.yaml`, imported as `every_kind_api`."""

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


def generated(folder: Path) -> dict[str, ModuleType]:
    """Generate the package below `folder` and import its parts."""
    generate(SPEC, folder / NAME)
    for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    try:
        modules = ("models", "errors", "types", "values", "client")
        operations = ("bodies", "things")
        found = {one: importlib.import_module(f"{NAME}.{one}") for one in modules}
        for tag in operations:
            for path in (folder / NAME / "api" / tag).glob("[!_]*.py"):
                found[path.stem] = importlib.import_module(f"{NAME}.api.{tag}.{path.stem}")
    finally:
        sys.path.remove(str(folder))
    return found


def names_in(spec: dict[str, Any], schema: str) -> list[str]:
    """The names of the properties of a schema."""
    return list(spec["components"]["schemas"][schema]["properties"])
