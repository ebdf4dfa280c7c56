"""What the service says and the client does not know: by callback, and by a look at real runs."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from pathlib import Path
from typing import Any

import pytest
from aidp_workbench import (
    NotFoundError,
    ResponseError,
    RetryPolicy,
    ServiceError,
    afetch,
    connect,
    fetch,
    paginate,
)
from aidp_workbench.drift import Drift, Observer, observe
from aidp_workbench.drift.__main__ import main
from aidp_workbench.drift.observer import DOCUMENTED_HEADERS, operation_of
from aidp_workbench.drift.walk import LEFT_OUT, OPEN_MODELS, known_values, walk
from aidp_workbench_api.api.task_runs import fetch_output, get_task_run, list_task_runs
from aidp_workbench_api.models import FetchOutputDetails, JobRun, State, TaskRun, TaskRunCollection
from aidp_workbench_api.models import Job as JobModel

from tests.conftest import IMPATIENT, KEYS
from tests.our_spec import our_spec
from tests.scripted_server import Received, ScriptedServer, answer
from tools.openapi.parse import read_text
from tools.openapi.reader import read

SWAGGER = Path(__file__).with_name("oracle_swagger.yaml")
TASK_RUNS = "GET …/taskRuns: "
SECRET = "Jane Doe's orders"
# Everything that a task run of the contract has, so that nothing is missing.
WHOLE: dict[str, Any] = {
    "key": "k",
    "name": "n",
    "taskKey": "t",
    "jobRunKey": "j",
    "parentJobRunKey": None,
    "rootJobRunKey": "j",
    "externalId": "e",
    "retryAttempt": 0,
    "clusterValidationStartTime": 1,
    "startTime": 1.0,
    "endTime": 2,
    "state": {
        "status": "SUCCESS",
        "stateMessage": "m",
        "errorTrace": None,
        "isUserCanceledOrTimedOut": False,
    },
}
WHERE: dict[str, Any] = {"ai_data_platform_id": "platform", "workspace_key": "workspace"}


def heard(config_file: Path, *answers: bytes) -> list[Drift]:
    """What the callback hears of these pages of task runs, the last of which has no next page."""
    found: list[Drift] = []
    with (
        ScriptedServer(*answers) as server,
        connect(base_url=server.base_url, config_file=config_file, on_drift=found.append) as client,
    ):
        list(paginate(list_task_runs, client=client, **KEYS))
    return found


def page(*items: Any, **headers: str) -> bytes:
    return answer(200, {"items": items}, length=None, **headers)


def test_what_the_contract_says_is_no_drift(config_file: Path) -> None:
    assert heard(config_file, page(WHOLE, date="Thu, 26 Nov 2026 17:00:00 GMT", server="x")) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"queuedTime": 5}, ("unknown property", "items[].queuedTime", "a whole number")),
        ({"owner": SECRET}, ("unknown property", "items[].owner", "a text")),
        (
            {"timeCreated": "2026-11-26T17:00:00Z"},
            ("unknown property", "items[].timeCreated", "a date-time"),
        ),
        (
            {"cost": {SECRET: [1], "b": 1.5, "c": 2.5}},
            ("unknown property", "items[].cost", "an object of 3: a number, a list"),
        ),
        (
            {"tags": [SECRET, None, True]},
            ("unknown property", "items[].tags", "a list of 3: a text, null, a boolean"),
        ),
        ({SECRET: 1}, ("unknown property", "items[].a name of 17 characters", "a whole number")),
        (
            {"retryAttempt": SECRET},
            ("another type", "items[].retryAttempt", "a text, not a whole number or null"),
        ),
        (
            {"state": WHOLE["state"] | {"status": "PAUSED_BY_USER"}},
            ("unknown value", "items[].state.status", "PAUSED_BY_USER"),
        ),
        (
            {"state": WHOLE["state"] | {"status": SECRET}},
            ("unknown value", "items[].state.status", "a text"),
        ),
        (
            {"state": WHOLE["state"] | {"status": "S" * 65}},
            ("unknown value", "items[].state.status", "a text"),
        ),
    ],
)
def test_a_difference_has_a_place_and_a_shape_but_no_content(
    config_file: Path, change: Any, expected: tuple[str, str, str]
) -> None:
    kind, place, example = expected
    (found,) = heard(config_file, page(WHOLE | change, WHOLE | change))
    assert found == Drift(kind, TASK_RUNS + place, example)  # type: ignore[arg-type]  # a kind
    assert SECRET not in str(found)


def test_headers_and_statuses_that_the_api_does_not_describe(config_file: Path) -> None:
    found = heard(
        config_file,
        page(WHOLE, opc_next_page="t", opc_request_id="r", x_new="secret"),
        answer(206, {"items": [WHOLE]}, x_new="other"),
    )
    assert found == [
        Drift("undocumented header", TASK_RUNS + "header x-new", "a text"),
        Drift("undocumented status", TASK_RUNS + "status", "206"),
    ]


def test_a_kind_is_heard_once_from_all_threads(config_file: Path) -> None:
    found: list[Drift] = []
    with (
        ScriptedServer(page(WHOLE | {"new": 1})) as server,
        connect(base_url=server.base_url, config_file=config_file, on_drift=found.append) as client,
    ):
        threads = [
            threading.Thread(target=lambda: list(paginate(list_task_runs, client=client, **KEYS)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [one.place for one in found] == [TASK_RUNS + "items[].new"]


def test_asyncio_and_single_operations_are_heard_too(config_file: Path) -> None:
    found: list[Drift] = []
    run = answer(200, {"key": "k", "name": "n", "new": 1})

    async def get(base_url: str) -> None:
        async with connect(
            base_url=base_url, config_file=config_file, on_drift=found.append
        ) as client:
            await afetch(get_task_run, "platform", "workspace", "secret-key", client=client)

    with ScriptedServer(run) as server:
        asyncio.run(get(server.base_url))
    assert [str(one) for one in found] == [
        "unknown property: GET …/taskRuns/{}: new: a whole number (1)"
    ]


def test_errors_and_answers_that_cannot_be_read(config_file: Path) -> None:
    found: list[Drift] = []
    answers = [
        answer(409, {"code": "Conflict", "message": SECRET}),
        answer(404, {"code": "NotFound", "message": SECRET}),
        answer(200, {"items": [{"key": "a", "state": SECRET}]}),
        answer(200, {}),
    ]
    with (
        ScriptedServer(*answers) as server,
        connect(
            base_url=server.base_url,
            config_file=config_file,
            on_drift=found.append,
            retry=RetryPolicy(attempts=1),
        ) as client,
    ):
        for expected in (ServiceError, NotFoundError, ResponseError, ResponseError):
            with pytest.raises(expected):
                list(paginate(list_task_runs, client=client, **KEYS))
    assert [(one.kind, one.place, one.example) for one in found] == [
        ("undocumented status", TASK_RUNS + "status", "409"),
        ("another type", TASK_RUNS + "items[].state", "expected an object, found a text"),
        ("another type", TASK_RUNS + "items", "expected a list, found nothing"),
    ]


def test_a_callback_that_fails_ends_no_call(
    config_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(drift: Drift) -> None:
        raise RuntimeError

    with (
        ScriptedServer(page(WHOLE | {"new": 1})) as server,
        connect(base_url=server.base_url, config_file=config_file, on_drift=fail) as client,
        caplog.at_level(logging.ERROR, logger="aidp_workbench"),
    ):
        assert len(list(paginate(list_task_runs, client=client, **KEYS))) == 1
    assert [record.message for record in caplog.records] == ["on_drift failed"]


def test_names_that_are_data_are_not_reported() -> None:
    run = JobRun.from_dict(
        {
            "key": "k",
            "name": "n",
            "jobKey": "j",
            "taskToTaskRunMap": {SECRET: "k"},
            "tasks": [{"type": "NEW_TASK", "taskKey": "t", "notebookPath": SECRET}],
        }
    )
    found = [one for one in walk(run) if one.kind not in (None, "never came")]
    assert [(one.kind, one.place, one.example) for one in found] == [
        ("unknown value", "tasks[].type", "NEW_TASK")
    ]


def test_the_kinds_that_are_kept_are_bounded() -> None:
    observer = Observer()
    for number in range(2000):
        run = TaskRunCollection.from_dict({"items": [WHOLE | {f"name{number}": 1}]})
        observer.hear("GET …/taskRuns", walk(run))
    assert len(observer.drifts) == 1000


def test_every_enum_of_a_model_is_known() -> None:
    assert "PAUSED_MAINTENANCE" in known_values(State)["status"]
    assert known_values(JobModel) == {}


def test_what_is_open_and_which_headers_there_are_is_what_the_spec_says() -> None:
    document = our_spec()
    assert document.content["components"]["schemas"].keys() >= OPEN_MODELS
    headers = {
        name.lower()
        for item in document.content["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
        for response in operation.get("responses", {}).values()
        for name in document.resolve(response)[0].get("headers", {})
    }
    assert headers == DOCUMENTED_HEADERS


def test_what_is_left_out_is_what_oracle_documents_and_the_spec_does_not_have() -> None:
    theirs = read(read_text(SWAGGER), "Oracle's document")["definitions"]
    ours = our_spec().content["components"]["schemas"]
    missing = {
        name: theirs[name]["properties"].keys() - schema["properties"].keys()
        for name, schema in ours.items()
        if "properties" in schema and name in theirs
    }
    assert {name: names for name, names in missing.items() if names} == LEFT_OUT


def test_what_the_spec_leaves_out_is_distinguished_from_what_nobody_documents() -> None:
    task_run = TaskRun.from_dict({"key": "k", "name": "n", "version": 1, "other": 1})
    found = {one.place: one.example for one in walk(task_run) if one.kind == "unknown property"}
    assert found == {
        "version": "a whole number, which Oracle documents",
        "other": "a whole number",
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/20260430/aiDataPlatforms/p/workspaces", "GET …/workspaces"),
        ("/20260430/aiDataPlatforms/p/workspaces/w/jobRuns/j", "GET …/jobRuns/{}"),
        ("/g/20240831/dataLakes/p/workspaces/w/taskRuns/t/retries", "GET …/retries"),
        (
            "/20260430/aiDataPlatforms/p/workspaces/w/taskRuns/t/actions/fetchOutput",
            "GET …/actions/fetchOutput",
        ),
    ],
)
def test_an_operation_is_named_without_keys(path: str, expected: str) -> None:
    assert operation_of("GET", path) == expected


def test_an_operation_with_a_body_is_heard(config_file: Path) -> None:
    found: list[Drift] = []
    with (
        ScriptedServer(answer(200, {"data": [{"type": "VIDEO", "value": SECRET}]})) as server,
        connect(base_url=server.base_url, config_file=config_file, on_drift=found.append) as client,
    ):
        body = FetchOutputDetails()
        fetch(fetch_output, "p", "w", "t", client=client, body=body)
    assert [str(one) for one in found] == [
        "unknown value: POST …/actions/fetchOutput: data[].type: VIDEO (1)"
    ]


class Workbench:
    """Has 3 job runs, and for each the same task runs; details if it is given some."""

    def __init__(self, *items: Any, job_run: Any = None, task_run: Any = None) -> None:
        self.items = items
        self.details = {"jobRuns": job_run, "taskRuns": task_run}

    def __call__(self, received: Received) -> bytes:
        path = received.target.partition("?")[0]
        if path.endswith("/jobRuns"):
            return answer(200, {"items": [{"key": f"j{n}"} for n in range(3)]})
        if path.endswith("/taskRuns"):
            return page(*self.items)
        if details := self.details[path.split("/")[-2]]:
            return answer(200, details)
        return answer(404, {"code": "NotFound", "message": "m"})


def looked_at(config_file: Path, workbench: Any, **options: Any) -> tuple[list[Drift], list[str]]:
    """What `observe` finds, and the requests that it sent."""
    with (
        ScriptedServer(workbench) as server,
        connect(base_url=server.base_url, config_file=config_file, retry=IMPATIENT) as client,
    ):
        found = observe(client, **WHERE | options)
        assert client.get_httpx_client().event_hooks == {"request": [], "response": []}
    return found, [one.target for one in server.requests]


def test_a_look_counts_each_kind_and_what_never_came(config_file: Path) -> None:
    one = {name: value for name, value in WHOLE.items() if name != "externalId"}
    other = one | {"new": 1, "state": WHOLE["state"] | {"status": "LATER"}}
    found, targets = looked_at(config_file, Workbench(one, other), job_runs=2)
    assert [str(one) for one in found if one.place.startswith(TASK_RUNS)] == [
        f"never came: {TASK_RUNS}items[].externalId: nothing (4)",
        f"unknown property: {TASK_RUNS}items[].new: a whole number (2)",
        f"unknown value: {TASK_RUNS}items[].state.status: LATER (2)",
    ]
    assert [target.partition("?")[0].partition("/workspace/")[2] for target in targets] == [
        "jobRuns",
        *("jobRuns/j0", "taskRuns", "taskRuns/k"),
        *("jobRuns/j1", "taskRuns", "taskRuns/k"),
    ]
    assert "sortBy=timeCreated&sortOrder=DESC&limit=2" in targets[0]


def test_a_look_goes_on_after_what_it_is_looking_for(config_file: Path) -> None:
    answers = [answer(200, {"items": [7]}), answer(418, {"code": "Tea", "message": "m"})]

    def respond(received: Received) -> bytes:
        if "/taskRuns?" in received.target:
            return answers.pop(0) if answers else page(WHOLE)
        return answer(404, {"code": "NotFound", "message": "m"})

    found, targets = looked_at(config_file, respond, job_run_keys=["a", "b", "c"])
    assert [str(one) for one in found] == [
        f"another type: {TASK_RUNS}items[]: expected an object, found a number (1)",
        f"undocumented status: {TASK_RUNS}status: 418 (1)",
    ]
    assert sum("/taskRuns?" in target for target in targets) == 3


def test_a_look_sees_the_details_of_job_runs_and_task_runs(config_file: Path) -> None:
    job_run = {"key": "k", "name": "n", "jobKey": "j", "repairHistory": [{"newKey": 1}]}
    task_run = {"key": "k", "name": "n", "retries": [], "task": {"type": "ROBOT_TASK"}}
    found, _ = looked_at(config_file, Workbench(WHOLE, job_run=job_run, task_run=task_run))
    kinds = [str(one) for one in found if one.kind != "never came"]
    assert kinds == [
        "unknown property: GET …/jobRuns/{}: repairHistory[].newKey: a whole number (3)",
        "unknown value: GET …/taskRuns/{}: task.type: ROBOT_TASK (3)",
    ]


def test_a_look_that_is_refused_is_an_error(config_file: Path) -> None:
    refusal = answer(404, {"code": "NotFound", "message": "m"})
    with pytest.raises(NotFoundError):
        looked_at(config_file, lambda received: refusal)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_program_prints_what_it_finds(
    config_file: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    keys = ("--platform", "p", "--workspace", "w", "--config-file", str(config_file))
    with ScriptedServer(Workbench(WHOLE | {"new": SECRET})) as server:
        where = (*keys, "--base-url", server.base_url)
        assert main([*where, "--job-run", "j", "--format", form]) == 1
    found = {
        "kind": "unknown property",
        "place": f"{TASK_RUNS}items[].new",
        "example": "a text",
        "count": 1,
    }
    out = capsys.readouterr().out
    assert (json.loads(out) if form == "json" else out) == (
        [found] if form == "json" else f"unknown property: {found['place']}: a text (1)\n"
    )


def test_the_program_says_that_there_is_nothing_or_why_it_cannot_look(
    config_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDP_PLATFORM_ID", "p")
    monkeypatch.setenv("AIDP_WORKSPACE_KEY", "w")
    with ScriptedServer(Workbench(WHOLE)) as server:
        where = ("--config-file", str(config_file), "--base-url", server.base_url)
        assert main([*where, "--job-run", "j"]) == 0
    assert "nothing that this client does not know" in capsys.readouterr().out
    assert main(["--config-file", "/nowhere"]) == 2
    assert capsys.readouterr().err.startswith("error: ")
