"""Whatever goes wrong, a listing returns every task run once, or says where to resume."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import httpx
import pytest
from aidp_workbench import (
    BadRequestError,
    PaginationError,
    RetryPolicy,
    TooManyRequestsError,
    UnauthorizedError,
    WorkbenchError,
    apaginate,
    connect,
    paginate,
)
from aidp_workbench_api.api.task_runs import list_task_runs
from aidp_workbench_api.types import UNSET
from oci.auth.signers import SecurityTokenSigner

from tools.service import Defect, Faults, Kind, Service, serve
from tools.service.defects import CLOCK_AHEAD, TOKEN_LIFE
from tools.service.faults import PASSING

if TYPE_CHECKING:
    from aidp_workbench_api import Client
    from cryptography.hazmat.primitives.asymmetric import rsa

QUICK = tuple(
    kind
    for kind in PASSING
    if kind not in {Kind.STALL, Kind.SLOW, Kind.TOO_MANY_SECONDS, Kind.TOO_MANY_DATE}
)
# A refused connection is no request, and uses up more than one attempt.
COUNTABLE = tuple(kind for kind in QUICK if kind is not Kind.REFUSED)
# After a reset without any byte a kept connection is replaced, and the attempt goes on.
FAILING = tuple(kind for kind in COUNTABLE if kind is not Kind.RESET)
# The first has every kind of fault, but few that take a second.
PLANS = [Faults(402, 0.3, stall=5), Faults(7, 0.5, QUICK), Faults(2, 0.6, QUICK)]

IMPATIENT = RetryPolicy(attempts=8, wait_initial=0.002, wait_max=0.01)
# Many attempts: which requests meet a fault is planned, but not how many a page takes.
PATIENT = RetryPolicy(attempts=40, wait_initial=0.002, wait_max=0.01)
TWICE = RetryPolicy(attempts=2, wait_initial=0.001)
TIMEOUT = httpx.Timeout(10, read=60)
SHORT_OF_A_STALL = httpx.Timeout(10, read=0.3)


class Listing:
    """The task runs of a service, listed in one of both ways, and the errors that came between."""

    def __init__(
        self,
        way: str,
        service: Service,
        *,
        page: str | None = None,
        limit: int = 100,
        retry: RetryPolicy = IMPATIENT,
        timeout: httpx.Timeout = TIMEOUT,
        resume: bool = False,
    ) -> None:
        self.keys: list[object] = []
        self.errors: list[WorkbenchError] = []
        self._options: dict[str, Any] = {"limit": limit, **keys_of(service)}
        self._resume = resume
        client = connected(service, retry, timeout)
        self._goes_on = self._go_on_at(page)
        if way == "sync":
            self._list(client)
        else:
            asyncio.run(self._list_async(client))

    def _list(self, client: Client) -> None:
        with client:
            while self._goes_on:
                try:
                    for run in paginate(list_task_runs, client=client, **self._options):
                        self.keys.append(run.key)
                    break
                except WorkbenchError as error:
                    self._take(error)

    async def _list_async(self, client: Client) -> None:
        async with client:
            while self._goes_on:
                try:
                    async for run in apaginate(list_task_runs, client=client, **self._options):
                        self.keys.append(run.key)
                    break
                except WorkbenchError as error:
                    self._take(error)

    def _take(self, error: WorkbenchError) -> None:
        before = sum(one.items_before for one in self.errors)
        assert error.items_before == len(self.keys) - before
        self.errors.append(error)
        self._goes_on = self._resume and self._go_on_at(error.resume_page)

    def _go_on_at(self, page: str | None) -> bool:
        self._options["page"] = UNSET if page is None else page
        return True


class Lister(Protocol):
    def __call__(
        self,
        service: Service,
        *,
        page: str | None = ...,
        limit: int = ...,
        retry: RetryPolicy = ...,
        timeout: httpx.Timeout = ...,
        resume: bool = ...,
    ) -> Listing: ...


@pytest.fixture(params=["sync", "async"])
def list_all(request: pytest.FixtureRequest) -> Lister:
    return partial(Listing, request.param)


def connected(
    service: Service,
    retry: RetryPolicy = IMPATIENT,
    timeout: httpx.Timeout = TIMEOUT,
) -> Client:
    return connect(
        base_url=service.base_url, config_file=service.config_file, timeout=timeout, retry=retry
    )


def keys_of(service: Service) -> dict[str, Any]:
    return {
        "ai_data_platform_id": service.ai_data_platform_id,
        "workspace_key": service.workspace_key,
        "job_run_key": service.job_run_key,
    }


def expected(service: Service) -> list[object]:
    return [run["key"] for run in reversed(service.task_runs)]


def assert_as_planned(service: Service, plan: Faults) -> None:
    numbers = range(service.faults[-1][0] + 1)
    assert service.faults == [(n, kind) for n in numbers if (kind := plan.kind(n)) is not None]


# Faults on the way, which are gone when the request is sent again


@pytest.mark.slow
def test_every_task_run_comes_once_and_in_order_through_hundreds_of_faults(
    list_all: Lister,
) -> None:
    met: Counter[Kind] = Counter()
    errors: list[WorkbenchError] = []
    for plan in PLANS:
        with serve(task_runs=10_000, faults=plan) as service:
            listing = list_all(service, timeout=SHORT_OF_A_STALL, resume=True)
            assert listing.keys == expected(service)
        assert len(listing.keys) == len(set(listing.keys)) == 10_000
        assert_as_planned(service, plan)
        met.update(kind for _, kind in service.faults)
        errors += listing.errors
    assert set(met) == set(PASSING)
    assert met.total() > 250
    assert errors


@dataclass(frozen=True)
class Outage(Faults):
    """The requests of these numbers meet a fault, and no others."""

    numbers: frozenset[int] = frozenset()

    def kind(self, number: int) -> Kind | None:
        return self.kinds[number % len(self.kinds)] if number in self.numbers else None


@pytest.mark.slow
def test_after_an_error_at_any_page_the_rest_is_where_it_says(list_all: Lister) -> None:
    first_attempts = [(12 + TWICE.attempts) * before + before for before in range(12)]
    numbers = frozenset(first + i for first in first_attempts for i in range(TWICE.attempts))
    with serve(task_runs=115, faults=Outage(0, kinds=FAILING, numbers=numbers)) as service:
        for before in range(12):
            listing = list_all(service, limit=10, retry=TWICE, resume=True)
            assert listing.keys == expected(service)
            [error] = listing.errors
            assert (error.pages_before, error.items_before) == (before, 10 * before)
            assert (error.resume_page is None) == (before == 0)
    assert len(service.faults) == len(numbers)


def test_a_retry_after_beyond_the_time_of_the_call_ends_it(list_all: Lister) -> None:
    with serve(task_runs=30, faults=Faults(1, 1, [Kind.TOO_MANY_WAIT_LONG])) as service:
        listing = list_all(service)
    assert listing.keys == []
    [error] = listing.errors
    assert isinstance(error, TooManyRequestsError)
    assert (error.attempts, error.retry_after) == (1, 86400)
    assert len(service.faults) == 1


class ExpiringSession(SecurityTokenSigner):  # type: ignore[misc]  # oci has no types
    """Signs with a token that the service no longer knows after `expire`, until a refresh."""

    def __init__(self, service: Service, key: rsa.RSAPrivateKey) -> None:
        self._service = service
        self._key = key
        self.renewals = -1
        super().__init__("", key)
        self.refresh_security_token()

    def expire(self) -> None:
        self._service.keys.clear()

    def refresh_security_token(self) -> None:
        self.renewals += 1
        self.api_key = f"ST${self.renewals}"
        self._basic_signer.reset_signer(self.api_key, self._key)
        self._service.keys[self.api_key] = self._key.public_key()


@pytest.mark.slow
def test_a_session_that_expires_again_and_again_costs_no_task_run(
    private_key: rsa.RSAPrivateKey,
) -> None:
    with serve(task_runs=1_000, faults=Faults(4, 0.4, COUNTABLE)) as service:
        session = ExpiringSession(service, private_key)
        keys: list[object] = []
        client = connect(base_url=service.base_url, signer=session, retry=PATIENT)
        with client:
            runs = paginate(list_task_runs, client=client, limit=20, **keys_of(service))
            for run in runs:
                keys.append(run.key)
                if len(keys) % 100 == 0:
                    session.expire()
        assert keys == expected(service)
    assert session.renewals == 9
    # More if one of these answers met a fault, too.
    assert [request.status for request in service.requests].count(401) >= 9
    assert service.faults


# Defects of the service itself, which it keeps


@pytest.mark.parametrize(
    ("defect", "pages"), [(Defect.REPEATED_TOKEN, 1), (Defect.LOOPING_TOKENS, 3)]
)
def test_tokens_that_lead_nowhere_end_a_listing(
    list_all: Lister, defect: Defect, pages: int
) -> None:
    with serve(task_runs=100, defects=[defect]) as service:
        listing = list_all(service, limit=10)
        assert listing.keys == expected(service)[: 10 * pages]
    [error] = listing.errors
    assert type(error) is PaginationError
    assert error.pages_before == pages
    assert error.resume_page is not None
    assert len(service.requests) == pages + 1


def test_an_expired_page_token_is_reported_and_kept() -> None:
    with (
        serve(task_runs=TOKEN_LIFE + 1, defects=[Defect.EXPIRING_TOKENS]) as service,
        connected(service) as client,
    ):
        runs = paginate(list_task_runs, client=client, limit=2, **keys_of(service))
        keys = [next(runs).key, next(runs).key]
        assert Listing("sync", service, limit=1).errors == []
        with pytest.raises(BadRequestError, match="expired") as caught:
            next(runs)
        assert keys == expected(service)[:2]
    assert_ends_at_second_page(caught.value, service)


def test_an_expired_page_token_is_reported_and_kept_with_asyncio() -> None:
    async def start_and_go_on() -> None:
        async with client:
            runs = apaginate(list_task_runs, client=client, limit=2, **keys_of(service))
            keys.extend([(await anext(runs)).key, (await anext(runs)).key])
            await asyncio.to_thread(Listing, "sync", service, limit=1)
            await anext(runs)

    keys: list[object] = []
    with serve(task_runs=TOKEN_LIFE + 1, defects=[Defect.EXPIRING_TOKENS]) as service:
        client = connected(service)
        with pytest.raises(BadRequestError, match="expired") as caught:
            asyncio.run(start_and_go_on())
        assert keys == expected(service)[:2]
    assert_ends_at_second_page(caught.value, service)


def assert_ends_at_second_page(error: BadRequestError, service: Service) -> None:
    assert (error.pages_before, error.items_before, error.attempts) == (1, 2, 1)
    assert error.resume_page is not None
    # It is what was requested last, and answered with an error.
    assert service.requests[-1].status == 400
    assert httpx.URL(service.requests[-1].target).params["page"] == error.resume_page


def test_a_wrong_clock_is_reported_to_the_minute(list_all: Lister) -> None:
    with serve(task_runs=30, defects=[Defect.CLOCK_AHEAD]) as service:
        listing = list_all(service)
    assert listing.keys == []
    [error] = listing.errors
    assert isinstance(error, UnauthorizedError)
    assert error.clock_offset is not None
    assert round(-error.clock_offset / 60) == CLOCK_AHEAD / 60
    assert "behind the service's" in str(error)
    assert len(service.requests) == 1
