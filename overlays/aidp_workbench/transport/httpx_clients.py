"""Clients of httpx that send and keep the same as its own, with less work for each request.

httpx parses three URLs for a request, character by character, and makes a request of urllib's for
each response, to look for cookies in it. That is a quarter of what a request costs beside its
signature.
"""

from __future__ import annotations

import re
from typing import Any

import httpx
from httpx._client import BaseClient


class _Lean(BaseClient):
    """What both clients do in less time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._cookies = _Cookies(self._cookies)
        self.auth = self.auth or httpx.Auth()  # or httpx looks for a user in each URL

    def build_request(
        self, method: str, url: httpx.URL | str, *, params: Any = None, **options: Any
    ) -> httpx.Request:
        url, params = self._whole_url(url, params)
        return super().build_request(method, url, params=params, **options)

    def _whole_url(self, url: httpx.URL | str, params: Any) -> tuple[httpx.URL | str, Any]:
        """URL and parameters in one, if they are a path and its parameters."""
        if not params or self.params or not isinstance(url, str) or not _PATH.fullmatch(url):
            return url, params
        query = str(httpx.QueryParams(params))
        if len(url) + len(query) > _LENGTH:
            return url, params
        return _Url(self.base_url, url, query), None


class HttpxClient(_Lean, httpx.Client):
    """Its `httpx.Client`."""


class AsyncHttpxClient(_Lean, httpx.AsyncClient):
    """Its `httpx.AsyncClient`."""


class _Cookies(httpx.Cookies):
    def extract_cookies(self, response: httpx.Response) -> None:
        if "set-cookie" in response.headers:
            super().extract_cookies(response)


# What httpx leaves as it is: segments that are escaped already, and no dots alone.
_PATH = re.compile(r"(?:/(?!\.\.?(?:/|$))(?:[\w.~-]|%[\dA-F]{2})+)+", re.ASCII)
# Characters; whether a longer URL is too long is for httpx to say.
_LENGTH = 10_000


class _Url(httpx.URL):
    """A path, escaped, and a query, encoded, below a base URL."""

    def __init__(self, base_url: httpx.URL, path: str, query: str) -> None:
        super().__init__(base_url)
        parts = self._uri_reference
        self._uri_reference = parts._replace(path=parts.path.removesuffix("/") + path, query=query)
