"""A document, what can be edited in it, and what a comparison must then say.

The ids and levels are those that oasdiff publishes for its checker; document and edits are ours.
"""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

Edit = dict[str, Any]
GONE = object()

DOCUMENT = """\
openapi: 3.1.0
info:
  title: Greenhouse
  version: 1.4.0
  description: Plants under glass.
servers:
  - url: https://greenhouse.example.com/v1
    description: The only one.
tags:
  - name: Plants
    description: What grows.
security:
  - signature: []
  - token: [read]
paths:
  /health:
    get:
      operationId: getHealth
      tags: [Service]
      responses:
        "200":
          description: From bad to good.
          content:
            application/json:
              schema: {type: integer, minimum: 0, maximum: 10}
    put:
      operationId: setHealth
      tags: [Service]
      requestBody:
        description: The new health.
        content:
          application/json:
            schema: {type: integer, minimum: 0, maximum: 10}
      responses:
        "204": {description: Done.}
  /retired:
    get:
      operationId: getRetired
      deprecated: true
      tags: [Service]
      responses:
        "204": {description: Nothing.}
  /houses/{houseId}/plants:
    get:
      operationId: listPlants
      summary: List plants
      description: Lists what grows in a house.
      tags: [Plants]
      parameters:
        - $ref: "#/components/parameters/House"
        - name: limit
          in: query
          description: How many at most.
          schema: {type: integer, format: int32, minimum: 1, maximum: 100, default: 20}
        - name: name
          in: query
          schema: {type: string, minLength: 1, maxLength: 40, pattern: "^[a-z]+$"}
        - name: order
          in: query
          schema: {type: string, enum: [ASC, DESC]}
        - name: state
          in: query
          schema:
            type: array
            minItems: 1
            maxItems: 5
            items: {type: string, enum: [SEED, GROWN, DEAD]}
        - name: since
          in: query
          required: true
          schema: {type: string, format: date}
        - name: share
          in: query
          schema: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 50}
        - name: verbose
          in: query
          schema: {type: boolean}
        - name: old
          in: query
          deprecated: true
          schema: {type: string}
        - name: X-Trace
          in: header
          schema: {type: string}
        - name: session
          in: cookie
          schema: {type: string}
      responses:
        "200":
          description: A page of plants.
          headers:
            X-Next: {required: true, description: The next page., schema: {type: string}}
            X-Total: {schema: {type: integer}}
          content:
            application/json:
              schema: {$ref: "#/components/schemas/PlantPage"}
        "400": {$ref: "#/components/responses/BadRequest"}
        "404": {$ref: "#/components/responses/NotFound"}
        default: {$ref: "#/components/responses/Unknown"}
    post:
      operationId: addPlant
      tags: [Plants]
      security:
        - token: [write]
      parameters:
        - $ref: "#/components/parameters/House"
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/NewPlant"}
      responses:
        "201":
          description: The new plant.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Plant"}
        "400": {$ref: "#/components/responses/BadRequest"}
        default: {$ref: "#/components/responses/Unknown"}
  /houses/{houseId}/plants/{plantId}:
    parameters:
      - $ref: "#/components/parameters/House"
      - name: plantId
        in: path
        required: true
        schema: {type: string, maxLength: 40}
    get:
      operationId: getPlant
      tags: [Plants]
      responses:
        "200":
          description: The plant.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Plant"}
        "404": {$ref: "#/components/responses/NotFound"}
        default: {$ref: "#/components/responses/Unknown"}
    post:
      operationId: waterPlant
      tags: [Plants]
      responses:
        "204": {description: Watered.}
        default: {$ref: "#/components/responses/Unknown"}
    delete:
      operationId: removePlant
      deprecated: true
      tags: [Plants]
      responses:
        "204": {description: Gone.}
        default: {$ref: "#/components/responses/Unknown"}
components:
  securitySchemes:
    signature: {type: apiKey, in: header, name: Authorization}
    token:
      type: oauth2
      flows:
        implicit:
          authorizationUrl: https://greenhouse.example.com/login
          scopes: {read: Look at plants., write: Plant them.}
  parameters:
    House:
      name: houseId
      in: path
      required: true
      description: Which house.
      schema: {type: string}
  headers:
    RequestId:
      description: Names the request.
      schema: {type: string}
  responses:
    BadRequest:
      description: The request is wrong.
      headers:
        X-Request-Id: {$ref: "#/components/headers/RequestId"}
      content:
        application/json:
          schema: {$ref: "#/components/schemas/Error"}
    NotFound:
      description: There is no such thing.
      content:
        application/json:
          schema: {$ref: "#/components/schemas/Error"}
    Unknown:
      description: Any other error.
      content:
        application/json:
          schema: {$ref: "#/components/schemas/Error"}
  schemas:
    Error:
      type: object
      required: [code]
      properties:
        code: {type: string, description: What went wrong.}
        message: {type: [string, "null"]}
    Keyed:
      type: object
      required: [key]
      properties:
        key: {type: string, minLength: 3, maxLength: 40}
    PlantPage:
      type: object
      required: [items]
      properties:
        items:
          type: array
          items: {$ref: "#/components/schemas/PlantSummary"}
    PlantSummary:
      allOf:
        - $ref: "#/components/schemas/Keyed"
        - type: object
          properties:
            caption: {type: string}
    Stage:
      type: string
      enum: [SEED, GROWN, DEAD]
    Plant:
      type: object
      required: [code, health, place, labels]
      properties:
        code: {type: string, minLength: 3, maxLength: 40, pattern: "^[a-z]+$"}
        health: {type: string, enum: [GOOD, POOR]}
        stage:
          anyOf:
            - $ref: "#/components/schemas/Stage"
            - type: string
            - type: "null"
        height: {type: [number, "null"], minimum: 0, maximum: 300}
        count: {type: integer, format: int32, exclusiveMinimum: 0, exclusiveMaximum: 50}
        planted: {type: string, format: date}
        place:
          type: object
          required: [row]
          properties:
            row: {type: integer}
            column: {type: integer}
        labels:
          type: array
          minItems: 2
          maxItems: 9
          items: {type: string, maxLength: 12}
        origin:
          oneOf:
            - $ref: "#/components/schemas/Sown"
            - $ref: "#/components/schemas/Bought"
          discriminator:
            propertyName: kind
            mapping: {sown: "#/components/schemas/Sown", bought: "#/components/schemas/Bought"}
        parent:
          anyOf:
            - $ref: "#/components/schemas/Plant"
            - type: "null"
    Sown:
      type: object
      required: [kind]
      properties:
        kind: {type: string, const: sown}
        depth: {type: integer}
    Bought:
      type: object
      required: [kind]
      properties:
        kind: {type: string, const: bought}
        price: {type: number}
    NewPlant:
      type: object
      required: [name, water]
      properties:
        name: {type: string, minLength: 2, maxLength: 40, pattern: "^[a-z]+$"}
        family: {type: string, enum: [HERB, TREE], default: HERB}
        soil:
          anyOf:
            - {type: string, enum: [CLAY, SAND]}
            - type: string
        depth: {type: integer, format: int32, minimum: 1, maximum: 30}
        weight: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 50}
        note: {type: [string, "null"]}
        hint: {type: string}
        labels:
          type: array
          minItems: 2
          maxItems: 9
          items: {type: string, enum: [RARE, WILD]}
        water:
          type: object
          required: [every]
          properties:
            every: {type: integer}
            amount: {type: number}
        due: {type: string, format: date}
"""

SHORT: dict[str, tuple[str, ...]] = {
    "health": ("paths", "/health"),
    "retired": ("paths", "/retired"),
    "plants": ("paths", "/houses/{houseId}/plants"),
    "plant": ("paths", "/houses/{houseId}/plants/{plantId}"),
    "houses": ("paths", "/houses"),
    "limit": ("paths", "/houses/{houseId}/plants", "get", "parameters", "limit"),
    "name": ("paths", "/houses/{houseId}/plants", "get", "parameters", "name"),
    "order": ("paths", "/houses/{houseId}/plants", "get", "parameters", "order"),
    "state": ("paths", "/houses/{houseId}/plants", "get", "parameters", "state"),
    "since": ("paths", "/houses/{houseId}/plants", "get", "parameters", "since"),
    "share": ("paths", "/houses/{houseId}/plants", "get", "parameters", "share"),
    "verbose": ("paths", "/houses/{houseId}/plants", "get", "parameters", "verbose"),
    "trace": ("paths", "/houses/{houseId}/plants", "get", "parameters", "X-Trace"),
    "session": ("paths", "/houses/{houseId}/plants", "get", "parameters", "session"),
    "page": ("paths", "/houses/{houseId}/plants", "get", "responses", "200"),
    "Plant": ("components", "schemas", "Plant"),
    "NewPlant": ("components", "schemas", "NewPlant"),
    "Error": ("components", "schemas", "Error"),
}

# The level that oasdiff gives to a rule; ERR is breaking. `unclassified-change` is our own.
_BREAKING = """
api-path-removed-without-deprecation api-removed-without-deprecation
new-required-request-parameter
request-parameter-became-required request-parameter-became-enum request-parameter-type-changed
request-parameter-became-not-nullable request-parameter-default-value-added
request-parameter-default-value-changed request-parameter-default-value-removed
request-parameter-enum-value-removed request-parameter-property-enum-value-removed
request-parameter-min-increased request-parameter-max-decreased
request-parameter-exclusive-min-increased request-parameter-exclusive-max-decreased
request-parameter-min-length-increased request-parameter-max-length-decreased
request-parameter-min-items-increased request-parameter-max-items-decreased
request-parameter-pattern-added
request-body-added-required request-body-removed request-body-became-required
request-body-media-type-removed request-body-became-not-nullable request-body-type-changed
request-body-min-increased request-body-max-decreased
new-required-request-property new-required-request-property-with-default
request-property-became-required request-property-became-required-with-default
request-property-became-enum request-property-became-not-nullable request-property-type-changed
request-property-enum-value-removed request-property-const-added request-property-pattern-added
request-property-min-increased request-property-max-decreased
request-property-exclusive-min-increased request-property-exclusive-max-decreased
request-property-min-length-increased request-property-max-length-decreased
request-property-min-items-increased request-property-any-of-removed
response-success-status-removed response-media-type-removed required-response-header-removed
response-header-became-optional response-header-became-nullable response-header-type-changed
response-header-type-generalized
response-required-property-removed response-property-became-optional
response-property-became-nullable response-body-became-nullable response-property-type-changed
response-property-type-generalized response-body-type-changed response-body-type-generalized
response-body-min-decreased response-body-max-increased
response-property-min-decreased response-property-max-increased
response-property-exclusive-min-decreased response-property-exclusive-max-increased
response-property-min-length-decreased response-property-max-length-increased
response-property-max-length-unset response-property-min-items-decreased
response-property-min-items-unset response-property-const-changed
response-property-const-removed response-property-one-of-added webhook-removed
"""
_WARNING = """
unclassified-change
request-parameter-removed request-parameter-min-set request-parameter-max-set
request-parameter-exclusive-min-set request-parameter-exclusive-max-set
request-parameter-max-length-set request-parameter-min-items-set request-parameter-pattern-changed
request-property-removed request-property-min-set request-property-max-set
request-property-exclusive-min-set request-property-exclusive-max-set
request-property-max-length-set request-property-min-items-set request-property-pattern-changed
request-body-min-set request-body-max-set
response-optional-property-removed response-property-enum-value-added
optional-response-header-removed
"""
_INFO = """
endpoint-added endpoint-deprecated endpoint-reactivated
api-path-removed-with-deprecation api-removed-with-deprecation
api-operation-id-added api-operation-id-removed api-tag-added api-tag-removed
api-security-added api-security-removed api-security-scope-added api-security-scope-removed
api-global-security-added api-global-security-removed
api-global-security-scope-added api-global-security-scope-removed
api-security-component-added api-security-component-removed
api-security-component-oauth-scope-added api-security-component-oauth-scope-removed
api-security-component-oauth-url-changed
new-optional-request-parameter request-parameter-removed-with-deprecation
request-parameter-became-optional request-parameter-deprecated request-parameter-reactivated
request-parameter-became-nullable request-parameter-type-generalized
request-parameter-enum-value-added request-parameter-property-enum-value-added
request-parameter-min-decreased request-parameter-max-increased
request-parameter-exclusive-min-decreased request-parameter-exclusive-max-increased
request-parameter-min-length-decreased request-parameter-max-length-increased
request-parameter-min-items-decreased request-parameter-max-items-increased
request-parameter-pattern-removed request-parameter-pattern-generalized
request-body-added-optional request-body-became-optional request-body-media-type-added
request-body-became-nullable request-body-type-generalized
request-body-min-decreased request-body-max-increased
new-optional-request-property request-property-became-optional request-property-became-nullable
request-property-type-generalized request-property-enum-value-added request-property-const-removed
request-property-default-value-added request-property-default-value-changed
request-property-default-value-removed request-property-pattern-removed
request-property-pattern-generalized request-property-deprecated request-property-reactivated
request-property-min-decreased request-property-max-increased
request-property-exclusive-min-decreased request-property-exclusive-max-increased
request-property-min-length-decreased request-property-max-length-increased
request-property-any-of-added request-optional-property-became-read-only
request-optional-property-became-not-read-only request-optional-property-became-write-only
request-optional-property-became-not-write-only
response-success-status-added response-non-success-status-added
response-non-success-status-removed response-media-type-added response-header-added
response-header-became-not-nullable response-header-type-specialized
response-header-type-compatible
response-optional-property-added response-required-property-added
response-property-became-required response-property-became-not-nullable
response-body-became-not-nullable response-property-type-specialized
response-body-type-specialized response-property-enum-value-removed
response-property-pattern-added response-property-pattern-changed
response-property-pattern-removed response-property-default-value-added
response-property-default-value-removed response-property-deprecated
response-property-reactivated response-property-const-added response-property-one-of-removed
response-optional-property-became-read-only response-optional-property-became-not-read-only
response-property-discriminator-added response-property-discriminator-removed
response-property-discriminator-mapping-added response-property-discriminator-mapping-deleted
response-property-discriminator-property-name-changed webhook-added
"""
OASDIFF_LEVELS: dict[str, str] = {
    **dict.fromkeys(_BREAKING.split(), "breaking"),
    **dict.fromkeys(_WARNING.split(), "warning"),
    **dict.fromkeys(_INFO.split(), "info"),
}
# Where ours is higher, because callers of the old document can fail.
DEPARTURES: dict[str, str] = {
    "api-global-security-removed": "breaking",
    "api-global-security-scope-added": "breaking",
    "api-security-removed": "breaking",
    "api-security-scope-added": "breaking",
    "request-parameter-min-items-set": "breaking",
    "request-property-default-value-changed": "breaking",
    "request-property-min-items-set": "breaking",
    "response-property-discriminator-property-name-changed": "warning",
}
LEVELS = OASDIFF_LEVELS | DEPARTURES


class Case(NamedTuple):
    """An edit, and the changes that it makes: towards the edited document, and back.

    A change is `id | words of its place | words of what is said`, of which `id@level` departs
    from oasdiff's level. Where oasdiff has no rule, `safe` stands for one change that is no
    break, `unsafe` for one of warning level or above, and `any` for one of any level but docs.
    """

    edit: Edit
    forward: tuple[str, ...]
    backward: tuple[str, ...]


def case(edit: Edit, forward: str, backward: str) -> Case:
    return Case(edit, tuple(forward.split(" & ")), tuple(backward.split(" & ")))


def steps(place: str) -> tuple[str, ...]:
    head, *rest = ("application/json" if step == "json" else step for step in place.split("/"))
    return (*SHORT.get(head, (head,)), *(step.replace("\\", "/") for step in rest))


def index(node: Any, step: str) -> Any:
    """The key or index of what `step` names in `node`; parameters are found by their name."""
    if not isinstance(node, list):
        return step
    named = (i for i, one in enumerate(node) if isinstance(one, dict) and one.get("name") == step)
    return next(named, None) if not step.isdigit() else int(step)


def edited(edit: Edit, document: Any = None) -> Any:
    """A copy of the document, or of the one above, with the values of `edit` in their places."""
    content = content_of(DOCUMENT) if document is None else copy.deepcopy(document)
    for place, value in edit.items():
        *way, last = steps(place)
        node = content
        for step in way:
            node = node[index(node, step)]
        if last == "+":
            node.append(copy.deepcopy(value))
        elif value is GONE:
            del node[index(node, last)]
        else:
            node[index(node, last)] = copy.deepcopy(value)
    return content


def content_of(text: str) -> Any:
    return json.loads(_json_of(text))


@lru_cache
def _json_of(text: str) -> str:
    return json.dumps(yaml.safe_load(text))


def text_of(content: Any) -> str:
    return json.dumps(content)


_PARAMETERS = "plants/get/parameters"
_BODY = "plants/post/requestBody"
_EXTRA: Any = {"name": "extra", "in": "query", "schema": {"type": "string"}}
_STRING = {"type": "string"}

ENDPOINTS: dict[str, Case] = {
    "a path with one operation goes": case(
        {"health/put": GONE, "health": GONE},
        "api-path-removed-without-deprecation | GET /health"
        " & api-path-removed-without-deprecation | PUT /health",
        "endpoint-added | GET /health & endpoint-added | PUT /health",
    ),
    "a deprecated path goes": case(
        {"retired": GONE},
        "api-path-removed-with-deprecation | GET /retired",
        "endpoint-added | GET /retired",
    ),
    "an operation goes": case(
        {"plant/post": GONE},
        "api-removed-without-deprecation | POST /houses/{houseId}/plants/{plantId}",
        "endpoint-added | POST /houses/{houseId}/plants/{plantId}",
    ),
    "a deprecated operation goes": case(
        {"plant/delete": GONE},
        "api-removed-with-deprecation | DELETE /houses/{houseId}/plants/{plantId}",
        "endpoint-added | DELETE /houses/{houseId}/plants/{plantId}",
    ),
    "an operation is deprecated": case(
        {"plants/get/deprecated": True},
        "endpoint-deprecated | GET /houses/{houseId}/plants",
        "endpoint-reactivated | GET /houses/{houseId}/plants",
    ),
    "an operation id changes": case(
        {"plants/get/operationId": "findPlants"},
        "api-operation-id-removed | GET /houses/{houseId}/plants | listPlants findPlants",
        "api-operation-id-removed | GET /houses/{houseId}/plants | listPlants findPlants",
    ),
    "an operation id goes": case(
        {"plants/get/operationId": GONE},
        "api-operation-id-removed | GET | listPlants",
        "api-operation-id-added | GET | listPlants",
    ),
    "a tag is added": case(
        {"plants/get/tags/+": "Lists"},
        "api-tag-added | GET | Lists",
        "api-tag-removed | GET | Lists",
    ),
    "a tag is another": case(
        {"plants/get/tags": ["Lists"]},
        "api-tag-removed | GET | Plants & api-tag-added | GET | Lists",
        "api-tag-added | GET | Plants & api-tag-removed | GET | Lists",
    ),
    "another security scheme is allowed": case(
        {"plants/post/security/+": {"signature": []}},
        "api-security-added | POST | signature",
        "api-security-removed | POST | signature",
    ),
    "a scope is demanded": case(
        {"plants/post/security": [{"token": ["write", "read"]}]},
        "api-security-scope-added | POST | read",
        "api-security-scope-removed | POST | read",
    ),
    "an operation needs no security any more": case(
        {"plants/get/security": []},
        "api-security-removed@info | GET | signature & api-security-removed@info | GET | token",
        "api-security-added@breaking | GET | signature & api-security-added@breaking | GET | token",
    ),
    "another security scheme is allowed everywhere": case(
        {"security/+": {"both": []}, "components/securitySchemes/both": {"type": "mutualTLS"}},
        "api-global-security-added | | both & api-security-component-added | | both",
        "api-global-security-removed | | both & api-security-component-removed | | both",
    ),
    "a scope is demanded everywhere": case(
        {"security": [{"signature": []}, {"token": ["read", "write"]}]},
        "api-global-security-scope-added | | write",
        "api-global-security-scope-removed | | write",
    ),
    "a scope is offered": case(
        {"components/securitySchemes/token/flows/implicit/scopes/weed": "Weed them."},
        "api-security-component-oauth-scope-added | | weed",
        "api-security-component-oauth-scope-removed | | weed",
    ),
    "the page to log in is another": case(
        {"components/securitySchemes/token/flows/implicit/authorizationUrl": "https://a.example"},
        "api-security-component-oauth-url-changed | | a.example",
        "api-security-component-oauth-url-changed | | a.example",
    ),
    "the header of an API key is another": case(
        {"components/securitySchemes/signature/name": "X-Key"}, "any | | X-Key", "any | | X-Key"
    ),
    "the server is another": case(
        {"servers/0/url": "https://greenhouse.example.com/v2"},
        "safe | servers | /v1 & safe | servers | /v2",
        "safe | servers | /v2 & safe | servers | /v1",
    ),
    "a server is added": case(
        {"servers/+": {"url": "https://b.example"}}, "any | | b.example", "any | | b.example"
    ),
    "an operation has its own server": case(
        {"health/get/servers": [{"url": "https://b.example"}]},
        "any | GET /health | b.example",
        "any | GET /health | b.example",
    ),
    "a webhook is added": case(
        {"webhooks": {"grown": {"post": {"responses": {"204": {"description": "Heard."}}}}}},
        "webhook-added | | grown",
        "webhook-removed | | grown",
    ),
}

PARAMETERS: dict[str, Case] = {
    "an optional parameter is added": case(
        {f"{_PARAMETERS}/+": _EXTRA},
        "new-optional-request-parameter | query extra",
        "request-parameter-removed | query extra",
    ),
    "a required parameter is added": case(
        {f"{_PARAMETERS}/+": {**_EXTRA, "required": True}},
        "new-required-request-parameter | query extra",
        "request-parameter-removed | query extra",
    ),
    "a deprecated parameter goes": case(
        {f"{_PARAMETERS}/old": GONE},
        "request-parameter-removed-with-deprecation | query old",
        "new-optional-request-parameter | query old",
    ),
    "a header parameter goes": case(
        {f"{_PARAMETERS}/X-Trace": GONE},
        "request-parameter-removed | header X-Trace",
        "new-optional-request-parameter | header X-Trace",
    ),
    "a cookie parameter goes": case(
        {f"{_PARAMETERS}/session": GONE},
        "request-parameter-removed | cookie session",
        "new-optional-request-parameter | cookie session",
    ),
    "a parameter becomes required": case(
        {"name/required": True},
        "request-parameter-became-required | query name",
        "request-parameter-became-optional | query name",
    ),
    "a header parameter becomes required": case(
        {"trace/required": True},
        "request-parameter-became-required | header X-Trace",
        "request-parameter-became-optional | header X-Trace",
    ),
    "a parameter is deprecated": case(
        {"name/deprecated": True},
        "request-parameter-deprecated | query name",
        "request-parameter-reactivated | query name",
    ),
    "a parameter moves from query to header": case(
        {"verbose/in": "header"},
        "request-parameter-removed | query verbose"
        " & new-optional-request-parameter | header verbose",
        "new-optional-request-parameter | query verbose"
        " & request-parameter-removed | header verbose",
    ),
    "a boolean parameter becomes text": case(
        {"verbose/schema/type": "string"},
        "request-parameter-type-generalized | query verbose | boolean string",
        "request-parameter-type-changed | query verbose | boolean string",
    ),
    "a cookie parameter becomes a number": case(
        {"session/schema/type": "number"},
        "request-parameter-type-changed | cookie session | number",
        "request-parameter-type-generalized | cookie session | number",
    ),
    "a whole number may be any number": case(
        {"limit/schema/type": "number", "limit/schema/format": GONE},
        "request-parameter-type-generalized | query limit | integer number",
        "request-parameter-type-changed | query limit | integer number",
    ),
    "a parameter's format widens": case(
        {"limit/schema/format": "int64"},
        "request-parameter-type-generalized | query limit | int32 int64",
        "request-parameter-type-changed | query limit | int32 int64",
    ),
    "a parameter's date may have a time": case(
        {"since/schema/format": "date-time"},
        "request-parameter-type-changed | query since | date-time",
        "request-parameter-type-changed | query since | date-time",
    ),
    "a parameter's format goes": case(
        {"since/schema/format": GONE},
        "request-parameter-type-generalized | query since | date",
        "request-parameter-type-changed | query since | date",
    ),
    "a parameter becomes nullable": case(
        {"session/schema/type": ["string", "null"]},
        "request-parameter-became-nullable | cookie session",
        "request-parameter-became-not-nullable | cookie session",
    ),
    "a parameter's value is added": case(
        {"order/schema/enum/+": "NONE"},
        "request-parameter-enum-value-added | query order | NONE",
        "request-parameter-enum-value-removed | query order | NONE",
    ),
    "two of a parameter's values are added": case(
        {"order/schema/enum": ["ASC", "DESC", "NONE", "SOME"]},
        "request-parameter-enum-value-added | query order | NONE"
        " & request-parameter-enum-value-added | query order | SOME",
        "request-parameter-enum-value-removed | query order | NONE"
        " & request-parameter-enum-value-removed | query order | SOME",
    ),
    "a value of a parameter's items is added": case(
        {"state/schema/items/enum/+": "RIPE"},
        "request-parameter-property-enum-value-added | query state | RIPE",
        "request-parameter-property-enum-value-removed | query state | RIPE",
    ),
    "a parameter becomes an enum": case(
        {"session/schema/enum": ["A", "B"]},
        "request-parameter-became-enum | cookie session",
        "safe | cookie session",
    ),
    "a parameter's minimum rises": case(
        {"limit/schema/minimum": 5},
        "request-parameter-min-increased | query limit | 1 5",
        "request-parameter-min-decreased | query limit | 5 1",
    ),
    "a parameter's minimum goes": case(
        {"limit/schema/minimum": GONE},
        "safe | query limit | 1",
        "request-parameter-min-set | query limit | 1",
    ),
    "a parameter's maximum falls": case(
        {"limit/schema/maximum": 50},
        "request-parameter-max-decreased | query limit | 100 50",
        "request-parameter-max-increased | query limit | 50 100",
    ),
    "a parameter's maximum goes": case(
        {"limit/schema/maximum": GONE},
        "safe | query limit | 100",
        "request-parameter-max-set | query limit | 100",
    ),
    "a parameter's exclusive minimum rises": case(
        {"share/schema/exclusiveMinimum": 3},
        "request-parameter-exclusive-min-increased | query share | 3",
        "request-parameter-exclusive-min-decreased | query share | 3",
    ),
    "a parameter's exclusive maximum falls": case(
        {"share/schema/exclusiveMaximum": 30},
        "request-parameter-exclusive-max-decreased | query share | 50 30",
        "request-parameter-exclusive-max-increased | query share | 30 50",
    ),
    "a parameter's exclusive bound goes": case(
        {"share/schema/exclusiveMaximum": GONE},
        "safe | query share | 50",
        "request-parameter-exclusive-max-set | query share | 50",
    ),
    "a parameter's other exclusive bound goes": case(
        {"share/schema/exclusiveMinimum": GONE},
        "safe | query share | 0",
        "request-parameter-exclusive-min-set | query share | 0",
    ),
    "a parameter's least length rises": case(
        {"name/schema/minLength": 3},
        "request-parameter-min-length-increased | query name | 1 3",
        "request-parameter-min-length-decreased | query name | 3 1",
    ),
    "a parameter has a least length": case(
        {"session/schema/minLength": 3}, "unsafe | cookie session | 3", "safe | cookie session | 3"
    ),
    "a parameter's largest length falls": case(
        {"name/schema/maxLength": 20},
        "request-parameter-max-length-decreased | query name | 40 20",
        "request-parameter-max-length-increased | query name | 20 40",
    ),
    "a parameter has a largest length": case(
        {"session/schema/maxLength": 20},
        "request-parameter-max-length-set | cookie session | 20",
        "safe | cookie session | 20",
    ),
    "a parameter needs more items": case(
        {"state/schema/minItems": 2},
        "request-parameter-min-items-increased | query state | 1 2",
        "request-parameter-min-items-decreased | query state | 2 1",
    ),
    "a parameter needs no item": case(
        {"state/schema/minItems": GONE},
        "safe | query state | 1",
        "request-parameter-min-items-set | query state | 1",
    ),
    "a parameter takes fewer items": case(
        {"state/schema/maxItems": 4},
        "request-parameter-max-items-decreased | query state | 5 4",
        "request-parameter-max-items-increased | query state | 4 5",
    ),
    "a parameter takes any number of items": case(
        {"state/schema/maxItems": GONE}, "safe | query state | 5", "unsafe | query state | 5"
    ),
    "a parameter's items must differ": case(
        {"state/schema/uniqueItems": True}, "unsafe | query state", "any | query state"
    ),
    "a parameter's pattern goes": case(
        {"name/schema/pattern": GONE},
        "request-parameter-pattern-removed | query name | ^[a-z]+$",
        "request-parameter-pattern-added | query name | ^[a-z]+$",
    ),
    "a parameter's pattern is another": case(
        {"name/schema/pattern": "^[a-f]+$"},
        "request-parameter-pattern-changed | query name | ^[a-z]+$ ^[a-f]+$",
        "request-parameter-pattern-changed | query name | ^[a-z]+$ ^[a-f]+$",
    ),
    "a parameter's pattern fits everything": case(
        {"name/schema/pattern": ".*"},
        "request-parameter-pattern-generalized | query name | .*",
        "request-parameter-pattern-changed | query name | .*",
    ),
    "a parameter's default is another": case(
        {"limit/schema/default": 10},
        "request-parameter-default-value-changed | query limit | 20 10",
        "request-parameter-default-value-changed | query limit | 10 20",
    ),
    "a parameter's default goes": case(
        {"limit/schema/default": GONE},
        "request-parameter-default-value-removed | query limit | 20",
        "request-parameter-default-value-added | query limit | 20",
    ),
    "a parameter's default is false": case(
        {"verbose/schema/default": False},
        "request-parameter-default-value-added | query verbose | false",
        "request-parameter-default-value-removed | query verbose | false",
    ),
    "a parameter's style is another": case(
        {"state/style": "spaceDelimited", "state/explode": True},
        "unsafe | query state | spaceDelimited",
        "unsafe | query state | spaceDelimited",
    ),
    "a parameter is not exploded": case(
        {"state/explode": False}, "unsafe | query state", "unsafe | query state"
    ),
    "a parameter may be empty": case(
        {"name/allowEmptyValue": True}, "any | query name", "any | query name"
    ),
    "the type of a path parameter is another": case(
        {"components/parameters/House/schema/type": "integer"},
        "request-parameter-type-changed | path houseId | string integer",
        "request-parameter-type-generalized | path houseId | integer string",
    ),
    "a path parameter is shorter": case(
        {"plant/parameters/plantId/schema/maxLength": 30},
        "request-parameter-max-length-decreased | path plantId | 40 30",
        "request-parameter-max-length-increased | path plantId | 30 40",
    ),
}

REQUESTS: dict[str, Case] = {
    "a required body is added": case(
        {
            "plant/post/requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"type": "string"}}},
            }
        },
        "request-body-added-required | POST /houses/{houseId}/plants/{plantId}",
        "request-body-removed | POST /houses/{houseId}/plants/{plantId}",
    ),
    "an optional body is added": case(
        {
            "plant/post/requestBody": {
                "content": {"application/json": {"schema": {"type": "string"}}}
            }
        },
        "request-body-added-optional | POST /houses/{houseId}/plants/{plantId}",
        "request-body-removed | POST /houses/{houseId}/plants/{plantId}",
    ),
    "a body becomes required": case(
        {"health/put/requestBody/required": True},
        "request-body-became-required | PUT",
        "request-body-became-optional | PUT",
    ),
    "a body may be sent as something else": case(
        {f"{_BODY}/content/text\\csv": {"schema": {"type": "string"}}},
        "request-body-media-type-added | POST | text/csv",
        "request-body-media-type-removed | POST | text/csv",
    ),
    "a body's maximum falls": case(
        {"health/put/requestBody/content/json/schema/maximum": 5},
        "request-body-max-decreased | PUT | 10 5",
        "request-body-max-increased | PUT | 5 10",
    ),
    "a body's minimum rises": case(
        {"health/put/requestBody/content/json/schema/minimum": 5},
        "request-body-min-increased | PUT | 0 5",
        "request-body-min-decreased | PUT | 5 0",
    ),
    "a body's maximum goes": case(
        {"health/put/requestBody/content/json/schema/maximum": GONE},
        "safe | PUT | 10",
        "request-body-max-set | PUT | 10",
    ),
    "a body's minimum goes": case(
        {"health/put/requestBody/content/json/schema/minimum": GONE},
        "safe | PUT | 0",
        "request-body-min-set | PUT | 0",
    ),
    "a body may be null": case(
        {"health/put/requestBody/content/json/schema/type": ["integer", "null"]},
        "request-body-became-nullable | PUT",
        "request-body-became-not-nullable | PUT",
    ),
    "a body may be any number": case(
        {"health/put/requestBody/content/json/schema/type": "number"},
        "request-body-type-generalized | PUT | integer number",
        "request-body-type-changed | PUT | number integer",
    ),
    "an optional property is added to the request": case(
        {"NewPlant/properties/shade": {"type": "boolean"}},
        "new-optional-request-property | POST shade",
        "request-property-removed | POST shade",
    ),
    "a required property is added to the request": case(
        {
            "NewPlant/properties/shade": {"type": "boolean"},
            "NewPlant/required": ["name", "water", "shade"],
        },
        "new-required-request-property | POST shade",
        "request-property-removed | POST shade",
    ),
    "a required property with a default is added to the request": case(
        {
            "NewPlant/properties/shade": {"type": "boolean", "default": False},
            "NewPlant/required": ["name", "water", "shade"],
        },
        "new-required-request-property-with-default | POST shade",
        "request-property-removed | POST shade",
    ),
    "a property of the request becomes required": case(
        {"NewPlant/required": ["name", "water", "depth"]},
        "request-property-became-required | POST depth",
        "request-property-became-optional | POST depth",
    ),
    "a property of the request with a default becomes required": case(
        {"NewPlant/required": ["name", "water", "family"]},
        "request-property-became-required-with-default | POST family",
        "request-property-became-optional | POST family",
    ),
    "a nested property of the request becomes required": case(
        {"NewPlant/properties/water/required": ["every", "amount"]},
        "request-property-became-required | POST water amount",
        "request-property-became-optional | POST water amount",
    ),
    "a nested property is added to the request": case(
        {"NewPlant/properties/water/properties/warm": {"type": "boolean"}},
        "new-optional-request-property | POST water warm",
        "request-property-removed | POST water warm",
    ),
    "a whole number of the request may be any number": case(
        {"NewPlant/properties/water/properties/every/type": "number"},
        "request-property-type-generalized | POST water every | integer number",
        "request-property-type-changed | POST water every | number integer",
    ),
    "text of the request becomes a number": case(
        {"NewPlant/properties/hint/type": "integer"},
        "request-property-type-changed | POST hint | string integer",
        "request-property-type-changed | POST hint | integer string",
    ),
    "a property of the request may be a number too": case(
        {"NewPlant/properties/hint/type": ["string", "integer"]},
        "request-property-type-generalized | POST hint | integer",
        "request-property-type-changed | POST hint | integer",
    ),
    "a format of the request widens": case(
        {"NewPlant/properties/depth/format": "int64"},
        "request-property-type-generalized | POST depth | int32 int64",
        "request-property-type-changed | POST depth | int64 int32",
    ),
    "a format of the request goes": case(
        {"NewPlant/properties/due/format": GONE},
        "request-property-type-generalized | POST due | date",
        "request-property-type-changed | POST due | date",
    ),
    "a property of the request becomes nullable": case(
        {"NewPlant/properties/hint/type": ["string", "null"]},
        "request-property-became-nullable | POST hint",
        "request-property-became-not-nullable | POST hint",
    ),
    "a value of the request is added": case(
        {"NewPlant/properties/family/enum/+": "MOSS"},
        "request-property-enum-value-added | POST family | MOSS",
        "request-property-enum-value-removed | POST family | MOSS",
    ),
    "a value of the request's items is added": case(
        {"NewPlant/properties/labels/items/enum/+": "ODD"},
        "request-property-enum-value-added | POST labels | ODD",
        "request-property-enum-value-removed | POST labels | ODD",
    ),
    "a value of an open enum of the request goes": case(
        {"NewPlant/properties/soil/anyOf/0/enum": ["CLAY"]},
        "request-property-enum-value-removed@info,warning | POST soil | SAND open",
        "request-property-enum-value-added | POST soil | SAND open",
    ),
    "a property of the request becomes an enum": case(
        {"NewPlant/properties/hint/enum": ["A", "B"]},
        "request-property-became-enum | POST hint",
        "safe | POST hint",
    ),
    "a property of the request is constant": case(
        {"NewPlant/properties/hint/const": "A"},
        "request-property-const-added | POST hint | A",
        "request-property-const-removed | POST hint | A",
    ),
    "a minimum of the request rises": case(
        {"NewPlant/properties/depth/minimum": 2},
        "request-property-min-increased | POST depth | 1 2",
        "request-property-min-decreased | POST depth | 2 1",
    ),
    "a minimum of the request goes": case(
        {"NewPlant/properties/depth/minimum": GONE},
        "safe | POST depth | 1",
        "request-property-min-set | POST depth | 1",
    ),
    "a maximum of the request falls": case(
        {"NewPlant/properties/depth/maximum": 20},
        "request-property-max-decreased | POST depth | 30 20",
        "request-property-max-increased | POST depth | 20 30",
    ),
    "a maximum of the request goes": case(
        {"NewPlant/properties/depth/maximum": GONE},
        "safe | POST depth | 30",
        "request-property-max-set | POST depth | 30",
    ),
    "an exclusive minimum of the request rises": case(
        {"NewPlant/properties/weight/exclusiveMinimum": 2},
        "request-property-exclusive-min-increased | POST weight | 2",
        "request-property-exclusive-min-decreased | POST weight | 2",
    ),
    "an exclusive maximum of the request goes": case(
        {"NewPlant/properties/weight/exclusiveMaximum": GONE},
        "safe | POST weight | 50",
        "request-property-exclusive-max-set | POST weight | 50",
    ),
    "an exclusive minimum of the request goes": case(
        {"NewPlant/properties/weight/exclusiveMinimum": GONE},
        "safe | POST weight | 0",
        "request-property-exclusive-min-set | POST weight | 0",
    ),
    "an exclusive maximum of the request falls": case(
        {"NewPlant/properties/weight/exclusiveMaximum": 40},
        "request-property-exclusive-max-decreased | POST weight | 50 40",
        "request-property-exclusive-max-increased | POST weight | 40 50",
    ),
    "a least length of the request rises": case(
        {"NewPlant/properties/name/minLength": 4},
        "request-property-min-length-increased | POST name | 2 4",
        "request-property-min-length-decreased | POST name | 4 2",
    ),
    "a largest length of the request falls": case(
        {"NewPlant/properties/name/maxLength": 30},
        "request-property-max-length-decreased | POST name | 40 30",
        "request-property-max-length-increased | POST name | 30 40",
    ),
    "a largest length of the request goes": case(
        {"NewPlant/properties/name/maxLength": GONE},
        "safe | POST name | 40",
        "request-property-max-length-set | POST name | 40",
    ),
    "the request needs more items": case(
        {"NewPlant/properties/labels/minItems": 3},
        "request-property-min-items-increased | POST labels | 2 3",
        "safe | POST labels | 3 2",
    ),
    "the request needs no items": case(
        {"NewPlant/properties/labels/minItems": GONE},
        "safe | POST labels | 2",
        "request-property-min-items-set | POST labels | 2",
    ),
    "the request takes fewer items": case(
        {"NewPlant/properties/labels/maxItems": 8},
        "unsafe | POST labels | 9 8",
        "safe | POST labels | 8 9",
    ),
    "a pattern of the request goes": case(
        {"NewPlant/properties/name/pattern": GONE},
        "request-property-pattern-removed | POST name | ^[a-z]+$",
        "request-property-pattern-added | POST name | ^[a-z]+$",
    ),
    "a pattern of the request is another": case(
        {"NewPlant/properties/name/pattern": "^[a-f]+$"},
        "request-property-pattern-changed | POST name | ^[a-f]+$",
        "request-property-pattern-changed | POST name | ^[a-f]+$",
    ),
    "a pattern of the request fits everything": case(
        {"NewPlant/properties/name/pattern": ".*"},
        "request-property-pattern-generalized | POST name | .*",
        "request-property-pattern-changed | POST name | .*",
    ),
    "a default of the request is another": case(
        {"NewPlant/properties/family/default": "TREE"},
        "request-property-default-value-changed | POST family | HERB TREE",
        "request-property-default-value-changed | POST family | TREE HERB",
    ),
    "a default of the request goes": case(
        {"NewPlant/properties/family/default": GONE},
        "request-property-default-value-removed | POST family | HERB",
        "request-property-default-value-added | POST family | HERB",
    ),
    "a property of the request is deprecated": case(
        {"NewPlant/properties/hint/deprecated": True},
        "request-property-deprecated | POST hint",
        "request-property-reactivated | POST hint",
    ),
    "a property of the request becomes read-only": case(
        {"NewPlant/properties/hint/readOnly": True},
        "request-optional-property-became-read-only | POST hint",
        "request-optional-property-became-not-read-only | POST hint",
    ),
    "the request may have no other properties": case(
        {"NewPlant/additionalProperties": False}, "unsafe | POST", "any | POST"
    ),
    "a property of the request becomes write-only": case(
        {"NewPlant/properties/hint/writeOnly": True},
        "request-optional-property-became-write-only | POST hint",
        "request-optional-property-became-not-write-only | POST hint",
    ),
    "an alternative is added to the request": case(
        {"NewPlant/properties/soil/anyOf/+": {"type": "integer"}},
        "safe@info | POST soil",
        "unsafe@breaking | POST soil",
    ),
    "a number of the request must be even": case(
        {"NewPlant/properties/depth/multipleOf": 2},
        "unsafe | POST depth | 2",
        "any | POST depth | 2",
    ),
}

RESPONSES: dict[str, Case] = {
    "a success status is added": case(
        {"plants/post/responses/202": {"description": "Later."}},
        "response-success-status-added | POST | 202",
        "response-success-status-removed | POST | 202",
    ),
    "an error status is added": case(
        {"plants/post/responses/409": {"description": "There already."}},
        "response-non-success-status-added | POST | 409",
        "response-non-success-status-removed | POST | 409",
    ),
    "an error status that is a reference goes": case(
        {"plant/get/responses/404": GONE},
        "response-non-success-status-removed | GET | 404",
        "response-non-success-status-added | GET | 404",
    ),
    "the default response goes": case(
        {"plant/get/responses/default": GONE}, "any | GET | default", "any | GET | default"
    ),
    "a media type is returned": case(
        {"plant/get/responses/200/content/text\\csv": {"schema": {"type": "string"}}},
        "response-media-type-added | GET 200 | text/csv",
        "response-media-type-removed | GET 200 | text/csv",
    ),
    "a header is added": case(
        {"page/headers/X-Age": {"schema": {"type": "integer"}}},
        "response-header-added | GET 200 | X-Age",
        "optional-response-header-removed | GET 200 | X-Age",
    ),
    "a required header goes": case(
        {"page/headers/X-Next": GONE},
        "required-response-header-removed | GET 200 | X-Next",
        "response-header-added | GET 200 | X-Next",
    ),
    "a header becomes optional": case(
        {"page/headers/X-Next/required": False},
        "response-header-became-optional | GET 200 X-Next",
        "safe | GET 200 X-Next",
    ),
    "a header becomes text": case(
        {"page/headers/X-Total/schema/type": "string"},
        "response-header-type-changed | GET 200 X-Total | integer string",
        "response-header-type-compatible | GET 200 X-Total | string integer",
    ),
    "a header may be any number": case(
        {"page/headers/X-Total/schema/type": "number"},
        "response-header-type-generalized | GET 200 X-Total | integer number",
        "response-header-type-specialized | GET 200 X-Total | number integer",
    ),
    "a header becomes nullable": case(
        {"page/headers/X-Total/schema/type": ["integer", "null"]},
        "response-header-became-nullable | GET 200 X-Total",
        "response-header-became-not-nullable | GET 200 X-Total",
    ),
    "a header of a shared response goes": case(
        {"components/responses/BadRequest/headers/X-Request-Id": GONE},
        "optional-response-header-removed | 400 | X-Request-Id",
        "response-header-added | 400 | X-Request-Id",
    ),
    "a header is longer": case(
        {"page/headers/X-Next/schema/maxLength": 90},
        "any | GET 200 X-Next | 90",
        "any | GET 200 X-Next | 90",
    ),
    "a body's largest value rises": case(
        {"health/get/responses/200/content/json/schema/maximum": 20},
        "response-body-max-increased | GET 200 | 10 20",
        "safe | GET 200 | 20 10",
    ),
    "a body's least value falls": case(
        {"health/get/responses/200/content/json/schema/minimum": -5},
        "response-body-min-decreased | GET 200 | 0 -5",
        "safe | GET 200 | -5 0",
    ),
    "a body becomes nullable": case(
        {"health/get/responses/200/content/json/schema/type": ["integer", "null"]},
        "response-body-became-nullable | GET 200",
        "response-body-became-not-nullable | GET 200",
    ),
    "a body becomes text": case(
        {"health/get/responses/200/content/json/schema/type": "string"},
        "response-body-type-changed | GET 200 | integer string",
        "response-body-type-changed | GET 200 | string integer",
    ),
    "a body that is returned may be any number": case(
        {"health/get/responses/200/content/json/schema/type": "number"},
        "response-body-type-generalized | GET 200 | integer number",
        "response-body-type-specialized | GET 200 | number integer",
    ),
    "an optional property is added": case(
        {"Plant/properties/shade": {"type": "boolean"}},
        "response-optional-property-added | 201 shade",
        "response-optional-property-removed | 201 shade",
    ),
    "a required property is added": case(
        {
            "Plant/properties/shade": {"type": "boolean"},
            "Plant/required": ["code", "health", "place", "labels", "shade"],
        },
        "response-required-property-added | 201 shade",
        "response-required-property-removed | 201 shade",
    ),
    "a property of each item goes": case(
        {"components/schemas/PlantSummary/allOf/1/properties/caption": GONE},
        "response-optional-property-removed | GET 200 items caption",
        "response-optional-property-added | GET 200 items caption",
    ),
    "a nested property is added": case(
        {"Plant/properties/place/properties/shelf": {"type": "integer"}},
        "response-optional-property-added | 201 place shelf",
        "response-optional-property-removed | 201 place shelf",
    ),
    "a property becomes optional": case(
        {"Plant/required": ["code", "place", "labels"]},
        "response-property-became-optional | 201 health",
        "response-property-became-required | 201 health",
    ),
    "a nested property becomes required": case(
        {"Plant/properties/place/required": ["row", "column"]},
        "response-property-became-required | 201 place column",
        "response-property-became-optional | 201 place column",
    ),
    "a property of a part becomes optional": case(
        {"components/schemas/Keyed/required": GONE},
        "response-property-became-optional | GET 200 items key",
        "response-property-became-required | GET 200 items key",
    ),
    "a property becomes nullable": case(
        {"Plant/properties/planted/type": ["string", "null"]},
        "response-property-became-nullable | 201 planted",
        "response-property-became-not-nullable | 201 planted",
    ),
    "an open enum is never null": case(
        {"Plant/properties/stage/anyOf/2": GONE},
        "response-property-became-not-nullable | 201 stage",
        "response-property-became-nullable | 201 stage",
    ),
    "an optional reference is never null": case(
        {"Plant/properties/parent": {"$ref": "#/components/schemas/Plant"}},
        "response-property-became-not-nullable | 201 parent",
        "response-property-became-nullable | 201 parent",
    ),
    "a number becomes text": case(
        {"Plant/properties/place/properties/row/type": "string"},
        "response-property-type-changed | 201 place row | integer string",
        "response-property-type-changed | 201 place row | string integer",
    ),
    "a whole number that is returned may be any number": case(
        {"Plant/properties/place/properties/row/type": "number"},
        "response-property-type-generalized | 201 place row | integer number",
        "response-property-type-specialized | 201 place row | number integer",
    ),
    "a property may be a number too": case(
        {"Plant/properties/planted/type": ["string", "integer"]},
        "response-property-type-generalized | 201 planted | integer",
        "response-property-type-specialized | 201 planted | integer",
    ),
    "a date has a time": case(
        {"Plant/properties/planted/format": "date-time"},
        "response-property-type-changed | 201 planted | date-time",
        "response-property-type-changed | 201 planted | date-time",
    ),
    "a format goes": case(
        {"Plant/properties/planted/format": GONE},
        "response-property-type-changed | 201 planted | date",
        "response-property-type-specialized | 201 planted | date",
    ),
    "a value of a closed enum is added": case(
        {"Plant/properties/health/enum/+": "FAIR"},
        "response-property-enum-value-added | 201 health | FAIR",
        "response-property-enum-value-removed | 201 health | FAIR",
    ),
    "a value of an open enum is added": case(
        {"components/schemas/Stage/enum/+": "RIPE"},
        "response-property-enum-value-added@info | 201 stage | RIPE open",
        "response-property-enum-value-removed | 201 stage | RIPE open",
    ),
    "a maximum rises": case(
        {"Plant/properties/height/maximum": 400},
        "response-property-max-increased | 201 height | 300 400",
        "safe | 201 height | 400 300",
    ),
    "a minimum falls": case(
        {"Plant/properties/height/minimum": -5},
        "response-property-min-decreased | 201 height | 0 -5",
        "safe | 201 height | -5 0",
    ),
    "a maximum goes": case(
        {"Plant/properties/height/maximum": GONE},
        "unsafe | 201 height | 300",
        "safe | 201 height | 300",
    ),
    "an exclusive maximum rises": case(
        {"Plant/properties/count/exclusiveMaximum": 60},
        "response-property-exclusive-max-increased | 201 count | 50 60",
        "safe | 201 count | 60 50",
    ),
    "an exclusive minimum falls": case(
        {"Plant/properties/count/exclusiveMinimum": -6},
        "response-property-exclusive-min-decreased | 201 count | 0 -6",
        "safe | 201 count | -6 0",
    ),
    "a largest length rises": case(
        {"Plant/properties/code/maxLength": 50},
        "response-property-max-length-increased | 201 code | 40 50",
        "safe | 201 code | 50 40",
    ),
    "a largest length goes": case(
        {"Plant/properties/code/maxLength": GONE},
        "response-property-max-length-unset | 201 code | 40",
        "safe | 201 code | 40",
    ),
    "a largest length of items rises": case(
        {"Plant/properties/labels/items/maxLength": 14},
        "response-property-max-length-increased | 201 labels | 12 14",
        "safe | 201 labels | 14 12",
    ),
    "a least length falls": case(
        {"Plant/properties/code/minLength": 2},
        "response-property-min-length-decreased | 201 code | 3 2",
        "safe | 201 code | 2 3",
    ),
    "fewer items are returned": case(
        {"Plant/properties/labels/minItems": 1},
        "response-property-min-items-decreased | 201 labels | 2 1",
        "safe | 201 labels | 1 2",
    ),
    "no items may be returned": case(
        {"Plant/properties/labels/minItems": GONE},
        "response-property-min-items-unset | 201 labels | 2",
        "safe | 201 labels | 2",
    ),
    "more items are returned": case(
        {"Plant/properties/labels/maxItems": 10},
        "unsafe | 201 labels | 9 10",
        "safe | 201 labels | 10 9",
    ),
    "a pattern goes": case(
        {"Plant/properties/code/pattern": GONE},
        "response-property-pattern-removed | 201 code | ^[a-z]+$",
        "response-property-pattern-added | 201 code | ^[a-z]+$",
    ),
    "a pattern is another": case(
        {"Plant/properties/code/pattern": "^[a-f]+$"},
        "response-property-pattern-changed | 201 code | ^[a-f]+$",
        "response-property-pattern-changed | 201 code | ^[a-f]+$",
    ),
    "a default is added": case(
        {"Plant/properties/health/default": "GOOD"},
        "response-property-default-value-added | 201 health | GOOD",
        "response-property-default-value-removed | 201 health | GOOD",
    ),
    "a property is deprecated": case(
        {"Plant/properties/count/deprecated": True},
        "response-property-deprecated | 201 count",
        "response-property-reactivated | 201 count",
    ),
    "a property becomes read-only": case(
        {"Plant/properties/count/readOnly": True},
        "response-optional-property-became-read-only | 201 count",
        "response-optional-property-became-not-read-only | 201 count",
    ),
    "a property is constant": case(
        {"Plant/properties/place/properties/row/const": 3},
        "response-property-const-added | 201 place row | 3",
        "response-property-const-removed | 201 place row | 3",
    ),
    "a discriminator has another property": case(
        {"Plant/properties/origin/discriminator/propertyName": "sort"},
        "response-property-discriminator-property-name-changed | 201 origin | sort",
        "response-property-discriminator-property-name-changed | 201 origin | kind",
    ),
    "a discriminator goes": case(
        {"Plant/properties/origin/discriminator": GONE},
        "response-property-discriminator-removed | 201 origin",
        "response-property-discriminator-added | 201 origin",
    ),
    "a discriminator maps one more value": case(
        {"Plant/properties/origin/discriminator/mapping/seed": "#/components/schemas/Sown"},
        "response-property-discriminator-mapping-added | 201 origin | seed",
        "response-property-discriminator-mapping-deleted | 201 origin | seed",
    ),
    "an alternative is added": case(
        {"Plant/properties/origin/oneOf/+": {"type": "string", "maxLength": 7}},
        "response-property-one-of-added | 201 origin",
        "response-property-one-of-removed | 201 origin",
    ),
    "a constant of an alternative is another": case(
        {"components/schemas/Bought/properties/kind/const": "found"},
        "response-property-const-changed | 201 origin kind | bought found",
        "response-property-const-changed | 201 origin kind | found bought",
    ),
    "an error has another property": case(
        {"Error/properties/hint": {"type": "string"}},
        "response-optional-property-added | hint",
        "response-optional-property-removed | hint",
    ),
    "an error's message is always there": case(
        {"Error/required": ["code", "message"]},
        "response-property-became-required | message",
        "response-property-became-optional | message",
    ),
    "a callback is added": case(
        {
            "plants/post/callbacks": {
                "grown": {
                    "{$request.body#/name}": {
                        "post": {"responses": {"204": {"description": "Heard."}}}
                    }
                }
            }
        },
        "callback-added@info | POST callback grown",
        "callback-removed@breaking | POST callback grown",
    ),
    "a link is added": case(
        {"plants/post/responses/201/links": {"plant": {"operationId": "getPlant"}}},
        "response-link-added@info | POST 201 link plant",
        "response-link-removed@warning | POST 201 link plant",
    ),
    "an unknown keyword is added": case(
        {"NewPlant/properties/hint/whatever": 1},
        "unclassified-change | POST hint | whatever",
        "unclassified-change | POST hint | whatever",
    ),
}

CASES = ENDPOINTS | PARAMETERS | REQUESTS | RESPONSES

DOCUMENTATION: dict[str, Edit] = {
    "the title": {"info/title": "Glasshouse"},
    "the description of the document": {"info/description": "Other words."},
    "the summary of an operation": {"plants/get/summary": "Other words"},
    "the description of an operation": {"plants/get/description": "Other words."},
    "the description of a parameter": {"limit/description": "Other words."},
    "the description of a shared parameter": {
        "components/parameters/House/description": "Other words."
    },
    "the description of a body": {"health/put/requestBody/description": "Other words."},
    "the description of a response": {"page/description": "Other words."},
    "the description of a header": {"page/headers/X-Next/description": "Other words."},
    "the description of a server": {"servers/0/description": "Other words."},
    "the description of a tag": {"tags/0/description": "Other words."},
    "the description of a property": {"Error/properties/code/description": "Other words."},
    "the title of a schema": {"Plant/title": "A plant"},
    "the description of an open enum's values": {
        "components/schemas/Stage/description": "How far it is."
    },
    "an example": {"Plant/properties/planted/examples": ["2026-01-01"]},
    "an example of a body": {"page/content/json/examples": {"none": {"value": {"items": []}}}},
    "an extension of an operation": {"plants/get/x-owner": "us"},
    "an extension of a schema": {"Plant/x-order": 3},
    "external documents": {"externalDocs": {"url": "https://a.example"}},
    "a comment of a schema": {"Plant/$comment": "For us."},
}

# Text of the document, and the text that says the same.
NEUTRAL_TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    "a component under another name": (("/PlantPage", "/Page"), ("    PlantPage:", "    Page:")),
    "a shared response under another name": (
        ("/BadRequest", "/Wrong"),
        ("    BadRequest:", "    Wrong:"),
    ),
    "a recursive component under another name": (
        ('schemas/Plant"', 'schemas/Thing"'),
        ("    Plant:\n", "    Thing:\n"),
    ),
    "a path variable under another name": (("houseId", "house"),),
    "the last path variable under another name": (("plantId", "key"),),
    "statuses as numbers": (('"200":', "200:"), ('"404":', "404:")),
    "other quotes": (
        ('"^[a-z]+$"', "'^[a-z]+$'"),
        ("operationId: addPlant", 'operationId: "addPlant"'),
    ),
    "comments": (("components:\n", "# What is shared.\ncomponents: # all of it\n"),),
    "an anchor": (
        ("getHealth\n      tags: [Service]", "getHealth\n      tags: &tags [Service]"),
        ("setHealth\n      tags: [Service]", "setHealth\n      tags: *tags"),
    ),
    "a block in place of braces": (
        ("signature: {type: apiKey, in: header,", "signature: {in: header, type: apiKey,"),
        ('"204": {description: Watered.}', '"204":\n          description: Watered.'),
    ),
    "names of headers in another case": (
        ("X-Next:", "x-next:"),
        ("name: X-Trace", "name: x-trace"),
    ),
    "a number with a fraction of none": (("maximum: 300", "maximum: 300.0"),),
}

_NOTE = "NewPlant/properties/note"

# Values that say in other words what the document says.
NEUTRAL_EDITS: dict[str, Edit] = {
    "required in another order": {"Plant/required": ["labels", "place", "health", "code"]},
    "an enum in another order": {"NewPlant/properties/family/enum": ["TREE", "HERB"]},
    "types in another order": {"Plant/properties/height/type": ["null", "number"]},
    "alternatives in another order": {
        "Plant/properties/stage/anyOf": [
            {"type": "null"},
            _STRING,
            {"$ref": "#/components/schemas/Stage"},
        ]
    },
    "parameters of the path": {
        "plants/parameters": [{"$ref": "#/components/parameters/House"}],
        "plants/get/parameters/0": GONE,
        "plants/post/parameters": GONE,
    },
    "parameters of the operation": {
        "plants/get/parameters/0": {
            "name": "houseId",
            "in": "path",
            "required": True,
            "description": "Which house.",
            "schema": _STRING,
        }
    },
    "a schema in place of a reference": {
        "components/responses/NotFound/content/json/schema": {
            "type": "object",
            "required": ["code"],
            "properties": {
                "message": {"type": ["string", "null"]},
                "code": {"type": "string", "description": "What went wrong."},
            },
        }
    },
    "a response in place of a reference": {
        "plant/get/responses/404": {
            "description": "There is no such thing.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        }
    },
    "allOf of one": {
        f"{_BODY}/content/json/schema": {"allOf": [{"$ref": "#/components/schemas/NewPlant"}]}
    },
    "a merged allOf": {
        "components/schemas/PlantSummary": {
            "type": "object",
            "required": ["key"],
            "properties": {
                "caption": _STRING,
                "key": {"type": "string", "minLength": 3, "maxLength": 40},
            },
        }
    },
    "null in an anyOf": {_NOTE: {"anyOf": [_STRING, {"type": "null"}]}},
    "null in a oneOf": {_NOTE: {"oneOf": [{"type": "null"}, _STRING]}},
    "null as a keyword": {_NOTE: {"type": "string", "nullable": True}},
    "one type in a list": {"NewPlant/properties/hint/type": ["string"]},
    "the style of a query parameter": {"state/style": "form"},
    "that a query parameter is exploded": {"state/explode": True},
    "the style of a header parameter": {"trace/style": "simple", "trace/explode": False},
    "the style of a path parameter": {"components/parameters/House/style": "simple"},
    "that a parameter is optional": {"limit/required": False},
    "that a parameter is not deprecated": {"limit/deprecated": False},
    "that no empty value is allowed": {"limit/allowEmptyValue": False},
    "that an operation is not deprecated": {"plants/get/deprecated": False},
    "that a body is optional": {"health/put/requestBody/required": False},
    "that a header is optional": {"page/headers/X-Total/required": False},
    "that a property is not deprecated": {"Plant/properties/count/deprecated": False},
    "that a property can be written": {"Plant/properties/count/readOnly": False},
    "that items may repeat": {"state/schema/uniqueItems": False},
    "that nothing is required": {"components/schemas/PlantSummary/allOf/1/required": []},
    "that any property may be added": {"Plant/additionalProperties": True},
    "that there are no callbacks": {"plants/post/callbacks": {}},
    "that no text is too short": {"session/schema/minLength": 0},
}
