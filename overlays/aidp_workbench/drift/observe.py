"""Lists the latest runs of a workspace to find what the client does not know of them."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from aidp_workbench_api.api.job_runs import list_job_runs
from aidp_workbench_api.api.task_runs import list_task_runs

from ..errors import ERROR_CLASSES, ResponseError, ServiceError
from ..listing.pagination import paginate
from .observer import Observer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    import httpx
    from aidp_workbench_api import Client

    from .drift import Drift


def observe(
    client: Client,
    *,
    ai_data_platform_id: str,
    workspace_key: str,
    job_run_keys: Iterable[str] | None = None,
    job_runs: int = 20,
) -> list[Drift]:
    """List job runs and their task runs, and return all kinds of differences with counts.

    Args:
        client: A client from `connect`, which nothing else uses meanwhile.
        ai_data_platform_id: The AI Data Platform instance.
        workspace_key: The workspace.
        job_run_keys: The job runs whose task runs are listed; the latest ones if left out.
        job_runs: How many of the latest job runs.

    Raises:
        WorkbenchError: The service cannot be reached, or it refuses. A response that cannot be
            read, or a status that the API does not describe, is a difference and no error.
    """
    observer = Observer()

    def latest() -> Iterator[str]:
        runs = paginate(
            list_job_runs,
            ai_data_platform_id,
            workspace_key,
            sort_by="timeCreated",
            sort_order="DESC",
            limit=min(job_runs, 100),
            client=client,
        )
        yield from (run.key for run in islice(runs, job_runs))

    with _observed(client.get_httpx_client(), observer):
        keys = [] if job_run_keys is None else [*job_run_keys]
        if job_run_keys is None:
            with _tolerant(observer):
                keys.extend(latest())
        for key in keys:
            with _tolerant(observer):
                for _ in paginate(
                    list_task_runs,
                    ai_data_platform_id,
                    workspace_key,
                    job_run_key=key,
                    client=client,
                ):
                    pass  # the observer has heard of it
    return observer.drifts


@contextmanager
def _observed(client: httpx.Client, observer: Observer) -> Generator[None]:
    """Let `observer` hear the responses that `client` gets meanwhile."""
    hooks = client.event_hooks

    def add_observer(response: httpx.Response) -> None:
        response.extensions["observer"] = observer

    client.event_hooks = {**hooks, "response": [*hooks["response"], add_observer]}
    try:
        yield
    finally:
        client.event_hooks = hooks


@contextmanager
def _tolerant(observer: Observer) -> Generator[None]:
    """End a listing that meets what the API does not describe, which is what is looked for."""
    try:
        yield
    except ResponseError:
        pass  # the observer has heard of it
    except ServiceError as error:
        if error.status in ERROR_CLASSES:
            raise
        observer.refused(error)
