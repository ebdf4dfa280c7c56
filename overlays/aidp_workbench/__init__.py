"""Oracle AI Data Platform Workbench: signing, paging, retries and errors for the generated client.

`connect` returns the client of `aidp_workbench_api`; `paginate` goes through its list operations.
"""

from __future__ import annotations

import importlib
import logging
import typing

from ._auth import OciAuth
from ._client import connect
from ._moments import duration, moment
from ._outcomes import attempt_of, has_ended, has_failed, last_attempts, status_of
from ._pagination import Page, apages, apaginate, pages, paginate
from ._retry import RetryPolicy
from ._version import __version__ as __version__
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

# Retries are told to those who ask for them, and to nobody else.
logging.getLogger(__name__).addHandler(logging.NullHandler())

if typing.TYPE_CHECKING:
    from ._many import apaginate_many, paginate_many
    from ._waiting import Change, Waiting, await_until_ended, wait_until_ended
else:
    # Imported when used: without them most programs have their first task run 2 % earlier.
    _LATER = {
        "Change": "_waiting",
        "Waiting": "_waiting",
        "apaginate_many": "_many",
        "await_until_ended": "_waiting",
        "paginate_many": "_many",
        "wait_until_ended": "_waiting",
    }

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = importlib.import_module(f".{_LATER[name]}", __name__)
        return globals().setdefault(name, getattr(module, name))

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
