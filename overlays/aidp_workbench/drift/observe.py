"""Lists the latest runs of a workspace to find what the client does not know of them."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING

from aidp_workbench_api.api.job_runs import get_job_run, list_job_runs
from aidp_workbench_api.api.task_runs import get_task_run, list_task_runs

from ..errors import ERROR_CLASSES, NotFoundError, ResponseError, ServiceError
from ..listing.fetch import fetch
from ..listing.pagination import paginate
from .observer import Observer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    import httpx
    from aidp_workbench_api import Client
    from aidp_workbench_api.models import TaskRunSummary

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

    The details of each job run and of its first task run are looked at, too.

    Args:
        client: A client from `connect`, which nothing else uses meanwhile.
        ai_data_platform_id: The AI Data Platform instance.
        workspace_key: The workspace.
        job_run_keys: The job runs to look at; the latest ones if left out.
        job_runs: How many of the latest job runs.

    Raises:
        WorkbenchError: The service cannot be reached, or it refuses. A response that cannot be
            read, or a status that the API does not describe, is a difference and no error.
    """
    observer = Observer()
    where = (ai_data_platform_id, workspace_key)
    with _observed(client.get_httpx_client(), observer):
        keys = [] if job_run_keys is None else [*job_run_keys]
        if job_run_keys is None:
            with _tolerant(observer):
                keys.extend(_latest(client, where, job_runs))
        for key in keys:
            with _tolerant(observer), suppress(NotFoundError):
                fetch(get_job_run, *where, key, client=client)
            task_runs: list[TaskRunSummary] = []
            with _tolerant(observer):
                task_runs.extend(paginate(list_task_runs, *where, job_run_key=key, client=client))
            if first := next((one.key for one in task_runs if one.key), None):
                with _tolerant(observer), suppress(NotFoundError):
                    fetch(get_task_run, *where, first, client=client)
    return observer.drifts


def _latest(client: Client, where: tuple[str, str], count: int) -> Iterator[str]:
    runs = paginate(
        list_job_runs,
        *where,
        sort_by="timeCreated",
        sort_order="DESC",
        limit=min(count, 100),
        client=client,
    )
    return (run.key for run in islice(runs, count))


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
