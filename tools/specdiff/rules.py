"""The rules and their levels: oasdiff's where it has one, and others in its manner."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.specdiff.changes import Level

_OPERATION = """
breaking api-path-removed-before-sunset api-path-removed-without-deprecation
breaking api-removed-before-sunset api-removed-without-deprecation
breaking api-stability-decreased api-sunset-date-changed-too-small sunset-deleted
info     api-path-removed-with-deprecation api-removed-with-deprecation api-stability-increased
info     endpoint-added endpoint-deprecated endpoint-deprecated-with-sunset endpoint-reactivated
info     api-operation-id-added api-operation-id-removed api-tag-added api-tag-removed
breaking webhook-removed
info     webhook-added api-schema-removed api-schema-added unused-component-changed
"""
_SECURITY = """
info     api-security-added api-security-removed
info     api-security-scope-added api-security-scope-removed
info     api-global-security-added api-global-security-removed
info     api-global-security-scope-added api-global-security-scope-removed
info     api-security-component-added api-security-component-removed
info     api-security-component-oauth-scope-added api-security-component-oauth-scope-changed
info     api-security-component-oauth-scope-removed api-security-component-oauth-token-url-changed
info     api-security-component-oauth-url-changed api-security-component-type-changed
warning  api-security-component-changed
"""
_SERVERS = """
warning  api-server-removed api-server-variable-removed api-server-variable-default-changed
warning  api-server-variable-enum-value-removed api-server-variable-became-enum
info     api-server-added api-server-variable-added api-server-variable-enum-value-added
info     api-server-variable-enum-removed
"""
_PARAMETERS = """
breaking new-request-path-parameter new-required-request-parameter
breaking new-required-request-default-parameter-to-existing-path
info     new-optional-request-parameter new-optional-request-default-parameter-to-existing-path
warning  request-parameter-removed
info     request-parameter-removed-with-deprecation
breaking request-parameter-became-required
info     request-parameter-became-optional request-parameter-deprecated
info     request-parameter-reactivated
breaking request-parameter-explode-changed request-parameter-style-changed
breaking request-parameter-allow-reserved-unset request-parameter-allow-empty-value-unset
info     request-parameter-allow-reserved-set request-parameter-allow-empty-value-set
breaking request-parameter-media-type-changed
info     request-parameter-unused-default-changed
"""
_BODIES = """
breaking request-body-added-required request-body-became-required request-body-removed
info     request-body-added-optional request-body-became-optional request-body-removed-optional
breaking request-body-media-type-removed request-body-media-type-schema-added
info     request-body-media-type-added request-body-media-type-schema-removed
breaking response-media-type-removed response-success-status-removed
warning  response-body-media-type-schema-removed
info     response-body-media-type-schema-added response-media-type-added
info     response-media-type-name-changed response-success-status-added
info     response-non-success-status-added response-non-success-status-removed
breaking response-header-became-optional required-response-header-removed
warning  optional-response-header-removed
info     response-header-added response-header-became-required
info     response-header-deprecated response-header-reactivated
"""
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
_ANYTHING = """
warning  unclassified-change
docs     api-version-changed description-changed documentation-changed example-changed
docs     extension-changed
"""

# What can change about a schema: name, level in a request, level in a response.
_SCHEMA = """
all-of-added                    breaking info
all-of-removed                  warning  info
any-of-added                    info     info
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
default-value-changed           info     info
default-value-removed           info     info
dependent-required-added        breaking info
dependent-required-changed      breaking breaking
dependent-required-removed      info     breaking
deprecated                      info     info
deprecated-with-sunset          info     info
discriminator-added             info     info
discriminator-mapping-added     info     info
discriminator-mapping-changed   info     info
discriminator-mapping-deleted   info     info
discriminator-property-name-changed info info
discriminator-removed           info     info
enum-became-closed              breaking info
enum-became-open                info     warning
enum-removed                    info     warning
enum-value-added                info     warning
enum-value-removed              breaking info
list-of-types-narrowed          breaking info
list-of-types-widened           info     breaking
multiple-of-added               breaking info
multiple-of-changed             breaking breaking
multiple-of-generalized         info     breaking
multiple-of-removed             info     breaking
multiple-of-specialized         breaking info
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
        levels[name] = (_level(request), _level(response))
    for name in _NARROWING_SUBSCHEMAS:
        levels[f"{name}-added"] = ("breaking", "info")
        levels[f"{name}-removed"] = ("info", "breaking")
    # Whether more properties than those named may be there.
    levels["additional-properties-closed"] = ("breaking", "info")
    levels["additional-properties-opened"] = ("info", "warning")
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
    return levels


def _level(text: str) -> Level:
    levels: dict[str, Level] = {
        "breaking": "breaking",
        "warning": "warning",
        "info": "info",
        "docs": "docs",
    }
    return levels[text]


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
    for group in (
        _OPERATION,
        _SECURITY,
        _SERVERS,
        _PARAMETERS,
        _BODIES,
        _PROPERTIES,
        _ANYTHING,
    ):
        for line in group.strip().splitlines():
            level, *ids = line.split()
            rules |= dict.fromkeys(ids, _level(level))
    return rules


RULES: dict[str, Level] = _rules()
