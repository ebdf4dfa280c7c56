"""The local endpoint and the spec agree: schemathesis sends what the spec allows, and what it does
not, and checks every answer.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

import pytest
import schemathesis
from aidp_workbench.auth.credential_files import private_key, read_key
from aidp_workbench.auth.identity import find_identity
from aidp_workbench.auth.signature import sign
from requests import PreparedRequest
from requests.auth import AuthBase
from schemathesis import BaseSchema, Case, Config, HookContext, engine
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import StopReason, events

from tests.our_spec import our_spec
from tools.openapi.document import Document
from tools.service import Service, serve
from tools.service.contract import SPEC

NOTHING = ()
KEYS = ("aiDataPlatformId", "workspaceKey", "jobRunKey", "jobKey", "taskRunKey")
TASK_RUNS = (*KEYS, "displayName", "parentJobRunKey", "rootJobRunKey")

load_all_checks()
# All are on. Three can find nothing while the spec only reads, and the service has one user:
# use_after_free, ensure_resource_availability and object_level_authorization.
CHECK_NAMES = {*CHECKS.get_all_names()}


def lists_in_queries() -> Iterator[str]:
    """The query parameters of the spec that take a list."""
    document = Document("the spec", our_spec().content)
    for item in document.content["paths"].values():
        for operation in (one for one in item.values() if "operationId" in one):
            for parameter in operation.get("parameters", ()):
                found, _ = document.resolve(parameter)
                if document.resolve(found.get("schema", {}))[0].get("type") == "array":
                    yield found["name"]


# What schemathesis counts as invalid, but is not: a list may be repeated, and a body that is not
# there has no type. Anything else is refused, where schemathesis itself would be lenient: it lets
# pass an unknown parameter, and a wrong one in the company of a right one.
VALID_AFTER_ALL = {
    *(f"Duplicate `{name}` query parameter" for name in lists_in_queries()),
    "Malformed Content-Type: multipart/form-data without boundary",
}


def is_valid_after_all(data: Any) -> bool:
    """Whether what schemathesis made invalid is valid: any one text is a list of texts, and a
    header may be unknown.
    """
    is_one_text = data.parameter == "jobKey" and data.description.endswith("Incorrect type")
    is_unknown_header = (
        data.parameter_location is ParameterLocation.HEADER
        and data.description
        in ("Object with unexpected properties", "violates `additionalProperties`")
    )
    return data.description in VALID_AFTER_ALL or is_one_text or is_unknown_header


class Signature(AuthBase):
    """Signs what schemathesis sends, with the key that the service made."""

    def __init__(self, service: Service) -> None:
        self._key_id = service.key_id
        identity = find_identity(config_file=service.config_file)
        self._key = private_key(identity, read_key(identity))

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        assert request.method
        assert request.url
        body = request.body or b""
        signed = sign(
            request.method,
            request.path_url,
            request.url.split("/")[2],
            formatdate(usegmt=True),
            key_id=self._key_id,
            private_key=self._key,
            body=body.encode() if isinstance(body, str) else body,
            content_type=request.headers.get("content-type", "application/json"),
        )
        request.headers.update(signed)
        return request


@dataclass
class Findings:
    """What schemathesis got for positive (valid) and negative requests, and what it makes of it."""

    checks: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    accepted: set[str | None] = field(default_factory=set)
    """What is wrong with negative requests that were answered all the same."""
    pages: Counter[str] = field(default_factory=Counter)


def explore(service: Service, known: Collection[str]) -> Findings:
    """Try the service; the parameters `known` have values of the service where they are valid."""
    findings = Findings()
    for event in engine.from_schema(load_schema(service, known)).execute():
        match event:
            case events.ScenarioFinished():
                note(event, findings)
            case events.NonFatalError():
                findings.problems.append(str(event.info))
            case events.FatalError():
                raise event.exception
            case events.EngineFinished():
                assert event.stop_reason is StopReason.COMPLETED
    return findings


def note(event: events.ScenarioFinished, findings: Findings) -> None:
    recorder = event.recorder
    for case_id, node in recorder.cases.items():
        interaction, meta = recorder.interactions[case_id], node.value.meta
        sent, response = interaction.request, interaction.response
        assert response
        assert meta
        findings.answers[meta.generation.mode.value, response.status_code] += 1
        if response.status_code == 200:
            if meta.generation.mode.is_negative and not is_valid_after_all(meta.phase.data):
                findings.accepted.add(meta.phase.data.description)
            findings.pages["with items"] += bool(response.json().get("items"))
            findings.pages["with a next page"] += "opc-next-page" in response.headers
            findings.pages["after another"] += "page" in node.value.query
        for check in recorder.checks.get(case_id, ()):
            findings.checks.add(check.name)
            if check.failure_info:
                problem = check.failure_info.failure.message
                findings.problems.append(f"{check.name}: {problem}\n{sent.method} {sent.uri}")


def load_schema(service: Service, known: Collection[str]) -> BaseSchema:
    config = Config.from_dict(
        {
            "seed": 1,
            "base-url": service.base_url,
            "continue-on-failure": True,
            "generation": {
                "database": "none",
                "deterministic": True,
                "max-examples": 60 if known == TASK_RUNS else 10,
                # Most invalid requests would be so for want of a signature, and nothing else.
                "with-security-parameters": not known,
            },
            "phases": {"coverage": {"generate-duplicate-query-parameters": True}},
        }
    )
    schema: BaseSchema = schemathesis.openapi.from_path(SPEC, config=config)
    if known == TASK_RUNS:
        schema = schema.include(operation_id="listTaskRuns")
    signature, values = Signature(service), known_values(service)
    schema.auth.set_from_requests(signature)

    @schema.hook
    def map_case(_: HookContext, case: Case[Any]) -> Case[Any]:
        for parameters in (case.path_parameters, case.query):
            for name in parameters.keys() & set(known):
                if is_valid(name, parameters[name]):
                    parameters[name] = values[name]
        if known and is_valid("page", case.query.get("page")):
            follow(case, signature)
        return case

    return schema


def is_valid(name: str, value: object) -> bool:
    minimum = 1 if name in {"displayName", "page"} else 0
    return isinstance(value, str) and minimum <= len(value) <= 255


def follow(case: Case[Any], signature: Signature) -> None:
    """Ask for the second page of its query, as a page token cannot be made up."""
    del case.query["page"]
    first = case.operation.Case(
        path_parameters=case.path_parameters, query={**case.query, "limit": 1}
    )
    if tokens := first.call(auth=signature).headers.get("opc-next-page"):
        case.query["page"] = tokens[0]


def known_values(service: Service) -> Mapping[str, str]:
    """Values that select task runs, even together."""
    filters = Counter(
        (run["name"], run["parentJobRunKey"], run["rootJobRunKey"])
        for run in service.task_runs
        if run["name"] and run.get("parentJobRunKey")
    )
    (selection, _), *_ = filters.most_common(1)
    keys = (
        service.ai_data_platform_id,
        service.workspace_key,
        service.job_run_key,
        next(iter(service.workspace.story.jobs)),
        service.task_runs[0]["key"],
    )
    return dict(zip(TASK_RUNS, keys + selection, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (NOTHING, {("positive", 404), ("negative", 404), ("negative", 401), ("negative", 405)}),
        (KEYS, {("positive", 200), ("negative", 400), ("positive", 401), ("negative", 405)}),
        (TASK_RUNS, {("positive", 200), ("negative", 400), ("positive", 401), ("negative", 405)}),
    ],
    ids=["nothing known", "known keys", "known task runs"],
)
def test_the_endpoint_answers_valid_and_invalid_requests_as_the_spec_says(
    known: Collection[str], expected: set[tuple[str, int]]
) -> None:
    with serve(task_runs=600) as service:
        findings = explore(service, known)
    assert not findings.problems, "\n\n".join(findings.problems)
    assert findings.accepted == set()
    # What follows shows that there was something to check.
    assert findings.checks == CHECK_NAMES
    assert findings.answers.keys() >= expected, findings.answers
    if known:
        assert findings.answers["positive", 200] > 50, findings.answers
        assert findings.answers["negative", 400] > 50, findings.answers
    if known == TASK_RUNS:
        assert min(findings.pages.values()) > 5, findings.pages
