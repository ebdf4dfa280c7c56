"""Oracle AI Data Platform Workbench: signing, paging, retries and errors for the generated client.

`connect` returns the client of `aidp_workbench_api`; `paginate` goes through its list operations.
"""

from __future__ import annotations

import logging

from ._auth import OciAuth
from ._client import connect
from ._many import apaginate_many, paginate_many
from ._moments import duration, moment
from ._outcomes import attempt_of, has_ended, has_failed, last_attempts, status_of
from ._pagination import Page, apages, apaginate, pages, paginate
from ._retry import RetryPolicy
from ._version import __version__ as __version__
from ._waiting import Change, Waiting, await_until_ended, wait_until_ended
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
