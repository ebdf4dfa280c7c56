"""The body of a response, decompressed while it is received, so that its size is bounded."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# The only encoding that `Body` decodes, hence the only one to offer.
ACCEPT_ENCODING = "gzip"


class DecodingError(Exception):
    """The body is truncated or damaged, or has an encoding that was not requested."""


class BodyTooLargeError(Exception):
    """The body is larger than the limit."""


class Body:
    """Collects the raw chunks of a response. httpx would decompress a chunk to any size.

    Raises:
        BodyTooLargeError: The content is larger than `limit` bytes.
        DecodingError: It cannot be decompressed.
    """

    def __init__(self, headers: Iterable[tuple[bytes, bytes]], limit: int) -> None:
        self._limit = limit
        self._has_data = False
        self._buffer = io.BytesIO()  # a list of chunks could be of single bytes
        values = [value for name, value in headers if name.lower() == b"content-encoding"]
        encoding = b",".join(values).strip().lower()
        if encoding not in (b"", b"identity", b"gzip", b"x-gzip"):
            raise DecodingError(
                f"content-encoding {encoding.decode('latin-1')!r}, which was not requested"
            )
        self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if b"gzip" in encoding else None

    def add(self, chunk: bytes) -> None:
        self._has_data = self._has_data or bool(chunk)
        if self._gzip is not None:
            chunk = self._unpacked(chunk, self._gzip)
        self._buffer.write(chunk)
        if self._buffer.tell() > self._limit:
            raise BodyTooLargeError(f"the answer is larger than {self._limit} bytes")

    def _unpacked(self, chunk: bytes, gzip: Any) -> bytes:
        try:
            unpacked: bytes = gzip.decompress(chunk, self._limit - self._buffer.tell() + 1)
        except zlib.error as error:
            raise DecodingError(f"damaged gzip: {error}") from error
        if gzip.unused_data:
            raise DecodingError("data after the end of gzip")
        return unpacked

    def content(self) -> bytes:
        if self._gzip is not None and self._has_data and not self._gzip.eof:
            raise DecodingError("cut gzip")
        return self._buffer.getvalue()
