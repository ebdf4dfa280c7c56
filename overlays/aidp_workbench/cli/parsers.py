"""How the values of options are read, and what is wrong with those that are refused."""

from __future__ import annotations

import math
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from typer import BadParameter

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def values(*modules: str) -> tuple[str, ...]:
    """The values of the literals in these modules of `aidp_workbench_api.models`, sorted.

    The modules run by themselves, because help must not wait for the import of the client.
    """
    spec = find_spec("aidp_workbench_api")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("aidp_workbench_api", name="aidp_workbench_api")
    models = Path(spec.origin).parent / "models"
    names = [name for module in modules for name in run_path(str(models / f"{module}.py")).values()]
    literals = [name for name in names if get_origin(name) is Literal]
    return tuple(sorted({value for literal in literals for value in get_args(literal)}))


def one_of(*modules: str) -> Callable[[str], str]:
    """Takes `values(*modules)`, in any case."""

    def parse(value: str) -> str:
        folded = {one.casefold(): one for one in values(*modules)}
        if value.casefold() not in folded:
            raise BadParameter(f"{value!r} is not one of {', '.join(values(*modules))}.")
        return folded[value.casefold()]

    return parse


def completion(*modules: str) -> Callable[[str], list[str]]:
    """What may follow the beginning of a value, for the shell."""

    def complete(incomplete: str) -> list[str]:
        begin = incomplete.casefold()
        return [one for one in values(*modules) if one.casefold().startswith(begin)]

    return complete


def whole_number(at_least: int) -> Callable[[str], int]:
    """Takes a whole number that is not too small."""

    def parse(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            number = at_least - 1
        if number < at_least:
            raise BadParameter(f"it must be a whole number from {at_least} on, not {value!r}.")
        return number

    return parse


def seconds(at_least: int) -> Callable[[str | float], float]:
    """Takes a number of seconds that is not too small."""

    def parse(value: str | float) -> float:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not (math.isfinite(number) and number >= at_least):
            raise BadParameter(f"it must be a number of seconds from {at_least} on, not {value!r}.")
        return number

    return parse
