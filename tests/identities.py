"""Homes in which several places say who signs; our client and Oracle's own are tried in them."""

from __future__ import annotations

import base64
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SOURCES = (
    "argument profile",
    "argument config_file",
    "OCI_CLI_USER",
    "OCI_CLI_TENANCY",
    "OCI_CLI_FINGERPRINT",
    "OCI_CLI_SECURITY_TOKEN_FILE",
    "OCI_CLI_PROFILE",
    "OCI_CLI_CONFIG_FILE",
    "default_profile",
)
PAIRS = [*combinations(SOURCES, 2)]

_PROFILES = ("DEFAULT", "argument", "variable", "rc")
_FINGERPRINT = ":".join(["00"] * 14)


class Case(NamedTuple):
    """What a client is given, and the keyId that it must sign with."""

    arguments: dict[str, str]
    environment: dict[str, str]
    key_id: str


def write_home(home: Path, key: bytes) -> None:
    """Three configuration files with four profiles each, each with a different user."""
    (home / ".oci").mkdir()
    (home / "key.pem").write_bytes(key + b"OCI_API_KEY\n")
    (home / "token-variable").write_text(_token("variable"))
    for file in ("default", "argument", "variable"):
        text = "".join(_profile(home, file, profile) for profile in _PROFILES)
        _config_file(home, file).write_text(text)


def _config_file(home: Path, file: str) -> Path:
    return home / ".oci" / ("config" if file == "default" else f"config-{file}")


def _profile(home: Path, file: str, profile: str) -> str:
    token_file = home / f"token-{file}-{profile}"
    token_file.write_text(_token(f"{file}-{profile}"))
    tenancy, user, fingerprint = _names(file, profile)
    return (
        f"[{profile}]\ntenancy={tenancy}\nuser={user}\nfingerprint={fingerprint}\n"
        f"key_file={home}/key.pem\nregion=us-ashburn-1\nsecurity_token_file={token_file}\n"
    )


def _names(file: str, profile: str) -> list[str]:
    name = f"{file}{profile}".lower()
    number = f"{len(file):02x}:{_PROFILES.index(profile):02x}"
    return [f"ocid1.tenancy.oc1..{name}", f"ocid1.user.oc1..{name}", f"{_FINGERPRINT}:{number}"]


def _token(name: str) -> str:
    """A JSON Web Token that ends in the year 2286, as Oracle's clients want one."""
    signature = base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
    return f"eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjk5OTk5OTk5OTl9.{signature}"


def case(home: Path, sources: Sequence[str], auth: str) -> Case:
    """What these sources give, in a home folder that was written."""
    file, profile = "default", "DEFAULT"
    arguments: dict[str, str] = {}
    environment: dict[str, str] = {}
    rc = home / ".oci" / "oci_cli_rc"
    rc.unlink(missing_ok=True)
    for source in reversed(sources):  # the stronger one comes last
        match source:
            case "argument profile":
                arguments["profile"] = profile = "argument"
            case "OCI_CLI_PROFILE":
                environment[source] = profile = "variable"
            case "default_profile":
                profile = "rc"
                rc.write_text("[OCI_CLI_SETTINGS]\ndefault_profile=rc\n")
            case "argument config_file":
                file = "argument"
                arguments["config_file"] = str(_config_file(home, file))
            case "OCI_CLI_CONFIG_FILE":
                file = "variable"
                environment[source] = str(_config_file(home, file))
            case "OCI_CLI_SECURITY_TOKEN_FILE":
                environment[source] = str(home / "token-variable")
            case "OCI_CLI_FINGERPRINT":
                environment[source] = f"{_FINGERPRINT}:ff:ff"
            case _:
                kind = source.removeprefix("OCI_CLI_").lower()
                environment[source] = f"ocid1.{kind}.oc1..variable"
    if auth == "security_token":
        in_variable = "OCI_CLI_SECURITY_TOKEN_FILE" in environment
        token = _token("variable" if in_variable else f"{file}-{profile}")
        return Case(arguments, environment, f"ST${token}")
    variables = ("OCI_CLI_TENANCY", "OCI_CLI_USER", "OCI_CLI_FINGERPRINT")
    names = zip(variables, _names(file, profile), strict=True)
    return Case(arguments, environment, "/".join(environment.get(*pair) for pair in names))
