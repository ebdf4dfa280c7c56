"""`connect`: the generated client, with everything that Oracle asks of a caller."""

from __future__ import annotations

import platform
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

import httpx
from aidp_workbench_api import Client

from ._version import __version__
from .auth.oci_auth import OciAuth
from .errors import ConfigError
from .transport.body import ACCEPT_ENCODING
from .transport.hosts import checked_base_url, host_of_region, is_loopback, region_from_environment
from .transport.retry import RetryPolicy
from .transport.transport import DEFAULT_MAX_RESPONSE_SIZE, WorkbenchTransport

if TYPE_CHECKING:
    import os

    from .auth.credentials import AuthName
    from .auth.oci_signer import Signer

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
) -> Client:
    """The generated client, ready for `with` and `async with` and for its operations.

    Every attempt is signed anew, and errors are exceptions under `WorkbenchError`.

    Args:
        region: Region identifier, such as `us-ashburn-1`; else `OCI_CLI_REGION` or `OCI_REGION`,
            else the region of the credentials.
        profile: Name of the profile; else `OCI_CLI_PROFILE`, else `DEFAULT`.
        config_file: The file that holds it; else `OCI_CONFIG_FILE`, else `~/.oci/config`.
        base_url: Where the service is, in place of the host of the region. https, or http to
            this machine.
        auth: How to sign: `api_key` or `security_token` of the profile, `instance_principal` or
            `resource_principal` (both with the extra `oci`). Without it the profile decides.
        signer: A signer of the `oci` package, in place of profile and `auth`.
        timeout: Seconds to wait for the network in each step of an attempt; 10 to connect and 60
            for the rest if not given.
        retry: How often and how patiently to repeat; the defaults of Oracle's SDKs if not given.
        max_response_size: Bytes that the body of one answer may have, unpacked; 256 MiB if not
            given. More is a ResponseError.

    Raises:
        ConfigError: Region, URL or credentials cannot be used; the message says why.
    """
    oci_auth = OciAuth(profile=profile, config_file=config_file, auth=auth, signer=signer)
    if base_url is None:
        region = region or region_from_environment() or oci_auth.region
        if region is None:
            raise ConfigError("no region: pass one, or set OCI_REGION, or add it to the profile")
        url = host_of_region(region)
    else:
        url = checked_base_url(base_url)
    retry = _retry_policy(retry)
    if type(max_response_size) is not int or max_response_size < 1:
        raise ConfigError(
            f"max_response_size must be a number of bytes above 0, not {max_response_size!r}"
        )
    try:
        transport = WorkbenchTransport(
            oci_auth,
            retry,
            # It takes 30 ms to read the certificates, which plain http does not need.
            tls=httpx.create_ssl_context() if url.startswith("https:") else None,
            max_response_size=max_response_size,
            proxy=_proxy(httpx.URL(url)),
        )
    except (ImportError, OSError, ValueError) as error:
        raise ConfigError(f"proxy or CA settings of the environment: {error}") from error
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


def _retry_policy(retry: Any) -> RetryPolicy:
    if retry is None:
        return RetryPolicy()
    if not isinstance(retry, RetryPolicy):
        raise ConfigError(f"retry must be a RetryPolicy, not {retry!r}")
    return retry


def _timeout(seconds: Any) -> httpx.Timeout:
    if isinstance(seconds, httpx.Timeout):
        return seconds
    # A day is more than any network needs, and less than what sockets refuse.
    if not isinstance(seconds, int | float) or not 0 < seconds <= 86400:
        raise ConfigError(f"timeout must be a number of seconds above 0, not {seconds!r}")
    return httpx.Timeout(seconds)


def _proxy(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy for `url` by the usual environment variables, or ConfigError.

    httpx looks for it only if it makes the transport itself. What is meant for this machine stays
    on it.
    """
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy or is_loopback(url.host) or proxy_bypass(url.netloc.decode("ascii")):
        return None
    with suppress(httpx.InvalidURL):
        return httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
    # httpx quotes what it takes for the port, which may be a part of a password: it is no cause.
    raise ConfigError("proxy settings of the environment: not a URL; in a password # must be %23")
