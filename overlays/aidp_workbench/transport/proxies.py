"""The proxy to reach a URL through, by the usual environment variables."""

from __future__ import annotations

import os
from contextlib import suppress
from ipaddress import ip_address, ip_network
from urllib.request import getproxies, proxy_bypass

import httpx

from ..auth.settings import Setting
from ..errors import ConfigError
from .hosts import is_loopback, is_reachable


def find_proxy(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy for `url`, or ConfigError. Requests to this machine use none.

    httpx looks for it only if it makes the transport itself.
    """
    scheme, proxy = _choose(url)
    if not proxy:
        return None
    with suppress(httpx.InvalidURL):
        found = httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
        if is_reachable(found.url):
            return found
    # Not chained: httpx quotes what it takes for the port, which may be a part of a password.
    raise ConfigError(f"{_source(scheme)}: not a URL; in a password # must be %23")


def proxy_setting(url: httpx.URL) -> Setting | None:
    """The proxy without its password, and the variable that names it."""
    proxy = find_proxy(url)
    return Setting(str(proxy.url), _source(_choose(url)[0])) if proxy else None


def _choose(url: httpx.URL) -> tuple[str, str | None]:
    proxies = getproxies()
    scheme = url.scheme if proxies.get(url.scheme) else "all"
    if is_loopback(url.host) or proxy_bypass(url.netloc.decode("ascii")) or _is_excepted(url):
        return scheme, None
    return scheme, proxies.get(scheme)


def _is_excepted(url: httpx.URL) -> bool:
    """Whether `NO_PROXY` has this host, in any of the forms that curl, Go and Python know.

    Names are not looked up.
    """
    exceptions = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    return any(
        _includes(one, url.host) or _includes(one.removesuffix(f":{port}"), url.host)
        for one in exceptions.replace(",", " ").split()
    )


def _includes(exception: str, host: str) -> bool:
    """Whether an exception is `*`, an address, a range with this one, or a name at the end."""
    with suppress(ValueError):
        return ip_address(host) in ip_network(exception.strip("[]"), strict=False)
    name = exception.removeprefix("*").strip(".").lower()
    return exception == "*" or (name != "" and f".{host}".rstrip(".").endswith(f".{name}"))


def _source(scheme: str) -> str:
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), "proxy settings of the system")
