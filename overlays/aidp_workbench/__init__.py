"""Oracle AI Data Platform Workbench: signing, paging, retries and errors for the generated client.

`connect` returns the client of `aidp_workbench_api`; `paginate` goes through its list operations.
"""

from __future__ import annotations

import logging

from ._auth import OciAuth
from ._client import connect
from ._many import apaginate_many, paginate_many
from ._pagination import Page, apages, apaginate, pages, paginate
from ._retry import RetryPolicy
from .errors import (
    ArgumentError,
    BadRequestError,
    ConfigError,
    InternalServerError,
    NotFoundError,
    PaginationError,
    ResponseError,
    ServiceError,
    TooManyRequestsError,
    TransportError,
    UnauthorizedError,
    WorkbenchError,
)

__all__ = [
    "ArgumentError",
    "BadRequestError",
    "ConfigError",
    "InternalServerError",
    "NotFoundError",
    "OciAuth",
    "Page",
    "PaginationError",
    "ResponseError",
    "RetryPolicy",
    "ServiceError",
    "TooManyRequestsError",
    "TransportError",
    "UnauthorizedError",
    "WorkbenchError",
    "apages",
    "apaginate",
    "apaginate_many",
    "connect",
    "pages",
    "paginate",
    "paginate_many",
]

# Retries are told to those who ask for them, and to nobody else.
logging.getLogger(__name__).addHandler(logging.NullHandler())
