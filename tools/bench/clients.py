"""One measure of one client, in a separate process: `clients.py CLIENT MEASURE OPTIONS`.

Runs in the client's environment, where nothing else is installed. Prints a line of JSON: seconds of
`wall` and `cpu`, bytes of `peak` memory, and when it was done by the clock of all processes. What a
client needs is imported only when it is used: that is part of the measure.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEYS = {"ai_data_platform_id": "ocid1.aidataplatform.oc1.iad.bench", "workspace_key": "workspace"}


class Client(Protocol):
    """What both clients do, each in its own way."""

    def first_page(self, job_run_key: str) -> int:
        """List one page of the default size; how many task runs it has."""
        ...

    def task_runs(self, job_run_key: str, limit: int) -> Iterable[object]:
        """List all task runs."""
        ...

    def pages(self, job_run_key: str, limit: int) -> Iterable[object]:
        """List all pages."""
        ...

    def job_runs(self, job_run_keys: list[str], at_once: int) -> int:
        """List many job runs; how many task runs they have."""
        ...


class Ours:
    """aidp-workbench."""

    def __init__(self, base_url: str, config_file: str) -> None:
        from aidp_workbench import connect
        from aidp_workbench_api.api.task_runs import list_task_runs

        self._client = connect(base_url=base_url, config_file=config_file)
        self._operation = list_task_runs

    def first_page(self, job_run_key: str) -> int:
        return len(list(self.task_runs(job_run_key, limit=100)))

    def task_runs(self, job_run_key: str, limit: int) -> Iterator[object]:
        from aidp_workbench import paginate

        arguments: Any = KEYS | {"job_run_key": job_run_key, "limit": limit}
        return paginate(self._operation, client=self._client, **arguments)

    def pages(self, job_run_key: str, limit: int) -> Iterator[object]:
        from aidp_workbench import pages

        arguments: Any = KEYS | {"job_run_key": job_run_key, "limit": limit}
        return pages(self._operation, client=self._client, **arguments)

    def job_runs(self, job_run_keys: list[str], at_once: int) -> int:
        import asyncio

        from aidp_workbench import Page, apaginate_many

        async def count_all() -> int:
            async with self._client:
                listings = apaginate_many(
                    self._operation,
                    "job_run_key",
                    job_run_keys,
                    concurrency=at_once,
                    client=self._client,
                    **KEYS,
                )
                return sum(
                    [len(page.items) async for _, page in listings if isinstance(page, Page)]
                )

        return asyncio.run(count_all())


class Official:
    """Oracle's own SDK."""

    def __init__(self, base_url: str, config_file: str) -> None:
        from importlib import import_module  # these packages have no types

        self._oci: Any = import_module("oci")
        sdk: Any = import_module("aidp_python_client.aidataplatform_dp")
        config = self._oci.config.from_file(config_file)
        self._client = sdk.WorkflowClient(config, service_endpoint=base_url)

    def first_page(self, job_run_key: str) -> int:
        return len(self._client.list_task_runs(**KEYS, job_run_key=job_run_key).data.items)

    def task_runs(self, job_run_key: str, limit: int) -> Any:
        return self._listing("record", job_run_key, limit)

    def pages(self, job_run_key: str, limit: int) -> Any:
        return self._listing("response", job_run_key, limit)

    def job_runs(self, job_run_keys: list[str], at_once: int) -> int:
        from concurrent.futures import ThreadPoolExecutor

        def count(job_run_key: str) -> int:
            return len(list(self._listing("record", job_run_key, 100)))

        if at_once == 1:
            return sum(map(count, job_run_keys))
        with ThreadPoolExecutor(at_once) as threads:
            return sum(threads.map(count, job_run_keys))

    def _listing(self, mode: str, job_run_key: str, limit: int) -> Any:
        return self._oci.pagination.list_call_get_all_results_generator(
            self._client.list_task_runs, mode, **KEYS, job_run_key=job_run_key, limit=limit
        )


class Meter:
    """Wall and CPU time since it was made, or since the process started if `whole` is set."""

    def __init__(self, *, whole: bool = False) -> None:
        self._wall, self._cpu = time.perf_counter(), 0.0 if whole else time.process_time()

    def read(self) -> dict[str, float]:
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        return {"wall": wall, "cpu": cpu, "done": time.monotonic()}


def first_page(client: Client, task_runs: str, **others: object) -> dict[str, float]:
    meter = Meter(whole=True)
    assert client.first_page(task_runs) == 100
    return meter.read()


def drain(client: Client, task_runs: str, limit: int, **others: object) -> dict[str, float]:
    meter = Meter()
    assert sum(1 for _ in client.task_runs(task_runs, limit)) == int(task_runs.split("-")[0])
    return meter.read()


def requests(client: Client, task_runs: str, key_file: str, **others: object) -> dict[str, float]:
    """CPU per request of a listing with limit=1, over what its signature takes."""
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(Path(key_file).read_bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    listing = iter(client.task_runs(task_runs, 1))
    next(listing)  # it connects
    meter = Meter()
    count = sum(1 for _ in listing)
    figures, signing = meter.read(), Meter()
    for _ in range(count):
        key.sign(b"x" * 250, PKCS1v15(), SHA256())
    signature = signing.read()["cpu"] / count
    return figures | {"cpu": figures["cpu"] / count - signature, "signature": signature}


def work(
    client: Client, task_runs: str, limit: int, work: float, **others: object
) -> dict[str, float]:
    meter = Meter()
    for _ in client.pages(task_runs, limit):
        time.sleep(work)
    return meter.read()


def job_runs(client: Client, keys: list[str], at_once: int, **others: object) -> dict[str, float]:
    meter = Meter()
    assert client.job_runs(keys, at_once) == sum(int(key.split("-")[0]) for key in keys)
    return meter.read()


def json_loads(base_url: str, task_runs: str, limit: int, **others: object) -> dict[str, float]:
    """CPU of the JSON parser alone, for the bytes that `drain` receives."""
    from urllib.request import urlopen

    with urlopen(f"{base_url}/?jobRunKey={task_runs}&limit={limit}") as answer:  # noqa: S310
        body = answer.read()
    meter = Meter()
    for _ in range(int(task_runs.split("-")[0]) // limit):
        json.loads(body)
    return meter.read()


def peak() -> int:
    """Most memory that this process had at once, in bytes."""
    try:
        # With Linux ru_maxrss begins with that of the process that started this one.
        with open("/proc/self/status") as status:  # noqa: PTH123
            return next(int(line.split()[1]) for line in status if "VmHWM" in line) * 1024
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


MEASURES = {one.__name__: one for one in (drain, first_page, job_runs, requests, work)}


def main(name: str, measure: str, options: dict[str, Any]) -> None:
    if measure == "json_loads":
        figures = json_loads(**options)
    else:
        kind = Ours if name == "ours" else Official
        client = kind(options.pop("base_url"), options.pop("config_file"))
        figures = MEASURES[measure](client, **options)
    print(json.dumps(figures | {"peak": peak()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
