"""Tenancies that have only the older version of the API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from aidp_workbench import ConfigError, NotFoundError, connect, fetch, paginate
from aidp_workbench.auth.identity import find_identity
from aidp_workbench.auth.settings import Setting
from aidp_workbench.cli.connection import connected
from aidp_workbench.cli.options import Connection
from aidp_workbench.transport.api import LATEST
from aidp_workbench.transport.settings import find_settings
from aidp_workbench_api.api.task_runs import fetch_output, list_task_runs
from aidp_workbench_api.models import FetchOutputDetails
from starlette.datastructures import Headers

from tests.cli_support import run
from tests.conftest import KEYS
from tests.our_spec import our_spec
from tests.scripted_server import ScriptedServer, answer, page
from tools.service.signatures import verify

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from tests.conftest import Drain

NOT_FOUND = answer(404, {"code": "NotAuthorizedOrNotFound", "message": "not found"})
OLDER = "/20240831/dataLakes/platform/workspaces/workspace/taskRuns"


def test_every_operation_of_the_spec_is_under_the_paths_that_are_rewritten() -> None:
    paths = our_spec().content["paths"]
    assert [one for one in paths if not one.startswith(f"/{LATEST}/aiDataPlatforms/")] == []


def test_requests_go_to_the_older_paths_and_are_signed_for_them(
    config_file: Path, private_key: RSAPrivateKey
) -> None:
    output = answer(200, {"data": []})
    with (
        ScriptedServer(page("a", token="t"), page("b"), output) as server,
        connect(
            base_url=f"{server.base_url}/gateway", config_file=config_file, api_version="20240831"
        ) as client,
    ):
        runs = list(paginate(list_task_runs, client=client, **KEYS))
        fetch(
            fetch_output,
            "20260430/aiDataPlatforms/",
            "workspace",
            "run",
            client=client,
            body=FetchOutputDetails(),
        )
    assert [run.name for run in runs] == ["a", "b"]
    first, second, third = server.requests
    assert first.target.startswith(f"/gateway{OLDER}?jobRunKey=job-run&")
    assert "page=t" in second.target
    inner = "20260430%2FaiDataPlatforms%2F/workspaces/workspace/taskRuns/run/actions/fetchOutput"
    assert third.target == f"/gateway/20240831/dataLakes/{inner}"
    keys = {"ocid1.tenancy.oc1..t/ocid1.user.oc1..u/aa:bb": private_key.public_key()}
    for one in server.requests:
        headers = Headers(one.headers)
        verify(one.method, one.target, headers, one.body, keys, datetime.now(UTC))


def test_the_latest_version_is_the_default(drain: Drain) -> None:
    with ScriptedServer(page("a")) as server:
        drain(server.base_url)
    assert server.requests[0].target.startswith(f"/{LATEST}/aiDataPlatforms/platform/")


def test_the_environment_names_the_version(drain: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDP_API_VERSION", "20240831")
    with ScriptedServer(page("a")) as server:
        drain(server.base_url)
    assert server.requests[0].target.startswith(OLDER)


def test_a_version_that_there_is_not_is_refused(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigError, match="argument api_version '2024' is no version: there are"):
        connect(config_file=config_file, api_version="2024")
    monkeypatch.setenv("AIDP_API_VERSION", "v1")
    with pytest.raises(ConfigError, match="AIDP_API_VERSION 'v1' is no version"):
        connect(config_file=config_file)


def test_what_is_used_can_be_seen(config_file: Path) -> None:
    identity = find_identity(None, config_file, None)
    assert find_settings(identity, None, None, None).api_version == Setting(LATEST, "default")
    chosen = find_settings(identity, None, None, "20240831")
    assert chosen.api_version == Setting("20240831", "argument api_version")


def test_a_404_of_the_first_request_names_the_older_version(drain: Drain) -> None:
    with (
        ScriptedServer(NOT_FOUND) as server,
        pytest.raises(
            NotFoundError, match=r'only the older API: api_version="20240831"\)'
        ) as error,
    ):
        drain(server.base_url)
    assert error.value.may_be_older_api


def test_a_404_that_cannot_be_due_to_the_version_does_not_name_it(
    drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer(page("a", token="t"), NOT_FOUND) as server:
        with pytest.raises(NotFoundError) as error:
            drain(server.base_url)
        assert "older" not in str(error.value)
        monkeypatch.setenv("AIDP_API_VERSION", "20240831")
        with pytest.raises(NotFoundError) as error:
            drain(server.base_url)
        assert "older" not in str(error.value)


def test_the_command_line_has_the_option(config_file: Path) -> None:
    with ScriptedServer(page("a")) as server:
        options = Connection(
            base_url=server.base_url, config_file=str(config_file), api_version="20240831"
        )
        with connected(options) as client:
            list(paginate(list_task_runs, client=client, **KEYS))
    assert server.requests[0].target.startswith(OLDER)


def test_the_command_line_shows_which_version_is_used(config_file: Path) -> None:
    ran = run("config", "--config-file", str(config_file), "--api-version", "20240831")
    row = next(line for line in ran.lines if line.startswith("api version"))
    assert row.split() == ["api", "version", "20240831", "--api-version"]
