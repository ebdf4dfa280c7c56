"""Where the service is: from a region, or from a URL that the caller names."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address

import httpx

from ..errors import ConfigError

# Domains of Oracle's realms, and the regions outside the commercial realm. Source: oci 2.189.0,
# regions_definitions.py; a test holds the two side by side.
COMMERCIAL_DOMAIN = "oraclecloud.com"
REGIONS_BY_DOMAIN = {
    "oraclegovcloud.com": (
        "us-gov-ashburn-1 us-gov-chicago-1 us-gov-phoenix-1 us-langley-1 us-luke-1"
    ),
    "oraclegovcloud.uk": "uk-gov-cardiff-1 uk-gov-london-1",
    "oraclecloud.eu": "eu-frankfurt-2 eu-madrid-2",
    "oraclecloud8.com": "ap-chiyoda-1 ap-ibaraki-1",
    "oraclecloud9.com": "me-dcc-muscat-1 me-ibri-1",
    "oraclecloud10.com": "ap-dcc-canberra-1",
    "oraclecloud14.com": (
        "eu-dcc-dublin-1 eu-dcc-dublin-2 eu-dcc-milan-1 eu-dcc-milan-2 eu-dcc-rating-1"
        " eu-dcc-rating-2"
    ),
    "oraclecloud15.com": "ap-dcc-gazipur-1",
    "oraclecloud20.com": "eu-jovanovac-1",
    "oraclecloud21.com": "me-alrayyan-1 me-dcc-doha-1",
    "oraclecloud23.com": "us-somerset-1 us-thames-1",
    "oraclecloud24.com": "eu-crissier-1 eu-dcc-zurich-1",
    "oraclecloud26.com": "me-abudhabi-3 me-alain-1",
    "oraclecloud29.com": "me-abudhabi-2 me-abudhabi-4",
    "oraclecloud35.com": "ap-chuncheon-2 ap-seoul-2 ap-suwon-1",
    "oraclecloud42.com": "us-ashburn-2 us-newark-1",
    "oraclecloud51.com": "eu-budapest-1",
    "oraclecloud52.com": "sa-riodejaneiro-1",
}


def region_from_environment() -> str | None:
    return os.environ.get("OCI_CLI_REGION") or os.environ.get("OCI_REGION") or None


def host_of_region(region: str) -> str:
    """The URL of the service in `region`; a region that is not known is taken as commercial."""
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]+", str(region)):
        raise ConfigError(f"{region!r} is not a region identifier, such as us-ashburn-1")
    domains = (domain for domain, regions in REGIONS_BY_DOMAIN.items() if region in regions.split())
    return f"https://aidp.{region}.oci.{next(domains, COMMERCIAL_DOMAIN)}"


def checked_base_url(url: str) -> str:
    """`url` without a trailing slash, or ConfigError. Plain http is for this machine only."""
    if "@" in str(url):  # not quoted, nor is what httpx says of it
        raise ConfigError("base_url must have no user and no password")
    try:
        parsed = httpx.URL(url)
        host = parsed.host
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise ConfigError(f"base_url {url!r} is not a URL: {error}") from error
    if parsed.scheme not in ("http", "https") or not host:
        raise ConfigError(f"base_url {url!r} is not a URL such as https://host")
    if parsed.query or parsed.fragment:
        raise ConfigError("base_url must have no query and no fragment")
    if parsed.scheme == "http" and not is_loopback(host):
        raise ConfigError(f"base_url {url!r} must be https: plain http is for loopback only")
    return str(parsed).rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
