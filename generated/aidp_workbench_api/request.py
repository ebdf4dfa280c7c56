"""How the arguments of operations are sent: in path, query and headers, and as bodies."""

import datetime
import json
import uuid
from typing import Any
from urllib.parse import quote, urlencode

from attrs import frozen

from .errors import ArgumentError
from .model import Model
from .times import TIME, Time, in_utc
from .types import UNSET, File, RequestFiles
from .values import TEXT, Kind


@frozen
class Parameter:
    """How one argument of an operation is sent.

    Attributes:
        argument: Its name in Python.
        name: Its name in the request.
        kind: What it takes.
        style: How OpenAPI calls its form; for lists and objects.
        explode: Whether each value of a list, or of an object, is written out by itself.
    """

    argument: str
    name: str
    kind: Kind
    style: str
    explode: bool

    def encode(self, value: Any) -> Any:
        """The value as JSON; ArgumentError, with the name of the argument, if it has none."""
        try:
            if isinstance(value, Time):
                return in_utc(value)
            return value if type(value) in self.kind.types else self.kind.encode(value)
        except ArgumentError as error:
            raise ArgumentError(f"{self.argument} {error}") from None


Parameters = tuple[Parameter, ...]
Arguments = tuple[Any, ...]


def query(parameters: Parameters, arguments: Arguments) -> str:
    """The query of a URL, such as `?limit=1`; what is UNSET or None is left out.

    httpx takes a third longer to build a request if it gets the parameters by themselves.
    """
    pairs = _pairs(parameters, arguments)
    return f"?{urlencode(pairs)}" if pairs else ""


def _pairs(parameters: Parameters, arguments: Arguments) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for parameter, argument in zip(parameters, arguments, strict=True):
        if argument is UNSET or argument is None:
            continue
        value = parameter.encode(argument)
        if isinstance(value, str):
            found.append((parameter.name, value))
        elif isinstance(value, list | tuple | dict):
            found += _styled(parameter, value)
        else:
            found.append((parameter.name, text(value)))
    return found


def _styled(parameter: Parameter, value: Any) -> list[tuple[str, str]]:
    name = parameter.name
    if isinstance(value, dict) and parameter.style == "deepObject":
        return [(f"{name}[{key}]", text(one)) for key, one in value.items()]
    if parameter.explode:
        pairs = value.items() if isinstance(value, dict) else ((name, one) for one in value)
        return [(key, text(one)) for key, one in pairs]
    return [(name, _SEPARATORS[parameter.style].join(_texts(parameter, value)))]


_SEPARATORS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def cookies(parameters: Parameters, arguments: Arguments) -> dict[str, str]:
    """The header with the cookies of arguments, if there are any."""
    pairs = _pairs(parameters, arguments)
    return {"cookie": "; ".join(f"{name}={value}" for name, value in pairs)} if pairs else {}


def headers(parameters: Parameters, arguments: Arguments) -> dict[str, str]:
    """The headers of arguments; what is UNSET or None is left out."""
    found: dict[str, str] = {}
    for parameter, argument in zip(parameters, arguments, strict=True):
        if argument is UNSET or argument is None:
            continue
        if parameter.kind is TEXT and not isinstance(argument, str):
            raise TypeError(f"{parameter.argument} must be a text, not {argument!r}")
        found[parameter.name] = ",".join(_texts(parameter, parameter.encode(argument)))
    return found


def path(template: str, parameters: Parameters, arguments: Arguments) -> str:
    """The path of a URL: a template such as `/jobs/{}` with its arguments, escaped."""
    return template.format(*map(_in_path, parameters, arguments))


def _in_path(parameter: Parameter, argument: Any) -> str:
    texts = [quote(one, safe="") for one in _texts(parameter, parameter.encode(argument))]
    name, explode = parameter.name, parameter.explode
    if parameter.style == "label":
        return "." + ("." if explode else ",").join(texts)
    if parameter.style == "matrix":
        values = texts if explode else [",".join(texts)]
        return "".join(f";{name}={one}" for one in values)
    return ",".join(texts)


def _texts(parameter: Parameter, value: Any) -> list[str]:
    """The texts that a value consists of."""
    if isinstance(value, list | tuple):
        return [text(one) for one in value]
    if isinstance(value, dict):
        pairs = [(key, text(one)) for key, one in value.items()]
        if parameter.explode:
            return [f"{key}={one}" for key, one in pairs]
        return [part for pair in pairs for part in pair]
    return [text(value)]


def text(value: Any) -> str:
    """A value of JSON as text: `true`, `null` and objects as JSON has them."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def form(body: Model) -> dict[str, Any]:
    """A body in application/x-www-form-urlencoded: lists are repeated, objects are JSON."""
    return {
        name: [text(one) for one in value] if isinstance(value, list) else text(value)
        for name, value in body.to_dict().items()
        if value is not None
    }


def multipart(body: Model) -> RequestFiles:
    """A body in multipart/form-data: a part for each value, files and objects of their own type."""
    parts: RequestFiles = []
    values = [(one.name, getattr(body, one.attribute)) for one in body.schema_.properties]
    for name, value in [*values, *body.additional_properties.items()]:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, File):
                parts.append((name, one.to_tuple()))
            elif one is not UNSET and one is not None:
                parts.append((name, _part(one)))
    return parts


def _part(value: Any) -> tuple[None, bytes, str]:
    if isinstance(value, Model):
        value = value.to_dict()
    elif isinstance(value, datetime.datetime):
        value = TIME.encode(value)
    elif isinstance(value, datetime.date | uuid.UUID):
        value = str(value)
    media_type = "application/json" if isinstance(value, dict | list) else "text/plain"
    return None, text(value).encode(), media_type


def retry_token() -> str:
    """A token of Oracle's that makes it safe to send a request again."""
    return uuid.uuid4().hex
