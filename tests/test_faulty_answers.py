"""Whatever a server answers, the caller gets the right items or one clear exception."""

from __future__ import annotations

import copy
import gzip
import logging
import pickle
import re
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from aidp_workbench import (
    ArgumentError,
    BadRequestError,
    ClientClosedError,
    ConfigError,
    InternalServerError,
    NotFoundError,
    PaginationError,
    ResponseError,
    RetryPolicy,
    ServiceError,
    StillRunningError,
    TooManyRequestsError,
    TransportError,
    UnauthorizedError,
    WorkbenchError,
)
from aidp_workbench_api.models import TaskRunSummary
from aidp_workbench_api.types import UNSET

from tests.scripted_server import HANG_UP, Received, ScriptedServer, answer, page

if TYPE_CHECKING:
    from tests.conftest import Drain

ONCE = RetryPolicy(attempts=1)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (401, UnauthorizedError),
        (404, NotFoundError),
        (429, TooManyRequestsError),
        (500, InternalServerError),
        (403, ServiceError),
        (520, ServiceError),
    ],
)
def test_an_error_has_all_that_the_service_said(
    drain: Drain, status: int, kind: type[ServiceError]
) -> None:
    body = {"code": "SomeCode", "message": "Some message."}
    with (
        ScriptedServer(answer(status, body, opc_request_id="ABC-1")) as server,
        pytest.raises(ServiceError) as caught,
    ):
        drain(server.base_url, retry=ONCE)
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.message) == (status, "SomeCode", "Some message.")
    assert (error.method, error.attempts, error.opc_request_id) == ("GET", 1, "ABC-1")
    assert error.path == "/20260430/aiDataPlatforms/platform/workspaces/workspace/taskRuns"
    for part in (str(status), "SomeCode", "Some message.", "ABC-1", error.path):
        assert part in str(error)


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (502, "<html><body><h1>Bad gateway</h1></body></html>", "Bad gateway"),
        (500, "", "Internal Server Error"),
        (520, "", "without a message"),
        (503, "[1, 2]", "[1, 2]"),
        (500, '{"code": 7, "message": "odd code"}', "odd code"),
        (500, '{"code": "X", "message": null}', "null"),
        (500, b"\xff\xfe\x00", ""),
    ],
)
def test_an_error_of_a_gateway_is_an_error_of_ours_with_its_text(
    drain: Drain, status: int, body: str | bytes, message: str
) -> None:
    with (
        ScriptedServer(answer(status, body, content_type="text/html")) as server,
        pytest.raises(ServiceError) as caught,
    ):
        drain(server.base_url)
    assert caught.value.status == status
    assert caught.value.code is None
    assert message in caught.value.message
    assert caught.value.attempts == len(server.requests) == 3


@pytest.mark.parametrize("charset", ["utf-16", "idna", "undefined", "hex", "rot13", "none"])
def test_the_charset_of_an_error_page_does_no_harm(drain: Drain, charset: str) -> None:
    bad_gateway = answer(502, "<h1>Bad gateway</h1>", content_type=f"text/html; charset={charset}")
    with (
        ScriptedServer(bad_gateway) as server,
        pytest.raises(ServiceError, match="Bad gateway"),
    ):
        drain(server.base_url, retry=ONCE)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_error_and_is_not_followed(drain: Drain, status: int) -> None:
    with (
        ScriptedServer(page("stolen")) as elsewhere,
        ScriptedServer(answer(status, location=f"{elsewhere.base_url}/x")) as server,
        pytest.raises(ServiceError, match="redirect"),
    ):
        drain(server.base_url)
    assert len(server.requests) == 1
    assert elsewhere.requests == []


CUT = answer(200, '{"items": [{"name": "a"}]}', length=1000, content_type="application/json")
CUT_GZIP = answer(
    200,
    gzip.compress(b'{"items": [' + b'{"name": "a"},' * 500 + b"{}]}")[:-20],
    content_type="application/json",
    content_encoding="gzip",
)
NO_GZIP = answer(200, "{}", content_type="application/json", content_encoding="gzip")
GARBLED = answer(200, '{"items": [', content_type="application/json; charset=utf-8")


@pytest.mark.parametrize("fault", [CUT, CUT_GZIP, NO_GZIP, GARBLED, HANG_UP])
class TestADamagedAnswer:
    def test_is_fetched_again(self, drain: Drain, fault: bytes) -> None:
        with ScriptedServer(fault, fault, page("a", "b")) as server:
            assert [run.name for run in drain(server.base_url)] == ["a", "b"]

    def test_that_stays_is_an_error(self, drain: Drain, fault: bytes) -> None:
        with (
            ScriptedServer(fault) as server,
            pytest.raises((TransportError, ResponseError)) as caught,
        ):
            drain(server.base_url)
        assert len(server.requests) == 3
        assert "/taskRuns" in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        answer(200, "<html>Welcome!</html>", content_type="text/html"),
        answer(200, {"data": []}),
        answer(200, {"items": None}),
        answer(200, {"items": {}}),
        answer(200, {"items": ""}),
        answer(200, {"items": {"name": "a"}}),
        answer(200, {"items": ["text"]}),
        answer(200, [1, 2]),
        answer(200, [["items", []]]),
        answer(200, "null", content_type="application/json"),
        answer(204),
        answer(202, {}),
        answer(299, {"items": []}),
        answer(200, {"code": "X", "message": "an error in disguise"}),
    ],
)
def test_a_success_that_is_no_collection_is_an_error_at_once(drain: Drain, body: bytes) -> None:
    with ScriptedServer(body) as server, pytest.raises(ResponseError) as caught:
        drain(server.base_url)
    assert len(server.requests) == 1
    assert "task" in str(caught.value)


def test_an_answer_that_is_not_as_described_can_be_asked_about(drain: Drain) -> None:
    with (
        ScriptedServer(answer(200, {"item": []}, opc_request_id="R2")) as server,
        pytest.raises(ResponseError, match="R2") as caught,
    ):
        drain(server.base_url)
    assert caught.value.opc_request_id == "R2"


def test_an_error_survives_a_pickle(drain: Drain) -> None:
    answers = page("a", token="1"), answer(404, {"code": "C", "message": "M"})
    with ScriptedServer(*answers) as server, pytest.raises(NotFoundError) as caught:
        drain(server.base_url)
    loaded = pickle.loads(pickle.dumps(caught.value))
    assert type(loaded) is NotFoundError
    assert (str(loaded), loaded.resume_page) == (str(caught.value), "1")


@pytest.mark.parametrize(
    "error",
    [
        ArgumentError("m"),
        ClientClosedError(),
        ConfigError("m"),
        PaginationError("m"),
        ResponseError("m", "items[0]"),
        StillRunningError("m", ["run"]),
        TransportError("GET", "/p", 2, "m", "host.example"),
        UnauthorizedError(401, "C", "m", "id", "GET", "/p", 1),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_error_survives_pickle_and_copy(error: WorkbenchError) -> None:
    error.pages_before, error.resume_page = 1, "p"
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is type(error)
        assert (str(other), vars(other)) == (str(error), vars(error))


def test_a_200_of_a_web_page_says_what_came_instead(drain: Drain) -> None:
    web_page = answer(200, "<html>", content_type="text/html", opc_request_id="R1")
    with (
        ScriptedServer(web_page) as server,
        pytest.raises(ResponseError, match=r"body \(text/html\) is not JSON.*R1") as caught,
    ):
        drain(server.base_url)
    assert caught.value.opc_request_id == "R1"


def test_an_unknown_status_arrives_as_its_text(drain: Drain) -> None:
    items = [{"state": {"status": "TELEPORTED"}}, {"state": {"status": "FAILED"}}]
    with ScriptedServer(answer(200, {"items": items})) as server:
        runs = drain(server.base_url)
    states = [run.state for run in runs]
    assert [state.status for state in states if state] == ["TELEPORTED", "FAILED"]


def test_null_and_absent_and_unknown_properties_arrive(drain: Drain) -> None:
    nulls: dict[str, object] = dict.fromkeys(TaskRunSummary(**_each(None)).to_dict())
    assert len(nulls) >= 12
    state = {"status": None, "stateMessage": None, "errorTrace": None, "new": 1}
    items = [nulls, {}, {"state": state, "brandNew": {"x": [1]}}]
    with ScriptedServer(answer(200, {"items": items})) as server:
        first, second, third = drain(server.base_url)
    assert _values(first) == {None}
    assert _values(second) == {UNSET}
    assert third.additional_properties == {"brandNew": {"x": [1]}}
    assert third.state
    assert (third.state.status, third.state.additional_properties) == (None, {"new": 1})
    assert [run.to_dict() for run in (first, second, third)] == items


def _each(value: Any) -> dict[str, Any]:
    """This value for every property of a task run."""
    return {one.name: value for one in attrs.fields(TaskRunSummary) if one.init}


def _values(run: TaskRunSummary) -> set[object]:
    return {getattr(run, name) for name in _each(None)}


def test_an_empty_page_with_a_token_is_not_the_end(drain: Drain) -> None:
    with ScriptedServer(page(token="1"), page("a", token="2"), page("b")) as server:
        assert [run.name for run in drain(server.base_url)] == ["a", "b"]


@pytest.mark.parametrize("last", [page("b"), page("b", token="")])
def test_no_token_and_an_empty_token_are_the_end(drain: Drain, last: bytes) -> None:
    with ScriptedServer(page("a", token="1"), last) as server:
        assert [run.name for run in drain(server.base_url)] == ["a", "b"]
    assert len(server.requests) == 2


def test_a_token_that_comes_twice_is_an_error(drain: Drain) -> None:
    seen: list[TaskRunSummary] = []
    answers = page("a", token="1"), page("b", token="2"), page("c", token="1")
    with (
        ScriptedServer(*answers) as server,
        pytest.raises(PaginationError, match="'1' came twice") as caught,
    ):
        drain(server.base_url, seen=seen)
    assert [run.name for run in seen] == ["a", "b"]
    assert caught.value.resume_page == "2"
    assert len(server.requests) == 3


def test_a_token_that_leads_back_to_where_the_listing_began_is_an_error(drain: Drain) -> None:
    with ScriptedServer(page("a", token="t")) as server, pytest.raises(PaginationError):
        drain(server.base_url, page="t")
    assert len(server.requests) == 1


def test_a_repeated_token_header_is_one_token(drain: Drain) -> None:
    twice = page("a", token="1").replace(
        b"opc-next-page: 1", b"opc-next-page: 1\r\nOpc-Next-Page: 1"
    )
    with ScriptedServer(twice, page("b")) as server:
        assert [run.name for run in drain(server.base_url)] == ["a", "b"]
    assert "page=1&" in server.requests[1].target + "&"


def test_token_headers_that_differ_are_an_error(drain: Drain) -> None:
    both = page("a", token="1").replace(
        b"opc-next-page: 1", b"opc-next-page: 1\r\nOpc-Next-Page: 2"
    )
    with ScriptedServer(both) as server, pytest.raises(ResponseError, match="differ"):
        drain(server.base_url)
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", [answer(404), answer(200, {}), page("c", token="2"), HANG_UP])
def test_an_error_amid_a_listing_says_where_to_resume(drain: Drain, fault: bytes) -> None:
    seen: list[TaskRunSummary] = []
    with (
        ScriptedServer(page("a", "b", token="1"), page("-", token="2"), fault) as server,
        pytest.raises(WorkbenchError) as caught,
    ):
        drain(server.base_url, retry=ONCE, seen=seen)
    assert caught.value.resume_page == "2"
    assert (caught.value.pages_before, caught.value.items_before) == (2, 3)
    assert str(caught.value).endswith("(after 2 pages with 3 items; resume with page='2')")
    with ScriptedServer(page("c")) as server:
        seen += drain(server.base_url, page=caught.value.resume_page)
    assert [run.name for run in seen] == ["a", "b", "-", "c"]
    assert re.search(r"[?&]page=2(&|$)", server.requests[0].target)


def test_an_error_on_the_first_page_resumes_from_the_start(drain: Drain) -> None:
    with ScriptedServer(answer(404)) as server, pytest.raises(NotFoundError) as caught:
        drain(server.base_url)
    assert caught.value.resume_page is None
    assert (caught.value.pages_before, caught.value.items_before) == (0, 0)
    assert "resume" not in str(caught.value)


def test_what_a_service_says_is_shown_on_one_line(
    drain: Drain, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "aidp_workbench")
    message = "no\nroot: all is well\r\x1b[2J\u202e\ud800"
    with (
        ScriptedServer(answer(503, {"code": "Busy", "message": message})) as server,
        pytest.raises(ServiceError) as caught,
    ):
        drain(server.base_url)
    assert caught.value.message == message
    shown = r"no\nroot: all is well\r\x1b[2J\u202e\ud800"
    assert shown in str(caught.value)
    logged = [record.getMessage() for record in caplog.records if record.name == "aidp_workbench"]
    assert len(logged) == 2
    assert all(shown in one for one in logged)


@pytest.mark.parametrize(
    ("minutes", "says"), [(10, "10 min 0 s behind"), (-10, "10 min 0 s ahead of"), (1, "")]
)
def test_a_401_says_by_how_much_the_clock_is_off(drain: Drain, minutes: int, says: str) -> None:
    def refuse(received: Received) -> bytes:
        sent = parsedate_to_datetime(received.headers["date"])
        there = format_datetime(sent + timedelta(minutes=minutes), usegmt=True)
        return answer(401, {"code": "NotAuthenticated", "message": "expired"}, date=there)

    with ScriptedServer(refuse) as server, pytest.raises(UnauthorizedError) as caught:
        drain(server.base_url)
    assert caught.value.clock_offset == -60 * minutes
    assert caught.value.message == "expired"
    assert says in str(caught.value)
    assert ("this machine's clock" in str(caught.value)) == bool(says)


def test_a_401_without_a_date_says_nothing_of_the_clock(drain: Drain) -> None:
    with ScriptedServer(answer(401)) as server, pytest.raises(UnauthorizedError) as caught:
        drain(server.base_url)
    assert caught.value.clock_offset is None
    assert "clock" not in str(caught.value)
