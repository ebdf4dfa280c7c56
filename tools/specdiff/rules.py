"""The rules and their levels: oasdiff's where it has one, and others in its manner.

Where a level here is not oasdiff's, it is because callers that did what the old document says can
fail now. What oasdiff takes for safe, and this does not:

- security: credentials, alternatives and scopes that are demanded or no longer accepted;
- another default in a body, which changes what a request without the property means;
- an alternative that a response gains by anyOf, as oasdiff has it for oneOf;
- date and date-time, of which neither can be read as the other;
- values of a discriminator that a request can no longer have, or that mean another schema;
- a first item or property that a request must have, as oasdiff has it for a first character.

Milder than oasdiff: words that mean the same, among them alternatives that only list values, which
count as the enum of all of them, and formats that every value of the type has.
"""

from __future__ import annotations

from typing import Literal

Level = Literal["breaking", "warning", "info", "docs"]
_LEVELS: dict[str, Level] = {
    "breaking": "breaking",
    "warning": "warning",
    "info": "info",
    "docs": "docs",
}


_OPERATION = """
breaking api-path-removed-before-sunset api-path-removed-without-deprecation
breaking api-removed-before-sunset api-removed-without-deprecation
breaking api-stability-decreased api-sunset-date-changed-too-small sunset-deleted
breaking api-deprecated-sunset-parse api-path-sunset-parse
info     api-path-removed-with-deprecation api-removed-with-deprecation api-stability-increased
info     endpoint-added endpoint-deprecated endpoint-deprecated-with-sunset endpoint-reactivated
info     api-operation-id-added api-operation-id-removed api-tag-added api-tag-removed
breaking callback-removed webhook-removed
info     callback-added webhook-added api-schema-removed api-schema-added unused-component-changed
"""
_SECURITY = """
info     api-security-added api-global-security-added
breaking api-security-removed api-global-security-removed
breaking api-security-scope-added api-global-security-scope-added
info     api-security-scope-removed api-global-security-scope-removed
info     api-security-component-added api-security-component-removed
info     api-security-component-oauth-scope-added api-security-component-oauth-scope-changed
info     api-security-component-oauth-scope-removed api-security-component-oauth-token-url-changed
info     api-security-component-oauth-url-changed
breaking api-security-component-changed api-security-component-type-changed
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
breaking request-parameter-removed-before-sunset request-parameter-sunset-parse
breaking request-parameter-sunset-deleted request-parameter-sunset-date-changed-too-small
breaking request-parameter-stability-decreased
info     request-parameter-stability-increased request-parameter-deprecated-with-sunset
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
info     response-header-deprecated response-header-reactivated response-link-added
warning  response-link-changed response-link-removed
"""
_ANYTHING = """
warning  unclassified-change
docs     api-version-changed description-changed documentation-changed example-changed
docs     extension-changed
"""


def _rules() -> dict[str, Level]:
    rules: dict[str, Level] = {}
    for group in (_OPERATION, _SECURITY, _SERVERS, _PARAMETERS, _BODIES, _ANYTHING):
        for line in group.strip().splitlines():
            level, *ids = line.split()
            rules |= dict.fromkeys(ids, _LEVELS[level])
    return rules


RULES: dict[str, Level] = _rules()

_NOTE_RULES = {
    "$comment": "description-changed",
    "description": "description-changed",
    "summary": "description-changed",
    "title": "description-changed",
    "example": "example-changed",
    "examples": "example-changed",
}


def note_rule(keyword: str) -> str:
    """The rule for a change of documentation."""
    if keyword.startswith("x-"):
        return "extension-changed"
    return _NOTE_RULES.get(keyword, "documentation-changed")
