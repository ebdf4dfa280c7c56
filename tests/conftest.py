"""Fixtures that many tests share."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
import resource
import signal
import threading
import time
from functools import cache
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
from hypothesis import HealthCheck, settings

from tests.fake_clock import FakeTime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aidp_workbench_api.models import TaskRunSummary

# Needs a browser; its session names the file.
collect_ignore = ["browser"]

KEYS: dict[str, Any] = {
    "ai_data_platform_id": "platform",
    "workspace_key": "workspace",
    "job_run_key": "job-run",
}
IMPATIENT = RetryPolicy(attempts=3, wait_initial=0.001)


# How fast an example runs says nothing about the code, only about the machine.
settings.register_profile(
    "quick",
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=200)
settings.load_profile("quick")


def pytest_collection_finish() -> None:
    """Exclude what lasts as long as the process from each garbage collection."""
    gc.collect()
    gc.freeze()


# All that tests may see of the environment in which they were started. The others (OCI_*, AIDP_*,
# proxies, certificate authorities, what terminals, git and Python look at) are removed.
_KEPT = re.compile(
    r"PATH|TMPDIR|VIRTUAL_ENV|LD_LIBRARY_PATH|PYTHON(PATH|HOME|HASHSEED|DONTWRITEBYTECODE)"
    r"|(COVERAGE|COV_CORE|PYTEST)_.*"
)


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if not _KEPT.fullmatch(name)]:
            patch.delenv(name)
        patch.setenv("LANG", "C.UTF-8")
        patch.setenv("TZ", "UTC")
        # Below the home directory, which is another for each test, it would be made each time.
        patch.setenv("MPLCONFIGDIR", str(tmp_path_factory.mktemp("matplotlib")))
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="session", autouse=True)
def _process() -> Iterator[None]:
    """What a process inherits: `nohup` or `&` may leave signals ignored or blocked, for example."""
    handlers = {number: signal.getsignal(number) for number in _INHERITED}
    for number in _INHERITED:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    mask = signal.pthread_sigmask(signal.SIG_SETMASK, ())
    umask = os.umask(0o022)
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, files[1]), files[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, files)
    os.umask(umask)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    for number, handler in handlers.items():
        if handler is not None:  # else it is not of Python
            signal.signal(number, handler)


_INHERITED = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP, signal.SIGCHLD)


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="session")
def private_key() -> rsa.RSAPrivateKey:
    """A short key, which signs seven times as fast as one that is safe."""
    return rsa.generate_private_key(65537, 1024)


@pytest.fixture(scope="session")
def other_private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)


@cache  # it takes a while to encrypt
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


@pytest.fixture
def fake_time(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    """Replaces the clock of credentials in files."""
    fake = FakeTime()
    monkeypatch.setattr("aidp_workbench.auth.key_pair.CLOCK", fake.clock)
    return fake


class Retries(logging.Handler):
    """Counts the attempts that have failed and will be repeated."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = threading.Semaphore(0)

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("attempt "):
            self.seen.release()

    def wait(self) -> bool:
        """Wait for the next, which has begun to wait when this returns."""
        return self.seen.acquire(timeout=60)


@pytest.fixture
def retries() -> Iterator[Retries]:
    """What the log says about failed attempts."""
    logger, handler = logging.getLogger("aidp_workbench"), Retries()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.setLevel(level)
    logger.removeHandler(handler)


@pytest.fixture
def reach(config_file: Path) -> Any:
    """The options that lead to a scripted server."""
    keys = ("--platform", "p", "--workspace", "w", "--job-run", "j")
    return lambda server: ["--base-url", server.base_url, "--config-file", str(config_file), *keys]


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
            for run in paginate(list_task_runs, client=client, **KEYS | args):
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
                async for run in apaginate(list_task_runs, client=client, **KEYS | args):
                    runs.append(run)

        asyncio.run(drain())
        return runs

    return drain_sync if request.param == "sync" else drain_async
