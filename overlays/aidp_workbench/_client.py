"""`connect`: the generated client with signing, retries and errors."""

from __future__ import annotations

import logging
import platform
import sys
from typing import TYPE_CHECKING, Any

import httpx
from aidp_workbench_api import Client

from ._version import __version__
from .auth.oci_auth import OciAuth
from .errors import ConfigError
from .transport.api import ApiTransport
from .transport.body import ACCEPT_ENCODING
from .transport.proxies import find_proxy
from .transport.retry import RetryPolicy
from .transport.settings import find_settings
from .transport.tls import ssl_context
from .transport.transport import DEFAULT_MAX_RESPONSE_SIZE

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from .auth.oci_signer import Signer
    from .auth.settings import AuthName
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
    settings = find_settings(oci_auth.identity, region, base_url, api_version, oci_auth.region)
    if settings.host is None:
        raise ConfigError("no region: pass one, or set OCI_REGION, or add it to the profile")
    logger.debug("connect: %s", settings)
    url = settings.host.value
    retry = RetryPolicy() if retry is None else _checked_policy(retry)
    if not isinstance(timeout, httpx.Timeout):
        # A day is longer than any network needs, and short enough for sockets to accept.
        _check_above_0("timeout", timeout, "seconds", most=86400)
        timeout = httpx.Timeout(timeout)
    _check_above_0("max_response_size", max_response_size, "bytes", int)
    if rate is not None:
        _check_above_0("rate", rate, "requests a second")
    transport = ApiTransport(
        oci_auth,
        retry,
        # It takes 30 ms to read the certificates, which plain http does not need.
        tls=ssl_context() if url.startswith("https:") else None,
        max_response_size=max_response_size,
        proxy=find_proxy(httpx.URL(url)),
        rate=rate,
        api_version=settings.api_version.value,
        observer=_observer(on_drift) if on_drift else None,
    )
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
        timeout=timeout,
        httpx_args={"transport": transport},
    )


def _checked_policy(retry: Any) -> RetryPolicy:
    if not isinstance(retry, RetryPolicy):
        raise ConfigError(f"retry must be a RetryPolicy, not {retry!r}")
    return retry


def _check_above_0(
    name: str, value: Any, unit: str, kind: Any = int | float, most: float = sys.float_info.max
) -> None:
    if isinstance(value, bool) or not isinstance(value, kind) or not 0 < value <= most:
        raise ConfigError(f"{name} must be a number of {unit} above 0, not {value!r}")


def _observer(on_drift: Callable[[Drift], object]) -> Observer:
    from .drift import Observer  # only who asks for it pays for it

    return Observer(on_drift)
