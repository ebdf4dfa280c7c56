"""`connect`: the generated client with signing, retries and errors."""

from __future__ import annotations

import logging
import math
import platform
from typing import TYPE_CHECKING, Any

import httpx
from aidp_workbench_api import Client

from ._version import __version__
from .auth.oci_auth import OciAuth
from .auth.settings import AuthName, Setting
from .errors import ConfigError
from .transport.api import ApiTransport, find_api_version
from .transport.body import ACCEPT_ENCODING
from .transport.hosts import find_host, find_region
from .transport.proxies import find_proxy, proxy_setting
from .transport.retry import RetryPolicy
from .transport.tls import ca_setting, ssl_context
from .transport.transport import DEFAULT_MAX_RESPONSE_SIZE

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from .auth.identity import Identity
    from .auth.oci_signer import Signer
    from .drift import Drift, Observer

logger = logging.getLogger("aidp_workbench")

# Seconds; those of Oracle's SDKs. httpx alone would give up after 5.
DEFAULT_TIMEOUT = httpx.Timeout(60.0, connect=10.0)


def connect(
    region: str | None = None,
    *,
    profile: str | None = None,
    config_file: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
    auth: AuthName | None = None,
    signer: Signer | None = None,
    timeout: float | httpx.Timeout = DEFAULT_TIMEOUT,
    retry: RetryPolicy | None = None,
    max_response_size: int = DEFAULT_MAX_RESPONSE_SIZE,
    rate: float | None = None,
    api_version: str | None = None,
    on_drift: Callable[[Drift], object] | None = None,
) -> Client:
    """The generated client, ready for `with` and `async with` and for its operations.

    Every attempt has its own signature, and errors are exceptions under `WorkbenchError`.

    Args:
        region: Region identifier, such as `us-ashburn-1`, or its code, such as `IAD`; else
            `OCI_CLI_REGION` or `OCI_REGION`, else the region of the profile or the principal.
        profile: Name of the profile; else `OCI_CLI_PROFILE`, else `default_profile` of
            `~/.oci/oci_cli_rc`, else `DEFAULT`.
        config_file: The file that holds it; else `OCI_CLI_CONFIG_FILE` or `OCI_CONFIG_FILE`, else
            `~/.oci/config`.
        base_url: Where the service is, in place of the host of the region; else `AIDP_ENDPOINT` or
            `OCI_CLI_ENDPOINT`. https, or http to this machine.
        auth: How to sign; else `OCI_CLI_AUTH`, else as the profile says. `api_key` and
            `security_token` of the profile; with the extra `oci` also its delegation token
            (`instance_obo_user`), or what the program runs on (`instance_principal`,
            `resource_principal`, `oke_workload_identity`).
        signer: A signer of the `oci` package, in place of profile and `auth`.
        timeout: Seconds to wait for the network in each step of an attempt; 10 to connect and 60
            for the rest if not given.
        retry: How often and how long to retry; the defaults of Oracle's SDKs if not given.
        max_response_size: Most bytes of the body of a response, decompressed; 256 MiB if not
            given. More is a ResponseError.
        rate: Requests a second at most, retries included, and for each process if it forks; no
            limit if not given. The service may ask for a slower rate.
        api_version: `20240831` for tenancies that have only this older version of the API; else
            `AIDP_API_VERSION`, else the latest.
        on_drift: Called with each kind of difference between what the service says and what this
            client knows, once for each; see `aidp_workbench.drift`.

    Raises:
        ConfigError: Region, URL or credentials cannot be used; the message says why.
    """
    oci_auth = OciAuth(profile=profile, config_file=config_file, auth=auth, signer=signer)
    place = find_region(oci_auth.identity, region)
    if place is None and oci_auth.region:
        place = Setting(oci_auth.region, oci_auth.identity.auth.value)
    host = find_host(base_url, place)
    if host is None:
        raise ConfigError("no region: pass one, or set OCI_REGION, or add it to the profile")
    url = host.value
    version = find_api_version(api_version)
    _log(oci_auth.identity, region, base_url, api_version)
    retry = _retry_policy(retry)
    if type(max_response_size) is not int or max_response_size < 1:
        raise ConfigError(
            f"max_response_size must be a number of bytes above 0, not {max_response_size!r}"
        )
    _check_rate(rate)
    try:
        transport = ApiTransport(
            oci_auth,
            retry,
            # It takes 30 ms to read the certificates, which plain http does not need.
            tls=ssl_context() if url.startswith("https:") else None,
            max_response_size=max_response_size,
            proxy=find_proxy(httpx.URL(url)),
            rate=rate,
            api_version=version.value,
            observer=_observer(on_drift) if on_drift else None,
        )
    except (ImportError, ValueError) as error:  # such as a SOCKS proxy without its package
        raise ConfigError(f"proxy settings of the environment: {error}") from error
    client = f"aidp-workbench/{__version__}"
    headers = {
        "accept": "application/json",
        "accept-encoding": ACCEPT_ENCODING,
        "user-agent": f"{client} (Python {platform.python_version()}; {platform.system()})",
        "opc-client-info": client,
    }
    if retry.attempts > 1:
        headers["opc-client-retries"] = "true"
    return Client(
        base_url=url,
        headers=headers,
        timeout=_timeout(timeout),
        httpx_args={"transport": transport},
    )


def describe(
    identity: Identity,
    region: str | None,
    base_url: str | None,
    api_version: str | None = None,
) -> dict[str, Setting | None]:
    """What is used to reach the service, and where each value came from; no secrets.

    Region and host are `None` for a principal, which finds its region only when it signs.
    """
    is_user = identity.auth.value == "api_key"
    host = find_host(base_url, place := find_region(identity, region))
    return {
        "config_file": identity.config_file,
        "profile": identity.profile,
        "auth": identity.auth,
        "user": identity.setting("user") if is_user else None,
        "tenancy": identity.setting("tenancy") if is_user else None,
        "region": place,
        "host": host,
        "api_version": find_api_version(api_version),
        "proxy": proxy_setting(httpx.URL(host.value)) if host else None,
        "ca_file": ca_setting(),
    }


def _log(
    identity: Identity, region: str | None, base_url: str | None, api_version: str | None
) -> None:
    if logger.isEnabledFor(logging.DEBUG):
        settings = describe(identity, region, base_url, api_version).items()
        text = ", ".join(f"{name} {used.value} ({used.source})" for name, used in settings if used)
        logger.debug("connect: %s", text if text.isprintable() else repr(text))


def _retry_policy(retry: Any) -> RetryPolicy:
    if retry is None:
        return RetryPolicy()
    if not isinstance(retry, RetryPolicy):
        raise ConfigError(f"retry must be a RetryPolicy, not {retry!r}")
    return retry


def _check_rate(rate: Any) -> None:
    if rate is not None and not (isinstance(rate, int | float) and 0 < rate < math.inf):
        raise ConfigError(f"rate must be a number of requests a second above 0, not {rate!r}")


def _observer(on_drift: Callable[[Drift], object]) -> Observer:
    from .drift import Observer  # only who asks for it pays for it

    return Observer(on_drift)


def _timeout(seconds: Any) -> httpx.Timeout:
    if isinstance(seconds, httpx.Timeout):
        return seconds
    # Longer than any network needs, and short enough for sockets to accept.
    if not isinstance(seconds, int | float) or not 0 < seconds <= 86400:
        raise ConfigError(f"timeout must be a number of seconds above 0, not {seconds!r}")
    return httpx.Timeout(seconds)
