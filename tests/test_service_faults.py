"""The local endpoint misbehaves as planned, and as its command line says."""

from __future__ import annotations

import gzip
import json
import signal
import socket
import time
from collections import Counter
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.test_service import started
from tools.service import Faults, Kind, Service, proxy, serve
from tools.service.__main__ import main
from tools.service.faults import PASSING

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def get(http: httpx.Client, service: Service, **options: Any) -> httpx.Response:
    """The answer to a request that is not signed: a short one, with status 401."""
    return http.get(f"{service.base_url}/20260430/aiDataPlatforms/x", **options)


def get_raw(http: httpx.Client, service: Service) -> tuple[httpx.Response, bytes]:
    """The same with the body as it came over the wire."""
    with http.stream("GET", f"{service.base_url}/20260430/aiDataPlatforms/x") as response:
        return response, b"".join(response.iter_raw())


# The plan


def test_the_same_seed_gives_the_same_faults() -> None:
    def kinds(seed: int) -> list[Kind | None]:
        plan = Faults(seed)
        return [plan.kind(number) for number in range(200)]

    assert kinds(1) == kinds(1)
    assert kinds(1) != kinds(2)


def test_a_fault_does_not_depend_on_those_before() -> None:
    assert Faults(1, 1).kind(50) == [Faults(1, 1).kind(number) for number in range(51)][50]


def test_all_transient_kinds_are_equally_frequent() -> None:
    plan = Faults(1, 0.5)
    met = Counter(plan.kind(number) for number in range(10_000))
    assert met.keys() == {None, *PASSING}
    assert 4_700 < met.pop(None) < 5_300
    assert min(met.values()) > 5_000 / len(PASSING) * 0.75


def test_only_the_kinds_that_were_asked_for_come() -> None:
    plan = Faults(1, 1, [Kind.STALL, Kind.TOO_MANY_WAIT_LONG])
    assert {plan.kind(n) for n in range(50)} == {Kind.STALL, Kind.TOO_MANY_WAIT_LONG}


@pytest.mark.parametrize("rate", [-0.1, 1.1, float("nan")])
def test_an_invalid_rate_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        Faults(1, rate)


def test_at_rate_0_no_request_meets_a_fault(http: httpx.Client) -> None:
    with serve(faults=Faults(1, 0)) as service:
        answers = [get(http, service) for _ in range(50)]
    assert [answer.status_code for answer in answers] == [401] * 50
    assert service.faults == []
    assert len(service.requests) == 50


def test_at_rate_1_every_request_meets_the_fault_of_its_number(http: httpx.Client) -> None:
    plan = Faults(1, 1, [Kind.BAD_GATEWAY, Kind.SERVICE_UNAVAILABLE, Kind.UNKNOWN_STATUS])
    with serve(faults=plan) as service:
        statuses = [str(get(http, service).status_code) for _ in range(20)]
    assert statuses == [plan.kind(number) for number in range(20)]
    assert service.faults == [(number, plan.kind(number)) for number in range(20)]
    assert service.requests == []


# On the way


def test_what_meets_no_fault_passes_through_as_it_is(http: httpx.Client) -> None:
    body = b"x" * 100_000
    with serve() as plain, serve(faults=Faults(1, 0)) as service:
        for method in ("GET", "HEAD", "POST"):
            answers = [
                http.request(
                    method,
                    f"{one.base_url}/%2f/a?b=%20",
                    content=body if method == "POST" else None,
                    headers={"opc-request-id": "abc"},
                )
                for one in (plain, service)
            ]
            assert answers[0].content == answers[1].content
            assert [a.status_code for a in answers] == [401, 401]
            assert {**answers[0].headers, "date": ""} == {**answers[1].headers, "date": ""}
        [*_, sent] = service.requests
        assert sent.target == "/%2f/a?b=%20"
        assert sent.headers["host"] == httpx.URL(service.base_url).netloc.decode()


def test_a_connection_is_used_again(http: httpx.Client) -> None:
    with serve(faults=Faults(1, 1, [Kind.SERVICE_UNAVAILABLE, Kind.GARBAGE])) as service:
        streams = [get(http, service).extensions["network_stream"] for _ in range(20)]
        assert len({stream.get_extra_info("client_addr") for stream in streams}) == 1
        assert len({kind for _, kind in service.faults}) == 2


@pytest.mark.parametrize(
    "kind", [Kind.REFUSED, Kind.RESET, Kind.RESET_IN_HEADERS, Kind.RESET_IN_BODY]
)
def test_a_connection_is_reset_as_planned(http: httpx.Client, kind: Kind) -> None:
    with serve(faults=Faults(1, 1, [kind])) as service:
        with pytest.raises(httpx.ReadError) as caught:
            get(http, service)
        assert service.faults == [(0, kind)]
    assert "Connection reset by peer" in str(caught.value)


def test_a_connection_is_closed_in_the_body_as_planned(http: httpx.Client) -> None:
    with serve(faults=Faults(1, 1, [Kind.CUT_BODY])) as service:
        for _ in range(20):
            with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
                get(http, service)


def test_a_refused_connection_is_taken_again_at_the_same_port(http: httpx.Client) -> None:
    with serve(faults=Faults(1, 1, [Kind.REFUSED])) as service:
        for number in range(3):
            while len(service.faults) == number:
                with pytest.raises((httpx.ConnectError, httpx.ReadError)):
                    get(http, service)


def test_no_client_can_connect_while_connections_are_refused(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy, "REFUSED_FOR", 3600)
    with serve(faults=Faults(1, 1, [Kind.REFUSED])) as service:
        with pytest.raises(httpx.ReadError):
            get(http, service)
        for _ in range(3):
            with pytest.raises(httpx.ConnectError):
                get(http, service)
    assert len(service.faults) == 1


def test_a_stall_ends_with_the_answer(http: httpx.Client) -> None:
    with (
        serve(faults=Faults(1, 1, [Kind.STALL], stall=3600)) as service,
        pytest.raises(httpx.ReadTimeout),
    ):
        get(http, service, timeout=httpx.Timeout(60, read=0.05))
    with serve(faults=Faults(1, 1, [Kind.STALL], stall=0.05)) as service:
        assert get(http, service).status_code == 401


def test_a_stall_ends_when_the_service_does() -> None:
    with socket.socket() as client:
        with serve(faults=Faults(1, 1, [Kind.STALL], stall=3600)) as service:
            url = httpx.URL(service.base_url)
            client.connect((url.host, url.port))
            client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            while not service.faults:
                time.sleep(0.005)
        with suppress(ConnectionResetError):
            assert client.recv(1) == b""


def test_slow_bytes_are_the_same_bytes(http: httpx.Client) -> None:
    with serve(faults=Faults(1, 1, [Kind.SLOW])) as service:
        assert get(http, service).json()["code"] == "NotAuthenticated"


def test_cut_gzip_is_cut_gzip(http: httpx.Client) -> None:
    with serve(faults=Faults(1, 1, [Kind.CUT_GZIP])) as service:
        for _ in range(20):
            response, body = get_raw(http, service)
            assert response.headers["content-encoding"] == "gzip"
            assert response.headers["content-length"] == str(len(body))
            with pytest.raises(EOFError):
                gzip.decompress(body)


def test_garbage_is_no_json(http: httpx.Client) -> None:
    with serve(faults=Faults(1, 1, [Kind.GARBAGE])) as service:
        for _ in range(20):
            response = get(http, service)
            assert response.headers["content-type"] == "application/json"
            with pytest.raises(ValueError, match="line 1 column"):
                json.loads(response.content)


@pytest.mark.parametrize(
    ("kind", "status", "media_type"),
    [
        (Kind.TOO_MANY, 429, "application/json"),
        (Kind.TOO_MANY_SECONDS, 429, "application/json"),
        (Kind.TOO_MANY_DATE, 429, "application/json"),
        (Kind.TOO_MANY_ABSURD, 429, "application/json"),
        (Kind.TOO_MANY_WAIT_LONG, 429, "application/json"),
        (Kind.INTERNAL_SERVER_ERROR, 500, "application/json"),
        (Kind.BAD_GATEWAY, 502, "text/html"),
        (Kind.SERVICE_UNAVAILABLE, 503, "application/json"),
        (Kind.GATEWAY_TIMEOUT, 504, "text/plain"),
        (Kind.UNKNOWN_STATUS, 520, None),
    ],
)
def test_a_gateway_answers_in_place_of_the_service(
    http: httpx.Client, kind: Kind, status: int, media_type: str | None
) -> None:
    with serve(faults=Faults(1, 1, [kind])) as service:
        answers = [get(http, service) for _ in range(20)]
    assert {answer.status_code for answer in answers} == {status}
    assert {answer.headers.get("content-type") for answer in answers} == {media_type}
    asked = {answer.headers.get("retry-after") for answer in answers}
    match kind:
        case Kind.TOO_MANY_SECONDS:
            assert asked == {"0", "1"}
        case Kind.TOO_MANY_DATE:
            assert all(str(value).endswith(" GMT") for value in asked)
        case Kind.TOO_MANY_ABSURD:
            assert len(asked) > 3
        case Kind.TOO_MANY_WAIT_LONG:
            assert asked == {"86400"}
        case _:
            assert asked == {None}


# Running it


def test_the_port_is_that_of_the_way() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serve(port=port, faults=Faults(1, 0)) as service:
        assert service.base_url == f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("text", "rate"), [("{}", 0.3), ("{}:0.9", 0.9), ("{}:1", 1)])
def test_the_command_line_serves_with_faults(http: httpx.Client, text: str, rate: float) -> None:
    seed = next(n for n in count() if Faults(n, rate).kind(0) is Kind.UNKNOWN_STATUS)
    with started("--faults", text.format(seed)) as (running, facts):
        assert http.get(facts["base_url"]).status_code == 520
        running.program.send_signal(signal.SIGINT)
        assert running.finish() == (0, "", "")


@pytest.mark.parametrize(
    "value", ["", "x", "7:", ":0.3", "7:x", "7:1.1", "7:-0.1", "7:nan", "1.5", "7:0.3:1"]
)
def test_the_command_line_explains_what_a_plan_of_faults_is(
    value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([f"--faults={value}"])
    assert "--faults: must be SEED or SEED:RATE" in capsys.readouterr().err
