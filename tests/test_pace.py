"""How fast a client sends, after the service has said 429."""

from __future__ import annotations

import pytest
from aidp_workbench.transport.throttle import Pace, Turn
from hypothesis import given
from hypothesis import strategies as st


class Clock:
    """Stands in for `time`, and stands still."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("aidp_workbench.transport.throttle.time", clock)
    return clock


def turn_of(pace: Pace, clock: Clock) -> Turn:
    """The turn of a request, when it has come."""
    turn = Turn()
    for seconds in pace.waits(turn):
        clock.now += seconds
    return turn


def waits(pace: Pace, requests: int) -> list[float]:
    """How long each of several requests that come at the same time has to wait."""
    return [sum(pace.waits(Turn())) for _ in range(requests)]


def test_nobody_waits_before_the_first_429(clock: Clock) -> None:
    pace = Pace()
    assert waits(pace, 100) == [0] * 100
    pace.speed_up(turn_of(pace, clock))
    assert waits(pace, 100) == [0] * 100


def test_after_a_429_all_wait_and_go_on_one_by_one(clock: Clock) -> None:
    pace = Pace()
    pace.slow_down(turn_of(pace, clock), 2)
    assert waits(pace, 4) == pytest.approx([2, 2.1, 2.2, 2.3])


def test_the_429s_to_what_was_sent_at_the_same_time_are_one(clock: Clock) -> None:
    pace = Pace()
    turns = [turn_of(pace, clock) for _ in range(30)]
    for turn in turns:
        clock.now += 0.001
        pace.slow_down(turn, 2)
    assert waits(pace, 3) == pytest.approx([1.971, 2.071, 2.171])


def test_a_request_that_waits_for_its_turn_waits_longer_if_another_is_refused(clock: Clock) -> None:
    pace = Pace()
    pace.slow_down(turn_of(pace, clock), 2)
    first, second = Turn(), Turn()
    clock.now += pace.take(first)
    waiting = pace.waits(second)
    clock.now += next(waiting)
    pace.slow_down(first, 2)
    assert next(waiting) == pytest.approx(2)
    assert next(waiting, None) is None


def test_the_gap_is_doubled_up_to_the_wait(clock: Clock) -> None:
    pace, gaps = Pace(), []
    for _ in range(8):
        pace.slow_down(turn_of(pace, clock), 1)
        first, second = waits(pace, 2)
        gaps.append(second - first)
    assert gaps == pytest.approx([0.05, 0.1, 0.2, 0.4, 0.8, 1, 1, 1])


def test_successes_close_the_gap(clock: Clock) -> None:
    pace = Pace()
    pace.slow_down(turn_of(pace, clock), 1)
    for _ in range(40):
        pace.speed_up(turn_of(pace, clock))
    assert waits(pace, 3) == [0, 0, 0]


def test_a_wait_of_no_time_is_none(clock: Clock) -> None:
    pace = Pace()
    pace.slow_down(turn_of(pace, clock), 0)
    assert waits(pace, 3) == [0, 0, 0]


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100), st.floats(0, 10)), max_size=50))
def test_no_request_is_sent_in_a_pause(events: list[tuple[bool, float, float]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock()
        patch.setattr("aidp_workbench.transport.throttle.time", clock)
        pace, pause_end = Pace(), 0.0
        for refused, seconds, later in events:
            clock.now += later
            turn = turn_of(pace, clock)
            assert clock.now >= turn.at - 1e-9
            assert turn.at >= pause_end
            if refused:
                pace.slow_down(turn, seconds)
                pause_end = clock.now + seconds
            else:
                pace.speed_up(turn)
