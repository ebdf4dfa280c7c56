"""Commands take their options in groups, which typer sees one by one."""

from __future__ import annotations

import inspect
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """`command` as typer needs it: with the fields of a group in place of the group.

    A group is a parameter whose type is a dataclass. The order of parameters is that of the help.
    """
    parameters = inspect.signature(command, eval_str=True).parameters
    types = {name: one.annotation for name, one in parameters.items()}
    groups: dict[str, Any] = {name: one for name, one in types.items() if is_dataclass(one)}
    options = [
        option
        for name, one in parameters.items()
        for option in (_options(groups[name]) if name in groups else [one])
    ]

    def run(**arguments: Any) -> None:
        given = {
            name: group(**{field.name: arguments.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **arguments)

    run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]  # what inspect reads, unknown to mypy
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


@cache
def _options(group: Any) -> list[inspect.Parameter]:
    """The fields, those of the group itself before those that it inherits."""
    hints = get_type_hints(group, include_extras=True)
    depth = {
        name: number
        for number, kind in enumerate(group.__mro__)
        for name in inspect.get_annotations(kind)
    }
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_default(field),
            annotation=hints[field.name],
        )
        for field in sorted(fields(group), key=lambda one: depth[one.name])
    ]


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return inspect.Parameter.empty if field.default is MISSING else field.default
