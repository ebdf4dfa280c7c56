"""Small documents in pairs, and the level of the worst change between them.

What breaks callers must never be called safe, and what means the same must raise no alarm.
"""

from __future__ import annotations

from typing import Any

Content = Any

TEXT, INTEGER, NUMBER, BOOLEAN, NULL = (
    {"type": kind} for kind in ("string", "integer", "number", "boolean", "null")
)
TEXTS = {"type": "array", "items": TEXT}


def document(paths: Content = None, version: str = "3.1.0", **rest: Content) -> Content:
    info = {"title": "Pairs", "version": "1"}
    return {"openapi": version, "info": info, "paths": paths or {}, **rest}


def thing(required: tuple[str, ...] = (), **properties: Content) -> Content:
    return {"type": "object", "required": list(required), "properties": properties}


SCHEMAS = {
    "A": thing(("a",), a=TEXT),
    "B": thing(("b",), b=TEXT),
    "C": thing(("c",), c=TEXT),
    "BOrC": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/C"}]},
}
A, B, C, B_OR_C = ({"$ref": f"#/components/schemas/{name}"} for name in SCHEMAS)


def operation(method: str = "get", version: str = "3.1.0", **content: Content) -> Content:
    content = {"responses": {"200": {"description": "It."}}, **content}
    schemas = {"schemas": SCHEMAS}
    return document({"/x": {method: content}}, version, components=schemas)


def response(
    schema: Content, media: str = "application/json", status: str = "200", version: str = "3.1.0"
) -> Content:
    body = {"description": "It.", "content": {media: {"schema": schema}}}
    return operation(version=version, responses={status: body})


def request(schema: Content, media: str = "application/json", version: str = "3.1.0") -> Content:
    body = {"required": True, "content": {media: {"schema": schema}}}
    return operation("post", version, requestBody=body)


def parameter(schema: Content, place: str = "query", **rest: Content) -> Content:
    return operation(parameters=[{"name": "q", "in": place, "schema": schema, **rest}])


def form(schema: Content) -> Content:
    return request(thing(a=schema), "application/x-www-form-urlencoded")


def secured(*security: Content, **schemes: Content) -> Content:
    key = {"type": "apiKey", "in": "header", "name": "X-Key"}
    flows = {"clientCredentials": {"tokenUrl": "https://e.example", "scopes": {"r": "", "w": ""}}}
    known = {
        "key": key,
        "basic": {"type": "http", "scheme": "basic"},
        "token": {"type": "oauth2", "flows": flows},
    }
    content = operation(security=list(security))
    return {**content, "components": {"securitySchemes": {**known, **schemes}}}


KEY: Content = {"key": []}
BASIC: Content = {"basic": []}
READ: Content = {"token": ["r"]}


def family(builder: Content, discriminator: Content, cat: Content) -> Content:
    """A schema with a discriminator, and two that extend it."""
    animal = {**thing(("kind",), kind=TEXT), "discriminator": discriminator}
    base = {"$ref": "#/components/schemas/Animal"}
    schemas = {
        "Animal": animal,
        "Cat": {"allOf": [base, cat]},
        "Dog": {"allOf": [base, thing(barks=BOOLEAN)]},
    }
    return {**builder(base), "components": {"schemas": schemas}}


IMPLIED = {"propertyName": "kind"}


def mapped(**values: str) -> Content:
    mapping = {value: f"#/components/schemas/{name}" for value, name in values.items()}
    return {"propertyName": "kind", "mapping": mapping}


def webhook(body: Content = None, answer: Content = None) -> Content:
    content: Content = {"responses": {"200": {"description": "Heard."}}}
    if body:
        content["requestBody"] = {"content": {"application/json": {"schema": body}}}
    if answer:
        content["responses"]["200"]["content"] = {"application/json": {"schema": answer}}
    return document(webhooks={"grown": {"post": content}})


def callback(body: Content) -> Content:
    content = {"application/json": {"schema": body}}
    inner = {"post": {"requestBody": {"content": content}, "responses": {}}}
    return operation("post", callbacks={"done": {"{$request.query.url}": inner}})


def served(url: str, path: str) -> Content:
    item = {"get": {"responses": {"200": {"description": "It."}}}}
    return document({path: item}, servers=[{"url": url}])


def one_of(*schemas: Content) -> Content:
    return {"oneOf": list(schemas)}


def any_of(*schemas: Content) -> Content:
    return {"anyOf": list(schemas)}


def enum(*values: Content) -> Content:
    return {**TEXT, "enum": list(values)}


def ends(schema: Content, sunset: str) -> Content:
    return {**schema, "deprecated": True, "x-sunset": sunset}


STATUS = any_of(enum("UP"), TEXT, NULL)
DEPENDENT = {**thing(a=TEXT, k=TEXT), "if": {"properties": {"k": {"const": "x"}}}}

# What is sent or read, before and after; the level is breaking.
BREAKS: dict[str, tuple[Content, Content]] = {
    "a number becomes some texts": (parameter(INTEGER), parameter(enum("a"))),
    "a number becomes texts of a form": (
        parameter(INTEGER),
        parameter({**TEXT, "pattern": "^[a-z]+$"}),
    ),
    "a number becomes long texts": (parameter(INTEGER), parameter({**TEXT, "minLength": 3})),
    "a number of a form becomes some texts": (form(INTEGER), form(enum("a"))),
    "a number in a header becomes some texts": (
        parameter(INTEGER, "header"),
        parameter(enum("a"), "header"),
    ),
    "one text becomes at least two": (parameter(TEXT), parameter({**TEXTS, "minItems": 2})),
    "one number becomes a list of some texts": (
        parameter(INTEGER),
        parameter({"type": "array", "items": enum("a")}),
    ),
    "text or number becomes number": (
        parameter({"type": ["string", "integer"]}),
        parameter(INTEGER),
    ),
    "a status can be a number": (
        response(thing(s=STATUS)),
        response(thing(s=any_of(*STATUS["anyOf"], INTEGER))),
    ),
    "a response can be another object": (response(A), response(any_of(A, B))),
    "a response can be a third object": (response(any_of(A, B)), response(any_of(A, B, C))),
    "a request can no longer be one of two": (request(any_of(A, B)), request(any_of(A))),
    "a request must be one of two": (request({}), request(any_of(A, B))),
    "credentials are needed": (secured(), secured(KEY)),
    "credentials are no longer optional": (secured(KEY, {}), secured(KEY)),
    "a way to log in is gone": (secured(KEY, BASIC), secured(KEY)),
    "both credentials are needed": (secured(KEY, BASIC), secured({**KEY, **BASIC})),
    "another scope is needed": (secured(READ), secured({"token": ["r", "w"]})),
    "the key is somewhere else": (
        secured(KEY),
        secured(KEY, key={"type": "apiKey", "in": "query", "name": "X-Key"}),
    ),
    "the key is another kind of credential": (
        secured(KEY),
        secured(KEY, key={"type": "http", "scheme": "bearer"}),
    ),
    "a subtype by mapping has lost a property": (
        family(response, mapped(cat="Cat"), thing(("claws",), claws=INTEGER)),
        family(response, mapped(cat="Cat"), thing()),
    ),
    "a subtype by allOf needs a property": (
        family(request, IMPLIED, thing(claws=INTEGER)),
        family(request, IMPLIED, thing(("claws",), claws=INTEGER)),
    ),
    "a value of a discriminator is gone": (
        family(request, mapped(cat="Cat", dog="Dog"), thing()),
        family(request, mapped(cat="Cat", hound="Dog"), thing()),
    ),
    "a value of a discriminator means another schema": (
        family(request, mapped(cat="Cat", dog="Dog"), thing()),
        family(request, mapped(cat="Dog", dog="Cat"), thing()),
    ),
    "a default of a body is another": (
        request(thing(n={**INTEGER, "default": 1})),
        request(thing(n={**INTEGER, "default": 2})),
    ),
    "a date gets a time": (
        request(thing(d={**TEXT, "format": "date"})),
        request(thing(d={**TEXT, "format": "date-time"})),
    ),
    "a time is gone from a date": (
        response(thing(d={**TEXT, "format": "date-time"})),
        response(thing(d={**TEXT, "format": "date"})),
    ),
    "a list must not be empty": (
        request(thing(tags=TEXTS)),
        request(thing(tags={**TEXTS, "minItems": 1})),
    ),
    "a then asks for a property": (
        request({**DEPENDENT, "then": {"properties": {"b": TEXT}}}),
        request({**DEPENDENT, "then": {"properties": {"b": TEXT}, "required": ["b"]}}),
    ),
    "an else asks for a property": (
        request({**DEPENDENT, "else": {}}),
        request({**DEPENDENT, "else": {"required": ["b"]}}),
    ),
    "an if holds more often": (
        request({**DEPENDENT, "if": {"required": ["k"]}, "then": {"required": ["a"]}}),
        request({**DEPENDENT, "if": {"required": []}, "then": {"required": ["a"]}}),
    ),
    "a not forbids more": (
        request({**thing(a=TEXT), "not": {"required": ["a", "b"]}}),
        request({**thing(a=TEXT), "not": {"required": ["a"]}}),
    ),
    "a webhook sends a property no more": (webhook(thing(("a",), a=TEXT)), webhook(thing())),
    "a webhook wants more of an answer": (
        webhook(answer=thing(a=TEXT)),
        webhook(answer=thing(("a",), a=TEXT)),
    ),
    "a callback sends another type": (callback(thing(a=TEXT)), callback(thing(a=INTEGER))),
    "a pattern is empty no more": (
        parameter({**TEXT, "pattern": ""}),
        parameter({**TEXT, "pattern": "^a$"}),
    ),
    "a parameter goes before its end": (
        parameter(TEXT, deprecated=True, **{"x-sunset": "2999-01-01"}),
        operation(),
    ),
    "the end of a parameter is no date": (
        parameter(TEXT),
        parameter(TEXT, deprecated=True, **{"x-sunset": "soon"}),
    ),
    "the end of a parameter comes earlier": (
        parameter(TEXT, deprecated=True, **{"x-sunset": "2999-01-01"}),
        parameter(TEXT, deprecated=True, **{"x-sunset": "2998-01-01"}),
    ),
    "a property goes before its end": (
        response(thing(a=ends(TEXT, "2999-01-01"))),
        response(thing()),
    ),
    "the end of a property is no date": (
        response(thing(a=TEXT)),
        response(thing(a=ends(TEXT, "soon"))),
    ),
    "a parameter is less stable": (
        parameter(TEXT, **{"x-stability-level": "stable"}),
        parameter(TEXT, **{"x-stability-level": "beta"}),
    ),
    "an alternative may be null": (
        response(thing(a=any_of(A)), version="3.0.3"),
        response(thing(a={"nullable": True, **any_of(A)}), version="3.0.3"),
    ),
    "a number must be larger than the next": (
        request(thing(a={**NUMBER, "exclusiveMinimum": 0})),
        request(thing(a={**NUMBER, "minimum": 1})),
    ),
    "a list in a query is written in another way": (
        parameter(TEXTS),
        parameter(TEXTS, explode=False),
    ),
    "a response is no longer JSON": (
        response(TEXT),
        response(TEXT, "application/xml"),
    ),
    "an anchor leads to another type": (
        {**response({"$ref": "#n"}), "components": {"schemas": {"A": {"$anchor": "n", **TEXT}}}},
        {**response({"$ref": "#n"}), "components": {"schemas": {"A": {"$anchor": "n", **INTEGER}}}},
    ),
    "an operation of OpenAPI 3.2 is gone": (
        document({"/x": {"query": {"responses": {}}}}, "3.2.0"),
        document({}, "3.2.0"),
    ),
}

# In both directions no more than info.
ALIKE: dict[str, tuple[Content, Content]] = {
    "any type, with null or without saying so": (
        response(thing(a={"nullable": True}), version="3.0.3"),
        response(thing(a={}), version="3.0.3"),
    ),
    "anyOf and oneOf": (request(any_of(A, B)), request(one_of(A, B))),
    "alternatives in alternatives": (response(any_of(A, any_of(B, C))), response(any_of(A, B, C))),
    "alternatives by reference": (response(any_of(A, B_OR_C)), response(any_of(A, B, C))),
    "an enum with its type and without": (request(enum("a")), request({"enum": ["a"]})),
    "const and an enum of one": (response(thing(a={"const": "a"})), response(thing(a=enum("a")))),
    "constants and an enum": (
        request(one_of({"const": "a", "title": "First"}, {"const": "b"})),
        request(enum("b", "a")),
    ),
    "constants, null and an enum": (
        response(thing(a=one_of({"const": "a"}, NULL))),
        response(thing(a={"type": ["string", "null"], "enum": ["a", None]})),
    ),
    "an object with its type and without": (
        request(thing(a=TEXT)),
        request({"properties": {"a": TEXT}}),
    ),
    "a list with its type and without": (response(TEXTS), response({"items": TEXT})),
    "int64 of an integer": (request(INTEGER), request({**INTEGER, "format": "int64"})),
    "int32 within its bounds": (
        request({**INTEGER, "minimum": 1, "maximum": 9}),
        request({**INTEGER, "minimum": 1, "maximum": 9, "format": "int32"}),
    ),
    "password": (request(thing(a=TEXT)), request(thing(a={**TEXT, "format": "password"}))),
    "byte and base64": (
        response(thing(a={**TEXT, "format": "byte"}), version="3.0.3"),
        response(thing(a={**TEXT, "contentEncoding": "base64"})),
    ),
    "binary and bytes": (
        request({**TEXT, "format": "binary"}, "application/pdf", "3.0.3"),
        request({}, "application/pdf"),
    ),
    "null beside one alternative": (
        response(thing(a={"nullable": True, **one_of(A)}), version="3.0.3"),
        response(thing(a=one_of(A, NULL))),
    ),
    "the charset of JSON": (request(TEXT), request(TEXT, "application/json; charset=utf-8")),
    "200 and 2XX": (response(TEXT), response(TEXT, status="2XX")),
    "explode of one text": (parameter(TEXT), parameter(TEXT, explode=False)),
    "explode of a list in a header": (
        parameter(TEXTS, "header"),
        parameter(TEXTS, "header", explode=True),
    ),
    "more than 0 and at least 1": (
        parameter({**INTEGER, "exclusiveMinimum": 0}),
        parameter({**INTEGER, "minimum": 1}),
    ),
    "texts in a list of a query": (parameter({"type": "array"}), parameter(TEXTS)),
    "a slash at the end of a server": (
        served("https://a.example/", "/x"),
        served("https://a.example", "/x"),
    ),
    "a path of the server or of the paths": (
        served("https://a.example/v1", "/x"),
        served("https://a.example", "/v1/x"),
    ),
    "a scheme in other letters": (
        secured(BASIC),
        secured(BASIC, basic={"type": "http", "scheme": "Basic"}),
    ),
    "a discriminator that maps what holds anyway": (
        family(request, IMPLIED, thing()),
        family(request, mapped(Cat="Cat", Dog="Dog"), thing()),
    ),
}

# Towards the second document no more than info.
SAFE: dict[str, tuple[Content, Content]] = {
    "a number may be any text": (parameter(INTEGER), parameter(TEXT)),
    "a number may be any text of digits": (
        parameter({**INTEGER, "minimum": 0}),
        parameter({**TEXT, "pattern": "^[0-9]+$"}),
    ),
    "a flag may be one of three texts": (
        parameter(BOOLEAN),
        parameter(enum("true", "false", "both")),
    ),
    "an open status has another value": (
        response(thing(s=STATUS)),
        response(thing(s=any_of(enum("UP", "DOWN"), TEXT, NULL))),
    ),
    "a new alternative is one of the texts": (
        response(any_of(TEXT, A)),
        response(any_of(TEXT, A, {"const": "x", "title": "X"})),
    ),
    "another way to log in": (secured(KEY), secured(KEY, BASIC)),
    "either credential is enough": (secured({**KEY, **BASIC}), secured(KEY, BASIC)),
    "no credentials are needed": (secured(KEY), secured()),
    "fewer scopes are needed": (secured({"token": ["r", "w"]}), secured(READ)),
    "other scopes will do, too": (secured(READ), secured({"token": ["w"]}, READ)),
    "a default without effect": (
        request(thing(("n",), n={**INTEGER, "default": 1})),
        request(thing(("n",), n={**INTEGER, "default": 2})),
    ),
    "a webhook sends another property": (
        webhook(thing(a=TEXT)),
        webhook(thing(("b",), a=TEXT, b=TEXT)),
    ),
    "any media type may be sent": (request(TEXT), request(TEXT, "*/*")),
    "JSON of any media type": (response(TEXT, "*/*"), response(TEXT)),
    "any type becomes text or null": (response({}), response({"type": ["string", "null"]})),
    "text or null becomes any type": (request({"type": ["string", "null"]}), request({})),
    "a parameter goes after its end": (
        parameter(TEXT, deprecated=True, **{"x-sunset": "2000-01-01"}),
        operation(),
    ),
    "headers that OpenAPI ignores": (
        operation(),
        operation(
            parameters=[{"name": "Accept", "in": "header", "required": True, "schema": TEXT}]
        ),
    ),
}
