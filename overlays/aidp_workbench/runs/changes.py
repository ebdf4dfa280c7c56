"""What is new from one look at runs to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from .run import Run
from .statuses import status_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

R = TypeVar("R", bound=Run)

# They identify a run without a key, as far as it has them.
_NAMING = ("job_run_key", "task_key", "retry_attempt", "name", "external_id")


class Changes(Generic[R]):
    """Remembers the status of each run."""

    def __init__(self) -> None:
        self._statuses: dict[Hashable, str | None] = {}

    def of(self, runs: Sequence[R]) -> Iterator[tuple[R, str | None, bool]]:
        """The runs that are new or have another status than before, in the order of `runs`.

        With each its status before, `None` if it is new or had none, and whether it is new.
        """
        before, self._statuses = self._statuses, statuses(runs)
        for run in runs:
            identity = identity_of(run)
            is_new = identity not in before
            if is_new or before[identity] != status_of(run):
                yield run, before.get(identity), is_new


def statuses(runs: Sequence[Run]) -> dict[Hashable, str | None]:
    """The status of each run, by what identifies it."""
    return {identity_of(run): status_of(run) for run in runs}


def identity_of(run: Run) -> Hashable:
    """What is the same for a run from one look to the next."""
    return run.key or tuple(getattr(run, name, None) for name in _NAMING)
