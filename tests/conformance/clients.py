"""Oracle's own SDK and command line, pointed at a server on 127.0.0.1."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import os
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import oci
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator

# Only this session installs it, and mypy is run without it.
_sdk: Any = import_module("aidp_python_client.aidataplatform_dp")
WorkflowClient, WorkspaceClient, sdk_models = (
    _sdk.WorkflowClient,
    _sdk.WorkspaceClient,
    _sdk.models,
)


@contextmanager
def sdk(base_url: str, config_file: Path, kind: Any = WorkflowClient) -> Iterator[Any]:
    """A client of the official SDK."""
    config = oci.config.from_file(str(config_file))
    client = kind(config, service_endpoint=base_url)
    try:
        yield client
    finally:
        client.base_client.session.close()


class Outcome(NamedTuple):
    """The result of a command."""

    code: int
    answer: Any
    errors: str
    connections: set[str]
    """Hosts and ports that the command connected to or looked up."""


class Cli:
    """The official command line, for the server at `base_url`."""

    def __init__(self, base_url: str, config_file: Path, directory: Path) -> None:
        self.base_url = base_url
        self._arguments = ["--auth", "api_key", "--config-file", str(config_file)]
        self._arguments += ["--endpoint", base_url]
        # Nothing of this machine, such as a proxy or a profile, reaches the command.
        self._environment = {
            "HOME": str(directory),
            "PATH": os.defpath,
            "PYTHONPATH": str(directory),
            "REQUESTS_CA_BUNDLE": str(directory / "certificate.pem"),
        }
        (directory / "sitecustomize.py").write_text(_TELL_CONNECTIONS)

    def run(self, platform: str, *command: str) -> Outcome:
        aidp = Path(sys.executable).with_name("aidp")
        done = subprocess.run(
            [aidp, *self._arguments, "--instance-id", platform, *command],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        lines = done.stderr.splitlines()
        return Outcome(
            done.returncode,
            json.loads(done.stdout.removeprefix("Response:")) if done.stdout else None,
            "\n".join(line for line in lines if not line.startswith(_CONNECTS)),
            {line.removeprefix(_CONNECTS) for line in lines if line.startswith(_CONNECTS)},
        )


_CONNECTS = "connects to "
_TELL_CONNECTIONS = f"""
import os, sys

def record(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        host, port = arguments[1][:2] if event == "socket.connect" else arguments[:2]
        os.write(2, f"{_CONNECTS}{{host}}:{{port}}\\n".encode())

sys.addaudithook(record)
"""


@contextmanager
def cli(base_url: str, config_file: Path, directory: Path) -> Iterator[Cli]:
    """The official command line; it refuses plain HTTP, so TLS is put in front of the server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(directory))
    backend = urlsplit(base_url)

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()
            await writer.wait_closed()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back_reader, back_writer = await asyncio.open_connection(backend.hostname, backend.port)
        both_ways = pass_on(reader, back_writer), pass_on(back_reader, writer)
        await asyncio.gather(*both_ways, return_exceptions=True)

    loop = asyncio.new_event_loop()
    start = asyncio.start_server(connected, "127.0.0.1", 0, ssl=context)
    server = loop.run_until_complete(start)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        port = server.sockets[0].getsockname()[1]
        yield Cli(f"https://127.0.0.1:{port}", config_file, directory)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        if tasks := asyncio.all_tasks(loop):
            loop.run_until_complete(asyncio.wait(tasks, timeout=5))
        loop.close()


def _certificate(directory: Path) -> tuple[Path, Path]:
    """Files with a certificate for 127.0.0.1 that signs itself, and its private key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, SHA256())
    )
    certificate_file, key_file = directory / "certificate.pem", directory / "certificate-key.pem"
    certificate_file.write_bytes(certificate.public_bytes(Encoding.PEM))
    key_file.touch(mode=0o600)
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate_file, key_file
