"""What in a parsed model is not as its table says."""

from __future__ import annotations

import re
import sys
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast, get_args, get_origin

from aidp_workbench_api.model import Model
from aidp_workbench_api.types import UNSET
from aidp_workbench_api.values import ANYTHING

from .drift import DriftKind, name, shape_of, word

if TYPE_CHECKING:
    from collections.abc import Iterator

# A task has what its type needs; our spec describes what all have in common.
OPEN_MODELS = frozenset({"Task"})
# What Oracle documents, and our spec leaves out because few need it.
LEFT_OUT = {
    model: frozenset(names.split())
    for model, names in {
        "Job": "continuous gitConfig jobClusters queue",
        "JobRun": "clusterInstance clusterSpec gitConfig lifecycleStates maxConcurrentRuns"
        " originalAttemptRunId queue repairMode version",
        "JobSummary": "clusters jobClusters",
        "RepairHistory": "lifecycleStates",
        "TaskRun": "clusterSpec lifecycleStates version",
        "TaskRunOutput": "version",
        "TaskRunRetry": "version",
        "WorkspaceSummary": "aicUserSchemaName systemTags",
    }.items()
}


class Met(NamedTuple):
    """Something that was met in a response; `kind` is None for a property as it should be."""

    kind: DriftKind | None
    place: str
    example: str = ""


def walk(value: object, place: str = "") -> Iterator[Met]:
    """Every property that a parsed value has or could have, and every difference."""
    if isinstance(value, Model):
        yield from _model(value, place)
    elif isinstance(value, list):
        for one in cast("list[object]", value):
            yield from walk(one, f"{place}[]")


def _model(model: Model, place: str) -> Iterator[Met]:
    schema, rest = model.schema_, model.additional_properties
    if schema.additional is not ANYTHING:
        for value in rest.values():
            yield from walk(value, f"{place}{{}}")
    values = known_values(cast("Any", type(model)))
    for one in schema.properties:
        at = f"{place}.{one.name}" if place else one.name
        value = getattr(model, one.attribute)
        if value is UNSET and one.name in rest:
            found = f"{shape_of(rest[one.name])}, not {one.kind.expected}"
            yield Met("another type", at, found)
        elif value is UNSET:
            yield Met("never came", at)
        else:
            yield Met(None, at)
            yield from walk(value, at)
            yield from _unknown_values(value, values.get(one.attribute), at)
    if schema.additional is ANYTHING and schema.properties and not _is_open(model):
        left_out = LEFT_OUT.get(type(model).__name__, frozenset())
        for key in rest.keys() - schema.names:
            at = f"{place}.{name(key)}" if place else name(key)
            known = ", which Oracle documents" if key in left_out else ""
            yield Met("unknown property", at, shape_of(rest[key]) + known)


def _unknown_values(value: object, known: frozenset[str] | None, place: str) -> Iterator[Met]:
    if known is None:
        return
    if isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _unknown_values(one, known, f"{place}[]")
    elif isinstance(value, str) and value not in known:
        yield Met("unknown value", place, word(value))


@cache
def known_values(model: Any) -> dict[str, frozenset[str]]:
    """By attribute, the values that the API lists; the enums in the annotations have them."""
    namespace = vars(sys.modules[model.__module__])
    found: dict[str, frozenset[str]] = {}
    for attribute, annotation in get_annotations(model).items():
        types = [namespace.get(name) for name in re.findall(r"\w+", str(annotation))]
        enums = [kind for kind in types if get_origin(kind) is Literal]
        if enums:
            found[attribute] = frozenset(value for enum in enums for value in get_args(enum))
    return found


def _is_open(model: Model) -> bool:
    return type(model).__name__ in OPEN_MODELS
