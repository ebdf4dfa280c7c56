"""The proxy to reach a URL through, by the usual environment variables."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec
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
    setting = _setting(url)
    return _proxy(setting) if setting else None


def proxy_setting(url: httpx.URL) -> Setting | None:
    """The proxy without its password, and the variable that names it."""
    setting = _setting(url)
    return Setting(str(_proxy(setting).url), setting.source) if setting else None


def _proxy(setting: Setting) -> httpx.Proxy:
    with suppress(httpx.InvalidURL, ValueError):
        proxy = httpx.Proxy(setting.value)
        if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
            raise ConfigError(
                f"{setting.source}: a SOCKS proxy needs: python3 -m pip install 'httpx[socks]'"
            )
        if is_reachable(proxy.url):
            return proxy
    # Not chained: httpx quotes what it takes for the port, which may be a part of a password.
    raise ConfigError(
        f"{setting.source}: not a URL such as http://proxy:3128; in a password # must be %23"
    )


def _setting(url: httpx.URL) -> Setting | None:
    proxies = getproxies()
    scheme = url.scheme if proxies.get(url.scheme) else "all"
    is_direct = is_loopback(url.host) or proxy_bypass(url.netloc.decode("ascii"))
    if is_direct or _is_excepted(url) or not proxies.get(scheme):
        return None
    variables = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    named = (variable for variable in variables if os.environ.get(variable))
    proxy = proxies[scheme] if "://" in proxies[scheme] else f"http://{proxies[scheme]}"
    return Setting(proxy, next(named, "proxy settings of the system"))


def _is_excepted(url: httpx.URL) -> bool:
    """Whether `NO_PROXY` has this host, in any form that curl, Go or Python know."""
    exceptions = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    return any(
        _includes(name, url.host) or _includes(name.removesuffix(f":{port}"), url.host)
        for name in exceptions.replace(",", " ").split()
    )


def _includes(exception: str, host: str) -> bool:
    """Whether an exception, which is `*`, an address, a range or a domain, includes `host`."""
    with suppress(ValueError):
        return ip_address(host) in ip_network(exception.strip("[]"), strict=False)
    name = exception.removeprefix("*").strip(".").lower()
    return exception == "*" or (name != "" and f".{host}".rstrip(".").endswith(f".{name}"))
