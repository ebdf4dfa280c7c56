"""The rules for the properties of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.specdiff.steps import step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.specdiff.schemas import Schema
    from tools.specdiff.steps import Step

_INNER = {
    "request-body": "request-property",
    "request-parameter": "request-parameter-property",
    "response-body": "response-property",
    "response-header": "response-header-property",
}
_IDLE = ("request-read-only-property", "response-write-only-property")


def inner_family(family: str, base: Schema, revision: Schema) -> str:
    """The family of a schema inside of one of `family`."""
    if family in _IDLE:
        return family
    is_request = family.startswith("request")
    keyword = "readOnly" if is_request else "writeOnly"
    if base.keywords.get(keyword) is True and revision.keywords.get(keyword) is True:
        return _IDLE[0] if is_request else _IDLE[1]
    return _INNER.get(family, family)


def property_added(family: str, schema: Schema, is_required: bool) -> Step:
    need = "required" if is_required else "optional"
    if not family.startswith("request"):
        write_only = "write-only-" if _is_idle(family, schema) else ""
        return step(f"response-{need}-{write_only}property-added", f"added, {need}")
    if _is_idle(family, schema):
        return step("request-read-only-property-added", f"added, {need} and read-only")
    kind = "parameter-property" if "parameter" in family else "property"
    rule = f"new-{need}-request-{kind}"
    if is_required and kind == "property" and "default" in schema.keywords:
        rule += "-with-default"
    return step(rule, f"added, {need}")


def property_removed(family: str, schema: Schema, was_required: bool) -> Step:
    need = "required" if was_required else "optional"
    if not family.startswith("request"):
        write_only = "write-only-" if _is_idle(family, schema) else ""
        return step(f"response-{need}-{write_only}property-removed", f"removed, was {need}")
    if _is_idle(family, schema):
        return step("request-read-only-property-removed", f"removed, was {need} and read-only")
    kind = "parameter-property" if "parameter" in family else "property"
    return step(f"request-{kind}-removed", f"removed, was {need}")


def property_kept(
    family: str, base: Schema, revision: Schema, was_required: bool, is_required: bool
) -> Iterator[Step]:
    """Whether it must be there, and who may write it."""
    is_request = family.startswith("request")
    inner = inner_family(family, base, revision)
    if inner not in _IDLE:
        is_parameter = "parameter" in family
        inner = f"{'request' if is_request else 'response'}-{'parameter-' * is_parameter}property"
    if is_required and not was_required:
        rule = f"{inner}-became-required"
        if inner == "request-property" and "default" in revision.keywords:
            rule += "-with-default"
        yield step(rule, "became required")
    elif was_required and not is_required:
        yield step(f"{inner}-became-optional", "became optional")
    side = "request" if is_request else "response"
    need = "required" if was_required else "optional"
    for keyword, name in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        was, now = (schema.keywords.get(keyword) is True for schema in (base, revision))
        if was != now:
            became = f"became-{name}" if now else f"became-not-{name}"
            yield step(f"{side}-{need}-property-{became}", became.replace("became-", "became "))


def _is_idle(family: str, schema: Schema) -> bool:
    keyword = "readOnly" if family.startswith("request") else "writeOnly"
    return family in _IDLE or schema.keywords.get(keyword) is True
