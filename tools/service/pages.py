"""Pages of a listing, and the tokens that lead from one to the next."""

import base64
import hmac
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tools.service.errors import invalid_parameter

NEXT_PAGE = "opc-next-page"
_DEFAULT_LIMIT = 100

# Together a multiple of three, so that base64 needs no padding.
_OFFSET_BYTES = 8
_SEAL_BYTES = 16

T = TypeVar("T")


class PageTokens:
    """Opaque tokens that only this service can make and only their own query can use."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def issue(self, query: object, offset: int) -> str:
        start = offset.to_bytes(_OFFSET_BYTES, "big")
        return base64.urlsafe_b64encode(start + self._seal(query, start)).decode()

    def redeem(self, query: object, token: str) -> int:
        """The offset to resume at; `ValueError` if the token was not issued for this query."""
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
        start, seal = raw[:_OFFSET_BYTES], raw[_OFFSET_BYTES:]
        if not hmac.compare_digest(seal, self._seal(query, start)):
            raise ValueError("not a page token of this query")
        return int.from_bytes(start, "big")

    def _seal(self, query: object, start: bytes) -> bytes:
        return hmac.digest(self._secret, start + repr(query).encode(), "sha256")[:_SEAL_BYTES]

    def page(
        self, query: object, parameters: Mapping[str, Any], selected: Sequence[T]
    ) -> tuple[Sequence[T], dict[str, str]]:
        """What of a selection the parameters `page` and `limit` ask for, and the headers for it.

        Raises `ApiError` if `page` is no token of this query.
        """
        try:
            start = self.redeem(query, parameters["page"]) if "page" in parameters else 0
        except ValueError as error:
            raise invalid_parameter("page: not a token of this query") from error
        end = start + parameters.get("limit", _DEFAULT_LIMIT)
        headers = {NEXT_PAGE: self.issue(query, end)} if end < len(selected) else {}
        return selected[start:end], headers
