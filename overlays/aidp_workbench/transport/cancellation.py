"""Cancellation of calls whose result is no longer needed."""

from __future__ import annotations

from concurrent.futures import CancelledError
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

# Once this event is set, no further attempt is made for the call that runs in this context.
cancelled: ContextVar[threading.Event | None] = ContextVar("cancelled", default=None)


def raise_if_cancelled() -> None:
    """Raise CancelledError if the call that runs here is cancelled."""
    if (event := cancelled.get()) is not None and event.is_set():
        raise CancelledError
