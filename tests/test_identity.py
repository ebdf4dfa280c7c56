"""Who signs: argument before environment before file, and never another identity."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from aidp_workbench import ConfigError, OciAuth, connect
from aidp_workbench.auth.identity import find_identity
from aidp_workbench.auth.settings import Setting
from aidp_workbench.cli.app import app
from aidp_workbench.transport.api import LATEST
from aidp_workbench.transport.hosts import host_of_region
from aidp_workbench.transport.settings import find_settings

from tests.conftest import pem
from tests.identities import PAIRS, SOURCES, case, write_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

USER, TENANCY = "ocid1.user.oc1..u", "ocid1.tenancy.oc1..t"
COMPLETE = {
    "OCI_CLI_USER": USER,
    "OCI_CLI_TENANCY": TENANCY,
    "OCI_CLI_FINGERPRINT": "aa:bb",
    "OCI_CLI_REGION": "us-ashburn-1",
}
KEY_ID = f"{TENANCY}/{USER}/aa:bb"
SESSION = {"OCI_CLI_KEY_FILE": "~/key.pem", "OCI_CLI_SECURITY_TOKEN_FILE": "~/token"}


def key_id(auth: OciAuth) -> str:
    """The keyId that a request is signed with."""
    signed = next(auth.sync_auth_flow(httpx.Request("GET", "https://host.example/")))
    return str(signed.headers["authorization"]).partition('keyId="')[2].partition('"')[0]


@pytest.fixture
def home(tmp_path: Path, private_key: RSAPrivateKey) -> Path:
    assert Path.home() == tmp_path
    write_home(tmp_path, pem(private_key))
    return tmp_path


@pytest.fixture
def no_home(tmp_path: Path, private_key: RSAPrivateKey) -> Path:
    """A home folder without configuration, but with a key and a token."""
    (tmp_path / "key.pem").write_bytes(pem(private_key))
    (tmp_path / "token").write_text("t0ken")
    return tmp_path


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_all(variables: dict[str, str]) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return set_all


@pytest.mark.parametrize("auth", ["api_key", "security_token"])
@pytest.mark.parametrize("sources", [(), *((one,) for one in SOURCES), *PAIRS], ids=" and ".join)
def test_the_stronger_of_two_sources_says_who_signs(
    home: Path, environ: Any, sources: Sequence[str], auth: Any
) -> None:
    arranged = case(home, sources, auth)
    arguments: dict[str, Any] = {**arranged.arguments}
    environ(arranged.environment)
    assert key_id(OciAuth(auth=auth, **arguments)) == arranged.key_id


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"OCI_CLI_KEY_FILE": "~/key.pem"}, KEY_ID),
        ({"OCI_CLI_KEY_CONTENT": "~~"}, KEY_ID),
        ({"OCI_CLI_KEY_CONTENT": "~~", "OCI_CLI_KEY_FILE": "/nowhere"}, KEY_ID),
        ({"OCI_CLI_KEY_FILE": "~/key.pem", "OCI_CLI_PROFILE": "DEFAULT"}, KEY_ID),
        (SESSION | {"OCI_CLI_AUTH": "security_token"}, "ST$t0ken"),
        (SESSION | {"OCI_CLI_AUTH": "security_token", "OCI_CLI_TENANCY": ""}, "ST$t0ken"),
        (SESSION | {"OCI_CLI_USER": ""}, "ST$t0ken"),
        (SESSION, KEY_ID),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\\n"])
def test_without_any_file_the_environment_suffices(
    no_home: Path, environ: Any, variables: dict[str, str], expected: str, line_end: str
) -> None:
    content = (no_home / "key.pem").read_text().replace("\n", line_end)
    environ(COMPLETE | {name: value.replace("~~", content) for name, value in variables.items()})
    assert key_id(OciAuth()) == expected
    assert connect().get_httpx_client().base_url.host == "aidp.us-ashburn-1.oci.oraclecloud.com"


def test_a_profile_may_hold_its_key(no_home: Path) -> None:
    key = (no_home / "key.pem").read_text().strip().replace("\n", "\n  ")
    (no_home / "config").write_text(
        f"[DEFAULT]\nuser={USER}\ntenancy={TENANCY}\nfingerprint=aa:bb\nkey_content={key}\n"
    )
    assert key_id(OciAuth(config_file=no_home / "config")) == KEY_ID


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"OCI_CLI_CONFIG_FILE": "/nowhere"}, "OCI_CLI_CONFIG_FILE: /nowhere: No such file"),
        ({"OCI_CONFIG_FILE": "/nowhere"}, "OCI_CONFIG_FILE: /nowhere: No such file"),
        ({"OCI_CLI_PROFILE": "NONE"}, "there is no profile NONE (OCI_CLI_PROFILE)"),
        ({"OCI_CLI_RC_FILE": "/nowhere"}, "OCI_CLI_RC_FILE: /nowhere: No such file"),
        ({"OCI_CLI_AUTH": "pkcs11"}, "OCI_CLI_AUTH 'pkcs11' is not one of api_key, security_token"),
        ({"OCI_CLI_KEY_FILE": "/nowhere"}, "OCI_CLI_KEY_FILE cannot be read: /nowhere"),
        ({"OCI_CLI_KEY_CONTENT": "x"}, "OCI_CLI_KEY_CONTENT holds no key in PEM form"),
        ({"OCI_CLI_USER": "me@example.com"}, "OCI_CLI_USER is malformed: it looks like ocid1.user"),
        (
            {"OCI_CLI_AUTH": "security_token", "OCI_CLI_SECURITY_TOKEN_FILE": "/nowhere"},
            "OCI_CLI_SECURITY_TOKEN_FILE cannot be read: /nowhere",
        ),
        (
            {"OCI_CLI_AUTH": "instance_obo_user", "OCI_CLI_DELEGATION_TOKEN_FILE": "/nowhere"},
            "OCI_CLI_DELEGATION_TOKEN_FILE cannot be read: /nowhere",
        ),
        ({"OCI_CLI_AUTH": "instance_obo_user"}, "`delegation_token_file` is missing"),
    ],
    ids=str,
)
def test_a_source_that_cannot_be_used_is_named(
    home: Path, environ: Any, variables: dict[str, str], problem: str
) -> None:
    environ(variables)
    with pytest.raises(ConfigError) as caught:
        OciAuth()
    assert problem in str(caught.value)


API_KEY = COMPLETE | {"OCI_CLI_KEY_FILE": "~/key.pem"}


@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        (API_KEY | {"OCI_CLI_USER": ""}, "OCI_CLI_USER"),
        (API_KEY | {"OCI_CLI_TENANCY": " "}, "OCI_CLI_TENANCY"),
        (COMPLETE, "OCI_CLI_KEY_FILE"),
        (SESSION | {"OCI_CLI_USER": USER}, "OCI_CLI_TENANCY, OCI_CLI_FINGERPRINT"),
        (SESSION | {"OCI_CLI_KEY_FILE": ""}, "OCI_CLI_KEY_FILE"),
        ({}, "OCI_CLI_USER, OCI_CLI_TENANCY, OCI_CLI_FINGERPRINT, OCI_CLI_KEY_FILE"),
        (API_KEY | {"OCI_CLI_AUTH": "instance_obo_user"}, "OCI_CLI_DELEGATION_TOKEN_FILE"),
    ],
)
def test_an_environment_that_does_not_suffice_needs_a_file(
    no_home: Path, environ: Any, variables: dict[str, str], missing: str
) -> None:
    environ(variables)
    problem = (
        rf"^{re.escape(str(no_home))}/\.oci/config: No such file.*oci setup config"
        rf".* the environment lacks {missing}$"
    )
    with pytest.raises(ConfigError, match=problem):
        OciAuth()


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"OCI_CLI_CONFIG_FILE": "~/none"}, r"none: No such file .*, or name another file$"),
        ({"OCI_CLI_PROFILE": "NONE"}, r"config: No such file .*, or name another file$"),
        ({"OCI_CLI_CONFIG_FILE": "~/other"}, "no profile DEFAULT; there are: OTHER$"),
        (
            {"OCI_CLI_CONFIG_FILE": "~/other", "OCI_CLI_PROFILE": "NONE"},
            r"no profile NONE \(OCI_CLI_PROFILE\); there are: OTHER$",
        ),
    ],
)
def test_what_is_named_must_exist_even_if_the_environment_suffices(
    no_home: Path, environ: Any, variables: dict[str, str], problem: str
) -> None:
    (no_home / "other").write_text("[OTHER]\n")
    environ(API_KEY | variables)
    with pytest.raises(ConfigError, match=problem):
        OciAuth()


def test_a_usual_file_without_the_usual_profile_is_not_needed_if_the_environment_suffices(
    no_home: Path, environ: Any
) -> None:
    (no_home / ".oci").mkdir()
    (no_home / ".oci" / "config").write_text("[OTHER]\n")
    environ(API_KEY)
    assert key_id(OciAuth()) == KEY_ID


def test_an_empty_default_profile_of_oci_cli_rc_names_none(home: Path) -> None:
    (home / ".oci" / "oci_cli_rc").write_text("[OCI_CLI_SETTINGS]\ndefault_profile=\n")
    assert find_identity().profile == Setting("DEFAULT", "default")


def test_settings_of_oci_cli_rc_for_a_profile_come_before_the_profile(home: Path) -> None:
    (home / ".oci" / "oci_cli_rc").write_text("[DEFAULT]\nauth=security_token\nregion=FRA\n")
    assert key_id(OciAuth()).startswith("ST$")
    assert connect().get_httpx_client().base_url.host == "aidp.eu-frankfurt-1.oci.oraclecloud.com"


def test_cli_defaults_is_read_where_there_is_no_oci_cli_rc(home: Path) -> None:
    (home / ".oci" / "cli-defaults").write_text("[DEFAULT]\nauth=security_token\n")
    assert find_identity().auth.value == "security_token"
    (home / ".oci" / "oci_cli_rc").touch()
    assert find_identity().auth.value == "api_key"


def test_a_principal_that_oci_cli_rc_names_needs_no_file(no_home: Path) -> None:
    (no_home / ".oci").mkdir()
    (no_home / ".oci" / "oci_cli_rc").write_text("[DEFAULT]\nauth=instance_principal\n")
    identity = find_identity()
    assert identity.auth.value == "instance_principal"
    assert identity.profile is identity.config_file is None
    with pytest.raises(ConfigError, match=r"oci_cli_rc: `auth` 'instance_principal' takes no prof"):
        find_identity(profile="P")


def test_a_delegation_token_needs_no_key_and_no_file(no_home: Path, environ: Any) -> None:
    environ({"OCI_CLI_AUTH": "instance_obo_user", "OCI_CLI_DELEGATION_TOKEN_FILE": "~/token"})
    assert find_identity().profile is None


def test_an_oci_cli_rc_that_cannot_be_read_is_named(home: Path) -> None:
    (home / ".oci" / "oci_cli_rc").mkdir()
    with pytest.raises(ConfigError, match=r"^~/\.oci/oci_cli_rc: Is a directory"):
        OciAuth()


def test_the_environment_suffices_where_there_is_no_home_folder(
    no_home: Path, environ: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ(COMPLETE | {"OCI_CLI_KEY_FILE": str(no_home / "key.pem")})
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert key_id(OciAuth()) == KEY_ID


METADATA = {
    "realmKey": "OC99",
    "realmDomainComponent": "oraclecloud99.com",
    "regionKey": "XYZ",
    "regionIdentifier": "xx-nowhere-1",
}


@pytest.mark.parametrize("name", ["xx-nowhere-1", "XX-Nowhere-1", "xyz", "XYZ"])
@pytest.mark.parametrize("place", ["file", "variable"])
def test_a_region_that_oracle_does_not_list_is_found(
    no_home: Path, environ: Any, name: str, place: str
) -> None:
    if place == "file":
        (no_home / ".oci").mkdir()
        text = json.dumps(
            [METADATA | {"regionIdentifier": "other-1", "regionKey": "OTH"}, METADATA]
        )
        (no_home / ".oci" / "regions-config.json").write_text(text, encoding="utf-8-sig")
    else:
        environ({"OCI_REGION_METADATA": json.dumps(METADATA)})
    assert host_of_region(name) == "https://aidp.xx-nowhere-1.oci.oraclecloud99.com"
    assert host_of_region("iad") == "https://aidp.us-ashburn-1.oci.oraclecloud.com"


def test_an_unlisted_region_belongs_to_the_default_realm(environ: Any) -> None:
    assert host_of_region("xx-nowhere-1") == "https://aidp.xx-nowhere-1.oci.oraclecloud.com"
    environ({"OCI_DEFAULT_REALM": "oraclecloud99.com"})
    assert host_of_region("xx-nowhere-1") == "https://aidp.xx-nowhere-1.oci.oraclecloud99.com"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OCI_REGION_METADATA", "{"),
        ("OCI_REGION_METADATA", "[1]"),
        ("OCI_REGION_METADATA", "{}"),
        ("OCI_REGION_METADATA", json.dumps(METADATA | {"realmDomainComponent": "evil.com/"})),
        ("OCI_REGION_METADATA", json.dumps(METADATA | {"regionIdentifier": "x.evil.com#"})),
        ("OCI_DEFAULT_REALM", "evil.com/"),
        ("OCI_DEFAULT_REALM", "oc1"),
    ],
)
def test_a_realm_that_cannot_be_used_is_named(environ: Any, variable: str, value: str) -> None:
    environ({variable: value})
    with pytest.raises(ConfigError, match=f"^{variable}"):
        host_of_region("xx-nowhere-1")


@pytest.mark.parametrize("variable", ["OCI_CLI_REGION", "OCI_REGION"])
def test_a_region_that_is_none_is_named_with_its_source(
    home: Path, environ: Any, variable: str
) -> None:
    environ({variable: "Nowhere!"})
    with pytest.raises(ConfigError, match=f"^{variable}: 'Nowhere!' is not a region"):
        connect()
    with pytest.raises(ConfigError, match=r"^argument region: 'xyz' is not a region"):
        connect("xyz")


@pytest.mark.parametrize("variable", ["AIDP_ENDPOINT", "OCI_CLI_ENDPOINT"])
def test_the_host_comes_from_argument_then_environment(
    home: Path, environ: Any, variable: str
) -> None:
    environ({variable: "https://gateway.example"})
    assert connect().get_httpx_client().base_url.host == "gateway.example"
    named = connect(base_url="https://named.example").get_httpx_client()
    assert named.base_url.host == "named.example"
    environ({variable: "https://gateway.example/20260430"})
    with pytest.raises(ConfigError, match=f"^{variable} .* must end before /20260430"):
        connect()


def show_config(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        app(["config", *options])
    out, errors = capsys.readouterr()
    return int(caught.value.code or 0), out, errors


def test_config_shows_what_is_used_and_where_it_came_from(
    home: Path, environ: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    environ(
        {
            "OCI_CLI_USER": USER,
            "OCI_CLI_REGION": "fra",
            "https_proxy": "http://me:pass-w0rd@proxy.example:3128",
            "REQUESTS_CA_BUNDLE": "/etc/ca.pem",
            "AIDP_INSTANCE_ID": "ocid1.datalake.oc1..x",
        }
    )
    options = ("--profile", "rc", "--workspace", "w")
    code, out, errors = show_config(capsys, *options, "--output", "json")
    assert (code, errors) == (0, "")
    profile = f"profile rc of {home}/.oci/config"
    assert {name: tuple(one.values()) for name, one in json.loads(out).items()} == {
        "config_file": ("~/.oci/config", "default"),
        "profile": ("rc", "--profile"),
        "auth": ("api_key", "OCI_CLI_USER"),
        "user": (USER, "OCI_CLI_USER"),
        "tenancy": ("ocid1.tenancy.oc1..defaultrc", profile),
        "region": ("fra", "OCI_CLI_REGION"),
        "host": ("https://aidp.eu-frankfurt-1.oci.oraclecloud.com", "region"),
        "api_version": (LATEST, "default"),
        "proxy": ("http://proxy.example:3128", "https_proxy"),
        "ca_file": ("/etc/ca.pem", "REQUESTS_CA_BUNDLE"),
        "platform": ("ocid1.datalake.oc1..x", "AIDP_INSTANCE_ID"),
        "workspace": ("w", "--workspace"),
    }
    code, out, errors = show_config(capsys, *options)
    assert (code, errors) == (0, "")
    assert ["tenancy", "ocid1.tenancy.oc1..defaultrc", profile] in [
        line.split(maxsplit=2) for line in out.splitlines()
    ]
    assert "pass-w0rd" not in out


def test_config_of_a_principal_sends_no_request(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, errors = show_config(capsys, "--auth", "instance_principal", "-o", "json")
    assert (code, errors) == (0, "")
    shown = {name: one and one["value"] for name, one in json.loads(out).items()}
    assert shown["auth"] == "instance_principal"
    assert shown["profile"] is shown["region"] is shown["host"] is None


def test_config_names_what_cannot_be_used(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = show_config(capsys, "--profile", "NONE")
    assert (code, out) == (4, "")
    assert "there is no profile NONE (--profile)" in errors


def test_connect_logs_the_same_in_one_line(
    home: Path, environ: Any, caplog: pytest.LogCaptureFixture
) -> None:
    environ({"OCI_CLI_PROFILE": "variable"})
    caplog.set_level(logging.DEBUG, "aidp_workbench")
    connect("IAD")
    (line,) = [one.getMessage() for one in caplog.records if "connect: " in one.getMessage()]
    assert "profile variable (OCI_CLI_PROFILE), auth api_key (profile variable of" in line
    assert "region IAD (argument region), host https://aidp.us-ashburn-1.oci." in line


def test_settings_are_one_line_whatever_a_value_has(home: Path) -> None:
    settings = find_settings(find_identity(), None, None, None)
    assert str(settings).startswith(
        "config_file ~/.oci/config (default), profile DEFAULT (default)"
    )
    odd = settings._replace(ca_file=Setting("/ca\nforged", "SSL_CERT_FILE"))
    assert r"ca_file /ca\nforged (SSL_CERT_FILE)" in str(odd)
    assert str(odd).isprintable()


def test_settings_of_a_session_have_no_user_of_the_same_profile(home: Path) -> None:
    settings = find_settings(find_identity(auth="security_token"), None, None, None)
    assert settings.user is settings.tenancy is None
    assert find_identity().get("user")
