"""Fixtures that many tests share."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from aidp_workbench import RetryPolicy, apaginate, connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

if TYPE_CHECKING:
    from pathlib import Path

    from aidp_workbench_api.models import TaskRunSummary

KEYS: dict[str, Any] = {
    "ai_data_platform_id": "platform",
    "workspace_key": "workspace",
    "job_run_key": "job-run",
}
IMPATIENT = RetryPolicy(attempts=3, wait_initial=0.001)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OCI_CONFIG_FILE", "OCI_CLI_PROFILE", "OCI_REGION", "OCI_CLI_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="session")
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="session")
def other_private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def pem(key: rsa.RSAPrivateKey, pass_phrase: str | None = None) -> bytes:
    encryption = BestAvailableEncryption(pass_phrase.encode()) if pass_phrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


@pytest.fixture
def config_file(tmp_path: Path, private_key: rsa.RSAPrivateKey) -> Path:
    """An OCI configuration file whose profile DEFAULT has an API key."""
    key_file = tmp_path / "key.pem"
    key_file.write_bytes(pem(private_key))
    path = tmp_path / "config"
    path.write_text(
        "[DEFAULT]\n"
        "user=ocid1.user.oc1..u\n"
        "fingerprint=aa:bb\n"
        "tenancy=ocid1.tenancy.oc1..t\n"
        "region=us-ashburn-1\n"
        f"key_file={key_file}\n"
    )
    return path


class Drain(Protocol):
    def __call__(
        self, base_url: str, *, retry: RetryPolicy = ..., seen: list[Any] | None = None, **args: Any
    ) -> list[TaskRunSummary]: ...


@pytest.fixture(params=["sync", "async"])
def drain(request: pytest.FixtureRequest, config_file: Path) -> Drain:
    """Lists all task runs of a server, in both ways; `seen` also has what came before an error."""

    def drain_sync(
        base_url: str,
        *,
        retry: RetryPolicy = IMPATIENT,
        seen: list[TaskRunSummary] | None = None,
        **args: Any,
    ) -> list[TaskRunSummary]:
        runs = [] if seen is None else seen
        with connect(base_url=base_url, config_file=config_file, retry=retry) as client:
            for run in paginate(list_task_runs.sync_detailed, client=client, **KEYS | args):
                runs.append(run)
        return runs

    def drain_async(
        base_url: str,
        *,
        retry: RetryPolicy = IMPATIENT,
        seen: list[TaskRunSummary] | None = None,
        **args: Any,
    ) -> list[TaskRunSummary]:
        runs = [] if seen is None else seen

        async def drain() -> None:
            async with connect(base_url=base_url, config_file=config_file, retry=retry) as client:
                operation = list_task_runs.asyncio_detailed
                async for run in apaginate(operation, client=client, **KEYS | args):
                    runs.append(run)

        asyncio.run(drain())
        return runs

    return drain_sync if request.param == "sync" else drain_async
