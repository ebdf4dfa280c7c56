"""A client sends no more requests a second than it may."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from aidp_workbench import ConfigError, RetryPolicy, apaginate, connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs

from tests.conftest import KEYS
from tests.fake_clock import FakeClock
from tests.scripted_server import ScriptedServer, answer, page

if TYPE_CHECKING:
    from pathlib import Path

# Much shorter than what the rate makes calls wait.
HASTY = RetryPolicy(attempts=2, timeout=3, wait_initial=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    clock = FakeClock()
    monkeypatch.setattr("aidp_workbench.transport.transport.Clock", lambda: clock)
    return clock


@pytest.mark.parametrize("asynchronous", [False, True])
def test_requests_are_spaced_and_the_wait_is_no_time_of_the_call(
    config_file: Path, clock: FakeClock, *, asynchronous: bool
) -> None:
    with ScriptedServer(
        page("a", token="1"), answer(503), page("b", token="2"), page("c")
    ) as server:
        options: dict[str, Any] = {"base_url": server.base_url, "config_file": config_file}
        client = connect(**options, retry=HASTY, rate=0.1)

        async def list_all() -> list[object]:
            async with client:
                return [run.key async for run in apaginate(list_task_runs, client=client, **KEYS)]

        if asynchronous:
            keys: list[object] = asyncio.run(list_all())
        else:
            with client:
                keys = [run.key for run in paginate(list_task_runs, client=client, **KEYS)]
    assert keys == ["a", "b", "c"]
    assert sum(clock.sleeps) == pytest.approx(30)


@pytest.mark.parametrize("rate", [0, -1, float("inf"), float("nan"), "10"])
def test_a_rate_is_a_number_above_0(rate: Any) -> None:
    with pytest.raises(ConfigError, match="rate must be a number of requests a second"):
        connect("us-ashburn-1", signer=lambda request: None, rate=rate)
