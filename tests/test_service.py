"""The local Workbench endpoint does what the API page says, over real HTTP."""

import base64
import configparser
import hashlib
import json
import re
import signal
import socket
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from starlette.requests import Request

from tests.programs import Piped, fork_server
from tools.service import Service, TaskRun, sample_workspace, serve
from tools.service.__main__ import main
from tools.service.contract import Contract
from tools.service.credentials import make_key

ROOT = Path(__file__).parents[1]
SIGNED = ("date", "(request-target)", "host")
SIGNED_WITH_BODY = (*SIGNED, "content-length", "content-type", "x-content-sha256")
SPEC = OpenAPI.from_file_path(
    str(ROOT / "openapi" / "aidp-workbench.yaml"), config=Config(spec_validator_cls=None)
)

Params = Sequence[tuple[str, str | int]]


def profile_of(config_file: Path) -> tuple[str, rsa.RSAPrivateKey]:
    """The keyId and the private key of an OCI profile."""
    profile = configparser.ConfigParser()
    profile.read(config_file)
    default = profile["DEFAULT"]
    key = load_pem_private_key(Path(default["key_file"]).read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return f"{default['tenancy']}/{default['user']}/{default['fingerprint']}", key


@dataclass(frozen=True)
class Signer(httpx.Auth):
    """Signs requests in the test's own way; every field can be made wrong."""

    key_id: str
    key: rsa.RSAPrivateKey
    signed: Sequence[str] = SIGNED
    date: str = field(default_factory=lambda: format_datetime(datetime.now(UTC), usegmt=True))
    template: str = (
        'Signature algorithm="rsa-sha256",headers="{headers}",keyId="{key_id}",'
        'signature="{signature}",version="1"'
    )

    requires_request_body = True

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        request.headers["date"] = self.date
        if request.method == "POST" and "x-content-sha256" not in request.headers:
            digest = hashlib.sha256(request.content).digest()
            request.headers["x-content-sha256"] = base64.b64encode(digest).decode()
        values = {name: request.headers.get(name, "") for name in self.signed}
        target = request.url.raw_path.decode()
        values["(request-target)"] = f"{request.method.lower()} {target}"
        text = "\n".join(f"{name}: {values[name]}" for name in self.signed)
        signature = self.key.sign(text.encode(), padding.PKCS1v15(), SHA256())
        request.headers["authorization"] = self.template.format(
            headers=" ".join(self.signed),
            key_id=self.key_id,
            signature=base64.b64encode(signature).decode(),
        )
        yield request


@dataclass(frozen=True)
class Caller:
    """Calls the service as its profile's user."""

    service: Service
    http: httpx.Client
    key_id: str
    key: rsa.RSAPrivateKey

    @property
    def path(self) -> str:
        platform, workspace = self.service.ai_data_platform_id, self.service.workspace_key
        return f"/20260430/aiDataPlatforms/{platform}/workspaces/{workspace}/taskRuns"

    def signer(self, **wrong: Any) -> Signer:
        return Signer(**{"key_id": self.key_id, "key": self.key, **wrong})

    def get(self, *params: tuple[str, str | int], **options: Any) -> httpx.Response:
        """GET the task runs of the main job run."""
        return self.ask(("jobRunKey", self.service.job_run_key), *params, **options)

    def ask(self, *params: tuple[str, str | int], **options: Any) -> httpx.Response:
        """GET with these query parameters, signed with the profile unless `auth` is given."""
        url = self.service.base_url + options.pop("path", self.path)
        options.setdefault("auth", self.signer())
        return self.http.get(url, params=params or None, **options)

    def pages(self, *params: tuple[str, str | int]) -> Iterator[list[TaskRun]]:
        """The items of each page, to the last."""
        token: tuple[tuple[str, str], ...] = ()
        while True:
            response = self.get(*params, *token)
            assert response.status_code == 200, response.text
            yield response.json()["items"]
            if "opc-next-page" not in response.headers:
                return
            token = (("page", response.headers["opc-next-page"]),)

    def items(self, *params: tuple[str, str | int]) -> list[TaskRun]:
        """All items of a listing."""
        return [item for page in self.pages(*params, ("limit", 1000)) for item in page]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serve(task_runs=250) as running:
        yield running


@pytest.fixture(scope="module")
def caller(service: Service) -> Iterator[Caller]:
    with httpx.Client(trust_env=False) as http:
        yield Caller(service, http, *profile_of(service.config_file))


def status_of(run: TaskRun) -> str | None:
    status: str | None = (run.get("state") or {}).get("status")
    return status


def assert_error(response: httpx.Response, status: int, code: str, *words: str) -> None:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.headers["opc-request-id"]
    for word in words:
        assert word in response.json()["message"]


# Listing


def test_lists_the_newest_first_and_100_on_a_page_by_default(caller: Caller) -> None:
    response = caller.get()
    assert response.headers["content-type"] == "application/json"
    assert response.json()["items"] == caller.service.task_runs[::-1][:100]


@pytest.mark.parametrize("limit", [7, 100, 125, 250, 251, 1000])
def test_pages_hold_every_task_run_once_whatever_the_limit(caller: Caller, limit: int) -> None:
    pages = list(caller.pages(("limit", limit)))
    assert [run for page in pages for run in page] == caller.service.task_runs[::-1]
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    assert pages[-1]


def test_a_page_may_hold_a_single_task_run(caller: Caller) -> None:
    found = list(caller.pages(("limit", 1), ("status", "CANCELED")))
    assert [len(page) for page in found] == [1] * len(caller.items(("status", "CANCELED")))


def test_the_limit_may_change_from_page_to_page(caller: Caller) -> None:
    first = caller.get(("limit", 10))
    second = caller.get(("limit", 20), ("page", first.headers["opc-next-page"]))
    assert second.json()["items"] == caller.service.task_runs[::-1][10:30]


@pytest.mark.parametrize(
    ("sort_by", "key", "default"),
    [
        ("displayName", lambda run: (run["name"] is None, run["name"] or ""), "ASC"),
        ("status", lambda run: (status_of(run) is None, status_of(run) or ""), "ASC"),
        ("timeCreated", lambda run: 0, "DESC"),
    ],
)
def test_sorts_by_each_field_in_both_orders(
    caller: Caller, sort_by: str, key: Callable[[TaskRun], Any], default: str
) -> None:
    upwards = sorted(caller.service.task_runs, key=key)
    by = ("sortBy", sort_by)
    assert caller.items(by, ("sortOrder", "ASC")) == upwards
    assert caller.items(by, ("sortOrder", "DESC")) == upwards[::-1]
    assert caller.items(by) == caller.items(by, ("sortOrder", default))


def test_filters_by_the_exact_name(caller: Caller) -> None:
    names = Counter(run["name"] for run in caller.service.task_runs if run["name"])
    assert any(not name.isascii() for name in names)
    for name in [*names][:20]:
        found = caller.items(("displayName", name))
        assert [run["name"] for run in found] == [name] * names[name]
    assert caller.items(("displayName", "load_order")) == []
    assert caller.items(("displayName", "LOAD_ORDERS")) == []


def test_filters_by_any_of_several_statuses(caller: Caller) -> None:
    found = caller.items(("status", "FAILED"), ("status", "RUNNING"))
    wanted = [r for r in caller.service.task_runs if status_of(r) in {"FAILED", "RUNNING"}]
    assert {status_of(run) for run in found} == {"FAILED", "RUNNING"}
    assert found == wanted[::-1]


@pytest.mark.parametrize("field_name", ["parentJobRunKey", "rootJobRunKey"])
def test_filters_by_parent_and_root(caller: Caller, field_name: str) -> None:
    runs = caller.service.task_runs
    keys = Counter(run[field_name] for run in runs if run.get(field_name))
    assert keys
    for key, count in keys.items():
        found = caller.items((field_name, key))
        assert [run[field_name] for run in found] == [key] * count
        assert count < len(runs)


def test_filters_hold_together(caller: Caller) -> None:
    root = ("rootJobRunKey", caller.service.job_run_key)
    found = caller.items(root, ("status", "SUCCESS"), ("sortBy", "displayName"))
    assert found
    for run in found:
        assert (run["rootJobRunKey"], status_of(run)) == (root[1], "SUCCESS")


def test_nested_job_runs_can_be_listed_and_name_their_ancestors(caller: Caller) -> None:
    job_runs = sample_workspace(250).job_runs
    main_key = caller.service.job_run_key
    parents = set()
    for key in job_runs.keys() - {main_key}:
        items = caller.ask(("jobRunKey", key)).json()["items"]
        assert {(run["jobRunKey"], run["rootJobRunKey"]) for run in items} == {(key, main_key)}
        parents |= {run["parentJobRunKey"] for run in items}
    assert main_key in parents
    assert len(parents) == 2


def test_a_filter_that_nothing_matches_gives_an_empty_page(caller: Caller) -> None:
    response = caller.get(("parentJobRunKey", "no-such-key"))
    assert (response.status_code, response.json()) == (200, {"items": []})
    assert "opc-next-page" not in response.headers


@pytest.mark.parametrize("size", [0, 1, 101])
def test_a_job_run_has_exactly_as_many_task_runs_as_asked_for(size: int) -> None:
    with serve(task_runs=size) as service, httpx.Client(trust_env=False) as http:
        caller = Caller(service, http, *profile_of(service.config_file))
        assert [len(page) for page in caller.pages()] == ([100, 1] if size == 101 else [size])
        assert len(service.task_runs) == size


# Page tokens


@pytest.mark.parametrize(
    "other",
    [
        [("status", "FAILED")],
        [("displayName", "load_orders")],
        [("sortBy", "status")],
        [("sortOrder", "ASC")],
        [("rootJobRunKey", "x")],
        [("parentJobRunKey", "x")],
    ],
    ids=lambda other: str(other[0][0]),
)
def test_a_token_of_another_query_is_refused(caller: Caller, other: Params) -> None:
    token = caller.get(("limit", 5)).headers["opc-next-page"]
    assert_error(caller.get(*other, ("page", token)), 400, "InvalidParameter", "page")


def test_a_token_of_another_job_run_is_refused(caller: Caller) -> None:
    token = caller.get(("limit", 5)).headers["opc-next-page"]
    other = (sample_workspace(0).job_runs.keys() - {caller.service.job_run_key}).pop()
    response = caller.ask(("jobRunKey", other), ("page", token))
    assert_error(response, 400, "InvalidParameter", "page")


@pytest.mark.parametrize("forge", [str.swapcase, lambda t: t[:-4], lambda t: t + "AAAA"])
def test_a_forged_token_is_refused(caller: Caller, forge: Callable[[str], str]) -> None:
    token = caller.get(("limit", 5)).headers["opc-next-page"]
    assert_error(caller.get(("page", forge(token))), 400, "InvalidParameter", "page")


@pytest.mark.parametrize("token", ["x", "2", "%%%", "ünïcode", "A" * 32])
def test_an_invalid_token_is_refused(caller: Caller, token: str) -> None:
    assert_error(caller.get(("page", token)), 400, "InvalidParameter", "page")


def test_defaults_written_out_are_the_same_query(caller: Caller) -> None:
    token = caller.get(("limit", 5)).headers["opc-next-page"]
    written_out = (("sortBy", "timeCreated"), ("sortOrder", "DESC"), ("page", token))
    assert caller.get(*written_out).status_code == 200


# Requests that the spec does not allow


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "1001"),
        ("limit", "abc"),
        ("limit", ""),
        ("sortBy", "created"),
        ("sortBy", ""),
        ("sortOrder", "asc"),
        ("status", "ASLEEP"),
        ("status", "failed"),
        ("displayName", ""),
        ("displayName", "x" * 256),
        ("page", ""),
        ("colour", "red"),
    ],
)
def test_a_parameter_that_the_spec_does_not_allow_is_named(
    caller: Caller, name: str, value: str
) -> None:
    assert_error(caller.get((name, value)), 400, "InvalidParameter", name)


def test_the_job_run_key_is_required(caller: Caller) -> None:
    assert_error(caller.ask(), 400, "InvalidParameter", "jobRunKey")


def test_a_parameter_that_is_not_a_list_cannot_be_repeated(caller: Caller) -> None:
    response = caller.get(("limit", 5), ("limit", 6))
    assert_error(response, 400, "InvalidParameter", "limit")


def test_all_faults_are_named_at_once(caller: Caller) -> None:
    response = caller.ask(("limit", 0), ("colour", "red"))
    assert_error(response, 400, "InvalidParameter", "jobRunKey", "limit", "colour")


@pytest.mark.parametrize("part", ["ai_data_platform_id", "workspace_key"])
def test_an_unknown_platform_or_workspace_is_not_found(caller: Caller, part: str) -> None:
    path = caller.path.replace(getattr(caller.service, part), quote("un/known ✓", safe=""))
    assert_error(caller.get(path=path), 404, "NotAuthorizedOrNotFound")


def test_an_unknown_job_run_is_not_found(caller: Caller) -> None:
    assert_error(caller.ask(("jobRunKey", "x")), 404, "NotAuthorizedOrNotFound", "jobRunKey")


@pytest.mark.parametrize(
    "path", ["/", "/20260430/jobRuns", "//20260430", "/{path}/", "/x{path}", "/a%0Ab"]
)
def test_an_unknown_path_is_not_found(caller: Caller, path: str) -> None:
    path = path.replace("{path}", caller.path.removeprefix("/"))
    assert_error(caller.get(path=path), 404, "NotAuthorizedOrNotFound")


def test_other_methods_are_not_allowed(caller: Caller) -> None:
    url = caller.service.base_url + caller.path
    signer = caller.signer(signed=SIGNED_WITH_BODY)
    assert_error(caller.http.post(url, json={}, auth=signer), 405, "MethodNotAllowed")
    response = caller.http.delete(url, auth=caller.signer())
    assert_error(response, 405, "MethodNotAllowed")
    assert response.headers["allow"] == "GET"


# Signatures


def gmt(**ago: float) -> str:
    return format_datetime(datetime.now(UTC) - timedelta(**ago), usegmt=True)


@pytest.mark.parametrize("ago", [{"minutes": 4}, {"minutes": -4.8}])
def test_a_clock_may_be_minutes_off(caller: Caller, ago: Mapping[str, float]) -> None:
    assert caller.get(auth=caller.signer(date=gmt(**ago))).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: {"key": make_key()}, "signature does not match"),
        (lambda: {"key_id": "a/b/c"}, "keyId"),
        (lambda: {"date": gmt(minutes=5, seconds=2)}, "5 minutes"),
        (lambda: {"date": gmt(minutes=-7)}, "5 minutes"),
        (lambda: {"date": "yesterday"}, "IMF-fixdate"),
        (lambda: {"date": datetime.now(UTC).isoformat()}, "IMF-fixdate"),
        (lambda: {"date": gmt().replace("GMT", "+0000")}, "IMF-fixdate"),
        (lambda: {"signed": SIGNED[1:]}, "date"),
        (lambda: {"signed": SIGNED[:2]}, "host"),
        (lambda: {"signed": ("date", "host")}, "(request-target)"),
        (lambda: {"signed": (*SIGNED, "host")}, "twice"),
        (lambda: {"signed": (*SIGNED, "opc-obo-token")}, "opc-obo-token"),
        (lambda: {"template": 'Signature version="1"'}, "once each"),
        (lambda: {"template": "Bearer {signature}"}, "not a signature"),
        (lambda: {"template": Signer.template.replace("rsa-", "hmac-")}, "rsa-sha256"),
        (lambda: {"template": Signer.template.replace('"1"', '"2"')}, "version"),
        (lambda: {"template": Signer.template + ',version="1"'}, "once each"),
        (lambda: {"template": Signer.template.replace("{signature}", "?")}, "does not match"),
    ],
)
def test_a_request_that_is_not_signed_well_is_refused(
    caller: Caller, wrong: Callable[[], dict[str, Any]], words: str
) -> None:
    response = caller.get(auth=caller.signer(**wrong()))
    assert_error(response, 401, "NotAuthenticated", words)


def test_a_request_without_a_signature_is_refused_wherever_it_goes(caller: Caller) -> None:
    assert_error(caller.get(auth=None), 401, "NotAuthenticated")
    assert_error(caller.get(auth=None, path="/nowhere"), 401, "NotAuthenticated")


@dataclass(frozen=True)
class Tampering(httpx.Auth):
    """Changes a request after it was signed."""

    signer: Signer
    tamper: Callable[[httpx.Request], None]

    requires_request_body = True

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        for signed in self.signer.auth_flow(request):
            self.tamper(signed)
            yield signed


def change_query(request: httpx.Request) -> None:
    request.url = request.url.copy_merge_params({"limit": "5"})


def change_host(request: httpx.Request) -> None:
    request.headers["host"] = "example.com"


def change_encoding(request: httpx.Request) -> None:
    request.url = request.url.copy_with(
        raw_path=request.url.raw_path.replace(b"taskRuns", b"task%52uns")
    )


def repeat_authorization(request: httpx.Request) -> None:
    raw = request.headers.raw
    request.headers = httpx.Headers([*raw, (b"authorization", raw[0][1])])


@pytest.mark.parametrize(
    "tamper", [change_query, change_host, change_encoding, repeat_authorization]
)
def test_a_request_that_was_changed_after_signing_is_refused(
    caller: Caller, tamper: Callable[[httpx.Request], None]
) -> None:
    response = caller.get(auth=Tampering(caller.signer(), tamper))
    assert_error(response, 401, "NotAuthenticated")


def test_a_body_must_be_the_one_that_was_signed(caller: Caller) -> None:
    url = caller.service.base_url + caller.path
    signer = caller.signer(signed=SIGNED_WITH_BODY)
    other = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    wrong = caller.http.post(url, json={}, headers={"x-content-sha256": other}, auth=signer)
    assert_error(wrong, 401, "NotAuthenticated", "x-content-sha256")
    unsigned = caller.http.post(url, json={}, auth=caller.signer())
    assert_error(unsigned, 401, "NotAuthenticated", "x-content-sha256")


def test_more_headers_than_needed_may_be_signed(caller: Caller) -> None:
    signer = caller.signer(signed=(*SIGNED, "opc-obo-token"))
    assert caller.get(headers={"opc-obo-token": "t0ken"}, auth=signer).status_code == 200


def test_accepted_keys_may_change_while_it_runs(caller: Caller) -> None:
    token, key = "ST$renewed", make_key()
    signer = caller.signer(key_id=token, key=key)
    assert caller.get(auth=signer).status_code == 401
    caller.service.keys[token] = key.public_key()
    assert caller.get(auth=signer).status_code == 200
    del caller.service.keys[token]
    assert caller.get(auth=signer).status_code == 401


# Request ids, and what arrived


@pytest.mark.parametrize("params", [(), (("limit", 0),)])
def test_the_request_id_is_echoed(caller: Caller, params: Params) -> None:
    response = caller.get(*params, headers={"opc-request-id": "my-Request_1"})
    assert response.headers.get_list("opc-request-id") == ["my-Request_1"]


def test_a_request_without_an_id_gets_one(caller: Caller) -> None:
    ids = {caller.get(auth=auth).headers["opc-request-id"] for auth in (None, caller.signer())}
    assert len(ids) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", request_id) for request_id in ids)


def test_an_id_with_other_characters_is_refused(caller: Caller) -> None:
    response = caller.get(headers={"opc-request-id": "a b"})
    assert_error(response, 400, "InvalidParameter", "opc-request-id")


def test_what_arrived_is_kept_for_tests_to_look_at(caller: Caller) -> None:
    response = caller.get(("displayName", "a b+ü"), headers={"X-Marker": "here"})
    received = caller.service.requests[-1]
    assert received.method == "GET"
    assert received.target == response.request.url.raw_path.decode()
    assert received.headers["x-marker"] == "here"
    assert received.status == 200
    assert "Signature" not in repr(received)


# The spec


@pytest.mark.parametrize(
    ("params", "signed", "status"),
    [
        ((("limit", 1000),), True, 200),
        ((("limit", 0),), True, 400),
        ((), False, 401),
        ((("jobRunKey", "x"),), True, 404),
    ],
)
def test_every_answer_conforms_to_the_spec(
    caller: Caller, params: Params, signed: bool, status: int
) -> None:
    key = () if status == 404 else (("jobRunKey", caller.service.job_run_key),)
    response = caller.ask(*key, *params, auth=caller.signer() if signed else None)
    assert response.status_code == status
    SPEC.validate_response(
        MockRequest("https://aidp.us-ashburn-1.oci.oraclecloud.com", "get", caller.path),
        MockResponse(response.content, status, dict(response.headers), "application/json"),
    )


def test_an_operation_without_parameters_can_be_added_to_the_spec(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    ping = (
        "  /ping/{name}:\n"
        "    parameters: [{name: name, in: path, required: true, schema: {type: string}}]\n"
        "    get: {operationId: ping, responses: {default: {description: Any.}}}\n"
    )
    text = (ROOT / "openapi" / "aidp-workbench.yaml").read_text(encoding="utf-8")
    spec.write_text(text.replace("paths:\n", "paths:\n" + ping), encoding="utf-8")
    scope = {"type": "http", "method": "GET", "raw_path": b"/ping/a%2Fb", "headers": []}
    call = Contract(spec).check(Request({**scope, "query_string": b"x=1"}), b"")
    assert (call.operation_id, call.path) == ("ping", {"name": "a/b"})
    assert call.faults == ("x: there is no such parameter",)


# The data


def test_the_data_is_the_same_every_time_and_grows_at_its_end() -> None:
    main_key = next(iter(sample_workspace(0).job_runs))
    small, again, large = (
        json.dumps(list(sample_workspace(size).job_runs[main_key])[:50]) for size in (50, 50, 5000)
    )
    assert small == again == large
    assert hashlib.sha256(small.encode()).hexdigest()[:16] == "04b329ea13157078"


def test_every_status_occurs_even_among_15() -> None:
    with_15 = list(next(iter(sample_workspace(15).job_runs.values())))
    statuses = (SPEC.spec / "components" / "schemas" / "TaskRunStatus" / "enum").read_value()
    assert len({*map(status_of, with_15)}) == 15
    assert {*map(status_of, with_15)} <= {*statuses}


def test_the_data_has_what_a_client_must_cope_with(service: Service) -> None:
    runs = service.task_runs
    assert len({run["key"] for run in runs}) == len(runs)
    assert {run["retryAttempt"] for run in runs} == {0, 1, 2}
    assert {True, False} == {"state" in run for run in runs}
    for name in ("state", "name", "externalId", "startTime", "endTime", "rootJobRunKey"):
        values = [run[name] for run in runs if name in run]
        assert (None in values) == (name != "startTime"), name
    for name in ("externalId", "endTime", "rootJobRunKey", "clusterValidationStartTime"):
        assert any(name not in run for run in runs), name
    with_trace = {status_of(run) for run in runs if (run.get("state") or {}).get("errorTrace")}
    assert with_trace == {"FAILED", "INTERNAL_ERROR", "TIMED_OUT"}


def test_a_retry_is_of_the_same_task_and_starts_after_the_attempt_before(service: Service) -> None:
    pairs = zip(service.task_runs, service.task_runs[1:], strict=False)
    retries = [(before, run) for before, run in pairs if run["retryAttempt"]]
    assert retries
    for before, run in retries:
        assert run["retryAttempt"] == before["retryAttempt"] + 1
        assert (run["name"], run["taskKey"]) == (before["name"], before["taskKey"])
        assert run["startTime"] > before["endTime"]


def test_times_fit_the_status(service: Service) -> None:
    for run in service.task_runs:
        start, end = run.get("startTime"), run.get("endTime")
        validated = run.get("clusterValidationStartTime")
        assert end is None or start is not None
        assert end is None or end > start
        assert validated is None or validated < start
        if status_of(run) in {"RUNNING", "CANCELING", "PAUSED_MAINTENANCE"}:
            assert (start is None, end is None) == (False, True)
        if status_of(run) in {"PENDING", "QUEUED", "BLOCKED"}:
            assert (start, end) == (None, None)


# Running it


def test_the_profile_is_private_and_gone_afterwards() -> None:
    with serve(task_runs=1) as service:
        files = list(service.config_file.parent.iterdir())
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        key_id, key = profile_of(service.config_file)
        der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert key_id.endswith("/" + hashlib.md5(der).digest().hex(":"))
        assert key_id == service.key_id
    assert not service.config_file.parent.exists()


def test_without_a_profile_of_its_own_it_says_so() -> None:
    public_key = make_key().public_key()
    with serve(public_key=public_key, key_id="a/b/c") as service, pytest.raises(LookupError):
        _ = service.config_file


@contextmanager
def started(*arguments: str) -> Iterator[tuple[Piped, dict[str, str]]]:
    """Start the command line and read its one line."""
    server = fork_server("tools.service")
    with server.piped("-m", "tools.service", *arguments, cwd=ROOT) as running:
        yield running, json.loads(running.stdout.readline())


def list_with(facts: Mapping[str, str], signer: Signer) -> httpx.Response:
    platform, workspace = facts["ai_data_platform_id"], facts["workspace_key"]
    path = f"/20260430/aiDataPlatforms/{platform}/workspaces/{workspace}/taskRuns"
    params = {"jobRunKey": facts["job_run_key"]}
    return httpx.get(facts["base_url"] + path, params=params, auth=signer, trust_env=False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_line_serves_and_stops_cleanly(number: signal.Signals) -> None:
    with started("--task-runs", "3", "--port", "0") as (running, facts):
        config_file = Path(facts["config_file"])
        response = list_with(facts, Signer(*profile_of(config_file)))
        running.program.send_signal(number)
        assert running.finish() == (0, "", "")
    assert len(response.json()["items"]) == 3
    assert not config_file.parent.exists()


def test_the_command_line_takes_a_public_key(tmp_path: Path) -> None:
    key, file = make_key(), tmp_path / "public.pem"
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    file.write_bytes(pem)
    with started("--public-key", str(file), "--key-id", "my/own/key") as (running, facts):
        response = list_with(facts, Signer("my/own/key", key))
        running.program.send_signal(signal.SIGTERM)
        running.finish()
    assert response.status_code == 200
    assert "config_file" not in facts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--key-id", "a/b/c"], "belong together"),
        (["--public-key", "{file}", "--key-id", "x"], "not a public key in PEM form"),
        (["--public-key", "{file}.missing", "--key-id", "x"], "No such file"),
        (["--task-runs", "-1"], "from 0 to 1000000"),
        (["--port", "65536"], "from 0 to 65535"),
    ],
)
def test_the_command_line_explains_what_is_wrong_with_it(
    arguments: Sequence[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "not-a-key.pem"
    file.write_text("hello")
    with pytest.raises(SystemExit, match="2"):
        main([argument.format(file=file) for argument in arguments])
    assert message in capsys.readouterr().err


def test_a_port_that_is_taken_is_one_line_and_not_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert f"port {port}" in captured.err
