"""Regions, their codes, and the domain of the realm that each belongs to."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from ..auth.files import read_file
from ..auth.settings import from_environment
from ..errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMERCIAL_DOMAIN = "oraclecloud.com"

# Where OCI's SDKs look for regions that they do not know. Source:
# https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdk_adding_new_region_endpoints.htm
_FILE = "~/.oci/regions-config.json"
_VARIABLE = "OCI_REGION_METADATA"
_DEFAULT_REALM = "OCI_DEFAULT_REALM"
_DOMAIN = "(?:[a-z0-9-]+[.])+[a-z]+"


def known_regions() -> Iterator[tuple[str, str, str]]:
    """Code, identifier and domain of each region that Oracle lists.

    Source: oci 2.189.0, regions_definitions.py; a test compares the two.
    """
    realms = json.loads(files("aidp_workbench.transport").joinpath("regions.json").read_bytes())
    for domain, regions in realms.items():
        for code, region in regions.items():
            yield code, region, domain


def region_and_domain(value: str, source: str) -> tuple[str, str]:
    """The identifier of a region and the domain of its realm, from its identifier or code.

    A region that is not known anywhere is taken as one of the default realm, or else of the
    commercial one. Raises ConfigError if `value`, which is from `source`, is neither, or a setting
    cannot be used.
    """
    name = value.lower()
    for code, region, domain in chain(known_regions(), _configured_regions()):
        if name in (code, region):
            return region, domain
    if not re.fullmatch("[a-z]{2}(-[a-z]+)+-[0-9]+", name):
        raise ConfigError(
            f"{source}: {value!r} is not a region such as us-ashburn-1, nor its code such as IAD"
        )
    realm = from_environment(_DEFAULT_REALM)
    domain = realm.value.lower() if realm else COMMERCIAL_DOMAIN
    if not re.fullmatch(_DOMAIN, domain):
        raise ConfigError(f"{_DEFAULT_REALM} {domain!r} is not a domain such as oraclecloud.com")
    return name, domain


def _configured_regions() -> Iterator[tuple[str, str, str]]:
    """The regions that the user has added, in the order of OCI's SDKs."""
    try:
        yield from _parsed(_FILE, read_file(_FILE))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise ConfigError(f"{_FILE}: {error.strerror}") from error
    if setting := from_environment(_VARIABLE):
        yield from _parsed(_VARIABLE, setting.value.encode())


def _parsed(source: str, text: bytes) -> Iterator[tuple[str, str, str]]:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{source} is not JSON: {error}") from error
    entries = cast("Sequence[Any]", parsed if isinstance(parsed, list) else [parsed])
    for entry in entries:
        match entry:
            case {
                "regionKey": str(code),
                "regionIdentifier": str(region),
                "realmDomainComponent": str(domain),
            } if re.fullmatch("[a-z0-9-]+", region, re.I) and re.fullmatch(_DOMAIN, domain, re.I):
                yield code.lower(), region.lower(), domain.lower()
            case _:
                raise ConfigError(
                    f"{source} must have regionKey, regionIdentifier and realmDomainComponent"
                )
