"""What every run of the API has, be it of a job or of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from aidp_workbench_api.types import Unset


class State(Protocol):
    """How far a run is; the API names it with one text, which may be unknown to this version."""

    @property
    def status(self) -> str | Unset | None: ...


class Run(Protocol):
    """A job run or a task run. Times are in milliseconds since 1970-01-01 UTC."""

    @property
    def key(self) -> str | Unset | None: ...

    @property
    def state(self) -> State | Unset | None: ...

    @property
    def start_time(self) -> int | Unset | None: ...

    @property
    def end_time(self) -> int | Unset | None: ...
