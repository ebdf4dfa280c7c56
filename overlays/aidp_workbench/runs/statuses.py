"""Which runs have ended, and which of them went well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench_api.models import TaskRunStatus

if TYPE_CHECKING:
    from .run import Run

# Typed as literals for a type checker to find a misspelled one.
_SUCCEEDED = frozenset[TaskRunStatus]({"SUCCESS", "SKIPPED", "EXCLUDED"})
_FAILED = frozenset[TaskRunStatus](
    {
        "FAILED",
        "CANCELED",
        "INTERNAL_ERROR",
        "TIMED_OUT",
        "UPSTREAM_CANCELED",
        "UPSTREAM_FAILED",
    }
)


def status_of(run: Run) -> str | None:
    """The status of a run as text, also one that this version does not know; `None` without one."""
    return (run.state.status or None) if run.state else None


def has_ended(run: Run, *, blocked_is_final: bool = False) -> bool:
    """Whether the run has ended for good.

    Without a status, or with one that this version does not know, it has not. `BLOCKED` is going
    on unless the caller says otherwise.
    """
    status = status_of(run)
    ended = status in _SUCCEEDED or status in _FAILED
    return ended or (blocked_is_final and status == "BLOCKED")


def has_failed(run: Run) -> bool:
    """Whether the run has ended and did not do its work: failed, timed out or canceled.

    A task that was skipped or excluded did what it should. See `latest_attempts` for retries.
    """
    return status_of(run) in _FAILED
