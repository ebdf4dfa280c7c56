"""The body of an answer, unpacked while it comes in, so that its size can be bounded."""

from __future__ import annotations

import zlib

import httpx

from ..errors import ResponseError

# What `Body` unpacks; all that may be offered to a service.
ACCEPT_ENCODING = "gzip"


class Body:
    """Takes the raw chunks of an answer and gives its content.

    httpx would unpack whatever a chunk turns into: a thousand times its size, or more.

    Raises:
        ResponseError: The content is larger than `limit` bytes.
        httpx.DecodingError: It is cut or damaged, or packed in a way that nobody asked for.
    """

    def __init__(self, head: httpx.Response, limit: int) -> None:
        self._head = head
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        encoding = head.headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise httpx.DecodingError(f"content-encoding {encoding!r}, which was not asked for")
        self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None

    def add(self, chunk: bytes) -> None:
        if self._gzip is not None:
            try:
                chunk = self._gzip.decompress(chunk, self._limit - self._size + 1)
            except zlib.error as error:
                raise httpx.DecodingError(f"damaged gzip: {error}") from error
        self._size += len(chunk)
        if self._size > self._limit:
            reason = f"the answer is larger than {self._limit} bytes"
            raise ResponseError(reason).answering(self._head)
        self._parts.append(chunk)

    def content(self) -> bytes:
        if self._gzip is not None and self._parts and not self._gzip.eof:
            raise httpx.DecodingError("cut gzip")
        return b"".join(self._parts)
