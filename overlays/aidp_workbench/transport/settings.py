"""What is used to reach the service, and where each value came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import httpx

from ..auth.settings import Setting, choose
from .api import find_api_version
from .hosts import find_host
from .proxies import proxy_setting
from .tls import ca_setting

if TYPE_CHECKING:
    from ..auth.identity import Identity


class Settings(NamedTuple):
    """The settings of a client, without secrets; `None` is what is not used, or not known."""

    config_file: Setting | None
    profile: Setting | None
    auth: Setting
    user: Setting | None
    tenancy: Setting | None
    region: Setting | None
    host: Setting | None
    api_version: Setting
    proxy: Setting | None
    ca_file: Setting | None

    def __str__(self) -> str:
        """All in one line, for a log."""
        used = ((name, one) for name, one in self._asdict().items() if one)
        text = ", ".join(f"{name} {one.value} ({one.source})" for name, one in used)
        return text if text.isprintable() else repr(text)


def find_settings(
    identity: Identity,
    region: object,
    base_url: object,
    api_version: object,
    own_region: str | None = None,
) -> Settings:
    """The settings from the arguments of `connect`, the environment and `identity`; or ConfigError.

    `own_region` is what a principal, which finds its region when it signs, has found.
    """
    is_user = identity.auth.value == "api_key"
    place = choose("region", region) or identity.setting("region")
    if place is None and own_region:
        place = Setting(own_region, identity.auth.value)
    host = find_host(base_url, place)
    return Settings(
        config_file=identity.config_file,
        profile=identity.profile,
        auth=identity.auth,
        user=identity.setting("user") if is_user else None,
        tenancy=identity.setting("tenancy") if is_user else None,
        region=place,
        host=host,
        api_version=find_api_version(api_version),
        proxy=proxy_setting(httpx.URL(host.value)) if host else None,
        ca_file=ca_setting(),
    )
