"""Requests against the spec: which operation they call, with what, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jsonschema_path import SchemaPath
from openapi_core import V31RequestUnmarshaller
from openapi_core.casting.schemas import oas31_schema_casters_factory
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types.exceptions import MediaTypeDeserializeError
from openapi_core.deserializing.styles import StyleDeserializersFactory, style_deserializers
from openapi_core.templating.paths import APICallPathFinder
from openapi_core.templating.paths.exceptions import OperationNotFound, PathError
from openapi_core.unmarshalling.schemas import oas31_schema_unmarshallers_factory
from openapi_core.validation.request.exceptions import (
    MissingRequiredParameter,
    ParameterValidationError,
)
from openapi_core.validation.schemas import oas31_schema_validators_factory
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from starlette.requests import Request

from tools.service.errors import method_not_allowed, not_found

SPEC = Path(__file__).parents[2] / "openapi" / "aidp-workbench.yaml"

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

# openapi-core matches paths against whole URLs. Here only the path counts.
_HOST_URL = "http://127.0.0.1"


@dataclass(frozen=True)
class Call:
    """A call of an operation: its valid parameters, and the faults of the others."""

    operation_id: str
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any
    faults: tuple[str, ...]


class Contract:
    """The spec, ready to check requests."""

    def __init__(self, spec: Path = SPEC) -> None:
        document = self.content = _content(spec)
        # Signatures are checked before, and the hosts of the spec are Oracle's.
        self._spec = SchemaPath.from_dict(
            {**document, "servers": [{"url": "/"}], "security": []},
            resolved_cache_maxsize=10_000,  # by default, it resolves each time that it looks
        )
        self._validators = _once(oas31_schema_validators_factory)
        styles = StyleDeserializersFactory(oas31_schema_casters_factory, style_deserializers)
        self._unmarshaller = V31RequestUnmarshaller(
            self._spec,
            style_deserializers_factory=_once(styles),
            schema_validators_factory=self._validators,
            schema_unmarshallers_factory=_once(oas31_schema_unmarshallers_factory),
        )
        self._finder = APICallPathFinder(self._spec)

    def check(self, request: Request, body: bytes) -> Call:
        """The call that a request makes; `ApiError` if its path or method is not in the spec."""
        adapter = _RequestAdapter(request, body)
        url = _HOST_URL + adapter.path
        try:
            found = self._finder.find(adapter.method, url)
        except OperationNotFound as error:
            raise method_not_allowed(request.method, self._methods(url)) from error
        except PathError as error:
            raise not_found(f"path {adapter.path}") from error
        result = self._unmarshaller.unmarshal(adapter)
        parameters = [*found.operation.get("parameters", ()), *found.path.get("parameters", ())]
        empty = self._empty(request, parameters)
        errors = [error for error in result.errors if getattr(error, "name", None) not in empty]
        faults = [_describe(error) for error in errors]
        faults += _unexpected(request, parameters)
        return Call(
            operation_id=(found.operation / "operationId").read_str(),
            path={name: unquote(str(value)) for name, value in result.parameters.path.items()},
            query={**empty, **result.parameters.query},
            body=result.body,
            faults=tuple(faults),
        )

    def _methods(self, url: str) -> list[str]:
        """The methods that the spec has for a URL, whose path it has."""
        paths = self._finder.paths_iterator(url, self._spec)
        return [method.upper() for found in paths for method in _METHODS if method in found.path]

    def _empty(self, request: Request, parameters: Iterable[SchemaPath]) -> dict[str, str]:
        """Query parameters that are empty and may be. openapi-core refuses all that are empty."""
        return {
            name: ""
            for parameter in parameters
            if request.query_params.get(name := (parameter / "name").read_str()) == ""
            and self._validators.create(self._spec, parameter / "schema").validator.is_valid("")
        }


@cache
def contract() -> Contract:
    """The one that all services of this process share."""
    return Contract()


def _once(factory: Any) -> Any:
    """A factory of openapi-core that makes for each schema once what it makes for each request."""
    factory = copy(factory)
    factory.create = cache(factory.create)
    return factory


@cache
def _content(spec: Path) -> dict[str, Any]:
    content: dict[str, Any] = SchemaPath.from_path(spec).read_value()
    return content


class _RequestAdapter:
    """A request for openapi-core. Its path stays percent-encoded, so a key may hold a slash."""

    def __init__(self, request: Request, body: bytes) -> None:
        self.host_url = _HOST_URL
        self.path = request.scope["raw_path"].decode("latin-1")
        self.method = request.method.lower()
        self.body = body
        self.content_type = request.headers.get("content-type", "application/octet-stream")
        self.parameters = RequestParameters(query=request.query_params, header=request.headers)


def _describe(error: Exception) -> str:
    if isinstance(error, MissingRequiredParameter):
        return f"{error.name} is required"
    reason: object = error.__cause__ or error
    if isinstance(reason, InvalidSchemaValue):
        reason = "; ".join(str(getattr(fault, "message", fault)) for fault in reason.schema_errors)
    elif isinstance(reason, MediaTypeDeserializeError):  # its text fails if the body is not UTF-8
        reason = f"cannot be read as {reason.mimetype}"
    name = error.name if isinstance(error, ParameterValidationError) else "body"
    return f"{name}: {reason}"


def _unexpected(request: Request, parameters: Iterable[SchemaPath]) -> list[str]:
    """Query parameters that the operation does not have, or does not take twice."""
    is_array = {
        (parameter / "name").read_str(): (parameter / "schema" / "type").read_str("") == "array"
        for parameter in parameters
        if (parameter / "in").read_str() == "query"
    }
    names = [name for name, _ in request.query_params.multi_items()]
    unknown = [f"{name}: there is no such parameter" for name in names if name not in is_array]
    repeated = [
        f"{name}: given {names.count(name)} times"
        for name in dict.fromkeys(names)
        if names.count(name) > 1 and not is_array.get(name, True)
    ]
    return unknown + repeated
