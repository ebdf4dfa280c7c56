"""Where the service is: from a region, or from a URL that the caller names."""

from __future__ import annotations

import re
from ipaddress import ip_address

import httpx

from ..auth.settings import Setting, choose
from ..errors import ConfigError
from .regions import region_and_domain


def find_host(base_url: object, region: Setting | None) -> Setting | None:
    """The URL of the service: the one that is named, or else that of the region; or ConfigError."""
    named = choose("base_url", base_url, "AIDP_ENDPOINT", "OCI_CLI_ENDPOINT")
    if named:
        return Setting(_checked_url(named.value, named.source), named.source)
    return Setting(host_of_region(region.value, region.source), "region") if region else None


def host_of_region(name: str, source: str = "region") -> str:
    """The URL of the service in a region, by identifier or code in any case; or ConfigError."""
    region, domain = region_and_domain(name, source)
    return f"https://aidp.{region}.oci.{domain}"


def _checked_url(url: str, source: str) -> str:
    """`url` without a trailing slash, or ConfigError. Plain http is for this machine only."""
    if "@" in url:  # neither the URL nor the message of httpx is quoted
        raise ConfigError(f"{source} must have no user and no password")
    try:
        parsed = httpx.URL(url)
        host = parsed.host
    except (httpx.InvalidURL, ValueError) as error:
        raise ConfigError(f"{source} {url!r} is not a URL: {error}") from error
    if parsed.scheme not in ("http", "https") or not is_reachable(parsed):
        raise ConfigError(f"{source} {url!r} is not a URL such as https://host")
    if parsed.query or parsed.fragment:
        raise ConfigError(f"{source} must have no query and no fragment")
    if parsed.scheme == "http" and not is_loopback(host):
        raise ConfigError(f"{source} {url!r} must be https: plain http is for loopback only")
    if version := re.search(r"/[0-9]{8}(?=/|$)", parsed.path):
        raise ConfigError(
            f"{source} {url!r} must end before {version[0]}: the version is part of each path"
        )
    return str(parsed).rstrip("/")


def is_reachable(url: httpx.URL) -> bool:
    """Whether host and port are well formed; nothing is looked up."""
    if url.port is not None and not 0 < url.port < 2**16:
        return False
    host = url.raw_host.decode("ascii")
    try:
        return bool(ip_address(host))
    except ValueError:
        return re.fullmatch(r"([a-z0-9_-]{1,63}[.])*[a-z0-9_-]{1,63}[.]?", host) is not None


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
