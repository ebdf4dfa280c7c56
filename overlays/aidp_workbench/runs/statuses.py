"""What each status means: the one table of statuses, for the client and the command line."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .run import Run


class Meaning(Enum):
    """What several statuses have in common."""

    SUCCEEDED = auto()
    SKIPPED = auto()  # it was not supposed to run
    FAILED = auto()
    NOT_RUN = auto()  # because a task before it failed
    CANCELED = auto()
    RUNNING = auto()
    WAITING = auto()
    UNKNOWN = auto()  # no status, or one that this version does not know


_MEANINGS: dict[str | None, Meaning] = {
    "SUCCESS": Meaning.SUCCEEDED,
    "SKIPPED": Meaning.SKIPPED,
    "EXCLUDED": Meaning.SKIPPED,
    "FAILED": Meaning.FAILED,
    "INTERNAL_ERROR": Meaning.FAILED,
    "TIMED_OUT": Meaning.FAILED,
    "UPSTREAM_FAILED": Meaning.NOT_RUN,
    "CANCELED": Meaning.CANCELED,
    "UPSTREAM_CANCELED": Meaning.CANCELED,
    "RUNNING": Meaning.RUNNING,
    "CANCELING": Meaning.RUNNING,
    "PENDING": Meaning.WAITING,
    "QUEUED": Meaning.WAITING,
    "BLOCKED": Meaning.WAITING,
    "PAUSED_MAINTENANCE": Meaning.WAITING,
}
_ENDED_WELL = (Meaning.SUCCEEDED, Meaning.SKIPPED)
_ENDED_BADLY = (Meaning.FAILED, Meaning.NOT_RUN, Meaning.CANCELED)


def status_of(run: Run) -> str | None:
    """The status of a run as text, also one that this version does not know; `None` without one."""
    return (run.state.status or None) if run.state else None


def meaning_of(status: str | None) -> Meaning:
    """What a status means, given as text."""
    return _MEANINGS.get(status, Meaning.UNKNOWN)


def has_ended(run: Run, *, blocked_is_final: bool = False) -> bool:
    """Whether the run has ended for good.

    Without a status, or with one that this version does not know, it has not. A `BLOCKED` run
    counts as ended only if the caller says so.
    """
    status = status_of(run)
    ended = meaning_of(status) in (*_ENDED_WELL, *_ENDED_BADLY)
    return ended or (blocked_is_final and status == "BLOCKED")


def has_failed(run: Run) -> bool:
    """Whether the run has ended and did not do its work: failed, timed out or canceled.

    A task that was skipped or excluded did what it should. See `latest_attempts` for retries.
    """
    return meaning_of(status_of(run)) in _ENDED_BADLY
