"""What templates ask about operations that the generator forgets: styles, bounds, media types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_python_client.parser.openapi import generate_operation_id
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonIdentifier

from tools.openapi.document import mapping, sequence

from .prepare import METHODS, is_binary

if TYPE_CHECKING:
    from openapi_python_client.config import Config
    from openapi_python_client.parser.openapi import Endpoint

    from tools.openapi.document import Document

_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}


class Operations:
    """The operations of a document, by the endpoints that the generator makes of them."""

    def __init__(self, document: Document, config: Config) -> None:
        self._document = document
        self._config = config
        self._found: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]] = {}
        for path, item in mapping(document.content.get("paths")).items():
            item, _ = document.resolve(item)
            for method in METHODS:
                if operation := mapping(item.get(method)):
                    name = operation_name(path, method, operation, config.field_prefix)
                    tag = PythonIdentifier((operation.get("tags") or ["default"])[0], "tag")
                    self._found[tag, name] = (item, operation)

    def details(self, endpoint: Endpoint) -> Details:
        item, operation = self._found[endpoint.tags[0], endpoint.name]
        written = [*sequence(item.get("parameters")), *sequence(operation.get("parameters"))]
        parameters = [self._document.resolve(one)[0] for one in written]
        by_place = {(one["in"], one["name"]): self._schema(one) for one in parameters}
        return Details(endpoint, by_place)

    def _schema(self, parameter: dict[str, Any]) -> dict[str, Any]:
        """A parameter whose schema is in one piece."""
        schema, _ = self._document.resolve(parameter.get("schema", {}))
        parts = [self._document.resolve(one)[0] for one in sequence(mapping(schema).get("allOf"))]
        merged: dict[str, Any] = {}
        for part in [*parts, schema]:
            merged |= mapping(part)
        return {**parameter, "schema": merged}

    def finish(self, endpoint: Endpoint) -> None:
        """Put back what `prepared` moved, and keep arguments apart from what is beside them."""
        details = self.details(endpoint)
        for prop in [*endpoint.query_parameters]:
            written = prop.name.get_untrusted_value()
            if ("query", written) not in details.written and (
                "header",
                written,
            ) in details.written:
                endpoint.query_parameters.remove(prop)
                endpoint.header_parameters.append(prop)
        for location, prop in endpoint.iter_all_parameters():
            if endpoint.bodies and prop.python_name == "body":
                name = UntrustedString(f"body_{location}")
                prop.set_python_name(name, config=self._config)


def operation_name(path: str, method: str, operation: dict[str, Any], prefix: str) -> str:
    """The name of the operation's module."""
    if "operationId" in operation:
        return PythonIdentifier(operation["operationId"], prefix)
    return generate_operation_id(path=UntrustedString(path), method=method, prefix=prefix)


class Details:
    """What the document says about one operation.

    Attributes:
        written: Its parameters by location and name.
    """

    def __init__(self, endpoint: Endpoint, written: dict[tuple[str, str], dict[str, Any]]) -> None:
        self._endpoint = endpoint
        self.written = written
        self.path = endpoint.path.get_untrusted_value()
        for prop in endpoint.path_parameters:
            self.path = self.path.replace(f"{{{prop.python_name}}}", "{}")

    def parameters(self, location: str) -> list[Any]:
        found: list[Any] = getattr(self._endpoint, f"{location}_parameters")
        return found

    def _written(self, location: str, prop: Any) -> dict[str, Any]:
        return self.written[location, prop.name.get_untrusted_value()]

    def style(self, location: str, prop: Any) -> str:
        return str(self._written(location, prop).get("style", _STYLES[location]))

    def explode(self, location: str, prop: Any) -> bool:
        default = self.style(location, prop) == "form"
        return bool(self._written(location, prop).get("explode", default))

    @property
    def bounds(self) -> dict[str, tuple[float | None, float | None]]:
        found: dict[str, tuple[float | None, float | None]] = {}
        for location, prop in self._endpoint.iter_all_parameters():
            schema = self._written(str(location.value), prop)["schema"]
            least, most = schema.get("minimum"), schema.get("maximum")
            if least is not None or most is not None:
                found[str(prop.python_name)] = (least, most)
        return found

    @property
    def keywords(self) -> bool:
        return len(self._endpoint.list_all_parameters()) > len(self._endpoint.path_parameters)

    @property
    def body_is_required(self) -> bool:
        return all(body.prop.required for body in self._endpoint.bodies)

    @property
    def body_type(self) -> str:
        types = [
            body.prop.get_type_string(no_optional=True).as_unembedded_code()
            for body in self._endpoint.bodies
        ]
        return " | ".join(dict.fromkeys([*types, *([] if self.body_is_required else ["Unset"])]))

    @property
    def retry_token(self) -> str:
        """The argument that makes a request safe to repeat, if the caller may leave it out."""
        for prop in self._endpoint.header_parameters:
            if prop.name.get_untrusted_value().lower() == "opc-retry-token" and not prop.required:
                return str(prop.python_name)
        return ""

    @property
    def accept(self) -> str:
        """The media types that the operation reads, those of success first."""
        found = [
            _media_type(response)
            for response in sorted(
                self._endpoint.responses, key=lambda one: one.status_code.pattern[0] != "2"
            )
        ]
        return ", ".join(dict.fromkeys(filter(None, found))) or "application/json"

    @property
    def has_headers(self) -> bool:
        endpoint = self._endpoint
        return bool(
            endpoint.header_parameters
            or endpoint.cookie_parameters
            or endpoint.bodies
            or self.accept != "application/json"
        )


def source(response: Any) -> str:
    """How the content of a response is read."""
    words = {"response.json()": "json", "response.text": "text", "response.content": "bytes"}
    return words.get(response.source["attribute"], "nothing")


def _media_type(response: Any) -> str:
    """The media type that the generator has chosen for a response."""
    kind = source(response)
    types = [name.get_untrusted_value() for name in getattr(response.data, "content", None) or {}]
    for name in types:
        is_text, is_file = name.startswith("text/"), is_binary(name)
        if kind == ("text" if is_text else "bytes" if is_file else "json"):
            return str(name)
    return ""
