"""Lines for the changelog, in the words of those who use the client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.specdiff.model import Change
    from tools.specdiff.python_api import PythonChange

_PARAMETER = re.compile(r"(?:.*\.)?(\w+)\((\w+)\)")


def suggested_lines(changes: Sequence[Change], python: Sequence[PythonChange]) -> list[str]:
    """What users notice: of the client first, then of the service what may break them."""
    lines = list(dict.fromkeys(_python(python)))
    service = [
        f"The service: {change.location}: {change.text}."
        for change in changes
        if change.level in ("breaking", "warning") and not _is_mentioned(change, lines)
    ]
    return lines + list(dict.fromkeys(service))


def _is_mentioned(change: Change, lines: list[str]) -> bool:
    """Whether a line names what changed, as code has it."""
    words = re.findall(r"\w+", change.location)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", words[-1]).lower() if words else ""
    return bool(name) and any(f"`{name}`" in line or f".{name}`" in line for line in lines)


def _python(python: Sequence[PythonChange]) -> Iterator[str]:
    whole = {change.name for change in python}
    for change in sorted(python, key=lambda one: not one.breaking):
        if change.text.startswith("type changed"):
            continue  # which a type checker says, and better
        parameter = _PARAMETER.fullmatch(change.name)
        if parameter:
            yield _of_parameter(parameter[1], parameter[2], change)
        elif change.name.rpartition(".")[0] not in whole and not _is_plumbing(change.name):
            yield _of_member(change)


def _is_plumbing(name: str) -> bool:
    """Whether users meet it only as a part of something else."""
    return name.rpartition(".")[2] in ("from_dict", "to_dict", "additional_properties")


def _of_parameter(function: str, parameter: str, change: PythonChange) -> str:
    if change.text == "removed":
        return f"`{function}` no longer takes `{parameter}`."
    if change.text.startswith("added"):
        need = ", which must be given" if change.breaking else ""
        return f"`{function}` takes `{parameter}`{need}."
    return f"`{parameter}` of `{function}`: {change.text}."


def _of_member(change: PythonChange) -> str:
    *_, owner, name = ["", *change.name.split(".")]
    shown = f"`{owner}.{name}`" if owner[:1].isupper() else f"`{name}`"
    if change.text == "added":
        return f"{shown} is new."
    if change.text == "removed":
        return f"{shown} is gone."
    return f"{shown}: {change.text}."
