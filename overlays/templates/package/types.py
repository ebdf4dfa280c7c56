"""What models and operations share: UNSET, files and responses."""

from collections.abc import Mapping, MutableMapping
from http import HTTPStatus
from typing import IO, BinaryIO, Generic, Literal, Self, TypeVar

from attrs import define


class Unset:
    """The type of `UNSET`: the service said nothing, or the caller leaves an argument out."""

    _only: "Unset | None" = None

    def __new__(cls) -> Self:
        if not isinstance(cls._only, cls):
            cls._only = super().__new__(cls)
        return cls._only

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"  # so that a copy, pickled or not, is the same object


UNSET: Unset = Unset()

# What `httpx.Client(files=…)` takes.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # file name, content, content type
    tuple[str | None, FileContent, str | None]
    # file name, content, content type, headers
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """A file to be sent, or one that came."""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The form that httpx takes for multipart/form-data."""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


@define
class Response(Generic[T]):
    """A response: its body, also parsed, and its headers."""

    status_code: HTTPStatus
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


__all__ = ["UNSET", "File", "FileTypes", "RequestFiles", "Response", "Unset"]
