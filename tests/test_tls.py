"""TLS is always verified, through a proxy too, and a signature goes to no other host."""

from __future__ import annotations

import asyncio
import codecs
import hashlib
import inspect
import logging
import os
import select
import socket
import socketserver
import ssl
import struct
import threading
import traceback
from base64 import b64encode
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest
from aidp_workbench import ConfigError, ServiceError, TransportError, connect
from aidp_workbench.transport.proxies import find_proxy
from aidp_workbench.transport.tls import ssl_context
from aidp_workbench_api.api.task_runs import list_task_runs
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.conftest import IMPATIENT, KEYS
from tests.scripted_server import ScriptedServer, answer, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aidp_workbench_api import Client

    from tests.conftest import Drain
    from tests.scripted_server import Answer

CA_VARIABLES = (
    "OCI_CLI_CERT_BUNDLE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)
HOST = "aidp.us-ashburn-1.oci.oraclecloud.com"
PASSWORD = "pass-w0rd"


class Authority:
    """A certificate authority that lives as long as a test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        # OpenSSL looks for the hash of the name in lower case.
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test")])
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        extensions = [(x509.BasicConstraints(ca=True, path_length=0), True), (usage, True)]
        self.certificate = self._sign(self._name, self._key, extensions)
        self.file = folder / "ca.pem"
        self.file.write_bytes(self.certificate)

    def folder(self) -> Path:
        """A folder as `openssl rehash` makes it."""
        folder = self._folder / "certificates"
        folder.mkdir()
        digest = hashlib.sha1(self._name.public_bytes()[2:], usedforsecurity=False).digest()
        (folder / f"{digest[3::-1].hex()}.0").write_bytes(self.certificate)
        return folder

    def server(self, *hosts: str, expired: bool = False) -> ssl.SSLContext:
        """The settings of a server with a certificate for these hosts."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [
            x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
            for host in hosts
        ]
        extensions = [(x509.SubjectAlternativeName(names), True)]
        file = self._folder / "server.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(self._sign(x509.Name([]), key, extensions, expired) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        file.unlink()
        return context

    def _sign(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        extensions: list[tuple[Any, bool]],
        expired: bool = False,
    ) -> bytes:
        now = datetime.now(UTC) - timedelta(days=9 if expired else 0)
        builder = (
            x509.CertificateBuilder(self._name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
        )
        subject = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        for extension, critical in [*extensions, (subject, False), (issuer, False)]:
            builder = builder.add_extension(extension, critical)
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.PEM)


class TlsServer(ScriptedServer):
    """A scripted server that speaks TLS."""

    def __init__(self, context: ssl.SSLContext, *answers: Answer) -> None:
        super().__init__(*answers)
        self.port = self._server.server_address[1]
        self.base_url = f"https://127.0.0.1:{self.port}"
        # The handshake is left to the thread that handles the connection.
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )


@contextmanager
def listening(handle: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of this machine where every connection is handled so."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            handle(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.001,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextmanager
def tunnels(ports: dict[str, int]) -> Iterator[tuple[str, list[str]]]:
    """A proxy that takes these names for ports of this machine: where it is, what it was asked."""
    asked: list[str] = []

    def tunnel(here: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += here.recv(4096)
        asked.append(head.decode())
        host = head.decode().split()[1].removesuffix(":443")
        with socket.create_connection(("127.0.0.1", ports[host])) as there:
            here.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                for end in select.select([here, there], [], [])[0]:
                    if not (data := end.recv(65536)):
                        return
                    (there if end is here else here).sendall(data)

    with listening(tunnel) as port:
        yield f"http://user:{PASSWORD}@127.0.0.1:{port}", asked


@pytest.fixture(autouse=True)
def _every_host_is_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up: Any = socket.getaddrinfo
    monkeypatch.setattr(
        "socket.getaddrinfo", lambda _, *args, **more: look_up("127.0.0.1", *args, **more)
    )


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


def refusal(drain: Drain, server: TlsServer, base_url: str | None = None) -> str:
    """What a client says that refuses a server, at once and without a request."""
    with pytest.raises(TransportError) as caught:
        drain(base_url or server.base_url)
    assert caught.value.attempts == 1
    assert server.requests == []
    return str(caught.value)


class TestACertificate:
    def test_of_an_unknown_authority_is_refused(self, drain: Drain, authority: Authority) -> None:
        with TlsServer(authority.server("127.0.0.1"), page("a")) as server:
            message = refusal(drain, server)
        assert "certificate verify failed: unable to get" in message
        assert "SSL_CERT_FILE can name a file" in message

    def test_of_another_host_is_refused(self, drain: Drain, trusted: Authority) -> None:
        with TlsServer(trusted.server("127.0.0.2", "other.example"), page("a")) as server:
            assert "not valid for '127.0.0.1'" in refusal(drain, server)
            url = f"https://{HOST}:{server.port}"
            assert f"not valid for '{HOST}'" in refusal(drain, server, url)

    def test_that_has_expired_is_refused(self, drain: Drain, trusted: Authority) -> None:
        with TlsServer(trusted.server("127.0.0.1", expired=True), page("a")) as server:
            assert "certificate has expired" in refusal(drain, server)

    @pytest.mark.parametrize("name", CA_VARIABLES)
    @pytest.mark.parametrize("kind", ["file", "file with a byte order mark", "folder"])
    def test_is_trusted_if_a_variable_says_so(
        self,
        config_file: Path,
        authority: Authority,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        kind: str,
    ) -> None:
        if kind == "file with a byte order mark":
            authority.file.write_bytes(codecs.BOM_UTF8 + authority.certificate)
        path = authority.folder() if kind == "folder" else authority.file
        monkeypatch.setenv(name, str(path))
        with (
            TlsServer(authority.server("127.0.0.1"), page("a")) as server,
            connect(base_url=server.base_url, config_file=config_file) as client,
        ):
            assert list_task_runs.sync_detailed(client=client, **KEYS).status_code == 200

    def test_is_trusted_by_the_first_variable_that_is_set(
        self, drain: Drain, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "other").mkdir()
        other = Authority(tmp_path / "other")
        for first, second in pairwise(CA_VARIABLES):
            monkeypatch.setenv(second, str(other.file))
            with TlsServer(authority.server("127.0.0.1"), page("a")) as server:
                assert f"those of {second}: {other.file}" in refusal(drain, server)
            with TlsServer(authority.server("127.0.0.1"), page("a")) as server:
                monkeypatch.setenv(first, str(authority.file))
                assert len(drain(server.base_url)) == 1
                monkeypatch.delenv(first)
            monkeypatch.delenv(second)

    @pytest.mark.parametrize("name", CA_VARIABLES)
    @pytest.mark.parametrize(
        ("kind", "problem"),
        [
            ("missing", "No such file"),
            ("empty", "has no certificates in PEM form"),
            ("no certificate", "has no certificates in PEM form"),
            ("fifo", "Not a regular file"),
        ],
    )
    def test_file_that_cannot_be_used_is_named_with_its_variable(
        self,
        config_file: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        kind: str,
        problem: str,
    ) -> None:
        path = tmp_path / "authorities"
        if kind == "fifo":
            os.mkfifo(path)
        elif kind != "missing":
            path.write_text("" if kind == "empty" else "no certificate")
        monkeypatch.setenv(name, str(path))
        with pytest.raises(ConfigError, match=f"^{name}: {path}:? {problem}"):
            connect(config_file=config_file)

    @pytest.mark.parametrize(
        "settings",
        [
            {"PYTHONHTTPSVERIFY": "0"},
            {"CURL_CA_BUNDLE": "", "REQUESTS_CA_BUNDLE": ""},
            {"SSL_VERIFY": "0", "SSL_NO_VERIFY": "1", "HTTPX_VERIFY": "false"},
            {"OCI_CLI_CERT_BUNDLE": "", "OCI_SDK_CERT_BUNDLE": "~~"},
            {"SSL_CERT_FILE": "", "SSL_CERT_DIR": ""},
        ],
        ids=str,
    )
    def test_is_trusted_for_no_other_reason(
        self,
        drain: Drain,
        authority: Authority,
        monkeypatch: pytest.MonkeyPatch,
        settings: dict[str, str],
    ) -> None:
        for name, value in settings.items():
            monkeypatch.setenv(name, value.replace("~~", str(authority.file)))
        with TlsServer(authority.server("127.0.0.1"), page("a")) as server:
            assert "certificate verify failed" in refusal(drain, server)

    def test_is_verified_whatever_the_generated_client_is_set_to(
        self, config_file: Path, authority: Authority
    ) -> None:
        with TlsServer(authority.server("127.0.0.1"), page("a")) as server:
            client = connect(base_url=server.base_url, config_file=config_file)
            with (
                attrs.evolve(client, verify_ssl=False) as unsafe,
                pytest.raises(TransportError, match="certificate verify failed"),
            ):
                list_task_runs.sync_detailed(client=unsafe, **KEYS)
        assert server.requests == []


def test_a_file_among_folders_of_authorities_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SSL_CERT_DIR", f"{tmp_path}{os.pathsep}{tmp_path / 'file'}")
    with pytest.raises(ConfigError, match=r"^SSL_CERT_DIR: .*/file: No such file"):
        ssl_context()


@pytest.mark.parametrize("name", CA_VARIABLES)
def test_a_blank_variable_leaves_the_usual_authorities(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, " ")
    assert len(ssl_context().get_ca_certs()) > 50


def test_a_client_for_plain_http_trusts_no_certificate(
    config_file: Path, trusted: Authority
) -> None:
    with (
        TlsServer(trusted.server("127.0.0.1"), page("a")) as server,
        connect(base_url="http://127.0.0.1:9", config_file=config_file) as client,
        pytest.raises(TransportError, match="certificate verify failed"),
    ):
        client.get_httpx_client().get(server.base_url)
    assert server.requests == []


def test_connect_has_no_argument_that_turns_verification_off() -> None:
    for name in inspect.signature(connect).parameters:
        assert not any(word in name for word in ("verify", "ssl", "tls", "cert", "insecure"))


def no_tls(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def reset(connection: socket.socket) -> None:
    connection.recv(1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def hang_up(connection: socket.socket) -> None:
    connection.recv(65536)


@pytest.mark.parametrize("fault", [no_tls, reset, hang_up])
def test_a_handshake_that_fails_is_an_error_after_all_attempts(
    drain: Drain, fault: Callable[[socket.socket], None]
) -> None:
    with listening(fault) as port, pytest.raises(TransportError) as caught:
        drain(f"https://127.0.0.1:{port}")
    assert caught.value.attempts == IMPATIENT.attempts
    assert "ConnectError" in str(caught.value) or "ReadError" in str(caught.value)


class TestAProxy:
    def test_tunnels_to_the_service(
        self, drain: Drain, trusted: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (
            TlsServer(trusted.server(HOST), page("a", token="1"), page("b")) as server,
            tunnels({HOST: server.port}) as (proxy, asked),
        ):
            monkeypatch.setenv("HTTPS_PROXY", proxy)
            assert [run.name for run in drain(f"https://{HOST}")] == ["a", "b"]
        credentials = b64encode(f"user:{PASSWORD}".encode()).decode()
        for head in asked:
            assert head.startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\n")
            assert f"Basic {credentials}" in head
            assert "Signature" not in head
        for request in server.requests:
            assert request.headers["host"] == HOST
            assert request.headers["authorization"].startswith("Signature ")
            assert "proxy-authorization" not in request.headers

    def test_is_used_for_a_region(
        self, config_file: Path, trusted: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (
            TlsServer(trusted.server(HOST), page("a")) as server,
            tunnels({HOST: server.port}) as (proxy, asked),
        ):
            monkeypatch.setenv("ALL_PROXY", proxy)
            with connect("us-ashburn-1", config_file=config_file) as client:
                assert list_task_runs.sync_detailed(client=client, **KEYS).status_code == 200
        assert len(asked) == len(server.requests) == 1

    def test_cannot_stand_in_for_the_service(
        self, drain: Drain, authority: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (
            TlsServer(authority.server(HOST), page("a")) as server,
            tunnels({HOST: server.port}) as (proxy, asked),
        ):
            monkeypatch.setenv("HTTPS_PROXY", proxy)
            message = refusal(drain, server, f"https://{HOST}")
        assert "certificate verify failed" in message
        assert len(asked) == 1

    @pytest.mark.parametrize(
        "exceptions", [HOST, "a.example, oraclecloud.com", ".oraclecloud.com", "*"]
    )
    def test_is_left_out_where_no_proxy_says_so(
        self,
        drain: Drain,
        trusted: Authority,
        monkeypatch: pytest.MonkeyPatch,
        exceptions: str,
    ) -> None:
        with (
            TlsServer(trusted.server(HOST), page("a")) as server,
            tunnels({}) as (proxy, asked),
        ):
            monkeypatch.setenv("HTTPS_PROXY", proxy)
            monkeypatch.setenv("NO_PROXY", exceptions)
            assert len(drain(f"https://{HOST}:{server.port}")) == 1
        assert asked == []

    @pytest.mark.parametrize(
        ("host", "exceptions", "is_used"),
        [
            ("10.1.2.3", "10.0.0.0/8", False),
            ("10.1.2.3", "example.com, 10.1.2.0/24", False),
            ("10.1.2.3", "10.1.2.3/24", False),
            ("10.1.2.3", "192.168.0.0/16", True),
            ("[fd00::1]", "fd00::/8", False),
            ("[fd00::1]", "fe80::/10,10.0.0.0/8", True),
            (HOST, "0.0.0.0/0", True),
            (HOST, "a/b", True),
        ],
    )
    def test_is_left_out_for_a_range_of_addresses(
        self, monkeypatch: pytest.MonkeyPatch, host: str, exceptions: str, is_used: bool
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
        monkeypatch.setenv("NO_PROXY", exceptions)
        assert bool(find_proxy(httpx.URL(f"https://{host}"))) == is_used

    @pytest.mark.parametrize("status", [407, 502])
    def test_that_refuses_is_one_clear_error_without_its_password(
        self,
        drain: Drain,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
        status: int,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with ScriptedServer(answer(status)) as proxy:
            url = proxy.base_url.replace("//", f"//user:{PASSWORD}@")
            monkeypatch.setenv("HTTPS_PROXY", url)
            with pytest.raises(TransportError, match=f"ProxyError: {status}") as caught:
                drain(f"https://{HOST}")
        assert caught.value.attempts == len(proxy.requests) == 1
        credentials = proxy.requests[0].headers["proxy-authorization"].removeprefix("Basic ")
        texts = "".join(traceback.format_exception(caught.value)) + caplog.text
        assert PASSWORD not in texts
        assert credentials not in texts

    def test_may_speak_tls_itself(
        self, drain: Drain, trusted: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with TlsServer(trusted.server("127.0.0.1"), answer(407)) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.base_url)
            with pytest.raises(TransportError, match="ProxyError: 407"):
                drain(f"https://{HOST}")
        assert proxy.requests[0].target == f"{HOST}:443"

    def test_that_is_not_there_is_an_error_without_its_password(
        self, drain: Drain, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{PASSWORD}@127.0.0.1:{port}")
        with pytest.raises(TransportError, match="ConnectError") as caught:
            drain(f"https://{HOST}")
        assert PASSWORD not in "".join(traceback.format_exception(caught.value)) + caplog.text

    @pytest.mark.parametrize(
        "url",
        [
            f"ftp://user:{PASSWORD}@127.0.0.1",
            f"socks5://user:{PASSWORD}@127.0.0.1",
            f"http://user:{PASSWORD}@127.0.0.1:port",
            f"http://user:{PASSWORD}#1@127.0.0.1:1",
        ],
    )
    def test_that_cannot_be_used_is_a_config_error_without_its_password(
        self, config_file: Path, monkeypatch: pytest.MonkeyPatch, url: str
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", url)
        with pytest.raises(ConfigError, match=r"(?i)proxy") as caught:
            connect("us-ashburn-1", config_file=config_file)
        assert PASSWORD not in "".join(traceback.format_exception(caught.value))


def in_sync(client: Client) -> None:
    with client:
        list_task_runs.sync_detailed(client=client, **KEYS)


def in_async(client: Client) -> None:
    async def call() -> None:
        async with client:
            await list_task_runs.asyncio_detailed(client=client, **KEYS)

    asyncio.run(call())


@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("follow_redirects", [False, True])
@pytest.mark.parametrize("call", [in_sync, in_async])
def test_a_redirect_gives_another_host_neither_request_nor_signature(
    config_file: Path,
    trusted: Authority,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    follow_redirects: bool,
    call: Callable[[Client], None],
) -> None:
    redirect = answer(status, location="https://evil.example/x")
    with (
        TlsServer(trusted.server("evil.example"), page("stolen")) as elsewhere,
        TlsServer(trusted.server(HOST), redirect) as server,
        tunnels({HOST: server.port, "evil.example": elsewhere.port}) as (proxy, asked),
    ):
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        client = connect("us-ashburn-1", config_file=config_file)
        with pytest.raises(ServiceError, match="redirect"):
            call(attrs.evolve(client, follow_redirects=follow_redirects))
    assert elsewhere.requests == []
    assert [head.split()[1] for head in asked] == [f"{HOST}:443"]
    assert len(server.requests) == 1
