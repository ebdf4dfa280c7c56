"""What the shell offers in place of names: at once, or quietly nothing."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import fields
from threading import Thread
from typing import TYPE_CHECKING, Any

from typer import Context  # noqa: TC002  # typer reads annotations

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECONDS = 2.0
_PAGE_SIZE = 1000
# Shells insert what is offered as it is, and would run what is in $(…).
_PLAIN = re.compile(r"[\w.@%+/][\w.@%+/-]*")


def complete_job(ctx: Context, incomplete: str) -> list[str]:
    """The names of jobs that begin like this; none if the service does not say so in time."""
    names: list[str] = []
    # A thread, because looking up a host has no time limit; one that does not keep the process.
    search = Thread(target=_find, args=(ctx.params, incomplete, names), daemon=True)
    search.start()
    search.join(_SECONDS)
    return sorted(set(names))


def _find(options: Mapping[str, Any], begin: str, names: list[str]) -> None:
    with suppress(Exception):  # nobody asked for an error
        names += [name for name in _job_names(options, begin) if name.startswith(begin)]


def _job_names(options: Mapping[str, Any], begin: str) -> list[str]:
    from aidp_workbench_api.api.jobs import list_jobs
    from aidp_workbench_api.types import UNSET

    from aidp_workbench import RetryPolicy, pages

    from ..connection import workspace_of
    from ..options import WorkspaceOptions

    names = {one.name for one in fields(WorkspaceOptions)}
    given = {name: value for name, value in options.items() if name in names and value is not None}
    once = RetryPolicy(attempts=1)
    with workspace_of(WorkspaceOptions(**given), timeout=_SECONDS, retry=once) as workspace:
        part = begin or UNSET
        found = pages(list_jobs, **workspace.where, display_name_contains=part, limit=_PAGE_SIZE)
        first = next(found)
        return [job.name for job in first.items if job.name and _PLAIN.fullmatch(job.name)]
