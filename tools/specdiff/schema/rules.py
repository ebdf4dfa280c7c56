"""The rules for schemas and their levels; `tools.specdiff.rules` says where oasdiff's differ."""

from __future__ import annotations

from typing import Literal

Level = Literal["breaking", "warning", "info", "docs"]
_LEVELS: dict[str, Level] = {
    "breaking": "breaking",
    "warning": "warning",
    "info": "info",
    "docs": "docs",
}
_PROPERTIES = """
breaking new-required-request-property new-required-request-property-with-default
breaking new-required-request-parameter-property request-parameter-property-became-required
info     new-optional-request-property new-optional-request-parameter-property
warning  request-property-removed request-parameter-property-removed
breaking request-property-became-required request-property-became-required-with-default
info     request-property-became-optional request-parameter-property-became-optional
info     request-read-only-property-added request-read-only-property-removed
info     request-read-only-property-became-required request-read-only-property-became-optional
info     response-optional-property-added response-required-property-added
info     response-optional-write-only-property-added response-required-write-only-property-added
info     response-optional-write-only-property-removed response-required-write-only-property-removed
breaking response-required-property-removed response-property-became-optional
warning  response-optional-property-removed
info     response-property-became-required response-write-only-property-became-required
info     response-write-only-property-became-optional
info     request-optional-property-became-read-only request-optional-property-became-not-read-only
info     request-optional-property-became-write-only
info     request-optional-property-became-not-write-only
info     request-required-property-became-read-only request-required-property-became-not-read-only
info     request-required-property-became-write-only
info     request-required-property-became-not-write-only
info     response-optional-property-became-read-only
info     response-optional-property-became-not-read-only
info     response-optional-property-became-write-only
info     response-optional-property-became-not-write-only
info     response-required-property-became-read-only
info     response-required-property-became-not-read-only
info     response-required-property-became-write-only
warning  response-required-property-became-not-write-only
breaking request-body-wrapped-in-one-of response-body-wrapped-in-one-of
breaking request-body-unwrapped-from-one-of
info     response-body-unwrapped-from-one-of
"""
# What can change about a schema: name, level in a request, level in a response.
_SCHEMA = """
all-of-added                    breaking info
all-of-removed                  warning  info
any-of-added                    info     breaking
any-of-removed                  breaking info
became-enum                     breaking info
became-not-nullable             breaking info
became-nullable                 info     breaking
const-added                     breaking info
const-changed                   breaking breaking
const-removed                   info     breaking
content-encoding-changed        breaking breaking
content-media-type-changed      breaking breaking
default-value-added             info     info
default-value-changed           breaking info
default-value-removed           info     info
dependent-required-added        breaking info
dependent-required-changed      breaking breaking
dependent-required-removed      info     breaking
deprecated                      info     info
deprecated-sunset-invalid       breaking breaking
deprecated-with-sunset          info     info
discriminator-added             info     info
discriminator-mapping-added     info     info
discriminator-mapping-changed   breaking breaking
discriminator-mapping-deleted   breaking info
discriminator-property-name-changed breaking warning
discriminator-removed           info     info
enum-became-closed              breaking info
enum-became-open                info     warning
enum-removed                    info     warning
enum-value-added                info     warning
enum-value-removed              breaking info
if-changed                      breaking info
not-changed                     breaking info
list-of-types-narrowed          breaking info
list-of-types-widened           info     breaking
multiple-of-added               breaking info
multiple-of-changed             breaking breaking
multiple-of-generalized         info     breaking
multiple-of-removed             info     breaking
multiple-of-specialized         breaking info
any-of-became-one-of            info     info
one-of-became-any-of            info     info
one-of-added                    info     breaking
one-of-removed                  breaking info
open-enum-added                 info     info
open-enum-removed               info     info
pattern-added                   breaking info
pattern-changed                 warning  info
pattern-generalized             info     info
pattern-removed                 info     info
prefix-items-added              info     breaking
prefix-items-removed            breaking info
reactivated                     info     info
stability-decreased             breaking breaking
stability-increased             info     info
sunset-date-changed-too-small   breaking breaking
sunset-deleted                  breaking breaking
type-changed                    breaking breaking
type-compatible                 info     info
type-generalized                info     breaking
type-specialized                breaking info
unique-items-set                breaking info
unique-items-unset              info     breaking
"""
_NARROWING_SUBSCHEMAS = [
    "if",
    "then",
    "else",
    "not",
    "contains",
    "property-names",
    "unevaluated-items",
    "unevaluated-properties",
    "content-schema",
    "dependent-schema",
    "pattern-property",
    "items",
    "additional-properties",
]
_BOUNDS = [
    "min",
    "max",
    "exclusive-min",
    "exclusive-max",
    "min-length",
    "max-length",
    "min-items",
    "max-items",
    "min-properties",
    "max-properties",
    "min-contains",
    "max-contains",
]
_FAMILIES = [
    "request-body",
    "request-property",
    "request-parameter",
    "request-parameter-property",
    "response-body",
    "response-property",
    "response-header",
    "response-header-property",
]
# No caller relies on these: a server ignores the one in requests, and never sends the other.
_IDLE_FAMILIES = ("request-read-only-property", "response-write-only-property")

# Where oasdiff judges a part of the API unlike the others.
_EXCEPTIONS: dict[str, Level] = {
    "request-parameter-default-value-added": "breaking",
    "request-parameter-default-value-changed": "breaking",
    "request-parameter-default-value-removed": "breaking",
    "request-parameter-property-type-changed": "warning",
}


def _is_upper(bound: str) -> bool:
    return "max" in bound


def _schema_levels() -> dict[str, tuple[Level, Level]]:
    """Level in a request and in a response, by what changed about a schema."""
    levels: dict[str, tuple[Level, Level]] = {}
    for line in _SCHEMA.strip().splitlines():
        name, request, response = line.split()
        levels[name] = (_LEVELS[request], _LEVELS[response])
    for name in _NARROWING_SUBSCHEMAS:
        levels[f"{name}-added"] = ("breaking", "info")
        levels[f"{name}-removed"] = ("info", "breaking")
    # Whether more properties than those named may be there.
    levels["additional-properties-closed"] = ("breaking", "info")
    levels["additional-properties-opened"] = ("info", "warning")
    levels["unevaluated-items-removed"] = ("info", "warning")
    levels["unevaluated-properties-removed"] = ("info", "warning")
    for name in _BOUNDS:
        tighter, looser = (
            ("decreased", "increased")
            if _is_upper(name)
            else (
                "increased",
                "decreased",
            )
        )
        levels[f"{name}-set"] = ("warning", "info")
        levels[f"{name}-unset"] = ("info", "breaking")
        levels[f"{name}-{tighter}"] = ("breaking", "info")
        levels[f"{name}-{looser}"] = ("info", "breaking")
    for name in ("min-items", "min-properties"):  # nothing at all was right before
        levels[f"{name}-set"] = ("breaking", "info")
    return levels


def _rules() -> dict[str, Level]:
    rules: dict[str, Level] = {}
    for family in _FAMILIES:
        for name, (request, response) in _schema_levels().items():
            rules[f"{family}-{name}"] = request if family.startswith("request") else response
    for family in _IDLE_FAMILIES:
        rules |= dict.fromkeys((f"{family}-{name}" for name in _schema_levels()), "info")
    # The one name of oasdiff's that is unlike its others.
    rules["response-mediatype-enum-value-removed"] = rules.pop("response-body-enum-value-removed")
    rules |= _EXCEPTIONS
    for line in _PROPERTIES.strip().splitlines():
        level, *ids = line.split()
        rules |= dict.fromkeys(ids, _LEVELS[level])
    return rules


SCHEMA_RULES: dict[str, Level] = _rules()
