"""Where `connect` goes, and what it sends along."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import httpx
import oci.regions
import pytest
from aidp_workbench import ConfigError, RetryPolicy, TransportError, connect, paginate
from aidp_workbench.auth.settings import Setting
from aidp_workbench.transport.hosts import find_host, host_of_region
from aidp_workbench.transport.proxies import find_proxy
from aidp_workbench.transport.regions import COMMERCIAL_DOMAIN, known_regions
from aidp_workbench_api import Client
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conftest import KEYS
from tests.scripted_server import ScriptedServer, answer, page

if TYPE_CHECKING:
    from pathlib import Path


def host(client: Client) -> str:
    return str(client.get_httpx_client().base_url)


def test_the_generated_client_comes_back(config_file: Path) -> None:
    assert type(connect(config_file=config_file)) is Client


def test_the_region_is_the_argument_then_the_environment_then_the_profile(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert host(connect(config_file=config_file)).startswith("https://aidp.us-ashburn-1.oci.")
    monkeypatch.setenv("OCI_REGION", "eu-paris-1")
    assert host(connect(config_file=config_file)).startswith("https://aidp.eu-paris-1.oci.")
    monkeypatch.setenv("OCI_CLI_REGION", "eu-milan-1")
    assert host(connect(config_file=config_file)).startswith("https://aidp.eu-milan-1.oci.")
    named = connect("uk-gov-london-1", config_file=config_file)
    assert host(named) == "https://aidp.uk-gov-london-1.oci.oraclegovcloud.uk"


def test_no_region_anywhere_says_what_to_do(config_file: Path) -> None:
    config_file.write_text(config_file.read_text().replace("region=us-ashburn-1\n", ""))
    with pytest.raises(ConfigError, match="OCI_REGION"):
        connect(config_file=config_file)
    connect(config_file=config_file, base_url="https://host.example")


def test_every_region_that_oracle_lists_has_its_realms_domain() -> None:
    domains = {
        region: oci.regions.REALMS[realm] for region, realm in oci.regions.REGION_REALMS.items()
    }
    known = list(known_regions())
    assert domains == {region: domain for _, region, domain in known}
    assert {code: region for code, region, _ in known} == oci.regions.REGIONS_SHORT_NAMES
    for code, region, _ in known:
        host = f"https://aidp.{region}.oci.{domains[region]}"
        names = (region, region.upper(), code, code.upper(), code.title())
        assert {host_of_region(name) for name in names} == {host}
    assert domains["us-ashburn-1"] == COMMERCIAL_DOMAIN


@pytest.mark.parametrize(
    "region", ["", "xyz", "https://x.example", "us-ashburn-1.evil.example", "us-ashburn-1\n", "x"]
)
def test_an_invalid_region_is_refused(config_file: Path, region: str) -> None:
    if region == "":
        config_file.write_text(config_file.read_text().replace("region=us-ashburn-1\n", ""))
    with pytest.raises(ConfigError, match="region"):
        connect(region, config_file=config_file)


@pytest.mark.parametrize(
    "url",
    [
        "https://datalake.us-ashburn-1.oci.oraclecloud.com",
        "https://gateway.example:8443/workbench/",
        "http://127.0.0.1:8080",
        "http://127.8.9.10",
        "http://localhost:1",
        "http://[::1]:8080/",
        "https://[fe80::1]",
        "https://under_score.example.",
    ],
)
def test_a_base_url_takes_the_place_of_the_regions_host(config_file: Path, url: str) -> None:
    assert host(connect(config_file=config_file, base_url=url)).rstrip("/") == url.rstrip("/")
    assert find_host(url, None) == Setting(url.rstrip("/"), "argument base_url")


@pytest.mark.parametrize(
    "url",
    [
        "http://host.example",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://10.0.0.1",
        "http://2130706433",
        "ftp://127.0.0.1",
        "host.example",
        "",
        "https://",
        "https://user@host.example",
        "https://host.example?x=1",
        "https://host.example#x",
        "https://host:port",
        "https://host..example",
        "https://{region}.example",
        "https://host example",
        f"https://{'a' * 64}.example",
        "https://host.example:65536",
        "https://host.example:0",
        "https://host.example:-1",
        "https://host.example/20260430",
        "https://host.example/gateway/20260430/aiDataPlatforms/",
    ],
)
def test_a_base_url_that_is_unsafe_or_no_url_is_refused(config_file: Path, url: str) -> None:
    with pytest.raises(ConfigError, match="base_url"):
        connect(config_file=config_file, base_url=url)


def test_a_request_says_who_sends_it(config_file: Path) -> None:
    with (
        ScriptedServer(page("a")) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)
    headers = server.requests[0].headers
    assert re.match(r"aidp-workbench/\d+\.\d+\.\d+ \(Python 3\.", headers["user-agent"])
    assert headers["opc-client-info"] == headers["user-agent"].partition(" ")[0]
    assert headers["opc-client-retries"] == "true"
    assert headers["accept"] == "application/json"


def test_without_retries_none_are_announced(config_file: Path) -> None:
    once = RetryPolicy(attempts=1)
    with (
        ScriptedServer(page("a")) as server,
        connect(base_url=server.base_url, config_file=config_file, retry=once) as client,
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)
    assert "opc-client-retries" not in server.requests[0].headers


def test_timeouts_are_those_of_oracles_sdks_unless_given(config_file: Path) -> None:
    def timeout(client: Client) -> httpx.Timeout:
        return client.get_httpx_client().timeout

    base_url = "https://host.example"
    usual = connect(config_file=config_file, base_url=base_url)
    assert timeout(usual) == httpx.Timeout(60, connect=10)
    short = connect(config_file=config_file, base_url=base_url, timeout=5)
    assert timeout(short) == httpx.Timeout(5)
    own = httpx.Timeout(1, read=2)
    assert timeout(connect(config_file=config_file, base_url=base_url, timeout=own)) == own


def test_sync_and_async_work_from_one_client(config_file: Path) -> None:
    with ScriptedServer(page("a")) as server:
        client = connect(base_url=server.base_url, config_file=config_file)

        async def status() -> int:
            async with client:
                response = await list_task_runs.asyncio_detailed(client=client, **KEYS)
            return response.status_code

        with client:
            assert list_task_runs.sync_detailed(client=client, **KEYS).status_code == 200
            assert asyncio.run(status()) == 200


def test_a_client_with_more_headers_still_signs(config_file: Path) -> None:
    with (
        ScriptedServer(page("a")) as server,
        connect(base_url=server.base_url, config_file=config_file).with_headers({"x-a": "b"}) as c,
    ):
        assert len(list(paginate(list_task_runs, client=c, **KEYS))) == 1
    assert server.requests[0].headers["x-a"] == "b"
    assert server.requests[0].headers["authorization"].startswith("Signature ")


def test_a_proxy_of_the_environment_is_used(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer(answer(403)) as proxy:
        monkeypatch.setenv("https_proxy", proxy.base_url)
        with (
            connect(base_url="https://host.example", config_file=config_file) as client,
            pytest.raises(TransportError, match="ProxyError") as caught,
        ):
            list_task_runs.sync_detailed(client=client, **KEYS)
    (tunnel,) = proxy.requests
    assert (tunnel.method, tunnel.target) == ("CONNECT", "host.example:443")
    assert "authorization" not in tunnel.headers
    assert f"through the proxy {proxy.base_url.removeprefix('http://')}" in str(caught.value)


@pytest.mark.parametrize("proxy", ["http://", "junk junk", "http://a..b:3128", "http://p:65536"])
def test_a_proxy_that_cannot_be_reached_names_its_variable(
    config_file: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(ConfigError, match=r"^HTTPS_PROXY: not a URL"):
        connect(base_url="https://host.example", config_file=config_file)


def test_no_proxy_is_respected(config_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(ConfigError, match=r"^https_proxy: a SOCKS proxy needs"):
        connect(base_url="https://host.example", config_file=config_file)
    monkeypatch.setenv("no_proxy", "host.example")
    connect(base_url="https://host.example", config_file=config_file)


@pytest.mark.parametrize(
    ("exceptions", "host", "excepted"),
    [
        ("*", "a.example", True),
        ("b.example, *", "a.example", True),
        (".example", "a.example", True),
        ("*.example", "a.example", True),
        ("*.example:443", "a.example", True),
        ("A.Example.", "a.example", True),
        ("b.example a.example", "a.example", True),
        ("a.example:443", "a.example", True),
        ("a.example:8443", "a.example", False),
        ("a.example:8443", "a.example:8443", True),
        ("ample", "a.example", False),
        (".", "a.example", False),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("10.1.2.3:443", "10.1.2.3", True),
        ("fe80::/10", "[fe80::1]", True),
        ("FE80:0::1", "[fe80::1]", True),
        ("[fe80::1]:443", "[fe80::1]", True),
        ("fe80::1", "[fe80::2]", False),
    ],
)
def test_no_proxy_may_have_names_addresses_ranges_and_ports(
    monkeypatch: pytest.MonkeyPatch, exceptions: str, host: str, *, excepted: bool
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", exceptions)
    assert (find_proxy(httpx.URL(f"https://{host}")) is None) == excepted


def test_requests_to_this_machine_use_no_proxy(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with (
        ScriptedServer(page("a")) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        assert list_task_runs.sync_detailed(client=client, **KEYS).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeout": -1},
        {"timeout": 0},
        {"timeout": "5"},
        {"timeout": float("nan")},
        {"timeout": float("inf")},
        {"retry": 3},
        {"retry": 0},
        {"retry": False},
        {"base_url": "https://xn--a"},
        {"region": 5},
        {"region": "us-ashburn-\u0661"},
        {"config_file": "~nosuchuser/config"},
        {"config_file": "a\0b"},
    ],
    ids=str,
)
def test_what_connect_cannot_use_is_a_config_error(
    config_file: Path, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ConfigError):
        connect(**{"config_file": config_file, **wrong})


def test_a_missing_ca_file_is_a_config_error(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with pytest.raises(ConfigError, match=r"^SSL_CERT_FILE: /nowhere/ca\.pem: No such file"):
        connect(config_file=config_file)


@pytest.mark.parametrize("wrong", ["api-key", "oke", ""])
def test_an_unknown_way_to_sign_is_refused_with_the_known_ones(
    config_file: Path, wrong: str
) -> None:
    with pytest.raises(ConfigError, match="instance_principal"):
        connect(config_file=config_file, auth=wrong)  # type: ignore[arg-type]  # what is tested


def test_numbers_of_other_libraries_are_numbers(config_file: Path) -> None:
    class Number(float):  # as the floats of numpy are
        pass

    with connect(config_file=config_file, timeout=Number(3), rate=Number(5)) as client:
        assert client.get_httpx_client().timeout.read == 3
