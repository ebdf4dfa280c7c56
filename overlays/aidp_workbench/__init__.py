"""Oracle AI Data Platform Workbench: signing, paging, retries and errors for the generated client.

`connect` returns the client of `aidp_workbench_api`; `paginate` lists with it, page by page.
`aidp_workbench.runs` knows what the statuses and times of runs mean.
"""

from __future__ import annotations

import importlib
import logging
import typing
import warnings

from ._version import __version__ as __version__

if typing.TYPE_CHECKING:
    from ._client import connect
    from .auth.oci_auth import OciAuth
    from .errors import (
        ArgumentError,
        BadRequestError,
        ClientClosedError,
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
    from .listing.fetch import afetch, fetch
    from .listing.listing import Page
    from .listing.many import apaginate_many, paginate_many
    from .listing.pagination import apages, apaginate, pages, paginate
    from .listing.unique import aunique, unique
    from .transport.retry import RetryPolicy

__all__ = [
    "ArgumentError",
    "BadRequestError",
    "ClientClosedError",
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
    "WorkbenchError",
    "afetch",
    "apages",
    "apaginate",
    "apaginate_many",
    "aunique",
    "connect",
    "fetch",
    "pages",
    "paginate",
    "paginate_many",
    "unique",
]

# Only programs that configure logging see our records.
logging.getLogger(__name__).addHandler(logging.NullHandler())

if not typing.TYPE_CHECKING:
    # Each name is imported when it is first used: the command line prints its help in half the
    # time, and a program that lists does not import what it does not need.
    _MODULES = {
        "_client": ("connect",),
        "auth.oci_auth": ("OciAuth",),
        "errors": tuple(name for name in __all__ if name.endswith("Error")),
        "listing.fetch": ("afetch", "fetch"),
        "listing.listing": ("Page",),
        "listing.many": ("apaginate_many", "paginate_many"),
        "listing.pagination": ("apages", "apaginate", "pages", "paginate"),
        "listing.unique": ("aunique", "unique"),
        "transport.retry": ("RetryPolicy",),
    }
    _MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}
    # Names of version 0.2, and what they are called in `aidp_workbench.runs`.
    _MOVED = {
        "await_until_ended": "await_until_ended",
        "duration": "duration",
        "has_ended": "has_ended",
        "has_failed": "has_failed",
        "last_attempts": "latest_attempts",
        "moment": "to_datetime",
        "status_of": "status_of",
        "wait_until_ended": "wait_until_ended",
    }

    def __getattr__(name: str) -> object:
        if name in _MODULE_OF:
            module = importlib.import_module(f".{_MODULE_OF[name]}", __name__)
            return globals().setdefault(name, getattr(module, name))
        if name in _MOVED:
            place = f"{__name__}.runs"
            advice = f"{__name__}.{name} is {place}.{_MOVED[name]} now"
            warnings.warn(advice, DeprecationWarning, stacklevel=2)
            return getattr(importlib.import_module(place), _MOVED[name])
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
