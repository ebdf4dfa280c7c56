"""Which certificate authorities are trusted, by the variables that OCI, OpenSSL and others read."""

from __future__ import annotations

import os
import ssl

import httpx

from ..auth.files import expand, read_file
from ..auth.settings import Setting, from_environment
from ..errors import ConfigError

_VARIABLES = (
    "OCI_CLI_CERT_BUNDLE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)


def ca_setting() -> Setting | None:
    """File or folder of the authorities, in place of those that come with httpx."""
    return from_environment(*_VARIABLES)


def certificate_advice() -> str:
    """Which variable to set if a certificate is not trusted, as with a TLS-inspecting proxy."""
    if setting := ca_setting():
        return f"the trusted authorities are those of {setting.source}: {setting.value}"
    return "SSL_CERT_FILE can name a file with the certificate of your authority"


def ssl_context() -> ssl.SSLContext:
    """The context that verifies the service, or ConfigError."""
    setting = ca_setting()
    if setting is None:
        return httpx.create_ssl_context(trust_env=False)
    path, source = setting.value, setting.source
    try:
        folders = [expand(part) for part in path.split(os.pathsep)]
        if all(folder.is_dir() for folder in folders):
            return ssl.create_default_context(capath=os.pathsep.join(map(str, folders)))
        # From a file OpenSSL would skip a certificate that begins after a byte order mark.
        certificates = read_file(path).decode("ascii", "ignore")
    except OSError as error:
        raise ConfigError(f"{source}: {path}: {error.strerror}") from error
    try:
        # An empty text would mean the authorities of the system.
        return ssl.create_default_context(cadata=certificates or "-")
    except ssl.SSLError as error:
        raise ConfigError(f"{source}: {path} has no certificates in PEM form") from error
