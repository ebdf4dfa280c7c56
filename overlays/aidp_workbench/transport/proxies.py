"""The proxy to reach a URL through, by the usual environment variables."""

from __future__ import annotations

import os
from contextlib import suppress
from ipaddress import ip_address, ip_network
from urllib.request import getproxies, proxy_bypass

import httpx

from ..auth.settings import Setting
from ..errors import ConfigError
from .hosts import is_loopback


def find_proxy(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy for `url`, or ConfigError. What is meant for this machine stays on it.

    httpx looks for it only if it makes the transport itself.
    """
    scheme, proxy = _choose(url)
    if not proxy:
        return None
    with suppress(httpx.InvalidURL):
        return httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
    # httpx quotes what it takes for the port, which may be a part of a password: it is no cause.
    raise ConfigError(f"{_source(scheme)}: not a URL; in a password # must be %23")


def proxy_setting(url: httpx.URL) -> Setting | None:
    """The proxy without its password, and the variable that names it."""
    proxy = find_proxy(url)
    return Setting(str(proxy.url), _source(_choose(url)[0])) if proxy else None


def _choose(url: httpx.URL) -> tuple[str, str | None]:
    proxies = getproxies()
    scheme = url.scheme if proxies.get(url.scheme) else "all"
    if is_loopback(url.host) or proxy_bypass(url.netloc.decode("ascii")) or _is_excepted(url.host):
        return scheme, None
    return scheme, proxies.get(scheme)


def _is_excepted(host: str) -> bool:
    """Whether `NO_PROXY` has a range of addresses with this one; names are not looked up."""
    exceptions = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    for exception in exceptions.replace(",", " ").split():
        with suppress(ValueError):
            if "/" in exception and ip_address(host) in ip_network(exception, strict=False):
                return True
    return False


def _source(scheme: str) -> str:
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), "proxy settings of the system")
