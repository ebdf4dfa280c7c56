"""Items of the service, listed for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, get_args

from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.models import TaskRunStatusFilter
from aidp_workbench_api.types import UNSET, Unset

from aidp_workbench import Page, pages
from aidp_workbench.runs import status_of

from .output.formats import writer_for
from .output.progress import Progress
from .output.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aidp_workbench_api.models import SortOrder, TaskRunSummary

    from .connection import Workspace
    from .options import ListOptions
    from .output.view import View

T = TypeVar("T")

# Items. Fewer make more requests, more let people wait longer for the first rows.
PAGE_SIZE = 500


def all_task_runs(
    workspace: Workspace, job_run_key: str, sort_order: SortOrder | Unset = UNSET
) -> list[TaskRunSummary]:
    """Every task run of the job run; stderr shows how many there are so far."""
    runs: list[TaskRunSummary] = []
    with Progress() as progress:
        progress.show("Listing task runs…")
        for page in pages(
            list_task_runs,
            **workspace.where,
            job_run_key=job_run_key,
            sort_order=sort_order,
            limit=PAGE_SIZE,
        ):
            runs += page.items
            progress.show(f"{len(runs):,} task runs so far…")
    return runs


def write_listing(
    operation: Any,
    view: View[Any],
    arguments: Mapping[str, Any],
    options: ListOptions,
    *,
    utc: bool,
    statuses: Sequence[str] = (),
) -> None:
    """Write what a list operation gives, page by page, as the options say.

    Args:
        arguments: Those of the operation; `None` for one that is not given.
        statuses: Only items in one of these; all if there are none. Those that the service does
            not filter by are picked out here.
    """
    by_service = statuses_of_service(statuses)
    by_client = set[str]() if by_service else set(statuses)
    limit = options.limit
    filters = {
        **arguments,
        "display_name": options.name,
        "status": by_service or None,
        "sort_by": options.sort_by or "timeCreated",
        "sort_order": options.sort_order,
        "limit": PAGE_SIZE if limit is None or by_client else min(limit, PAGE_SIZE),
    }
    given = {name: value for name, value in filters.items() if value is not None}
    writer = writer_for(options.output, operation, view, utc=utc, csv_exact=options.csv_exact)

    def wanted(item: Any) -> bool:
        return not by_client or status_of(item) in by_client

    with Progress() as progress:
        writer.start()
        for items in _limited(progress, view.noun, pages(operation, **given), wanted, limit):
            writer.write(items)
        progress.clear()
        writer.end()


def statuses_of_service(statuses: Iterable[str]) -> list[TaskRunStatusFilter]:
    """The statuses, if the service filters by all of them; else none."""
    known = [one for one in get_args(TaskRunStatusFilter) if one in statuses]
    return known if len(known) == len(set(statuses)) else []


def _limited(
    progress: Progress,
    noun: str,
    found: Iterator[Page[T]],
    wanted: Callable[[T], bool],
    limit: int | None,
) -> Iterator[Sequence[T]]:
    """The wanted items of each page, until there are `limit`."""
    listed = given = 0
    progress.show(f"Listing {noun}s…")
    for page in found:
        listed += len(page.items)
        items = [item for item in page.items if wanted(item)]
        if limit is not None:
            items = items[: limit - given]
        given += len(items)
        progress.clear()
        yield items
        if given == limit:
            return
        progress.show(f"{counted(listed, noun)} so far…")
