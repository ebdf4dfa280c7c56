"""What changed about the properties of an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from tools.openapi.document import canonical
from tools.specdiff.model import Change, Evidence
from tools.specdiff.schema.pair import IDLE_FAMILIES, below, change, inner_family
from tools.specdiff.sunset import is_to_come, lifecycle_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.specdiff.schema.pair import Link, Pair, Schemas
    from tools.specdiff.schema.schema import Schema


def compare_properties(schemas: Schemas, pair: Pair) -> Iterator[Change | Link]:
    old, new = pair.base.properties, pair.revision.properties
    old_required, new_required = pair.base.required, pair.revision.required
    for name in sorted(old.keys() | new.keys() | (old_required ^ new_required)):
        base, revision = schemas.read(old.get(name), new.get(name))
        was, now = name in old_required, name in new_required
        source = pair.source(f"properties/{name}")
        if name in new and name not in old:
            hint = _renamed(name, new, old, lambda mine, other: schemas.same(other, mine), "was")
            own = [evolve(_added(pair.family, revision, is_required=now), hint=hint)]
            inner: tuple[Change | Link, ...] = ()
        elif name in old and name not in new:
            hint = _renamed(name, old, new, schemas.same, "is now")
            own = list(_removed(pair.family, base, was_required=was, hint=hint))
            inner = ()
        else:
            own = list(_kept(pair.family, base, revision, was, now))
            inner = schemas.inside(pair, old.get(name), new.get(name))
            if was and now and pair.is_request:
                inner = tuple(map(_without_default, inner))
        evidence = (
            Evidence(old.get(name, pair.raw_base)),
            Evidence(new.get(name, pair.raw_revision)),
        )
        yield from below([evolve(one, evidence=evidence) for one in own], name, source)
        yield from below(inner, name, source)


def _renamed(
    name: str,
    here: dict[str, Any],
    there: dict[str, Any],
    same: Callable[[Any, Any], bool],
    verb: str,
) -> str:
    """The one property on the other side that says the same under another name, if any."""
    mine = canonical(here[name])
    alike = [
        other for other in sorted(there.keys() - here.keys()) if same(here[name], there[other])
    ]
    rivals = [other for other in here.keys() - there.keys() if canonical(here[other]) == mine]
    likely = [other for other in alike if _is_like(name, other)] or alike
    if len(likely) == 1 and (len(rivals) == 1 or _is_like(name, likely[0])):
        return f"looks like a rename: {verb} {likely[0]}"
    return ""


def _is_like(one: str, other: str) -> bool:
    """Whether two names share a word or differ only in how they are written."""
    words, others = (
        {word.lower() for word in _words(name) if len(word) > 2} for name in (one, other)
    )
    return bool(words & others) or one.replace("_", "").lower() == other.replace("_", "").lower()


def _words(name: str) -> list[str]:
    spaced = "".join(f" {char}" if char.isupper() else char for char in name)
    return spaced.replace("_", " ").replace("-", " ").split()


def _without_default(found: Change | Link) -> Change | Link:
    """A default has no effect where the property is required."""
    if isinstance(found, Change) and not found.location and "-default-value-" in found.id:
        return evolve(found, level="info")
    return found


def _added(family: str, schema: Schema, *, is_required: bool) -> Change:
    need = "required" if is_required else "optional"
    if not family.startswith("request"):
        write_only = "write-only-" if _is_idle(family, schema) else ""
        return change(f"response-{need}-{write_only}property-added", f"added, {need}")
    if _is_idle(family, schema):
        return change("request-read-only-property-added", f"added, {need} and read-only")
    kind = "parameter-property" if "parameter" in family else "property"
    rule = f"new-{need}-request-{kind}"
    if is_required and kind == "property" and "default" in schema.keywords:
        rule += "-with-default"
    return change(rule, f"added, {need}")


def _removed(family: str, schema: Schema, *, was_required: bool, hint: str) -> Iterator[Change]:
    need = "required" if was_required else "optional"
    is_request = family.startswith("request")
    if is_request and _is_idle(family, schema):
        said = f"removed, was {need} and read-only"
        yield change("request-read-only-property-removed", said)
        return
    if is_request:
        kind = "parameter-property" if "parameter" in family else "property"
        rule = f"request-{kind}-removed"
    else:
        write_only = "write-only-" if _is_idle(family, schema) else ""
        rule = f"response-{need}-{write_only}property-removed"
    lifecycle = lifecycle_of(schema.annotations)
    end = lifecycle.end
    if (
        schema.keywords.get("deprecated") is True
        and is_to_come(lifecycle.sunset)
        and not _is_idle(family, schema)
    ):
        said = f"removed before its end on {end}, was {need}"
        yield evolve(change(rule, said, level="breaking"), hint=hint)
    else:
        yield evolve(change(rule, f"removed, was {need}"), hint=hint)


def _kept(
    family: str, base: Schema, revision: Schema, was_required: bool, is_required: bool
) -> Iterator[Change]:
    """Whether it must be there, and who may write it."""
    is_request = family.startswith("request")
    inner = inner_family(family, base, revision)
    if inner not in IDLE_FAMILIES:
        is_parameter = "parameter" in family
        inner = f"{'request' if is_request else 'response'}-{'parameter-' * is_parameter}property"
    if is_required and not was_required:
        rule = f"{inner}-became-required"
        if inner == "request-property" and "default" in revision.keywords:
            rule += "-with-default"
        yield change(rule, "became required")
    elif was_required and not is_required:
        yield change(f"{inner}-became-optional", "became optional")
    side = "request" if is_request else "response"
    need = "required" if was_required else "optional"
    for keyword, name in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        was, now = (schema.keywords.get(keyword) is True for schema in (base, revision))
        if was != now:
            became = f"became-{name}" if now else f"became-not-{name}"
            yield change(f"{side}-{need}-property-{became}", became.replace("became-", "became "))


def _is_idle(family: str, schema: Schema) -> bool:
    keyword = "readOnly" if family.startswith("request") else "writeOnly"
    return family in IDLE_FAMILIES or schema.keywords.get(keyword) is True
