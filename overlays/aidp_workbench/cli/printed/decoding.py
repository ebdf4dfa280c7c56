"""Decodes what a task printed: base64, then compression, then the character set."""

from __future__ import annotations

import binascii
import bz2
import codecs
import zlib
from base64 import b64decode
from typing import TYPE_CHECKING, NamedTuple, Protocol

from aidp_workbench import ResponseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aidp_workbench_api.models import RunOutputData

MOST = 256 * 1024 * 1024  # bytes, as for the body of a response

_BINARY = frozenset({"IMAGE_PNG", "IMAGE_JPEG", "APPLICATION_PDF"})
_RAW_DEFLATE, _ZLIB, _GZIP = -15, 15, 31  # `wbits` of zlib


class Part(NamedTuple):
    """One piece of an output.

    Attributes:
        kind: Such as `TEXT_PLAIN`.
        content: A text, or the bytes of what is none.
        is_cut: Whether compressed data ended before its end.
    """

    kind: str
    content: str | bytes
    is_cut: bool = False

    @property
    def data(self) -> bytes:
        """The bytes for a file: text as UTF-8."""
        if isinstance(self.content, bytes):
            return self.content
        return self.content.encode("utf-8", "backslashreplace")


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def decoded(data: RunOutputData) -> Part:
    """The content of a part. Raises ResponseError if its encoding is unknown, or damaged."""
    kind, value = str(data.type_ or "unknown"), data.value or ""
    if not data.is_base_64 and not data.compression:
        return Part(kind, value)
    try:
        content = b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ResponseError(f"{kind} is no base64: {error}") from None
    is_cut = False
    if data.compression:
        content, is_cut = _decompressed(content, str(data.compression))
    if kind in _BINARY or (not data.charset and not _is_text(content)):
        return Part(kind, content, is_cut)
    return Part(kind, _text(content, str(data.charset or "UTF_8")), is_cut)


def _decompressed(content: bytes, compression: str) -> tuple[bytes, bool]:
    """The content, and whether it ended before its end."""
    try:
        match compression:
            case "GZIP":
                return _inflated(content, lambda: zlib.decompressobj(_GZIP))
            case "BZIP2":
                return _inflated(content, bz2.BZ2Decompressor)
            case "DEFLATE":
                try:
                    return _inflated(content, lambda: zlib.decompressobj(_ZLIB))
                except zlib.error:  # some take the name for the format without a header
                    return _inflated(content, lambda: zlib.decompressobj(_RAW_DEFLATE))
            case _:
                raise ResponseError(f"compression {compression} is unknown to this program")
    except (zlib.error, OSError, ValueError) as error:
        raise ResponseError(f"{compression} data is damaged: {error}") from None


def _inflated(content: bytes, make: Callable[[], _Decompressor]) -> tuple[bytes, bool]:
    found: list[bytes] = []
    room = MOST
    while content:
        stream = make()
        found.append(stream.decompress(content, room + 1))
        room -= len(found[-1])
        if room < 0:
            raise ResponseError(f"it is longer than {MOST:,} bytes when unpacked")
        if not stream.eof:
            return b"".join(found), True
        content = stream.unused_data
    return b"".join(found), False


def _text(content: bytes, charset: str) -> str:
    if charset == "UTF_16" and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "UTF-16-BE"  # RFC 2781, 4.3
    try:
        name = codecs.lookup(charset.replace("_", "-")).name
        return content.decode(name, "backslashreplace").removeprefix("\ufeff")
    except LookupError:
        raise ResponseError(f"character set {charset} is unknown to this program") from None


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeError:
        return False
