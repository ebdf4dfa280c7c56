"""Regions, their codes, and the domain of the realm that each belongs to."""

from __future__ import annotations

import json
import os
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from ..auth.files import read_file
from ..errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMERCIAL_DOMAIN = "oraclecloud.com"
# Source: oci 2.189.0, regions_definitions.py; a test compares the two.
_REALMS = {
    "oraclecloud.com": (
        "lej=af-casablanca-1 jnb=af-johannesburg-1 hsg=ap-batam-1 yny=ap-chuncheon-1"
        " onm=ap-delhi-1 hyd=ap-hyderabad-1 jbp=ap-kulai-2 mel=ap-melbourne-1"
        " bom=ap-mumbai-1 kix=ap-osaka-1 icn=ap-seoul-1 sin=ap-singapore-1"
        " xsp=ap-singapore-2 syd=ap-sydney-1 nrt=ap-tokyo-1 yul=ca-montreal-1"
        " yyz=ca-toronto-1 ams=eu-amsterdam-1 fra=eu-frankfurt-1 mad=eu-madrid-1"
        " orf=eu-madrid-3 mrs=eu-marseille-1 lin=eu-milan-1 cdg=eu-paris-1"
        " arn=eu-stockholm-1 nrq=eu-turin-1 zrh=eu-zurich-1 mtz=il-jerusalem-1"
        " auh=me-abudhabi-1 dxb=me-dubai-1 jed=me-jeddah-1 ruh=me-riyadh-1"
        " mty=mx-monterrey-1 qro=mx-queretaro-1 bog=sa-bogota-1 scl=sa-santiago-1"
        " gru=sa-saopaulo-1 vap=sa-valparaiso-1 vcp=sa-vinhedo-1 cwl=uk-cardiff-1"
        " lhr=uk-london-1 iad=us-ashburn-1 ord=us-chicago-1 phx=us-phoenix-1"
        " aga=us-saltlake-2 sjc=us-sanjose-1"
    ),
    "oraclecloud.eu": "str=eu-frankfurt-2 vll=eu-madrid-2",
    "oraclecloud8.com": "nja=ap-chiyoda-1 ukb=ap-ibaraki-1",
    "oraclecloud9.com": "mct=me-dcc-muscat-1 ibr=me-ibri-1",
    "oraclecloud10.com": "wga=ap-dcc-canberra-1",
    "oraclecloud14.com": (
        "ork=eu-dcc-dublin-1 snn=eu-dcc-dublin-2 bgy=eu-dcc-milan-1 mxp=eu-dcc-milan-2"
        " dus=eu-dcc-rating-1 dtm=eu-dcc-rating-2"
    ),
    "oraclecloud15.com": "dac=ap-dcc-gazipur-1",
    "oraclecloud20.com": "beg=eu-jovanovac-1",
    "oraclecloud21.com": "vve=me-alrayyan-1 doh=me-dcc-doha-1",
    "oraclecloud23.com": "ebb=us-somerset-1 ebl=us-thames-1",
    "oraclecloud24.com": "avf=eu-crissier-1 avz=eu-dcc-zurich-1",
    "oraclecloud26.com": "ahu=me-abudhabi-3 rba=me-alain-1",
    "oraclecloud29.com": "rkt=me-abudhabi-2 shj=me-abudhabi-4",
    "oraclecloud35.com": "bno=ap-chuncheon-2 dtz=ap-seoul-2 dln=ap-suwon-1",
    "oraclecloud42.com": "yxj=us-ashburn-2 pgc=us-newark-1",
    "oraclecloud51.com": "jsk=eu-budapest-1",
    "oraclecloud52.com": "hnw=sa-riodejaneiro-1",
    "oraclegovcloud.uk": "brs=uk-gov-cardiff-1 ltn=uk-gov-london-1",
    "oraclegovcloud.com": (
        "ric=us-gov-ashburn-1 pia=us-gov-chicago-1 tus=us-gov-phoenix-1 lfi=us-langley-1"
        " luf=us-luke-1"
    ),
}
# Code, identifier and domain.
REGIONS = [
    (*pair.split("="), domain) for domain, pairs in _REALMS.items() for pair in pairs.split()
]

# Where OCI's SDKs look for regions that they do not know. Source:
# https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdk_adding_new_region_endpoints.htm
_FILE = "~/.oci/regions-config.json"
_VARIABLE = "OCI_REGION_METADATA"
_DEFAULT_REALM = "OCI_DEFAULT_REALM"
_DOMAIN = "(?:[a-z0-9-]+[.])+[a-z]+"


def region_and_domain(value: str, source: str) -> tuple[str, str]:
    """The identifier of a region and the domain of its realm, from its identifier or code.

    A region that is not known anywhere is taken as one of the default realm, or else of the
    commercial one. Raises ConfigError if `value`, which is from `source`, is neither, or a setting
    cannot be used.
    """
    name = value.lower()
    for code, region, domain in chain(REGIONS, _configured_regions()):
        if name in (code, region):
            return region, domain
    if not re.fullmatch("[a-z]{2}(-[a-z]+)+-[0-9]+", name):
        raise ConfigError(
            f"{source}: {value!r} is not a region such as us-ashburn-1, nor its code such as IAD"
        )
    domain = os.environ.get(_DEFAULT_REALM, "").strip().lower() or COMMERCIAL_DOMAIN
    if not re.fullmatch(_DOMAIN, domain):
        raise ConfigError(f"{_DEFAULT_REALM} {domain!r} is not a domain such as oraclecloud.com")
    return name, domain


def _configured_regions() -> Iterator[tuple[str, str, str]]:
    """Those of the user's file and variable, in the order in which OCI's SDKs look."""
    try:
        yield from _parsed(_FILE, read_file(_FILE))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise ConfigError(f"{_FILE}: {error.strerror}") from error
    if text := os.environ.get(_VARIABLE, "").strip():
        yield from _parsed(_VARIABLE, text.encode())


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
