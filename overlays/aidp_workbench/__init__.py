"""Oracle AI Data Platform Workbench: signing, paging, retries and errors for the generated client.

`connect` returns the client of `aidp_workbench_api`; `paginate` goes through its list operations.
"""

from __future__ import annotations

import importlib
import logging
import typing

from ._version import __version__ as __version__

if typing.TYPE_CHECKING:
    from ._client import connect
    from .auth.oci_auth import OciAuth
    from .errors import (
        ArgumentError,
        BadRequestError,
        ConfigError,
        InternalServerError,
        NotFoundError,
        PaginationError,
        ResponseError,
        ServiceError,
        StillRunningError,
        TooManyRequestsError,
        TransportError,
        UnauthorizedError,
        WorkbenchError,
    )
    from .listing.many import apaginate_many, paginate_many
    from .listing.pagination import Page, apages, apaginate, pages, paginate
    from .runs.statuses import attempt_of, has_ended, has_failed, last_attempts, status_of
    from .runs.times import duration, moment
    from .runs.waiting import Change, Waiting, await_until_ended, wait_until_ended
    from .transport.retry import RetryPolicy

__all__ = [
    "ArgumentError",
    "BadRequestError",
    "Change",
    "ConfigError",
    "InternalServerError",
    "NotFoundError",
    "OciAuth",
    "Page",
    "PaginationError",
    "ResponseError",
    "RetryPolicy",
    "ServiceError",
    "StillRunningError",
    "TooManyRequestsError",
    "TransportError",
    "UnauthorizedError",
    "Waiting",
    "WorkbenchError",
    "apages",
    "apaginate",
    "apaginate_many",
    "attempt_of",
    "await_until_ended",
    "connect",
    "duration",
    "has_ended",
    "has_failed",
    "last_attempts",
    "moment",
    "pages",
    "paginate",
    "paginate_many",
    "status_of",
    "wait_until_ended",
]

# Only programs that configure logging see our records.
logging.getLogger(__name__).addHandler(logging.NullHandler())

if not typing.TYPE_CHECKING:
    # Each name is imported when it is first used: the command line prints its help in half the
    # time, and a program that lists does not import what waiting needs.
    _MODULES = {
        "_client": ("connect",),
        "auth.oci_auth": ("OciAuth",),
        "errors": tuple(name for name in __all__ if name.endswith("Error")),
        "listing.many": ("apaginate_many", "paginate_many"),
        "listing.pagination": ("Page", "apages", "apaginate", "pages", "paginate"),
        "runs.statuses": ("attempt_of", "has_ended", "has_failed", "last_attempts", "status_of"),
        "runs.times": ("duration", "moment"),
        "runs.waiting": ("Change", "Waiting", "await_until_ended", "wait_until_ended"),
        "transport.retry": ("RetryPolicy",),
    }
    _MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

    def __getattr__(name: str) -> object:
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = importlib.import_module(f".{_MODULE_OF[name]}", __name__)
        return globals().setdefault(name, getattr(module, name))

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
