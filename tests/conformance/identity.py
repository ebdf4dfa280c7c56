"""Oracle's own command lines sign with the same keyId as ours, whichever sources name it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import pem
from tests.identities import PAIRS, SOURCES, Case, case, write_home
from tests.scripted_server import ScriptedServer, answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

# Only this session installs it, and mypy is run without it.
aidp: Any = import_module("aidp_cli.main")

# `tests/test_identity.py` shows that ours signs with the keyId of each case. Two differences are
# meant: `OCI_CONFIG_FILE` comes before `~/.oci/config`, as every variable comes before a file (the
# SDK only reads it if there is no such file); and a session signs with `key_content`, too.


@pytest.fixture
def home(tmp_path: Path, private_key: RSAPrivateKey) -> Path:
    assert Path.home() == tmp_path
    write_home(tmp_path, pem(private_key))
    return tmp_path


def with_oci(case: Case, auth: str) -> str:
    """The keyId that `oci` signs a request with."""
    options = {"--auth": auth}
    for name, value in case.arguments.items():
        options[f"--{name.replace('_', '-')}"] = value
    oci = Path(sys.executable).with_name("oci")
    words = [word for option in options.items() for word in option]
    with ScriptedServer(answer(200, {})) as server:
        subprocess.run(
            [oci, *words, "raw-request", "--http-method", "GET", "--target-uri", server.base_url],
            env={"HOME": str(Path.home()), "PATH": os.defpath, **case.environment},
            capture_output=True,
            check=True,
        )
    return server.requests[0].headers["authorization"].partition('keyId="')[2].partition('"')[0]


def with_aidp(case: Case, auth: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The keyId of the signer that `aidp` makes."""
    for name, value in case.environment.items():
        monkeypatch.setenv(name, value)
    values = aidp.global_defaults() | case.arguments | {"auth": auth}
    arguments = aidp.SimpleNamespace(**values)
    return str(aidp.build_signer(aidp.load_config(arguments), arguments).api_key)


@pytest.mark.parametrize("auth", ["api_key", "security_token"])
@pytest.mark.parametrize("sources", [(), *((one,) for one in SOURCES), *PAIRS], ids=" and ".join)
def test_official_clients_sign_with_the_same_key_id(
    home: Path, sources: Sequence[str], auth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranged = case(home, sources, auth)
    assert with_oci(arranged, auth) == arranged.key_id
    if "default_profile" not in sources:  # which `aidp` does not read
        assert with_aidp(arranged, auth, monkeypatch) == arranged.key_id
