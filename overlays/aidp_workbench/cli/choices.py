"""Options that take what the API's enums have; the client is imported only to check a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from typer import BadParameter

if TYPE_CHECKING:
    from collections.abc import Callable


def parser(*enums: str) -> Callable[[str], str]:
    """Takes the members of these enums of `aidp_workbench_api.models`, in any case."""

    def parse(value: str) -> str:
        known = members(*enums)
        folded = {one.casefold(): one for one in known}
        if value.casefold() not in folded:
            raise BadParameter(f"{value!r} is none of {', '.join(known)}.")
        return folded[value.casefold()]

    return parse


def completion(*enums: str) -> Callable[[str], list[str]]:
    """What may follow the beginning of a value, for the shell."""

    def complete(incomplete: str) -> list[str]:
        return [one for one in members(*enums) if one.startswith(incomplete)]

    return complete


def members(*enums: str) -> list[str]:
    from aidp_workbench_api import models

    return sorted({value for enum in enums for value in get_args(getattr(models, enum))})
